import * as z from "zod/mini";
import { _default as withDefault } from "zod/mini";
import { composed } from "../domain/composed.ts";
import { showsSomething } from "../domain/hero.ts";
import { isHttps, isMail, isMailto } from "../domain/links.ts";
import { canonicalPath, percentEncoded, SLUG, SLUG_LENGTH } from "../domain/paths.ts";

// Kinds of fields that more than one noun has. The OpenAPI document is made of the schemas, so descriptions are read by people.

/** Bounds a text, in characters. */
export function atMost(longest: number) {
  return z.maxLength(longest, `must be at most ${longest} characters.`);
}

/** A whole number within bounds, both included. */
export function wholeNumber(least: number, most: number) {
  return z.int().check(z.minimum(least), z.maximum(most));
}

/** A field that is null when it is left out. */
export function nullUnlessSent<T extends z.ZodMiniType>(field: T) {
  return orNull(z.nullable(field));
}

export function orNull<T extends z.ZodMiniNullable<z.ZodMiniType>>(field: T) {
  return withDefault(field, null as never);
}

/** What names a thing in its URL. */
export const slug = z
  .string()
  .check(
    z.minLength(1, "must not be empty."),
    atMost(SLUG_LENGTH),
    z.regex(SLUG, "must be lower-case letters a to z, digits and single hyphens, like city-hall."),
  );

/**
 * Nothing that cannot be seen or that turns what follows around: controls, lone surrogates, bidi overrides, non-characters. An
 * isolate (U+2066 to U+2068) stands with the mark that ends it (U+2069): else it would turn the rest of a byline or a tab.
 */
export const PRINTABLE =
  /^(?:[^\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]|[\u2066-\u2068](?=[^\u2066-\u2069]*\u2069)|(?<=[\u2066-\u2068][^\u2066-\u2069]*)\u2069)*$/u;

/** The same with line breaks and tabs. */
const PRINTABLE_LINES = /^(?:[^\p{Cc}\p{Cs}\u202d\u202e\ufffe\uffff]|[\n\r\t])*$/u;

/** A line of plain text that shows something. */
export function line(longest: number) {
  return z.string().check(
    z.trim(),
    z.overwrite(composed),
    z.minLength(1, "must not be empty."),
    atMost(longest),
    z.regex(
      PRINTABLE,
      "must be one line of text without control characters or marks of direction that do not end.",
    ),
    z.refine((value) => value === "" || showsSomething(value), "must show something."),
  );
}

export function text(longest: number, whenEmpty = "must not be empty; send null for none.") {
  return z.string().check(
    z.trim(),
    z.overwrite(composed),
    z.minLength(1, whenEmpty),
    atMost(longest),
    z.regex(PRINTABLE_LINES, "must be text without control characters."),
    z.refine((value) => value === "" || showsSomething(value), "must show something."),
  );
}

/** The earliest publication time: `place` pads a positive number. */
const EPOCH = "must be between 1970-01-01T00:00:00Z and 9999-12-31T23:59:59Z.";

/** The last moment whose year has four digits (RFC 3339 section 5.6). */
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

export const time = z
  .pipe(
    z.iso.datetime({
      offset: true,
      error: "must be an RFC 3339 time with a zone, like 2026-11-23T08:00:00Z.",
    }),
    z.transform((value) => Date.parse(value)),
  )
  .check(z.refine((value) => value >= 0 && value <= LAST, EPOCH));

/** A language, with its script and region if need be (BCP 47). Extensions say nothing that a page could show. */
export const language = z.pipe(
  z
    .string()
    .check(
      z.regex(
        /^[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?$/i,
        "must be a BCP 47 language tag, like en, pt-BR or zh-Hant.",
      ),
    ),
  z.transform((tag) => Intl.getCanonicalLocales(tag)[0] ?? tag),
);

export const webAddress = z
  .string()
  .check(
    atMost(2000),
    z.regex(PRINTABLE, "must not have control characters."),
    z.refine(isWebAddress, "must be an absolute http or https URL."),
  );

export function isWebAddress(value: string): boolean {
  return (
    URL.canParse(value) &&
    /^https?:\/\/[^\s"'<>\\]+$/i.test(value) &&
    new URL(value).username === ""
  );
}

/** What is said of a text that was refused: enough of it to find it again. */
const quoted = (input: unknown) => `"${String(input).slice(0, 200)}"`;

/** Addresses elsewhere, each once: https URLs, and mailto ones where these are taken. */
export function links(longest: number, more?: "mailto") {
  const wanted = more
    ? "write an absolute https URL, or mailto: with an e-mail address."
    : "write an absolute https URL.";
  const link = z.string().check(
    z.trim(),
    atMost(500),
    z.refine((value) => isHttps(value) || (more !== undefined && isMailto(value)), {
      error: ({ input }) => `${quoted(input)} is no link that can be shown: ${wanted}`,
    }),
  );
  return listOf(link, longest);
}

/** Where something is said: a path on this site or an https URL; where `more` says so, also an e-mail address. */
export function place(more?: "mail") {
  const wanted = `write a path on this site, like /about, or an absolute https URL${more ? ", or an e-mail address" : ""}.`;
  const isPlace = (value: string) =>
    value.startsWith("/")
      ? sitePath.safeParse(value).success && percentEncoded(value) === value
      : isHttps(value) || (more !== undefined && isMail(value));
  return z
    .string()
    .check(
      z.trim(),
      atMost(500),
      z.refine(isPlace, { error: ({ input }) => `${quoted(input)} is no such place: ${wanted}` }),
    );
}

const PATH_WANTED =
  "must be a canonical path on this site, like /city/harbour-bridge: lower case, no trailing slash, no query; not /.";

/** A path as requests have it: what is not ASCII is percent-encoded (RFC 3986 section 2.1), or no reader would get there. */
export const sitePath = z
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
  .check(
    z.refine((value) => canonicalPath(value) === value, PATH_WANTED),
    z.maxLength(1000, "must be at most 1000 characters, percent-encoded."),
  );

/** Names of things, none of them twice. */
export function listOf<T extends z.ZodMiniType<string>>(name: T, longest: number) {
  return z.array(name).check(
    z.maxLength(longest, `must be at most ${longest}.`),
    z.refine((names) => new Set(names).size === names.length, "must not name one twice."),
  );
}

/** A yes or no in a query, where all is text: no unless it is sent. */
export const yesOrNo = z.pipe(
  withDefault(z.enum(["true", "false"]), "false"),
  z.transform((value) => value === "true"),
);

const digits = z.string().check(z.regex(/^\d+$/, "must be a whole number."));

/** A whole number in a query, where all is text. */
export function numberAsText(least: number, most: number) {
  return z.pipe(z.pipe(digits, z.transform(Number)), wholeNumber(least, most));
}

/** How many entries a page of a list has. */
export const limit = withDefault(numberAsText(1, 100), 20);
export const cursor = z.optional(z.string().check(atMost(2000)));

export const listQuery = z.strictObject({ limit, cursor });

/** The longest name of a tag, in characters. */
export const TAG_NAME_LENGTH = 80;
