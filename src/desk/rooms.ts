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
  isWithin?: "stories" | "pages";
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
  {
    name: "story",
    group: "paper",
    right: "see the newsroom",
    isWithin: "stories",
    open: () => import("./screens/story.tsx").then(({ Story }) => Story),
  },
  {
    name: "page",
    group: "paper",
    right: "see the newsroom",
    isWithin: "pages",
    open: () => import("./screens/page.tsx").then(({ Page }) => Page),
  },
  {
    name: "calendar",
    group: "paper",
    right: "see the newsroom",
    open: () => import("./screens/calendar.tsx").then(({ Calendar }) => Calendar),
  },
  {
    name: "front",
    group: "paper",
    right: "see the front page's placement",
    open: () => import("./screens/front.tsx").then(({ FrontPage }) => FrontPage),
  },
  {
    name: "pictures",
    group: "paper",
    right: "see the newsroom",
    open: () => import("./screens/pictures.tsx").then(({ Pictures }) => Pictures),
  },
  {
    name: "pages",
    group: "paper",
    right: "see the newsroom",
    open: () => import("./screens/pages.tsx").then(({ Pages }) => Pages),
  },
  {
    name: "sections",
    group: "filing",
    right: "see the newsroom",
    open: () => import("./screens/sections.tsx").then(({ Sections }) => Sections),
  },
  {
    name: "authors",
    group: "filing",
    right: "see the newsroom",
    open: () => import("./screens/authors.tsx").then(({ Authors }) => Authors),
  },
  {
    name: "tags",
    group: "filing",
    right: "see the newsroom",
    open: () => import("./screens/tags.tsx").then(({ Tags }) => Tags),
  },
  {
    name: "redirects",
    group: "filing",
    right: "see the newsroom",
    open: () => import("./screens/redirects.tsx").then(({ Redirects }) => Redirects),
  },
  {
    name: "settings",
    group: "house",
    right: "change the settings",
    open: () => import("./screens/settings.tsx").then(({ SettingsRoom }) => SettingsRoom),
  },
  {
    name: "theme",
    group: "house",
    right: "change the settings",
    open: () => import("./screens/theme.tsx").then(({ ThemeRoom }) => ThemeRoom),
  },
  {
    name: "people",
    group: "house",
    right: "manage people",
    open: () => import("./screens/people.tsx").then(({ People }) => People),
  },
  {
    name: "audit",
    group: "house",
    right: "read the audit",
    open: () => import("./screens/audit.tsx").then(({ Audit }) => Audit),
  },
  {
    name: "health",
    group: "house",
    right: "see what the edge is to be told",
    open: () => import("./screens/health.tsx").then(({ Health }) => Health),
  },
  {
    name: "account",
    group: "house",
    right: "see the newsroom",
    open: () => import("./screens/account.tsx").then(({ Account }) => Account),
  },
];
