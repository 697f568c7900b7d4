import type { RoomProps } from "../route.ts";
import { say } from "../words/words.ts";

export function ThemeRoom(_: RoomProps) {
  return <h1>{say().rooms.theme}</h1>;
}
