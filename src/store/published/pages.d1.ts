// Promises: a page that is no story, found from its path in as many rows as it has; its twin likewise.
// Relies on: `published_pages`, which starts from `live_pages`; a row of the same shape may be of any revision (previews.d1.ts).
// Does not: stand in any list, or beside any story.

import { cardContent, type Content } from "../../domain/revision.ts";
import type { PageTwin, PlainPage } from "../../domain/published.ts";
import { readAs, sql, type Read } from "../batch.d1.ts";

export interface PageRow {
  id: string;
  path: string;
  content: string;
  published_at: number;
  updated_at: number | null;
  html: string;
}

/** The page at a path, if one is there. */
export function pageQuery(path: string): Read<PlainPage> {
  const query = sql<PageRow>`
    select id, path, content, published_at, updated_at, html from published_pages where path = ${path}`;
  return readAs(query, pageFromRow);
}

export function pageFromRow(row: PageRow): PlainPage {
  const content = JSON.parse(row.content) as Content;
  const { canonicalUrl, seo } = content;
  const { id, path, html, published_at: publishedAt, updated_at: updatedAt } = row;
  return { id, path, ...cardContent(content), canonicalUrl, seo, html, publishedAt, updatedAt };
}

/** A page's Markdown twin, with the text as its editors wrote it. */
export interface FoundTwin {
  page: PageTwin;
  body: string;
}

export function pageTwinQuery(path: string): Read<FoundTwin> {
  const query = sql<Omit<PageRow, "html"> & { body: string }>`
    select id, path, content, published_at, updated_at, body from published_pages where path = ${path}`;
  return readAs(query, ({ body, ...row }) => {
    const { hero: _, html: __, seo: ___, ...page } = pageFromRow({ ...row, html: "" });
    return { page, body };
  });
}
