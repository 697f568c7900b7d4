import type { RoomProps } from "../route.ts";
import { say } from "../words/words.ts";

export function Account(_: RoomProps) {
  return <h1>{say().rooms.account}</h1>;
}
