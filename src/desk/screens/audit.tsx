import type { RoomProps } from "../route.ts";
import { say } from "../words/words.ts";

export function Audit(_: RoomProps) {
  return <h1>{say().rooms.audit}</h1>;
}
