import type { ListKindName } from "../domain/lists.ts";
import { SPECULATION_RULES_PATH } from "../domain/paths.ts";
import type { Standing } from "../domain/site-map.ts";
import { absenceTags, tagList } from "../purge/tags.ts";
import type { Absence, Bytes, Reader, Visit } from "../store/published/reader.d1.ts";
import type { Site } from "../domain/published.ts";
import type { Paper } from "../views/frame.ts";
import { gonePage, notFoundPage } from "../views/notice.tsx";
import { styleOf, type StylePart } from "../views/stylesheet.ts";
import type { IconDrawing } from "./drawing.ts";

// What a kind of page is. From the list of kinds (pages.ts) follow the routes, the canonical query, what a redirect may not
// shadow, the 404s that a new page of a list purges, and the addresses that the tests visit.

/** A kind of page: where it is, what it reads, and the response. */
export interface PageKind {
  name: string;
  /** Patterns of its paths, in Hono's syntax. */
  patterns: readonly string[];
  /** The parameters that it defines, of those that were sent: each once, in one order and one spelling. Others change nothing. */
  query?(sent: URLSearchParams): [name: string, value: string][];
  /** What stands at one of its paths, so that a redirect must not; by the names in its pattern. */
  standing(parameter: Parameter): Standing;
  /** The list that it pages through, and the path of its nth page, or all paths that show that. */
  list?: { kind: ListKindName; path(slug: string, page: number): string | string[] | null };
  /** Headers beside those that every public page has. */
  headers?: Record<string, string>;
  /** How long it is fresh at the edge, in seconds, where the clock changes it without an act. */
  freshness?: number;
  /** How much longer it may be given while it is made anew, in seconds. */
  staleness?: number;
  /** Whether a reader may only have so many of them made: with a query of its own, each is work. */
  isCounted?(query: (name: string) => string | null): boolean;
  /** Reads what is there and responds, or tells what became of the path. */
  respond(context: PageContext): Promise<Page | PictureBytes | IconBytes>;
  /** Addresses of it in a paper, for the tests and the bench: of pages that are there, that were, or that may come. */
  samples(paper: PaperSample): string[];
}

/** Parts of a path by their names in the pattern; "" for none of that name. */
export type Parameter = (name: string) => string;

/** What a page is made from: never the request, so that nothing of it can get into the page. */
export interface PageContext {
  reader: Reader;
  /** The canonical path. */
  path: string;
  parameter: Parameter;
  /** A parameter that the kind defines, or null. */
  query(name: string): string | null;
  /** Names the build, since another may render the same rows otherwise. */
  build: string;
  /** The moment of the request, in epoch milliseconds, for kinds that have a freshness of their own. */
  now: number;
  /** Draws icons. */
  drawing: IconDrawing;
}

/** A public page before it is rendered: the reader may have it already. */
export interface Page {
  status: 200 | 301 | 404 | 410 | 503;
  /** Weak, with its quotes. Two different bodies never share a URL and an ETag. */
  etag: string;
  tags: string[];
  contentType: string;
  /** Epoch milliseconds, of a story's page. */
  lastModified: number | null;
  /** Where a 301 leads. */
  location?: string;
  /** Its stylesheet, of which the policy must allow the hash. */
  style: string;
  /** What it has of its own beside the headers of every page. */
  headers?: Record<string, string>;
  render(): Rendered;
}

/** A picture before its bytes are read: the reader may have it already. */
export interface PictureBytes {
  status: 200;
  etag: string;
  tags: string[];
  lastModified: null;
  /** Whether other bytes may come to be at its address: then browsers revalidate them as they do a page. */
  changes?: true;
  /** Null when the bytes are gone after all. */
  open(): Promise<Bytes | null>;
}

/** An icon before it is made: the reader may have it already. */
export interface IconBytes {
  status: 200;
  etag: string;
  tags: string[];
  lastModified: null;
  contentType: string;
  /** `isForNow`: it stands in for one that could not be made this time. */
  make(): Promise<{ bytes: Uint8Array<ArrayBuffer> | string; isForNow: boolean }>;
}

