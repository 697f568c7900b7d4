import * as z from "zod/mini";
import { _default as withDefault } from "zod/mini";
import { STATUSES } from "../domain/article.ts";
import { isTimeZone } from "../domain/calendar.ts";
import { FOCAL_POINTS, showsSomething } from "../domain/hero.ts";
import { canonicalPath, RESERVED, SLUG, SLUG_LENGTH } from "../domain/paths.ts";
import type { Issue } from "../domain/problem.ts";
import { READ_ONLY_OF_STORY } from "./echoes.ts";
import { ROLES } from "../domain/role.ts";
import { logo, theme } from "./theme.ts";

// What editors may send. The OpenAPI document is made of the same schemas, so descriptions here are read by people.

// zod/mini speaks no language by itself: this is the API's.
z.config({ localeError: wanted });

/** The most stories in one bulk import. */
const IMPORT_LIMIT = 100;

/** What was sent: the fields that are right by themselves, and what is wrong with the others. */
export interface Input<T> {
  fields: Partial<T>;
  issues: Issue[];
}

/** Checks a body against a schema and keeps every right field, so that all problems can be told at once. */
export function readInput<Shape extends z.core.$ZodShape>(
  schema: z.ZodMiniObject<Shape>,
  body: unknown,
): Input<z.output<z.ZodMiniObject<Shape>>> {
  const whole = schema.safeParse(body);
  if (whole.success) return { fields: whole.data, issues: [] };
  return { fields: rightFields(schema, body), issues: issuesOf(whole.error) };
}

function rightFields<Shape extends z.core.$ZodShape>(
  schema: z.ZodMiniObject<Shape>,
  body: unknown,
) {
  const fields: Record<string, unknown> = {};
  if (typeof body === "object" && body !== null && !Array.isArray(body)) {
    for (const [name, field] of Object.entries(schema.shape)) {
      const value = (body as Record<string, unknown>)[name];
      const parsed = z.safeParse(field, value);
      if (parsed.success && parsed.data !== undefined) fields[name] = parsed.data;
    }
  }
  return fields as Partial<z.output<z.ZodMiniObject<Shape>>>;
}

/** The longest name of a tag, in characters. */
const TAG_NAME_LENGTH = 80;

/** What an editor is told of a value of the wrong type or size; every other check says it in its own words. */
function wanted(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_value":
      return `Must be one of ${issue.values.map(String).join(", ")}.`;
    case "too_small":
      return issue.origin === "string" && issue.minimum === 1
        ? "Must not be empty."
        : `Must be at least ${String(issue.minimum)}.`;
    case "too_big":
      return `Must be at most ${String(issue.maximum)}${issue.origin === "string" ? " characters" : ""}.`;
    case "invalid_type":
      return issue.input === undefined
        ? "Is missing."
        : `Must be ${KINDS[issue.expected] ?? issue.expected}, got ${kindOf(issue.input)}.`;
    default:
      return undefined;
  }
}

const KINDS: Record<string, string> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
};

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "number" ? String(value) : (KINDS[typeof value] ?? typeof value);
}

/** The most issues that one schema tells of: who sends more mistakes than that is not reading them. */
const ISSUES_TOLD = 100;

/** Zod's issues as the API tells them: one for each place, paths joined by dots. */
export function issuesOf(error: z.core.$ZodError): Issue[] {
  const issues = error.issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code !== "unrecognized_keys")
      return [{ path: path.join("."), message: issue.message }];
    return issue.keys.map((key) => ({
      path: [...path, key].join("."),
      message: "There is no such field.",
    }));
  });
  return issues.slice(0, ISSUES_TOLD);
}

/** Puts the issues of a part under the part's own path; "" is the whole. */
export function under(part: string, issues: Issue[]): Issue[] {
  return issues.map(({ path, message }) => ({
    path: [part, path].filter(Boolean).join("."),
    message,
  }));
}

/** Bounds a text, in characters. */
function atMost(longest: number) {
  return z.maxLength(longest, `Must be at most ${longest} characters.`);
}

/** A whole number within bounds, both included. */
function wholeNumber(least: number, most: number) {
  return z.int().check(z.minimum(least), z.maximum(most));
}

/** A field that is null when it is left out. */
function nullUnlessSent<T extends z.ZodMiniType>(field: T) {
  return orNull(z.nullable(field));
}

function orNull<T extends z.ZodMiniNullable<z.ZodMiniType>>(field: T) {
  return withDefault(field, null as never);
}

