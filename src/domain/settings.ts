import { ROBOTS_PATH, SECURITY_PATH } from "./paths.ts";
import type { MenuEntry } from "./menu.ts";
import type { Theme } from "./theme.ts";

/** The sign that stands beside the paper's name. `src` is a path on the site; sizes in pixels. */
export interface Logo {
  src: string;
  width: number;
  height: number;
}

/** What a paper tells of how it works, each at a place of its own (https://schema.org/NewsMediaOrganization). */
export const POLICIES = [
  "publishingPrinciples",
  "ethicsPolicy",
  "correctionsPolicy",
  "ownershipFundingInfo",
  "masthead",
  "contact",
] as const;
export type PolicyName = (typeof POLICIES)[number];

/** Where each of them is told: a path on the site or an https URL, of `contact` also an e-mail address; null where nowhere. */
type Policies = Record<PolicyName, string | null>;

const NO_POLICIES: Policies = {
  publishingPrinciples: null,
  ethicsPolicy: null,
  correctionsPolicy: null,
  ownershipFundingInfo: null,
  masthead: null,
  contact: null,
};

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
  /** The paper's own accounts elsewhere, as https URLs. */
  social: string[];
  policies: Policies;
  /** Whether browsers may fetch a page that a reader is about to open. */
  prefetch: boolean;
  /** The address of a font, in which share pictures have the headline; null is one that has its letters. */
  cardFont: string | null;
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
  social: [],
  policies: NO_POLICIES,
  prefetch: true,
  cardFont: null,
  menu: null,
  footer: null,
};

/** What crawlers may do with what they have read (https://contentsignals.org); null where the paper does not say. */
export interface ContentSignals {
  /** Build a search index and show results of it. */
  search: boolean | null;
  /** Give it to a model as the ground of an answer. */
  aiInput: boolean | null;
  /** Train a model with it. */
  aiTrain: boolean | null;
}

/** Whom to tell of a hole in the paper's security, and until when that holds (RFC 9116). */
export interface Security {
  /** `mailto:`, `tel:` or https, the preferred one first. */
  contact: string[];
  /** RFC 3339, UTC. */
  expires: string;
  encryption: string | null;
  acknowledgments: string | null;
  /** BCP 47. */
  preferredLanguages: string[];
  policy: string | null;
  hiring: string | null;
}

/** What an admin can set of the files that crawlers and others ask for: no page shows any of it. */
export interface FileSettings {
  contentSignals: ContentSignals | null;
  /** Further groups of robots.txt, as they are to stand there. */
  robots: string | null;
  security: Security | null;
  /** The whole of these files. */
  adsTxt: string | null;
  appAdsTxt: string | null;
  trustTxt: string | null;
  humansTxt: string | null;
}

/** Everything that an admin can set. */
export type PaperSettings = Settings & FileSettings;

export const DEFAULT_FILE_SETTINGS: FileSettings = {
  contentSignals: null,
  robots: null,
  security: null,
  adsTxt: null,
  appAdsTxt: null,
  trustTxt: null,
  humansTxt: null,
};

/** The files that are given as they were set, by their setting. */
export const TEXT_FILES = {
  adsTxt: "/ads.txt",
  appAdsTxt: "/app-ads.txt",
  trustTxt: "/trust.txt",
  humansTxt: "/humans.txt",
} as const;

/** Which file each of these settings is in. */
export const FILE_PATHS: Record<keyof FileSettings, string> = {
  contentSignals: ROBOTS_PATH,
  robots: ROBOTS_PATH,
  security: SECURITY_PATH,
  ...TEXT_FILES,
};

/** Tells whether a setting is of a file, and of no page. */
export function isFileSetting(name: string): name is keyof FileSettings {
  return Object.hasOwn(FILE_PATHS, name);
}
