import type { Child } from "hono/jsx";
import type { Profile, Site } from "../domain/published.ts";
import type { Thing } from "./linked-data.ts";

/** The paper as a page shows it: with the stylesheet that the page was found to need. */
export interface Paper extends Site {
  style: string;
}

/** What a page brings to the paper's frame. */
export interface Frame {
  site: Paper;
  /** What the page is called; the front page is called as the paper. */
  title: string | null;
  description: string | null;
  /** The canonical path, or null for a page that is no page and not to be indexed. */
  path: string | null;
  /** Where the page first appeared, if elsewhere. */
  canonicalUrl?: string | null;
  /** Share metadata of the page's own, instead of the plain ones. */
  share?: Child;
  /** What it tells machines, if more than what every page does. */
  data?: Thing[];
  /** The author whose page it is. */
  profile?: Profile;
  /** Lists whose feeds have what the page shows, its own first: what each is called, null for the paper, and its path. */
  feeds?: { of: string | null; list: string }[];
  /** The section that readers are in, and whether this is its very front. */
  section?: { slug: string; front: boolean };
  /** On the front page the paper's name is the heading, and the day of its newest story that of the edition, in epoch ms. */
  nameplate?: { edition: number | null };
  /** The page is not published, and says so above everything else. */
  isPreview?: boolean;
  children: Child;
}