const slug = z
  .string()
  .check(
    z.minLength(1, "Must not be empty."),
    atMost(SLUG_LENGTH),
    z.regex(SLUG, "Must be lower-case letters a to z, digits and single hyphens, like city-hall."),
  );

const sectionSlug = slug.check(
  z.refine((value) => !RESERVED.has(value), {
    error: (issue) => reservedSlug(String(issue.input)),
  }),
);

/** What is told of a slug that no new section may have. */
export function reservedSlug(value: string): string {
  return `"${value}" is a page of the site itself; choose another slug.`;
}

/** Nothing that cannot be seen or that turns what follows around: controls, lone surrogates, bidi overrides, non-characters. */
const PRINTABLE = /^[^\p{Cc}\p{Cs}\u2028-\u202e\ufdd0-\ufdef\ufffe\uffff]*$/u;

/** The same with line breaks and tabs. */
const PRINTABLE_LINES = /^(?:[^\p{Cc}\p{Cs}\u202d\u202e\ufffe\uffff]|[\n\r\t])*$/u;

/** A line of plain text that shows something. */
function line(longest: number) {
  return z.string().check(
    z.trim(),
    z.minLength(1, "Must not be empty."),
    atMost(longest),
    z.regex(PRINTABLE, "Must be one line of text without control characters."),
    z.refine((value) => value === "" || showsSomething(value), "Must show something."),
  );
}

function text(longest: number) {
  return z.string().check(
    z.trim(),
    z.minLength(1, "Must not be empty; send null for none."),
    atMost(longest),
    z.regex(PRINTABLE_LINES, "Must be text without control characters."),
    z.refine((value) => value === "" || showsSomething(value), "Must show something."),
  );
}

/** The earliest publication time: `place` pads a positive number. */
const EPOCH = "Must be 1970-01-01T00:00:00Z or later.";

const time = z
  .pipe(
    z.iso.datetime({
      offset: true,
      error: "Must be an RFC 3339 time with a zone, like 2026-11-23T08:00:00Z.",
    }),
    z.transform((value) => Date.parse(value)),
  )
  .check(z.refine((value) => value >= 0, EPOCH));

