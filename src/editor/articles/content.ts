import type { Form } from "../../domain/article.ts";
import { EMPTY, type Content, type Correction, type Revision } from "../../domain/revision.ts";
import { isPaidFor } from "../../domain/kinds.ts";
import { pictureAt } from "../../domain/media.ts";
import { renderMarkdown } from "../../text/markdown.ts";
import { articlePath, pagePath, RESERVED } from "../../domain/paths.ts";
import type { Issue } from "../../domain/problem.ts";
import type { Actor } from "../../domain/role.ts";
import { defaultSlug, numbered, tagSlugOf } from "../../domain/slugs.ts";
import type { BodyNote } from "./response.ts";
import type { StoryFields } from "./schema.ts";
import type { Stills } from "../stills/stills.ts";
import { reservedSlug } from "../directory/schema.ts";
import { composeHero, libraryFor, noPicture, pictureIssues, stillsFor } from "./pictures.ts";
import { withPresentNames, type Survey } from "./survey.ts";

/** A story as it would be saved, its HTML, and everything that speaks against it. */
export interface Composed {
  content: Content;
  html: string;
  words: number;
  pictures: string[];
  undescribed: string | null;
  /** Keys of the charts elsewhere that it shows. */
  charts: string[];
  /** What was left out of the body. */
  notes: BodyNote[];
  /** What the tags that were given by name are called, by slug. */
  tagNames: Map<string, string>;
  issues: Issue[];
}

/** The path that a new story or page with these fields and this id would want, or null when they make none. */
export function pathWanted(
  { title = "", section, slug }: StoryFields,
  { id, form }: Pick<Composing, "id" | "form">,
): string | null {
  const made = slug ?? madeSlug(title, { id, form });
  if (form === "page") return pagePath(made);
  return section === undefined ? null : articlePath(section, made);
}

/** What composing needs to know beside the fields. */
interface Composing {
  /** The story's id: its slug, where its headline makes none. */
  id: string;
  form: Form;
  survey: Survey;
  origin: string;
  actor: Actor;
  now: number;
  publishing: boolean;
  /** The library's still pictures of the charts that the body shows. */
  stills: Stills;
  /** Corrections of the story so far: one that is sent again without a date keeps its own. */
  corrected?: Correction[] | undefined;
}

/** The most that one revision may come to, in bytes of UTF-8: D1 refuses rows of more than 2 MB. */
export const REVISION_BYTES = 1_950_000;

/** Lays fields over a story's content (null: a new story) and renders it. Every problem found is told. */
export function compose(asSent: StoryFields, base: Content | null, context: Composing): Composed {
  const { survey, now, origin, publishing } = context;
  const fields = withPresentNames(asSent, survey);
  const stills = stillsFor(context.actor, context.stills);
  const named = libraryFor(context.actor, survey);
  const library = new Map([
    ...[...stills.values()].map((each) => [each.hash, each] as const),
    ...named,
  ]);
  const sent = fields.hero ? composeHero(fields.hero, library, origin) : null;
  const tagNames = new Map((fields.tags ?? []).map((tag) => [tagSlugOf(tag), tag]));
  const hero = sent?.hero ?? (fields.hero === null ? null : undefined);
  const content = laidOver({ ...fields, hero }, base, context);
  const language = content.language ?? survey.settings.language;
  const setting = { language, siteOrigin: origin, library, stills, paid: isPaidFor(content) };
  const rendered = renderMarkdown(content.body, setting);
  const { html, words, charts, ...shown } = rendered.ok ? rendered.value : NOTHING;
  const opening = pictureAt(content.hero?.src ?? "");
  const pictures = [...new Set([...(opening ? [opening.hash] : []), ...shown.pictures])]
    .filter((hash) => library.has(hash))
    .sort();
  const undescribed = shown.undescribed[0] ?? null;
  const released = { hero: content.hero, pictures, undescribed };
  const issues = [
    ...referenceIssues(fields, survey),
    ...(context.form === "page" ? reservedIssues(content, base) : []),
    ...sponsorIssues(fields, content),
    ...timeIssues(fields, now),
    ...(rendered.ok ? sizeIssues(content, html) : [{ path: "body", message: rendered.message }]),
    ...(sent?.issues ?? []),
    ...shown.unknown.map((src) => ({ path: "body", message: noPicture(src) })),
    ...(publishing ? pictureIssues(released, library) : []),
  ];
  const notes = shown.notes.map((note) => ({ path: "body", ...note }));
  return { content, html, words, pictures, undescribed, charts, notes, tagNames, issues };
}

