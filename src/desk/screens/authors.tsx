import type { RoomProps } from "../route.ts";
import { say } from "../words/words.ts";

export function Authors(_: RoomProps) {
  return <h1>{say().rooms.authors}</h1>;
}
