import { isPaidFor } from "../domain/kinds.ts";
import type { Card } from "../domain/published.ts";
import type { CardContent } from "../domain/revision.ts";
import type { Words } from "./words/words.ts";

// What a story says it is: to readers beside its section, to search engines in its linked data.

type Told = Pick<CardContent, "kind" | "sponsor">;

/** What a story is called beside its section; news is what readers expect, and what is paid for has a sign of its own. */
export function KindName({ story, words }: { story: Placed; words: Words }) {
  const name = kindName(story, words);
  return name === null ? null : <span class="kind">{name}</span>;
}

type Placed = Pick<Told, "kind"> & Pick<Card, "section">;

/** What readers are told that a story is; null for nothing: in a section that is called so, its name says it. */
export function kindName({ kind, section }: Placed, words: Words): string | null {
  if (kind === "news" || kind === "sponsored") return null;
  return words.kinds[kind] === section.name ? null : words.kinds[kind];
}

/** The sign of what somebody paid for, before anything else of it: that it is an advertisement, and whose. */
export function PaidSign({ story, words }: { story: Told; words: Words }) {
  if (!isPaidFor(story)) return null;
  return (
    <p class="paid">
      <strong>{words.kinds.sponsored}</strong>{" "}
      {story.sponsor !== null && <span>{words.paidBy(story.sponsor)}</span>}
    </p>
  );
}

/** The same where there is room for a word. */
export function PaidWord({ story, words }: { story: Pick<Told, "kind">; words: Words }) {
  return isPaidFor(story) ? <strong class="paid">{words.kinds.sponsored}</strong> : null;
}

/** A headline where it is text alone, as in a tab, in a feed or where it is shared: the sign goes with it. */
export function titleOf(story: Pick<Told, "kind">, title: string, words: Words): string {
  return isPaidFor(story) ? words.labelled(words.kinds.sponsored, title) : title;
}

/**
 * What a story is to search engines (https://schema.org/NewsArticle and the types beside it); what has no type of its own is told by
 * its genre. An advertisement is no news.
 */
export function linkedKind({ kind, sponsor }: Told): Record<string, unknown> {
  return {
    "@type": TYPES[kind],
    genre: kind === "feature" || kind === "interview" ? kind : undefined,
    sponsor: sponsor === null ? undefined : { "@type": "Organization", name: sponsor },
  };
}

const TYPES: Record<Told["kind"], string> = {
  news: "NewsArticle",
  analysis: "AnalysisNewsArticle",
  opinion: "OpinionNewsArticle",
  review: "ReviewNewsArticle",
  feature: "NewsArticle",
  interview: "NewsArticle",
  sponsored: "AdvertiserContentArticle",
};
