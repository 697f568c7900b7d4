import type { RoomProps } from "../route.ts";
import { say } from "../words/words.ts";

export function People(_: RoomProps) {
  return <h1>{say().rooms.people}</h1>;
}
