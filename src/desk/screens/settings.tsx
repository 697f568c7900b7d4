import type { RoomProps } from "../route.ts";
import { say } from "../words/words.ts";

export function SettingsRoom(_: RoomProps) {
  return <h1>{say().rooms.settings}</h1>;
}
