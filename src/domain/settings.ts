import type { MenuEntry } from "./menu.ts";
import type { Theme } from "./theme.ts";

/** The sign that stands beside the paper's name. `src` is a path on the site; sizes in pixels. */
export interface Logo {
  src: string;
  width: number;
  height: number;
}

/** What an admin can set of the paper itself. */
export interface Settings {
  title: string;
  tagline: string | null;
  description: string | null;
  /** BCP 47. */
  language: string;
  /** IANA name; decides dates and the months of the archive. */
  timeZone: string;
  publisher: string | null;
  /** Null is the paper as the stylesheet has it. */
  theme: Theme | null;
  logo: Logo | null;
  /** The masthead's menu; null is all sections that readers see. */
  menu: MenuEntry[] | null;
  /** The footer's; null is these and the lists of everything. */
  footer: MenuEntry[] | null;
}

/** The paper before anyone has set anything. */
export const DEFAULT_SETTINGS: Settings = {
  title: "Broadsheet",
  tagline: null,
  description: null,
  language: "en",
  timeZone: "UTC",
  publisher: null,
  theme: null,
  logo: null,
  menu: null,
  footer: null,
};
