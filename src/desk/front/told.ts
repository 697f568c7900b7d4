import { signal } from "@preact/signals";
import { api } from "../api.ts";
import type { Article, ArticleSummary, Front, FrontPreview, Hero, Status } from "../contract.ts";

/** What is known of a story that stands on the front page, or may. */
export interface Told {
  headline: string;
  status: Status | null;
  section: string | null;
  standfirst: string | null;
  hero: Hero | null;
}

const known = signal<ReadonlyMap<string, Told>>(new Map());
const asked = new Set<string>();

export function toldOf(story: string): Told | null {
  return known.value.get(story) ?? null;
}

export function learnFromFront({ scheduled, ...up }: Front): void {
  const entries = [up, ...(scheduled ? [scheduled] : [])].flatMap(({ lead, pinned, rows }) => [
    ...(lead ? [lead] : []),
    ...pinned,
    ...rows.flatMap((row) => row.entries),
  ]);
  for (const { story, headline, status } of entries)
    learn(story, { headline: headline ?? "", status });
  // No preview shows what is not out yet, nor the standfirst of what leads.
  for (const { story, status } of entries)
    if (status !== null && (status !== "published" || story === up.lead?.story)) void ask(story);
}

export function learnFromPreview({ lead, pinned, rows, latest, falls, gains }: FrontPreview): void {
  const cards = [...pinned, ...rows.flatMap((row) => row.cards), ...latest, ...falls, ...gains];
  for (const { id, title, section, hero } of lead ? [lead, ...cards] : cards) {
    const before = known.peek().get(id);
    // What a card shows may be the front page's own words and picture.
    learn(id, {
      headline: before?.headline || title,
      status: before?.status ?? "published",
      section,
      hero: before?.hero ?? hero,
    });
  }
}

export function learnFromList(articles: readonly ArticleSummary[]): void {
  for (const { id, title, status, section, standfirst, hero } of articles)
    learn(id, { headline: title, status, section, standfirst, hero });
}

async function ask(story: string): Promise<void> {
  if (asked.has(story)) return;
  asked.add(story);
  const answer = await api.get<Article>(`/articles/${story}`);
  if (answer.ok) learnFromList([answer.value]);
}

function learn(story: string, fields: Partial<Told>): void {
  const before = known.peek().get(story) ?? {
    headline: "",
    status: null,
    section: null,
    standfirst: null,
    hero: null,
  };
  known.value = new Map(known.peek()).set(story, { ...before, ...fields });
}
