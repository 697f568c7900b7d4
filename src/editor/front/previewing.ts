import { granted, invalid, type Outcome } from "../../domain/problem.ts";
import type { Card, Front } from "../../domain/published.ts";
import { findArrangedFronts } from "../../store/published/lists.d1.ts";
import type { CommandContext } from "../context.ts";
import type { Input } from "../input.ts";
import { iso } from "../response-fields.ts";
import { isDropAlone } from "./commands.ts";
import { composePlacement, entriesSent } from "./placement.ts";
import type { ArrangementFields, FrontPreview } from "./schema.ts";
import { surveyFront } from "./survey.ts";

/** What readers would see of a front page if it went up now, and what that changes of the one that is up; nothing is kept. */
export async function previewFront(
  { store }: CommandContext,
  { fields, issues }: Input<ArrangementFields>,
): Promise<Outcome<FrontPreview>> {
  const entries = entriesSent(fields);
  const seen = await surveyFront(store, {
    stories: entries.map(({ entry }) => entry.story),
    sources: entries.flatMap(({ entry }) => entry.hero?.src ?? []),
  });
  const composed = composePlacement(fields, seen, store.origin);
  const wrong = [...issues, ...composed.issues];
  if (wrong.length > 0) return invalid(wrong);
  const placement = isDropAlone(fields) ? seen.front.placement : composed.placement;
  const { before, after } = await findArrangedFronts(store.db, placement);
  const cardOf = toldBy(store.origin);
  const [was, is] = [shownOn(before), shownOn(after)];
  const { lead, pinned, rows, cards, others } = after;
  return granted({
    lead: lead && cardOf(lead),
    pinned: pinned.map(cardOf),
    rows: rows.map((row) => ({ name: row.name, cards: row.cards.map(cardOf) })),
    latest: [...cards, ...others].map(cardOf),
    falls: without(was, is).map(cardOf),
    gains: without(is, was).map(cardOf),
  });
}

/** Every story that the first page of the front shows. */
function shownOn({ lead, pinned, rows, cards, others }: Front): Card[] {
  const inRows = rows.flatMap((row) => row.cards);
  return [...(lead ? [lead] : []), ...pinned, ...inRows, ...cards, ...others];
}

function without(cards: Card[], others: Card[]): Card[] {
  const known = new Set(others.map(({ id }) => id));
  return cards.filter(({ id }) => !known.has(id));
}

function toldBy(origin: string) {
  return ({ id, title, section, publishedAt, path, hero }: Card) => ({
    id,
    title,
    section: section.slug,
    publishedAt: iso(publishedAt),
    url: origin + path,
    hero,
  });
}
