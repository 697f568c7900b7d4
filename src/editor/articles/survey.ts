import type { StoryState } from "../../domain/article.ts";
import type { Content } from "../../domain/revision.ts";
import { hashesIn, type Picture } from "../../domain/media.ts";
import { articlePath } from "../../domain/paths.ts";
import type { Problem } from "../../domain/problem.ts";
import type { Settings } from "../../domain/settings.ts";
import { learnScripts, numbered, stemOf, tagSlugOf, unnumbered } from "../../domain/slugs.ts";
import { storiesQuery } from "../../store/articles.d1.ts";
import { numberedPathsQuery, pathHoldersQuery, type PathHolder } from "../../store/paths.d1.ts";
import { picturesQuery } from "../../store/media.d1.ts";
import {
  calledNowQuery,
  referencesQuery,
  type CalledNow,
  type Reference,
} from "../../store/directory.d1.ts";
import type { Store } from "../../store/open.ts";
import { editionQuery, readSettings, settingsQuery } from "../../store/paper.d1.ts";
import type { StoryFields } from "./schema.ts";

/** What a command on stories reads before it decides, in one round trip. */
export interface Survey {
  edition: number;
  settings: Settings;
  stories: Map<string, StoryState>;
  sections: Set<string>;
  authors: Set<string>;
  articles: Set<string>;
  /** Of stories that the fields name and that are translations, what they translate. */
  originals: Map<string, string>;
  /** Of names in the fields that an entry had once, what it is called now: `tag:tram` is `trams`. */
  calledNow: Map<string, string>;
  /** The library's pictures that the fields name or the stories show, by hash; also those taken down. */
  pictures: Map<string, Picture>;
  /** Of these, the ones that readers do not see. */
  unseen: Set<string>;
  /** Who holds the paths wanted, and those that the stories themselves want. */
  holders: PathHolder[];
}

/** What to survey: stories by id, fields whose references must exist, paths that must be free. */
export interface Question {
  ids?: string[];
  fields?: StoryFields[];
  paths?: string[];
}

/** Reads the edition, the settings, the named stories, which references exist, and who holds which path. */
export async function survey(
  store: Store,
  { ids = [], fields = [], paths = [] }: Question,
): Promise<Survey> {
  const wanted = {
    sections: fields.flatMap(({ section }) => section ?? []),
    authors: fields.flatMap(({ authors }) => authors ?? []),
    articles: fields.flatMap(({ translationOf, related = [] }) => [
      ...(translationOf ? [translationOf] : []),
      ...related,
    ]),
  };
  await learnScripts(fields.flatMap(({ title = "", tags = [] }) => [title, ...tags]));
  const hashes = fields.flatMap(({ body, hero }) => hashesIn(`${hero?.src ?? ""} ${body ?? ""}`));
  const [[edition], settings, references, stories, holders, pictures, called] = await store.db.read(
    editionQuery(),
    settingsQuery(),
    referencesQuery(wanted, ids),
    storiesQuery(ids),
    pathHoldersQuery(paths, ids),
    picturesQuery([...new Set(hashes)], ids),
    calledNowQuery(fields.flatMap(namesIn)),
  );
  await learnScripts(stories.map(({ head }) => head.title));
  const known = (kind: Reference["kind"]) =>
    new Set([
      ...references.filter((row) => row.kind === kind).map(({ id }) => id),
      ...called.filter((row) => row.kind === kind).map(({ present }) => present),
    ]);
  const originals = new Map(
    references.flatMap(({ id, original }) => (original === null ? [] : [[id, original] as const])),
  );
  return {
    edition: edition?.n ?? 0,
    settings: readSettings(settings),
    stories: new Map(stories.map((story) => [story.article.id, story])),
    // A page is in none, which is there.
    sections: known("section").add(""),
    authors: known("author"),
    articles: new Set([...known("article"), ...originals.values()]),
    originals,
    calledNow: new Map(called.map(({ kind, slug, present }) => [`${kind}:${slug}`, present])),
    pictures: new Map(pictures.map((picture) => [picture.hash, picture])),
    unseen: new Set(pictures.filter(({ isSeen }) => !isSeen).map(({ hash }) => hash)),
    holders,
  };
}

