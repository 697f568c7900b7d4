import { isPaidFor } from "../domain/kinds.ts";
import { directionOf, localeOf, primaryOf } from "../domain/language.ts";
import type { FeedStory, Site } from "../domain/published.ts";
import { Day } from "./card.tsx";
import { PaidSign } from "./kinds.tsx";
import { marked } from "./language.ts";
import { absolute } from "./absolute.ts";
import { asHtml } from "./prose.tsx";
import { wholeOf } from "./shared-picture.ts";
import { voiceOf, type Voice } from "./voice.ts";

// A story's body where nothing of the site is around it: in a feed reader, among those of other papers.

/** The story as HTML that means the same anywhere: its picture, its body, its corrections; every address is absolute. */
export function feedBody(site: Site, story: FeedStory): string {
  const voice = voiceOf(site.settings, story.language);
  const abridged = () => asHtml(<Abridged site={site} story={story} voice={voice} />);
  const parts = [
    isPaidFor(story) ? asHtml(<PaidSign story={story} words={voice.words} />) : "",
    story.hero === null ? "" : asHtml(<HeroFigure site={site} story={story} />),
    story.html === null ? abridged() : portable(story.html, absolute(site, story.path)),
    story.corrections.length === 0 ? "" : asHtml(<Corrections story={story} voice={voice} />),
  ];
  const told = parts
    .map((part) => part.trim())
    .filter(Boolean)
    .join("\n");
  // A story of a headline alone: an entry is to have something in it.
  const body = told || abridged();
  const { language } = voice;
  const isOdd = story.language !== null || directionOf(language) === "rtl";
  // Readers know the language of the feed at best, and its direction hardly ever.
  return isOdd
    ? `<div lang="${localeOf(language)}" dir="${directionOf(language)}">\n${body}\n</div>`
    : body;
}

function HeroFigure({ site, story: { hero } }: { site: Site; story: FeedStory }) {
  if (hero === null) return null;
  const { src, width, height } = wholeOf(hero);
  return (
    <figure>
      <img
        src={absolute(site, src)}
        alt={hero.decorative ? "" : (hero.alt ?? "")}
        width={width ?? undefined}
        height={height ?? undefined}
      />
      {(hero.caption || hero.credit) && (
        <figcaption>
          {hero.caption} {hero.credit && <small>{hero.credit}</small>}
        </figcaption>
      )}
    </figure>
  );
}

/** What stands for a body that is too long for a feed, or not there. */
function Abridged({ site, story, voice }: { site: Site; story: FeedStory; voice: Voice }) {
  return (
    <>
      {story.standfirst && <p>{story.standfirst}</p>}
      <p>
        <a href={absolute(site, story.path)}>{voice.words.wholeStory}</a>
      </p>
    </>
  );
}

function Corrections({ story, voice }: { story: FeedStory; voice: Voice }) {
  return (
    <>
      <h2 {...marked(voice.words.language, primaryOf(voice.language))}>
        {voice.words.corrections(story.corrections.length)}
      </h2>
      {story.corrections.map(({ text, at }) => (
        <p>
          <Day moment={at} voice={voice} /> {text}
        </p>
      ))}
    </>
  );
}

/**
 * A body as it is stored, for a page that is not the story's: without ids, which other entries of the reader's page have, too, and
 * without what only our stylesheet makes sense of. Links to places within it lead to the story's page. Its tags are as text/ writes
 * them: attributes are in double quotes, and no "<" or ">" is in text or in a value.
 */
export function portable(html: string, address: string): string {
  return (
    withoutPulls(html)
      .replace(/<a class="anchor"[^>]*><\/a>/g, "")
      .replace(/<input type="checkbox" disabled( checked)?[^>]*>/g, (_, checked) =>
        checked ? "☑" : "☐",
      )
      .replace(/<\/?picture>|<source [^>]*>/g, "")
      // Readers do not take <bdo>, and validators warn of it: two characters say the same.
      .replace(/<bdo( [^>]*)?>/g, (_, attributes = "") => {
        return `<bdi${attributes}>${/ dir="rtl"/.test(attributes) ? "\u202e" : "\u202d"}`;
      })
      .replaceAll("</bdo>", "\u202c</bdi>")
      .replace(/<([a-z][a-z\d]*)( [^>]*)>/g, (_, tag: string, attributes: string) => {
        return `<${tag}${attributes.replace(ATTRIBUTE, (_all, name: string, value = "") => kept(tag, name, value, address))}>`;
      })
  );
}

/** A body without its pull quotes, and what boxes these have in them: without our styles they would be sentences said twice. */
function withoutPulls(html: string): string {
  let kept = "";
  let from = 0;
  let depth = 0;
  for (const { 0: tag, index } of html.matchAll(/<aside class="pull"|<\/?aside\b/g)) {
    if (depth > 0) {
      depth += tag === "</aside" ? -1 : 1;
      if (depth === 0) from = html.indexOf(">", index) + 1;
    } else if (tag.endsWith('"')) {
      kept += html.slice(from, index);
      depth = 1;
    }
  }
  return kept + html.slice(from);
}

const ATTRIBUTE = / ([a-z-]+)(?:="([^"]*)")?/g;

/** What an attribute is in a reader: nothing, as it is, or absolute. */
function kept(tag: string, name: string, value: string, address: string): string {
  if (ADDRESSES.has(name)) {
    const url = absoluteUrl(value, address);
    return url === null ? "" : ` ${name}="${url}"`;
  }
  const stays =
    KEPT.has(name) ||
    (name === "class" && tag === "code") ||
    // What somebody paid for is to be known as such wherever the feed is shown.
    (name === "rel" && value.startsWith("sponsored"));
  return stays ? ` ${name}="${value}"` : "";
}

const ADDRESSES = new Set(["href", "src", "cite"]);
const KEPT = new Set(
  "alt colspan datetime dir height lang rowspan scope start title width".split(" "),
);

/** The address as a browser on the story's page resolves it; one that is absolute stays as its editor wrote it. */
function absoluteUrl(value: string, base: string): string | null {
  if (/^[a-z][a-z\d+.-]*:/i.test(value)) return value;
  const url = URL.parse(value.replaceAll("&amp;", "&"), base);
  return url && url.href.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
}
