import {
  ARCHIVE_PATH,
  correctionsPath,
  NEWS_SITEMAP_PATH,
  SECURITY_PATH,
  feedPath,
  frontPath,
  sectionPath,
  SITEMAP_PATH,
  twinPath,
} from "../domain/paths.ts";
import type { Newest, Site } from "../domain/published.ts";
import type { ContentSignals, FileSettings, Security } from "../domain/settings.ts";
import { FEED_FORMATS } from "./feed-formats.ts";
import { titleOf } from "./kinds.tsx";
import { voiceOf } from "./voice.ts";

// Files of plain text that crawlers, agents and those who find a hole ask for.

/**
 * robots.txt (RFC 9309). Everything is open but what is nobody's page; search results are not closed, since a crawler that may
 * not read them would not see that they are not to be indexed.
 */
export function robots(
  { origin }: Site,
  { contentSignals, robots: more }: Pick<FileSettings, "contentSignals" | "robots">,
): string {
  const signals = contentSignals && signalsOf(contentSignals);
  return [
    "User-agent: *",
    ...(signals ? [`Content-Signal: ${signals}`] : []),
    "Allow: /",
    "Disallow: /api/",
    "Disallow: /preview/",
    ...(more === null ? [] : ["", more]),
    "",
    `Sitemap: ${origin}${SITEMAP_PATH}`,
    `Sitemap: ${origin}${NEWS_SITEMAP_PATH}`,
    "",
  ].join("\n");
}

/** What the paper says of what becomes of its words; what it does not say it neither grants nor restricts. */
function signalsOf({ search, aiInput, aiTrain }: ContentSignals): string {
  const signals = { search, "ai-input": aiInput, "ai-train": aiTrain };
  return Object.entries(signals)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}=${value ? "yes" : "no"}`)
    .join(", ");
}

/** security.txt (RFC 9116). */
export function securityTxt({ origin }: Site, security: Security): string {
  const { contact, expires, encryption, acknowledgments, policy, hiring } = security;
  const languages = security.preferredLanguages;
  return [
    ...contact.map((address) => `Contact: ${address}`),
    `Expires: ${expires}`,
    ...(encryption === null ? [] : [`Encryption: ${encryption}`]),
    ...(acknowledgments === null ? [] : [`Acknowledgments: ${acknowledgments}`]),
    ...(languages.length === 0 ? [] : [`Preferred-Languages: ${languages.join(", ")}`]),
    `Canonical: ${origin}${SECURITY_PATH}`,
    ...(policy === null ? [] : [`Policy: ${policy}`]),
    ...(hiring === null ? [] : [`Hiring: ${hiring}`]),
    "",
  ].join("\n");
}

/** What an agent is told of the paper (https://llmstxt.org): what it is, where everything is, and the newest of it as Markdown. */
export function llms(site: Site, stories: Newest[]): string {
  const { origin, settings, sections } = site;
  const { words } = voiceOf(settings);
  const about = settings.description ?? settings.tagline;
  const parts = [
    `# ${inline(settings.title)}`,
    ...(about ? [`> ${inline(about)}`] : []),
    words.forAgents,
    list(
      words.sections,
      sections.map(({ slug, name }) => link(name, origin + sectionPath(slug))),
    ),
    list(
      words.latest,
      stories.map((story) => {
        const title = titleOf(story, story.title, voiceOf(settings, story.language).words);
        return link(title, origin + twinPath(story.path), story.standfirst ?? undefined);
      }),
    ),
    list(words.feeds, [
      ...FEED_FORMATS.map(({ format, name }) =>
        link(`${settings.title} (${name})`, origin + feedPath(frontPath(), format)),
      ),
      ...sections.map(({ slug, name }) =>
        link(`${name} (JSON Feed)`, origin + feedPath(sectionPath(slug), "json")),
      ),
    ]),
    list(words.archive, [
      link(words.archive, origin + ARCHIVE_PATH),
      link(words.allCorrections, origin + correctionsPath()),
      link("Sitemap", origin + SITEMAP_PATH),
    ]),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function list(heading: string, links: string[]): string {
  return links.length === 0 ? "" : `## ${heading}\n\n${links.join("\n")}`;
}

function link(name: string, address: string, about?: string): string {
  return `- [${inline(name)}](${address})${about === undefined ? "" : `: ${inline(about)}`}`;
}

/** Plain text within a line of Markdown, as the same text. */
function inline(text: string): string {
  return text
    .toWellFormed()
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\\`*_[\]<>~]|&(?=#?\w+;)/g, "\\$&");
}
