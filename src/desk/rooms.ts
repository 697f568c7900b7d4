import type { ComponentType } from "preact";
import type { RightName } from "../domain/role.ts";
import type { RoomProps } from "./route.ts";
import type { Words } from "./words/words.ts";

/** A room of the desk. Its code is loaded when somebody opens it. */
export interface Room {
  name: Exclude<keyof Words["rooms"], "groups">;
  group: keyof Words["rooms"]["groups"];
  /** Who lacks it does not see the room. */
  right: RightName;
  /** It is opened from another room, and stands in no menu. */
  isWithin?: keyof Words["rooms"];
  open: () => Promise<ComponentType<RoomProps>>;
}

/** The rooms, in the order of the menu. */
export const ROOMS: readonly Room[] = [
  {
    name: "stories",
    group: "paper",
    right: "see the newsroom",
    open: () => import("./screens/stories.tsx").then(({ Stories }) => Stories),
  },
];