/** The names of sections, authors and tags that fields say. */
function namesIn({ section, authors = [], tags = [] }: StoryFields): Omit<CalledNow, "present">[] {
  return [
    ...(section === undefined ? [] : [{ kind: "section" as const, slug: section }]),
    ...authors.map((slug) => ({ kind: "author" as const, slug })),
    ...tags.map((tag) => ({ kind: "tag" as const, slug: tagSlugOf(tag) })),
  ];
}

/**
 * Fields with what they name as it is called now: whoever sends a story may not have heard of it. What is translated from a
 * translation is one of the same original, so that all of its versions know each other.
 */
export function withPresentNames(
  fields: StoryFields,
  { calledNow, originals }: Survey,
): StoryFields {
  if (calledNow.size === 0 && originals.size === 0) return fields;
  const { section, authors, tags, translationOf } = fields;
  const now = (kind: CalledNow["kind"], slug: string) => calledNow.get(`${kind}:${slug}`);
  return {
    ...fields,
    translationOf: translationOf && (originals.get(translationOf) ?? translationOf),
    section: section && (now("section", section) ?? section),
    authors: authors && [...new Set(authors.map((slug) => now("author", slug) ?? slug))],
    tags: tags && [...new Set(tags.map((tag) => now("tag", tagSlugOf(tag)) ?? tag))],
  };
}

/**
 * Refuses a path that another story or a redirect holds; `own` is the story that wants it. Where another story was once, and
 * links lead to it, only a slug that somebody wrote may take it: a slug that nobody wrote looks for another path.
 */
export function takenPath(
  holders: PathHolder[],
  content: Address,
  own: string | null,
  { byName = true } = {},
): Problem | null {
  const path = articlePath(content.section, content.slug);
  const holder = holders.find(
    (row) =>
      row.path === path &&
      (row.articleId === null || row.articleId !== own) &&
      (row.holder !== "former" || !byName),
  );
  return holder ? taken("slug", holder) : null;
}

/** Finds the paths that are held among those that numbers behind these stories' slugs make. */
export async function numberedPaths(store: Store, contents: Titled[]): Promise<Set<string>> {
  const stems = contents.map((each) => articlePath(each.section, stemOf(unnumbered(each))));
  const [held] = await store.db.read(numberedPathsQuery([...new Set(stems)]));
  return new Set(held.map(({ path }) => path));
}

/** The slug with the first number whose path nobody holds: weather-2, where weather is held. */
export function firstFree(content: Titled, held: ReadonlySet<string>): string {
  const { section } = content;
  const slug = unnumbered(content);
  let n = 2;
  while (held.has(articlePath(section, numbered(slug, n)))) n += 1;
  return numbered(slug, n);
}

type Address = Pick<Content, "section" | "slug">;
type Titled = Pick<Content, "section" | "slug" | "title">;

/** Finds who holds one path. */
export async function holdersOf(store: Store, content: Address): Promise<PathHolder[]> {
  const [holders] = await store.db.read(
    pathHoldersQuery([articlePath(content.section, content.slug)]),
  );
  return holders;
}

/** The refusal of a path that is held, at the field that wanted it. */
export function taken(field: string, { path, holder }: PathHolder): Problem {
  // What has one segment is a page or a section.
  const noun = path.lastIndexOf("/") === 0 ? "page" : "story";
  const message = `${HOLDERS[holder].replace("story", noun)} ${path} already; choose another.`;
  return { kind: "taken", detail: message, issues: [{ path: field, message }] };
}

const HOLDERS = {
  live: "A published story has",
  draft: "Another story wants",
  scheduled: "A scheduled story will have",
  redirect: "A redirect stands at",
  former: "A story was at",
  section: "A section has, or had,",
};