/** A language, with its script and region if need be (BCP 47). Extensions say nothing that a page could show. */
const language = z.pipe(
  z
    .string()
    .check(
      z.regex(
        /^[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?$/i,
        "Must be a BCP 47 language tag, like en, pt-BR or zh-Hant.",
      ),
    ),
  z.transform((tag) => Intl.getCanonicalLocales(tag)[0] ?? tag),
);

const webAddress = z
  .string()
  .check(
    atMost(2000),
    z.regex(PRINTABLE, "Must not have control characters."),
    z.refine(isWebAddress, "Must be an absolute http or https URL."),
  );

function isWebAddress(value: string): boolean {
  return (
    URL.canParse(value) &&
    /^https?:\/\/[^\s"'<>\\]+$/i.test(value) &&
    new URL(value).username === ""
  );
}

const PATH_WANTED =
  "Must be a canonical path on this site, like /city/harbour-bridge: lower case, no trailing slash, no query; not /.";

/** A path as requests have it: what is not ASCII is percent-encoded (RFC 3986 section 2.1), or no reader would get there. */
const sitePath = z
  .pipe(
    z.string().check(
      atMost(1000),
      z.refine(
        (value) => /^\/[^?#\s\\\p{Cc}\p{Cs}]+$/u.test(value) && !/\/\.{1,2}(\/|$)/.test(value),
        PATH_WANTED,
      ),
    ),
    z.transform(percentEncoded),
  )
  .check(z.refine((value) => canonicalPath(value) === value, PATH_WANTED));

function percentEncoded(value: string): string {
  return value.replace(/[^\x21-\x7e]/gu, (character) =>
    /\p{Cs}/u.test(character) ? "" : encodeURIComponent(character),
  );
}

/** What can be told of a picture, in the library and in a story. */
const notes = {
  alt: z.nullish(text(1000)).check(z.describe("What the picture shows, for who cannot see it.")),
  decorative: z
    .optional(z.boolean())
    .check(z.describe("True when the picture tells nothing the text does not.")),
  caption: z.nullish(text(1000)),
  credit: z.nullish(line(200)),
  focalPoint: z
    .optional(z.enum(FOCAL_POINTS))
    .check(z.describe("Where its subject is, so that a crop keeps it.")),
};

/** The body of `PATCH /media/{hash}`. */
export const pictureNotes = z.strictObject(notes);

/** Fields beside a picture are text: what is empty is left out. */
function sentAsText<T extends z.ZodMiniType>(field: T) {
  return z.pipe(
    z.transform((value) => (value === "" ? undefined : value)),
    field,
  );
}

/** The fields beside a picture in `POST /media`. */
export const pictureUpload = z.strictObject({
  name: sentAsText(z.optional(z.string().check(atMost(4000)))).check(
    z.describe("The file's name, of which its address is made; a form's file brings its own."),
  ),
  alt: sentAsText(notes.alt),
  decorative: sentAsText(
    z.optional(
      z.pipe(
        z.enum(["true", "false"]),
        z.transform((value) => value === "true"),
      ),
    ),
  ).check(z.describe("true when the picture tells nothing the text does not.")),
  caption: sentAsText(notes.caption),
  credit: sentAsText(notes.credit),
  focalPoint: sentAsText(notes.focalPoint),
});

const hero = z
  .strictObject({
    src: z.string().check(
      atMost(2000),
      z.regex(PRINTABLE, "Must not have control characters."),
      z.refine(
        (value) =>
          /^\/(?!\/)[^\s"'<>\\]*$/.test(value) ||
          (isWebAddress(value) && value.startsWith("https://")),
        "Must be a path on this site or an https URL.",
      ),
    ),
    ...notes,
    width: z
      .nullish(wholeNumber(1, 20_000))
      .check(z.describe("In pixels; of a picture of the library, read from its bytes.")),
    height: z.nullish(wholeNumber(1, 20_000)),
    animated: z.optional(z.boolean()).check(z.describe("Read-only: read from its bytes.")),
  })
  .check(
    z.describe(
      "The picture that opens the story. Needs alt or decorative before it can be published. What is left out of a picture of the library is as the library says.",
    ),
  );

/** Names of things, none of them twice. */
function listOf<T extends z.ZodMiniType<string>>(name: T, longest: number) {
  return z.array(name).check(
    z.maxLength(longest, `Must be at most ${longest}.`),
    z.refine((names) => new Set(names).size === names.length, "Must not name one twice."),
  );
}

/** A tag by its slug, or by its name, which may be as long as `POST /tags` lets it. */
const tagNamed = line(SLUG_LENGTH).check(
  z.refine(
    (value) => SLUG.test(value) || value.length <= TAG_NAME_LENGTH,
    `Must be at most ${TAG_NAME_LENGTH} characters.`,
  ),
);

/** The fields of a story that an editor writes. */
const story = {
  title: line(300),
  slug: slug.check(z.describe("Defaults to the title's.")),
  standfirst: z.nullable(text(1000)),
  body: z
    .string()
    .check(
      z.regex(/^[^\0\p{Cs}]*$/u, "Must not have NUL or lone surrogates."),
      z.describe("Markdown (CommonMark and GFM), at most 512 KiB."),
    ),
  section: slug.check(z.describe("The slug of a section that exists.")),
  tags: listOf(tagNamed, 30).check(
    z.describe("Slugs or names: City Hall is city-hall. A tag is made on first use."),
  ),
  authors: listOf(slug, 20).check(
    z.describe("Slugs of authors that exist, in the order of the byline."),
  ),
  hero: z.nullable(hero),
  language: z.nullable(language).check(z.describe("BCP 47; null means the site's.")),
  canonicalUrl: z
    .nullable(webAddress)
    .check(z.describe("Where the story first appeared, if elsewhere.")),
  translationOf: z
    .nullable(z.string().check(atMost(100)))
    .check(z.describe("The id of the story this one translates.")),
  corrections: z
    .array(
      z.strictObject({
        text: text(2000),
        at: z.optional(time).check(z.describe("Defaults to now.")),
      }),
    )
    .check(z.maxLength(50, "Must be at most 50.")),
  seo: z.strictObject({
    title: nullUnlessSent(line(300)),
    description: nullUnlessSent(line(500)),
  }),
  publishedAt: z
    .nullable(time)
    .check(z.describe("A dateline of your own; null means the first publication.")),
  updatedAt: z
    .nullable(time)
    .check(z.describe("An update time of your own; null means the last material change.")),
  expiresAt: z.nullable(time).check(z.describe("When the story is withdrawn by itself.")),
  material: z
    .boolean()
    .check(z.describe("False leaves updatedAt as it is: the change is not worth telling.")),
};

const anyOfStory = z.partial(z.object(story));
const { title, section, ...optional } = {
  ...anyOfStory.shape,
  title: story.title,
  section: story.section,
};
// A story that is new has not changed yet.
const { material: _material, ...newborn } = optional;

/** The body of `POST /articles`. */
export const newArticle = z.strictObject({
  title,
  section,
  ...newborn,
  status: z
    .optional(z.enum(["draft", "published", "scheduled"]))
    .check(z.describe("Defaults to draft.")),
  scheduledFor: z.optional(time).check(z.describe("When a scheduled story goes out.")),
});

/** The body of `PATCH /articles/{id}`. */
export const articlePatch = z.strictObject({
  ...anyOfStory.shape,
  status: z.optional(
    z.literal(
      "published",
      'Must be "published", which publishes what this call saves; other states have calls of their own.',
    ),
  ),
});

/** The same for the documentation, with what is read-only. */
export const articlePatchDocument = z.strictObject({
  ...articlePatch.shape,
  ...Object.fromEntries(
    Object.entries(READ_ONLY_OF_STORY).map(([name, how]) => [
      name,
      z.optional(z.unknown()).check(z.describe(`Read-only: only as it was answered. ${how}`)),
    ]),
  ),
});

export const publication = z.strictObject({
  material: z.optional(z.boolean()).check(z.describe("False leaves updatedAt as it is.")),
});

export const timetable = z.strictObject({
  scheduledFor: z.nullable(time).check(z.describe("Null takes the story out of the schedule.")),
});

const importKey = z
  .string()
  .check(z.regex(/^[A-Za-z0-9._~/-]{1,200}$/, "Must be 1 to 200 of A-Z a-z 0-9 . _ ~ / -."));

export const importSource = z
  .string()
  .check(z.regex(/^[a-z0-9-]{1,50}$/, "Must be 1 to 50 of a-z 0-9 -, like wordpress."));

/** One imported story, whole: what is left out is empty. */
export const importedStory = z.strictObject({
  title,
  section,
  ...optional,
  status: z
    .optional(z.enum(["published", "draft"]))
    .check(z.describe("Defaults to published. Draft takes a published story back.")),
  redirectFrom: z
    .optional(z.array(sitePath).check(z.maxLength(50)))
    .check(z.describe("Former paths that lead to the story.")),
});

export const importedItem = z.strictObject({ key: importKey, ...importedStory.shape });

/** The body of `POST /imports`, without its items, each of which is read on its own. */
export const bulkImport = z.strictObject({
  source: importSource,
  items: z
    .array(z.unknown())
    .check(
      z.minLength(1, "Must have at least one story."),
      z.maxLength(IMPORT_LIMIT, `Must be at most ${IMPORT_LIMIT} stories.`),
    ),
});

/** The same with its items, for the documentation. */
export const bulkImportDocument = z.strictObject({
  source: importSource,
  items: z.array(importedItem).check(z.maxLength(IMPORT_LIMIT)),
});

/** A yes or no in a query, where all is text: no unless it is sent. */
const yesOrNo = z.pipe(
  withDefault(z.enum(["true", "false"]), "false"),
  z.transform((value) => value === "true"),
);

/** The query of both kinds of import. */
export const importManner = z.strictObject({
  check: yesOrNo.check(z.describe("true writes nothing, and answers what an import would do.")),
});

const storyId = z.string().check(z.minLength(1), atMost(100));

export const placement = z.strictObject({
  lead: nullUnlessSent(storyId),
  pinned: withDefault(listOf(storyId, 12), []),
});

/** What an entry of the directory is answered with beside its fields: passed over as it is. */
const echoed = {
  slug: z.optional(z.string()).check(z.describe("Read-only: as the URL has it.")),
  edge: z.optional(z.enum(["live", "pending", "none"])).check(z.describe("Passed over.")),
};

const author = { name: line(120), role: z.nullable(line(120)), bio: z.nullable(text(4000)) };
const wholeAuthor = { ...author, role: orNull(author.role), bio: orNull(author.bio) };
export const authorFields = z.strictObject({ ...wholeAuthor, ...echoed });
export const authorPatch = z.strictObject({ ...z.partial(z.object(author)).shape, ...echoed });
export const newAuthor = z.strictObject({ slug, ...wholeAuthor });

const sectionShape = {
  name: line(60),
  description: z.nullable(text(1000)),
  position: wholeNumber(0, 10_000).check(z.describe("Sections stand in this order, then by slug.")),
};
const wholeSection = {
  ...sectionShape,
  description: orNull(sectionShape.description),
  position: withDefault(sectionShape.position, 0),
};
export const sectionFields = z.strictObject({ ...wholeSection, ...echoed });
export const sectionPatch = z.strictObject({
  ...z.partial(z.object(sectionShape)).shape,
  ...echoed,
});
export const newSection = z.strictObject({ slug: sectionSlug, ...wholeSection });

const tag = { name: line(TAG_NAME_LENGTH), description: z.nullable(text(1000)) };
const wholeTag = { ...tag, description: orNull(tag.description) };
export const tagFields = z.strictObject({ ...wholeTag, ...echoed });
export const tagPatch = z.strictObject({ ...z.partial(z.object(tag)).shape, ...echoed });
export const newTag = z.strictObject({ slug, ...wholeTag });
export const anySlug = slug;

/** Where a redirect leads, as a Location header can say it. */
const target = z.pipe(
  z.string().check(
    atMost(2000),
    z.refine(
      (value) => /^\/(?!\/)[^\s\\\p{Cc}\p{Cs}]*$/u.test(value) || isWebAddress(value),
      "Must be a path on this site or an absolute http or https URL.",
    ),
  ),
  z.transform((value) => (value.startsWith("/") ? percentEncoded(value) : new URL(value).href)),
);

export const redirectFields = z.strictObject({
  from: sitePath.check(z.describe("A canonical path; for kind prefix, everything below it.")),
  kind: withDefault(z.enum(["exact", "prefix", "gone"]), "exact").check(
    z.describe("gone answers 410: legally removed, for good."),
  ),
  to: nullUnlessSent(target).check(z.describe("Where it leads; null for gone.")),
});

export const settingsPatch = z.strictObject({
  title: z.optional(line(100)),
  tagline: z.nullish(line(200)),
  description: z.nullish(line(500)),
  language: z.optional(language),
  timeZone: z.optional(
    z
      .string()
      .check(atMost(60), z.refine(isTimeZone, "Must be an IANA time zone, like Europe/Lisbon.")),
  ),
  publisher: z.nullish(line(120)),
  theme: z.nullish(theme).check(z.describe("How the paper looks; replaced whole.")),
  logo: z.nullish(logo),
});

export const newKey = z.strictObject({
  name: line(100).check(z.describe("Whose key it is, so that you know which to revoke.")),
  role: z.enum(ROLES),
  author: z.optional(slug).check(z.describe("Binds the key to one author's stories.")),
});

export const removal = z.strictObject({
  force: yesOrNo.check(z.describe("true takes a picture down although stories show it.")),
});

const digits = z.string().check(z.regex(/^\d+$/, "Must be a whole number."));
const limit = withDefault(z.pipe(z.pipe(digits, z.transform(Number)), wholeNumber(1, 100)), 20);
const cursor = z.optional(z.string().check(atMost(2000)));

export const listQuery = z.strictObject({ limit, cursor });

/** Each story is read with its bodies and their HTML, up to 2 MB a revision. */
export const rerendering = z.strictObject({
  cursor,
  limit: withDefault(z.pipe(z.pipe(digits, z.transform(Number)), wholeNumber(1, 50)), 10).check(
    z.describe("How many stories are made anew at most."),
  ),
});

export const articleQuery = z.strictObject({
  limit,
  cursor,
  status: z.optional(z.enum(STATUSES)),
  section: z.optional(slug),
  tag: z.optional(slug),
  author: z.optional(slug),
  q: z
    .optional(z.string().check(z.trim(), z.minLength(1), atMost(100)))
    .check(z.describe("Words in the headline.")),
});

export const purge = z.strictObject({
  tags: z
    .optional(z.array(z.string()).check(z.maxLength(100)))
    .check(z.describe("Cache tags, as Cache-Tag names them: story:…, list:section:city:1, site.")),
  paths: z
    .optional(z.array(z.string().check(atMost(2000))).check(z.maxLength(100)))
    .check(z.describe("Paths of pages, also of those that are not there.")),
  everything: z.optional(z.boolean()),
});

export const auditFilter = z.strictObject({
  limit,
  cursor,
  subject: z
    .optional(z.string().check(atMost(200)))
    .check(z.describe("For example article:<id> or section:<slug>.")),
});

export type PictureUpload = z.output<typeof pictureUpload>;
export type PictureNotesPatch = z.output<typeof pictureNotes>;
export type NewArticle = z.output<typeof newArticle>;
export type ArticlePatch = z.output<typeof articlePatch>;
export type ImportedStory = z.output<typeof importedStory>;
export type Placement = z.output<typeof placement>;
export type SettingsPatch = z.output<typeof settingsPatch>;
export type StoryFields = z.output<typeof anyOfStory>;
