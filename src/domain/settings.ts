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
};
