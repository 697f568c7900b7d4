import type { RoomProps } from "../route.ts";
import { say } from "../words/words.ts";

export function Health(_: RoomProps) {
  return <h1>{say().rooms.health}</h1>;
}
