import { api, type Answer, type Trouble, type Wrong } from "../api.ts";
import type { Redirect } from "../contract.ts";

// What would become of redirects: the server finds out, and writes nothing.

export type Kind = Redirect["kind"];

/** A redirect as it is sent. */
export interface Sent {
  from: string;
  kind: Kind;
  to: string | null;
}

/** What would become of one. */
export type Outcome =
  | { state: "new" | "same" | "replaces" | "unknown" }
  | { state: "wrong"; wrong: Wrong[] };

export type Checked = { ok: true; outcomes: Outcome[] } | { ok: false; trouble: Trouble };

/** The most redirects in one call. */
export const BULK = 500;

interface Written {
  items: (Redirect & { changed: boolean })[];
}

/** Writes redirects, all of them or none: at most as many as fit in one call. */
export function writeRedirects(items: readonly Sent[], replace: boolean): Promise<Answer<Written>> {
  return api.post<Written>("/redirects/bulk", { items, replace });
}

/** Finds out what would become of each. */
export async function checkRedirects(items: readonly Sent[]): Promise<Checked> {
  const outcomes: Outcome[] = [];
  for (let start = 0; start < items.length; start += BULK) {
    // eslint-disable-next-line no-await-in-loop
    const checked = await checkSome(items.slice(start, start + BULK));
    if (!checked.ok) return checked;
    outcomes.push(...checked.outcomes);
  }
  return { ok: true, outcomes };
}

async function checkSome(items: readonly Sent[]): Promise<Checked> {
  const plainly = await ask(items, false);
  if (plainly.ok) return { ok: true, outcomes: outcomesOf(plainly.value) };
  if (plainly.trouble.status !== 409) return refusal(items, plainly.trouble);
  // What stands in the way may be a redirect, which can be replaced, or a page, which cannot.
  const standing = new Set(byItem(plainly.trouble).keys());
  const replacing = await ask(items, true);
  if (!replacing.ok) return refusal(items, replacing.trouble);
  const outcomes = outcomesOf(replacing.value).map((outcome, index) =>
    standing.has(index) ? { state: "replaces" as const } : outcome,
  );
  return { ok: true, outcomes };
}

function ask(items: readonly Sent[], replace: boolean): Promise<Answer<Written>> {
  return api.post<Written>("/redirects/bulk?check=true", { items, replace });
}

function outcomesOf({ items }: Written): Outcome[] {
  return items.map(({ changed }) => ({ state: changed ? "new" : "same" }));
}

/** A refusal that says of which redirects it is; of the others nothing is known. */
function refusal(items: readonly Sent[], trouble: Trouble): Checked {
  const found = byItem(trouble);
  if (found.size === 0) return { ok: false, trouble };
  const outcomes = items.map((_, index): Outcome => {
    const wrong = found.get(index);
    return wrong ? { state: "wrong", wrong } : { state: "unknown" };
  });
  return { ok: true, outcomes };
}

/** What is wrong with each, as of a single one. */
function byItem({ wrong }: Trouble): Map<number, Wrong[]> {
  const found = new Map<number, Wrong[]>();
  for (const { path, message } of wrong) {
    const [, number, field = ""] = /^items\.(\d+)(?:\.(.+))?$/.exec(path) ?? [];
    if (number === undefined) continue;
    const said = message.startsWith(`${path} `) ? message.slice(path.length + 1) : message;
    const own = found.get(Number(number)) ?? [];
    found.set(Number(number), [...own, { path: field, message: said }]);
  }
  return found;
}
