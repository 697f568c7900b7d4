import type { Content } from "../domain/article.ts";
import { isDescribed } from "../domain/hero.ts";
import { renderMarkdown } from "../domain/markdown.ts";
import { articlePath, slugify } from "../domain/paths.ts";
import type { Issue, Problem } from "../domain/problem.ts";
import type { Settings } from "../domain/settings.ts";
import { referencesQuery, type Reference } from "../store/directory.d1.ts";
import {
  heldQuery,
  heldFromRow,
  pathHoldersQuery,
  type Held,
  type PathHolder,
} from "../store/articles.d1.ts";
import { editionQuery, readSettings, settingsQuery } from "../store/paper.d1.ts";
import type { Store } from "../store/open.ts";
import type { StoryFields } from "./input.ts";

/** What a command on stories reads before it decides, in one round trip. */
export interface Survey {
  edition: number;
  settings: Settings;
  held: Map<string, Held>;
  sections: Set<string>;
  authors: Set<string>;
  articles: Set<string>;
  /** Who holds the paths asked for, and those that the stories themselves want. */
  holders: PathHolder[];
}

/** What to survey: stories by id, fields whose references must exist, paths that must be free. */
export interface Question {
  ids?: string[];
  fields?: StoryFields[];
  paths?: string[];
}

/** A story as it would be saved, its HTML, and everything that speaks against it. */
export interface Composed {
  content: Content;
  html: string;
  words: number;
  issues: Issue[];
}

/** Reads the edition, the settings, the named stories, which references exist, and who holds which path. */
export async function survey(
  store: Store,
  { ids = [], fields = [], paths = [] }: Question,
): Promise<Survey> {
  const wanted = {
    sections: fields.flatMap(({ section }) => section ?? []),
    authors: fields.flatMap(({ authors }) => authors ?? []),
    articles: fields.flatMap(({ translationOf }) => translationOf ?? []),
  };
  const [[edition], settings, references, held, holders] = await store.db.read(
    editionQuery(),
    settingsQuery(),
    referencesQuery(wanted, ids),
    heldQuery(ids),
    pathHoldersQuery(paths, ids),
  );
  const known = (kind: Reference["kind"]) =>
    new Set(references.filter((row) => row.kind === kind).map(({ id }) => id));
  return {
    edition: edition?.n ?? 0,
    settings: readSettings(settings),
    held: new Map(held.map((row) => [row.article, heldFromRow(row)])),
    sections: known("section"),
    authors: known("author"),
    articles: known("article"),
    holders,
  };
}

/** The path that a new story with these fields would want, or null when they make none. */
export function pathWanted({
  title,
  section,
  slug = slugify(title ?? ""),
}: StoryFields): string | null {
  return section === undefined || slug === "" ? null : articlePath(section, slug);
}

/** Lays fields over a story's content (null: a new story) and renders it. Every problem found is told. */
export function compose(
  fields: StoryFields,
  base: Content | null,
  context: { survey: Survey; origin: string; now: number; publishing: boolean },
): Composed {
  const { now } = context;
  const corrections = fields.corrections?.map(({ text, at }) => ({ text, at: at ?? now }));
  const title = fields.title ?? base?.title ?? "";
  const content: Content = {
    ...(base ?? EMPTY),
    ...withoutUndefined({
      title: fields.title,
      standfirst: fields.standfirst,
      body: fields.body,
      section: fields.section,
      tags: fields.tags,
      authors: fields.authors,
      hero: fields.hero,
      language: fields.language,
      canonicalUrl: fields.canonicalUrl,
      translationOf: fields.translationOf,
      corrections,
      seo: fields.seo,
      publishedAt: fields.publishedAt,
      updatedAt: fields.updatedAt,
    }),
    slug: fields.slug ?? base?.slug ?? slugify(title),
  };
  const rendered = renderMarkdown(content.body, {
    language: content.language ?? context.survey.settings.language,
    siteOrigin: context.origin,
  });
  const issues = [
    ...referenceIssues(fields, context.survey),
    ...timeIssues(fields, now),
    ...(content.slug === "" && title !== ""
      ? [{ path: "slug", message: `The headline "${title}" makes none; write one.` }]
      : []),
    ...(rendered.ok ? [] : [{ path: "body", message: rendered.message }]),
    ...(context.publishing ? publicationIssues(content) : []),
  ];
  const { html, words } = rendered.ok ? rendered.value : { html: "", words: 0 };
  return { content, html, words, issues };
}

