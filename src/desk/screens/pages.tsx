import type { RoomProps } from "../route.ts";
import { say } from "../words/words.ts";

export function Pages(_: RoomProps) {
  return <h1>{say().rooms.pages}</h1>;
}
