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
}

/** The paper before anyone has set anything. */
export const DEFAULT_SETTINGS: Settings = {
  title: "Broadsheet",
  tagline: null,
  description: null,
  language: "en",
  timeZone: "UTC",
  publisher: null,
};
