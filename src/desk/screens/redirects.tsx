import type { RoomProps } from "../route.ts";
import { say } from "../words/words.ts";

export function Redirects(_: RoomProps) {
  return <h1>{say().rooms.redirects}</h1>;
}
