import type { RoomProps } from "../route.ts";
import { say } from "../words/words.ts";

export function Tags(_: RoomProps) {
  return <h1>{say().rooms.tags}</h1>;
}
