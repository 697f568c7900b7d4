import { cardContent, readContent, type CardContent } from "../../domain/revision.ts";
import type { Card, Named } from "../../domain/published.ts";
import { Fragment } from "../batch.d1.ts";

/** What is selected of `published_cards c`, for `cardFromRow`. */
export const CARD_COLUMNS = new Fragment(
  "c.id, c.path, c.place, c.section, c.section_name, c.content, c.published_at, c.authors",
);

export interface CardRow {
  id: string;
  path: string;
  place: string;
  section: string;
  section_name: string;
  content: string;
  published_at: number;
  authors: string;
}

export function cardFromRow(row: CardRow): Card {
  return cardOf(row, readContent(row.content));
}

/** The same of a row whose content was read already. */
export function cardOf(row: CardRow, content: CardContent): Card {
  return {
    id: row.id,
    path: row.path,
    place: row.place,
    section: { slug: row.section, name: row.section_name },
    ...cardContent(content),
    publishedAt: row.published_at,
    authors: JSON.parse(row.authors) as Named[],
  };
}
