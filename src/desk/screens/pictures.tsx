import type { RoomProps } from "../route.ts";
import { say } from "../words/words.ts";

export function Pictures(_: RoomProps) {
  return <h1>{say().rooms.pictures}</h1>;
}