/** What keeps a story from being published though it may be saved. */
function publicationIssues(content: Content): Issue[] {
  if (content.hero === null || isDescribed(content.hero)) return [];
  const message = "A picture needs alt, or decorative: true, before its story can be published.";
  return [{ path: "hero.alt", message }];
}

/** What keeps a saved revision from going out: its picture, or a byline that is no author any more. */
export function releaseIssues(content: Content, { authors }: Survey): Issue[] {
  const gone = content.authors.flatMap((author, index) =>
    authors.has(author) ? [] : [{ path: `authors.${index}`, message: noAuthor(author) }],
  );
  return [...publicationIssues(content), ...gone];
}

/** Refuses a path that another story or a redirect holds; `own` is the story that asks. */
export function takenPath(
  holders: PathHolder[],
  content: Content,
  own: string | null,
): Problem | null {
  const path = articlePath(content.section, content.slug);
  const holder = holders.find(
    (row) => row.path === path && (row.articleId === null || row.articleId !== own),
  );
  return holder ? taken("slug", holder) : null;
}

/** Finds who holds one path. */
export async function holdersOf(store: Store, content: Content): Promise<PathHolder[]> {
  const [holders] = await store.db.read(
    pathHoldersQuery([articlePath(content.section, content.slug)]),
  );
  return holders;
}

/** The refusal of a path that is held, at the field that asked for it. */
export function taken(field: string, { path, holder }: PathHolder): Problem {
  const message = `${HOLDERS[holder]} ${path} already; choose another slug.`;
  return { kind: "taken", detail: message, issues: [{ path: field, message }] };
}

const HOLDERS = {
  live: "A published story has",
  draft: "Another story wants",
  scheduled: "A scheduled story will have",
  redirect: "A redirect stands at",
};

function noAuthor(author: string): string {
  return `There is no author "${author}"; make them first.`;
}

function referenceIssues(
  { section, authors, translationOf }: StoryFields,
  { sections, articles, ...known }: Survey,
): Issue[] {
  const issues: Issue[] = [];
  if (section !== undefined && !sections.has(section)) {
    issues.push({ path: "section", message: `There is no section "${section}"; make it first.` });
  }
  for (const [index, author] of (authors ?? []).entries()) {
    if (!known.authors.has(author)) {
      issues.push({
        path: `authors.${index}`,
        message: noAuthor(author),
      });
    }
  }
  if (translationOf && !articles.has(translationOf)) {
    issues.push({ path: "translationOf", message: `There is no story "${translationOf}".` });
  }
  return issues;
}

function timeIssues({ publishedAt, updatedAt, expiresAt }: StoryFields, now: number): Issue[] {
  const issues: Issue[] = [];
  const iso = (time: number) => new Date(time).toISOString();
  for (const [path, time] of Object.entries({ publishedAt, updatedAt })) {
    if (time && time > now) {
      issues.push({
        path,
        message: `Must not be in the future, got ${iso(time)}; schedule the story instead.`,
      });
    }
  }
  if (expiresAt && expiresAt <= now)
    issues.push({ path: "expiresAt", message: `Must be in the future, got ${iso(expiresAt)}.` });
  return issues;
}

const EMPTY: Content = {
  title: "",
  slug: "",
  standfirst: null,
  body: "",
  section: "",
  tags: [],
  authors: [],
  hero: null,
  language: null,
  canonicalUrl: null,
  translationOf: null,
  corrections: [],
  seo: { title: null, description: null },
  publishedAt: null,
  updatedAt: null,
};

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Defined<T>;
}
