import type { RoomProps } from "../route.ts";
import { say } from "../words/words.ts";

export function FrontPage(_: RoomProps) {
  return <h1>{say().rooms.front}</h1>;
}
