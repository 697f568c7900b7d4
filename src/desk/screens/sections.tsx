import type { RoomProps } from "../route.ts";
import { say } from "../words/words.ts";

export function Sections(_: RoomProps) {
  return <h1>{say().rooms.sections}</h1>;
}
