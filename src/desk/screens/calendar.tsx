import type { RoomProps } from "../route.ts";
import { say } from "../words/words.ts";

export function Calendar(_: RoomProps) {
  return <h1>{say().rooms.calendar}</h1>;
}
