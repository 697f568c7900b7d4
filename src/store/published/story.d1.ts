// Promises: a story with everything that its page shows, found from its path, so that one batch suffices.
// Relies on: the published views; a row of the same shape may be of any revision (previews.d1.ts).
// Does not: decide what readers may see: what is not live has no row here.

import { cardContent, readContent, type Content } from "../../domain/revision.ts";
import { twinPath } from "../../domain/paths.ts";
import {
  RAIL_SIZE,
  storyContent,
  type Named,
  type Profile,
  type Story,
  type StoryPage,
  type Twin,
} from "../../domain/published.ts";
import type { CardStory } from "../../domain/share-card.ts";
import { readAs, sql, type Read } from "../batch.d1.ts";
import type { Address } from "./addresses.d1.ts";
import { CARD_COLUMNS, cardFromRow, type CardRow } from "./cards.d1.ts";
import {
  chosenQuery,
  nearQuery,
  partsQuery,
  relatedOf,
  seriesFromRows,
  type PartRow,
} from "./leading-on.d1.ts";

/** Translations that a story names. */
const TRANSLATIONS = 20;

export interface StoryRow {
  id: string;
  path: string;
  place: string;
  section: string;
  section_name: string;
  content: string;
  published_at: number;
  updated_at: number | null;
  words: number;
  html: string;
}

/** An author as a query selects one. */
export type ProfileRow = Omit<Profile, "links"> & { links: string };

export function profileFromRow(row: ProfileRow): Profile {
  return { ...row, links: JSON.parse(row.links) as string[] };
}

type TranslationRow = Story["translations"][number];

export function storyQueries(path: string) {
  return [
    sql<StoryRow>`
      select id, path, place, section, section_name, content, published_at, updated_at, words, html
      from published_stories where path = ${path}`,
    readAs(
      sql<ProfileRow>`
        select slug, name, role, bio, links from published_bylines
        where article_id = (select id from published_places where path = ${path}) order by position`,
      profileFromRow,
    ),
    sql<Named>`
      select slug, name from published_topics
      where article_id = (select id from published_places where path = ${path}) order by position`,
    sql<CardRow & { side: "older" | "newer" }>`
      select * from (
        select 'older' as side, ${CARD_COLUMNS} from published_cards c
        where c.place < (select place from published_places where path = ${path}) order by c.place desc limit 1)
      union all
      select * from (
        select 'newer' as side, ${CARD_COLUMNS} from published_cards c
        where c.place > (select place from published_places where path = ${path}) order by c.place limit 1)`,
    sql<CardRow>`
      select ${CARD_COLUMNS} from published_cards c
      where c.section_id = (select section_id from published_places where path = ${path}) and c.path <> ${path}
      order by c.place desc limit ${RAIL_SIZE}`,
    sql<TranslationRow>`
      select id, path, title, language from published_translations
      where translation_of = (select id from published_places where path = ${path})
      union
      select c.id, c.path, c.content ->> 'title', c.content ->> 'language'
      from published_stories s cross join published_cards c on c.id = s.content ->> 'translationOf'
      where s.path = ${path}
      union
      select t.id, t.path, t.title, t.language
      from published_stories s cross join published_translations t on t.translation_of = s.content ->> 'translationOf'
      where s.path = ${path} and t.id <> s.id
      order by path limit ${TRANSLATIONS}`,
    partsQuery(path),
    chosenQuery(path),
    nearQuery(path),
  ] as const;
}

type StoryRows = readonly [
  StoryRow[],
  Profile[],
  Named[],
  (CardRow & { side: "older" | "newer" })[],
  CardRow[],
  TranslationRow[],
  PartRow[],
  CardRow[],
  CardRow[],
];

/** The page of a story, or null when no live story stands there. */
export function storyPageOf([
  [row],
  authors,
  tags,
  neighbours,
  latest,
  translations,
  parts,
  chosen,
  near,
]: StoryRows): StoryPage | null {
  if (!row) return null;
  const neighbour = (side: "older" | "newer") => {
    const found = neighbours.find((candidate) => candidate.side === side);
    return found ? cardFromRow(found) : null;
  };
  return {
    story: storyFromRow(row, { authors, tags, translations }),
    series: seriesFromRows(parts),
    related: relatedOf(chosen, near),
    older: neighbour("older"),
    newer: neighbour("newer"),
    latest: latest.map(cardFromRow),
  };
}

/** A story from its row and the names in it. */
export function storyFromRow(
  row: StoryRow,
  names: Pick<Story, "authors" | "tags" | "translations">,
): Story {
  const content = readContent(row.content);
  return {
    id: row.id,
    path: row.path,
    place: row.place,
    section: { slug: row.section, name: row.section_name },
    ...cardContent(content),
    ...storyContent(content),
    publishedAt: row.published_at,
    updatedAt: row.updated_at,
    html: row.html,
    words: row.words,
    ...names,
  };
}

/** What a share card says of a story, and what the story is. */
export type KnownCard = CardStory & Pick<Content, "kind">;

/** What is drawn of a live story where it is shared without a picture of its own. */
export function shareCardQuery(id: string): Read<KnownCard> {
  return sql<KnownCard>`
    select content ->> 'title' as title, content ->> 'language' as language, section_name as section,
      coalesce(content ->> 'kind', 'news') as kind
    from published_stories where id = ${id}`;
}

type TwinRow = Omit<StoryRow, "place" | "words" | "html"> & { body: string };

/** What a story's Markdown twin says: nothing of what stands around it. */
export function twinQueries(path: string) {
  return [
    sql<TwinRow>`
      select id, path, section, section_name, content, published_at, updated_at, body
      from published_stories where path = ${path}`,
    sql<Named>`
      select slug, name from published_bylines
      where article_id = (select id from published_places where path = ${path}) order by position`,
    sql<Named>`
      select slug, name from published_topics
      where article_id = (select id from published_places where path = ${path}) order by position`,
  ] as const;
}

/** The twin of a story, or null when no live story stands there. */
export function twinOf([[row], authors, tags]: readonly [TwinRow[], Named[], Named[]]): {
  story: Twin;
  body: string;
} | null {
  if (!row) return null;
  const content = readContent(row.content);
  const { kind, sponsor, title, standfirst, language, canonicalUrl, corrections } = content;
  const story: Twin = {
    id: row.id,
    path: row.path,
    section: { slug: row.section, name: row.section_name },
    kind,
    sponsor,
    title,
    standfirst,
    language,
    publishedAt: row.published_at,
    updatedAt: row.updated_at,
    canonicalUrl,
    corrections,
    authors,
    tags,
  };
  return { story, body: row.body };
}

/** Where the twin of a path is that leads to a story, or that its story has left. */
export function twinAddress(address: Address | null): Address | null {
  if (address?.kind === "gone") return address;
  return address?.story ? { ...address, to: twinPath(address.to) } : null;
}