/** The content with the fields that were sent in place of what it said, and a slug where none was written. */
function laidOver(
  fields: Omit<StoryFields, "hero"> & { hero?: Content["hero"] | undefined },
  base: Content | null,
  { corrected = base?.corrections ?? [], now, ...making }: Composing,
): Content {
  const dated = new Map(corrected.map(({ text, at }) => [text, at]));
  const title = fields.title ?? base?.title ?? "";
  const kind = fields.kind ?? base?.kind ?? EMPTY.kind;
  const content = {
    ...(base ?? EMPTY),
    ...withoutUndefined({
      kind,
      // Nobody has paid for what is not sponsored any more.
      sponsor: isPaidFor({ kind }) ? fields.sponsor : null,
      title: fields.title,
      standfirst: fields.standfirst,
      body: fields.body,
      section: fields.section,
      tags: fields.tags && [...new Set(fields.tags.map(tagSlugOf))],
      authors: fields.authors,
      hero: fields.hero,
      language: fields.language,
      canonicalUrl: fields.canonicalUrl,
      translationOf: fields.translationOf,
      related: fields.related,
      part: fields.part,
      corrections: fields.corrections?.map(({ text, at }) => {
        return { text, at: at ?? dated.get(text) ?? now };
      }),
      seo: fields.seo,
      publishedAt: fields.publishedAt,
      updatedAt: fields.updatedAt,
    } satisfies Record<Exclude<keyof Content, "slug" | "slugWritten">, unknown>),
    slug: fields.slug ?? base?.slug ?? madeSlug(title, making),
    slugWritten: fields.slug !== undefined || base?.slugWritten === true,
  };
  return isAtHome(content, making.origin) ? { ...content, canonicalUrl: null } : content;
}

/** Tells whether the address at which a story first appeared is its own, as an archive may say of each: then it is from nowhere else. */
function isAtHome({ canonicalUrl, section, slug }: Content, origin: string): boolean {
  const url = URL.parse(canonicalUrl ?? "");
  return (
    url?.host === new URL(origin).host &&
    url.search === "" &&
    url.pathname.replace(/\/$/, "") === articlePath(section, slug)
  );
}

/** A slug that nobody wrote: the headline's. Where a page of the site itself is called so, that of a page gets a number. */
function madeSlug(title: string, { id, form }: Pick<Composing, "id" | "form">): string {
  const slug = defaultSlug({ title, id });
  return form === "page" && RESERVED.has(slug) ? numbered(slug, 2) : slug;
}

/** A page that was there before its slug was reserved stays, and can be changed. */
function reservedIssues({ slug }: Content, base: Content | null): Issue[] {
  if (!RESERVED.has(slug) || slug === base?.slug) return [];
  return [{ path: "slug", message: reservedSlug(slug) }];
}

/** Readers are told who paid, and are not told that somebody paid for what nobody did. */
function sponsorIssues({ kind, sponsor }: StoryFields, content: Content): Issue[] {
  const path = "sponsor";
  if (isPaidFor(content)) {
    const message = "must say who paid for it, since its kind is sponsored.";
    return content.sponsor === null ? [{ path, message }] : [];
  }
  if (sponsor === undefined || sponsor === null) return [];
  const message = `only goes with kind "sponsored", and ${kind === undefined ? "it is" : "got"} "${content.kind}".`;
  return [{ path, message }];
}

function sizeIssues(content: Content, html: string): Issue[] {
  if (bytesOf(JSON.stringify(content)) + bytesOf(html) <= REVISION_BYTES) return [];
  const message = `With everything else of the story it is over ${REVISION_BYTES} bytes.`;
  return [{ path: "body", message }];
}

const NOTHING = {
  html: "",
  words: 0,
  pictures: [],
  undescribed: [],
  unknown: [],
  charts: [],
  notes: [],
};

/** What keeps a saved revision from going out: its pictures, or a byline that is no author any more. */
export function releaseIssues(
  revision: Content & Pick<Revision, "pictures" | "undescribed">,
  { authors, pictures }: Survey,
): Issue[] {
  const gone = revision.authors.flatMap((author, index) =>
    authors.has(author) ? [] : [{ path: `authors.${index}`, message: noAuthor(author) }],
  );
  return [...pictureIssues(revision, pictures), ...gone];
}

export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

function noStory(id: string): string {
  return `There is no story "${id}".`;
}

function noAuthor(author: string): string {
  return `There is no author "${author}"; make them first.`;
}

function referenceIssues(
  { section, authors, translationOf, related = [] }: StoryFields,
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
    issues.push({ path: "translationOf", message: noStory(translationOf) });
  }
  for (const [index, id] of related.entries())
    if (!articles.has(id)) issues.push({ path: `related.${index}`, message: noStory(id) });
  return issues;
}

function timeIssues(fields: StoryFields, now: number): Issue[] {
  const { publishedAt, updatedAt, expiresAt, corrections = [] } = fields;
  const issues: Issue[] = [];
  const iso = (time: number) => new Date(time).toISOString();
  for (const [path, time] of Object.entries({ publishedAt, updatedAt })) {
    if (time && time > now) {
      issues.push({
        path,
        message: `must not be in the future, got ${iso(time)}; schedule the story instead.`,
      });
    }
  }
  for (const [index, { at }] of corrections.entries()) {
    if (at !== undefined && at > now) {
      const message = `must not be in the future, got ${iso(at)}.`;
      issues.push({ path: `corrections.${index}.at`, message });
    }
  }
  if (expiresAt && expiresAt <= now)
    issues.push({ path: "expiresAt", message: `must be in the future, got ${iso(expiresAt)}.` });
  return issues;
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Defined<T>;
}