type Rendered = string | Promise<string>;

/** What a paper has, for samples. */
export interface PaperSample {
  sections: string[];
  authors: string[];
  tags: string[];
  /** Paths of stories. */
  stories: string[];
  /** Ids of some of them. */
  ids: string[];
  /** Paths of pages that are no stories. */
  plain: string[];
  /** Months (`yyyy-mm`) with the sections of which each is a page. */
  months: { month: string; sections: string[] }[];
  /** Where later pages of months start. */
  starts: { month: string; section: string | null; from: string }[];
  /** Addresses of pictures as they were uploaded. */
  pictures: string[];
  /** How many pages of a list are looked at. */
  pages: number;
}

/** How a page is made of what was found. */
export interface Making<T> {
  tags(found: T): Promise<string[]>;
  view(paper: Paper, found: T): Rendered;
  /** The parts of the stylesheet that it uses, beside what every page does. */
  styles?(found: T): readonly StylePart[];
  contentType?: string;
  /** The value of Link: what to fetch beside it, which the platform sends ahead as Early Hints (RFC 8297), or what it is a form of. */
  hints?(found: T, site: Site): string | null;
  /** When the story on it changed last, in epoch milliseconds. */
  lastModified?(found: T): number;
}

/** Responds with the page of what was found, or with what became of the path. */
export async function present<T>(
  { build }: Pick<PageContext, "build">,
  visit: Visit<T>,
  { tags: tagsOf, view, styles, contentType = HTML, hints, lastModified }: Making<T>,
): Promise<Page> {
  if ("trail" in visit) return absent({ build }, visit);
  const { site, found } = visit;
  const tags = await tagsOf(found);
  const style = styleOf(styles?.(found) ?? [], site.settings.theme);
  return {
    status: 200,
    etag: await etagOf(build, site, found, tags),
    tags,
    contentType,
    lastModified: lastModified?.(found) ?? null,
    style,
    headers: {
      ...(contentType === HTML && site.settings.prefetch ? SPECULATION_HEADERS : {}),
      ...linkOf(hints?.(found, site) ?? null),
    },
    render: () => view({ ...site, style }, found),
  };
}

/** A page that is not there: it moved, is gone, or never was. `more` are tags of what may come there. */
export async function absent(
  { build }: Pick<PageContext, "build">,
  { site, address, trail }: Absence,
  more: string[] = [],
): Promise<Page> {
  const tags = tagList(...(await absenceTags(trail)), ...more);
  const style = styleOf(["notice"], site.settings.theme);
  const paper: Paper = { ...site, style };
  const page = {
    etag: await etagOf(build, site, address, tags),
    tags,
    contentType: HTML,
    lastModified: null,
    style,
  };
  if (address?.kind === "moved")
    return { ...page, status: 301, location: address.to, render: () => "" };
  if (address?.kind === "gone")
    return { ...page, status: 410, render: () => gonePage({ site: paper }) };
  return { ...page, status: 404, render: () => notFoundPage({ site: paper }) };
}

const HTML = "text/html; charset=utf-8";

/** Where browsers find which of a page's links they may fetch ahead (https://html.spec.whatwg.org/multipage/speculative-loading.html). */
const SPECULATION_HEADERS = { "Speculation-Rules": `"${SPECULATION_RULES_PATH}"` };

function linkOf(hints: string | null): Record<string, string> {
  return hints === null ? {} : { Link: hints };
}

/** A hash of everything the page shows: every row, its tags, and the build that renders it. */
export async function etagOf(build: string, ...shown: unknown[]): Promise<string> {
  const text = new TextEncoder().encode(JSON.stringify([build, ...shown]));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", text));
  return `W/"${digest.subarray(0, 18).toBase64({ alphabet: "base64url" })}"`;
}

/** When a story changed last, as its page says. */
export function changedAt(story: { publishedAt: number; updatedAt: number | null }): number {
  return story.updatedAt ?? story.publishedAt;
}
