import { isPaidFor } from "../domain/kinds.ts";
import type { PageTwin, Site, Twin } from "../domain/published.ts";
import { instant } from "./dates.ts";
import { isUpdated } from "./share.tsx";
import { voiceOf } from "./voice.ts";

/** A story as Markdown for tools and agents: what is known of it as YAML, then the text as its editors wrote it. */
export function markdownTwin({
  site,
  story,
  body,
}: {
  site: Site;
  story: Twin;
  body: string;
}): string {
  const known = [
    field("title", story.title),
    field("standfirst", story.standfirst),
    field("kind", story.kind),
    field("sponsor", story.sponsor),
    field("section", story.section.name),
    list(
      "authors",
      story.authors.map(({ name }) => quoted(name)),
    ),
    list(
      "tags",
      story.tags.map(({ name }) => quoted(name)),
    ),
    field("published", instant(story.publishedAt)),
    field("updated", isUpdated(story) ? instant(story.updatedAt) : null),
    field("url", site.origin + story.path),
    field("canonical", story.canonicalUrl),
    field("language", story.language ?? site.settings.language),
    list(
      "corrections",
      story.corrections.map(
        ({ text, at }) => `{ date: ${quoted(instant(at))}, text: ${quoted(text)} }`,
      ),
    ),
  ];
  return document(known, { ...story, sign: isPaidFor(story) ? paidSign(site, story) : null }, body);
}

/** A page that is no story in the same way: it has no date and nobody's name. */
export function pageTwin({
  site,
  page,
  body,
}: {
  site: Site;
  page: PageTwin;
  body: string;
}): string {
  const known = [
    field("title", page.title),
    field("standfirst", page.standfirst),
    field("url", site.origin + page.path),
    field("canonical", page.canonicalUrl),
    field("language", page.language ?? site.settings.language),
  ];
  return document(known, { ...page, sign: null }, body);
}

function document(
  known: string[],
  { title, sign, standfirst }: { title: string; sign: string | null; standfirst: string | null },
  body: string,
): string {
  const text = [`# ${inline(title)}`, sign, standfirst && inline(standfirst), body.trim()];
  return `---\n${known.filter(Boolean).join("\n")}\n---\n\n${text.filter(Boolean).join("\n\n")}\n`;
}

/** What a reader of the page sees above the headline goes with the text. */
function paidSign({ settings }: Site, { sponsor, language }: Twin): string {
  const { words } = voiceOf(settings, language);
  const label = words.kinds.sponsored;
  return `**${sponsor === null ? label : inline(words.labelled(label, words.paidBy(sponsor)))}**`;
}

function field(name: string, value: string | null): string {
  return value === null ? "" : `${name}: ${quoted(value)}`;
}

function list(name: string, values: string[]): string {
  return values.length === 0
    ? ""
    : [`${name}:`, ...values.map((value) => `  - ${value}`)].join("\n");
}

/**
 * A string as a YAML double-quoted scalar (YAML 1.2 section 7.3.1). A JSON string is one, except for the
 * characters that YAML calls unprintable or takes for line breaks, which are escaped here.
 */
function quoted(text: string): string {
  return JSON.stringify(text.toWellFormed()).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Plain text as one line of Markdown that renders as the same text. */
function inline(text: string): string {
  return text
    .trim()
    .replace(/\s+/g, " ")
    .replace(/[\\`*_[\]<>~]|&(?=#?\w+;)/g, "\\$&")
    .replace(/^(\d*)([#+\-=.)])/, "$1\\$2");
}
