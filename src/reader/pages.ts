import type { Site } from "../domain/published.ts";
import { LAST_PAGE, monthPath } from "../domain/paths.ts";
import {
  absenceTags,
  archiveTags,
  frontTags,
  listTags,
  monthTags,
  pathTag,
  storyTags,
  twinTags,
  tagList,
} from "../purge/tags.ts";
import { themeCss } from "../domain/theme.ts";
import type { Absence, Reader, Visit } from "../store/published/reader.d1.ts";
import { archivePage as archiveView, monthPage as monthView } from "../views/archive.tsx";
import { articlePage as articleView } from "../views/article.tsx";
import { authorPage as authorView } from "../views/author.tsx";
import { frontPage as frontView } from "../views/front.tsx";
import { markdownTwin as twinView } from "../views/markdown-twin.ts";
import { gonePage as goneView, notFoundPage as notFoundView } from "../views/notice.tsx";
import { sectionPage as sectionView } from "../views/section.tsx";
import { tagPage as tagView } from "../views/tag.tsx";

/** A public page before it is rendered: the door may find that the reader has it already. */
export interface Page {
  status: 200 | 301 | 404 | 410;
  /** Weak, with its quotes. Two different bodies never share a URL and an ETag. */
  etag: string;
  tags: string[];
  contentType: string;
  /** Epoch milliseconds, of a story's page. */
  lastModified: number | null;
  /** Where a 301 leads. */
  location?: string;
  /** The paper's own style, beside the stylesheet of the build: the policy must allow its hash, too. */
  style: string;
  render(): Rendered;
}

type Rendered = string | Promise<string>;

/** What a page is asked with: never the request, so that nothing of it can get into the page. */
export interface Ask {
  reader: Reader;
  /** The canonical path. */
  path: string;
  /** Names the build, since another may render the same rows otherwise. */
  build: string;
}

export async function frontPage(ask: Ask, page: number): Promise<Page> {
  const visit = await ask.reader.front(ask.path, page);
  return present(
    ask,
    visit,
    (front) => frontTags(ask.path, front),
    (site, front) => frontView({ site, front }),
  );
}

export async function sectionPage(ask: Ask, slug: string, page: number): Promise<Page> {
  const visit = await ask.reader.list(ask.path, "section", { slug, page });
  return present(
    ask,
    visit,
    ({ entry, listing }) => listTags(ask.path, "section", entry, listing),
    (site, { entry, listing }) => sectionView({ site, section: entry, listing }),
  );
}

export async function authorPage(ask: Ask, slug: string, page: number): Promise<Page> {
  const visit = await ask.reader.list(ask.path, "author", { slug, page });
  return present(
    ask,
    visit,
    ({ entry, listing }) => listTags(ask.path, "author", entry, listing),
    (site, { entry, listing }) => authorView({ site, author: entry, listing }),
  );
}

export async function tagPage(ask: Ask, slug: string, page: number): Promise<Page> {
  const visit = await ask.reader.list(ask.path, "tag", { slug, page });
  return present(
    ask,
    visit,
    ({ entry, listing }) => listTags(ask.path, "tag", entry, listing),
    (site, { entry, listing }) => tagView({ site, topic: entry, listing }),
  );
}

export async function articlePage(ask: Ask): Promise<Page> {
  const visit = await ask.reader.story(ask.path);
  const page = await present(
    ask,
    visit,
    (found) => storyTags(ask.path, found),
    (site, found) => articleView({ site, page: found }),
  );
  return { ...page, lastModified: visit.found && lastModified(visit.found.story) };
}

/** The Markdown twin of a story; `storyPath` is the story's own path. */
export async function twinPage(ask: Ask, storyPath: string): Promise<Page> {
  const visit = await ask.reader.twin(ask.path, storyPath);
  const page = await present(
    ask,
    visit,
    ({ story }) => twinTags(ask.path, story),
    (site, { story, body }) => twinView({ site, story, body }),
  );
  if (visit.found === null) return page;
  return {
    ...page,
    contentType: "text/markdown; charset=utf-8",
    lastModified: lastModified(visit.found.story),
  };
}

export async function archivePage(ask: Ask): Promise<Page> {
  const visit = await ask.reader.months(ask.path);
  return present(
    ask,
    visit,
    () => archiveTags(ask.path),
    (site, months) => archiveView({ site, months }),
  );
}

/** A month (`yyyy-mm`) of the archive, of one section or of all; `from` is the place a later page starts at. */
export async function monthPage(
  ask: Ask,
  month: string,
  section: string | null,
  from: string | null,
): Promise<Page> {
  const visit = await ask.reader.month(ask.path, { month, section, from });
  if (visit.found === null)
    return absent(ask, visit, [await pathTag(monthPath(month, section, from))]);
  return present(
    ask,
    visit,
    (page) => monthTags(page, from),
    (site, page) => monthView({ site, page }),
  );
}

/** A path that no page has: moved, gone, or never anything. */
export async function nowherePage(ask: Ask): Promise<Page> {
  return absent(ask, await ask.reader.nowhere(ask.path));
}

/** Which page of a list a segment of the path names: 2 to 10, or null. The first page has no number. */
export function pageNumber(segment: string): number | null {
  const page = /^[1-9]\d?$/.test(segment) ? Number(segment) : 0;
  return page >= 2 && page <= LAST_PAGE ? page : null;
}

async function present<T>(
  ask: Ask,
  visit: Visit<T>,
  tagsOf: (found: T) => Promise<string[]>,
  render: (site: Site, found: T) => Rendered,
): Promise<Page> {
  if ("trail" in visit) return absent(ask, visit);
  const { site, found } = visit;
  const tags = await tagsOf(found);
  return {
    status: 200,
    etag: await etagOf(ask.build, site, found, tags),
    tags,
    contentType: HTML,
    lastModified: null,
    style: themeCss(site.settings.theme),
    render: () => render(site, found),
  };
}

/** A page that is not there: it moved, is gone, or never was. `more` are tags of what may come there. */
export async function absent(
  ask: Ask,
  { site, address, trail }: Absence,
  more: string[] = [],
): Promise<Page> {
  const tags = tagList(...(await absenceTags(trail)), ...more);
  const page = {
    etag: await etagOf(ask.build, site, address, tags),
    tags,
    contentType: HTML,
    lastModified: null,
    style: themeCss(site.settings.theme),
  };
  if (address?.kind === "moved")
    return { ...page, status: 301, location: address.to, render: () => "" };
  if (address?.kind === "gone") return { ...page, status: 410, render: () => goneView({ site }) };
  return { ...page, status: 404, render: () => notFoundView({ site }) };
}

const HTML = "text/html; charset=utf-8";

/** A hash of everything the page shows: every row, its tags, and the build that renders it. */
async function etagOf(build: string, ...shown: unknown[]): Promise<string> {
  const digest = await crypto.subtle.digest(
    "SHA-256",
    new TextEncoder().encode(JSON.stringify([build, shown])),
  );
  const text = btoa(String.fromCharCode(...new Uint8Array(digest).subarray(0, 18)));
  return `W/"${text.replaceAll("+", "-").replaceAll("/", "_")}"`;
}

function lastModified(story: { publishedAt: number; updatedAt: number | null }): number {
  return story.updatedAt ?? story.publishedAt;
}
