import { granted, invalid, refused, type Issue, type Outcome } from "../../domain/problem.ts";
import { editionQuery } from "../../store/paper.d1.ts";
import {
  deleteRedirect,
  pathsQuery,
  writeRedirects,
  type Redirect,
} from "../../store/redirects.d1.ts";
import type { Write } from "../../store/batch.d1.ts";
import { act, type Acted } from "../act.ts";
import type { Change } from "../change.ts";
import type { CommandContext } from "../context.ts";
import { under, type Input } from "../input.ts";
import {
  checkRedirects,
  takenProblem,
  type CheckedRedirect,
  type RedirectFields,
  type SentRedirect,
} from "./checks.ts";

// Paths that an editor sends elsewhere, or declares gone for good.

/** Makes a redirect. Whoever leads to its path leads on to its target: readers hop once all the same. */
export function makeRedirect(
  context: CommandContext,
  input: Input<RedirectFields>,
): Promise<Acted<Redirect>> {
  return act(context, async (now) => {
    const found = await checkRedirects(context, [{ input, at: "" }]);
    if (!found.ok) return found;
    const { after, before } = only(found.value.checked);
    if (before) return refused(takenProblem(standingIssues(before, "PUT replaces it")));
    const replaced = [{ before: null, after }];
    return granted({ result: after, change: changeOf(replaced, found.value.edition, now) });
  });
}

/** Replaces the redirect at `path`; writes nothing when it is the same. */
export function replaceRedirect(
  context: CommandContext,
  path: string,
  input: Input<RedirectFields>,
): Promise<Acted<Redirect>> {
  return act(context, async (now) => {
    const existing = await findRedirect(context, path);
    if (!existing.ok) return existing;
    const before = existing.value;
    const found = await checkRedirects(context, [{ input, at: "" }], [path]);
    if (!found.ok) return found;
    const { after, before: held } = only(found.value.checked);
    // Another kind may stand at another path: /old and everything below /old/ are two.
    if (held && held.path !== path)
      return refused(takenProblem(standingIssues(held, "PUT replaces it")));
    if (isSame(before, after)) return granted({ result: after });
    const change = changeOf([{ before, after }], found.value.edition, now);
    return granted({ result: after, change });
  });
}

/** A redirect of many, and whether it was another before. */
export interface BulkRedirect extends Redirect {
  changed: boolean;
}

/**
 * Makes many redirects, all of them or none. One that stands as it is sent is left alone; one that stands otherwise is replaced
 * if that is asked for. A check finds all of that out and writes nothing.
 */
export function makeRedirects(
  context: CommandContext,
  sent: SentRedirect[],
  { issues = [], replace, check }: { issues?: Issue[]; replace: boolean; check: boolean },
): Promise<Acted<BulkRedirect[]>> {
  return act(context, async (now) => {
    const wrong = [...issues, ...repeatedPaths(sent), ...sizeIssues(sent)];
    if (wrong.length > 0)
      return invalid([...wrong, ...sent.flatMap(({ input, at }) => under(at, input.issues))]);
    const found = await checkRedirects(context, sent);
    if (!found.ok) return found;
    const { checked, edition } = found.value;
    const changed = checked.filter(({ before, after }) => !isSame(before, after));
    const standing = changed.flatMap(({ at, before }) =>
      before && !replace
        ? under(at, standingIssues(before, "send replace: true to replace it"))
        : [],
    );
    if (standing.length > 0) return refused(takenProblem(standing));
    const isChanged = new Set(changed.map(({ after }) => after.path));
    const result = checked.map(({ after }) => ({ ...after, changed: isChanged.has(after.path) }));
    if (check || changed.length === 0) return granted({ result });
    return granted({ result, change: changeOf(changed, edition, now) });
  });
}

/** What one call may have of addresses, in characters: three of `from` and two of `to` go to D1 as one text of at most 2 MB. */
const MOST_IN_ADDRESSES = 1_800_000;

function sizeIssues(sent: SentRedirect[]): Issue[] {
  const sizes = sent.map(({ input: { fields } }) => {
    return 3 * (fields.from?.length ?? 0) + 2 * (fields.to?.length ?? 0) + 100;
  });
  const size = sizes.reduce((sum, each) => sum + each, 0);
  if (size <= MOST_IN_ADDRESSES) return [];
  return [{ path: "items", message: "have addresses that are too long together; send fewer." }];
}

/** Two items for one path; what is below a path and the path itself are two. */
function repeatedPaths(sent: SentRedirect[]): Issue[] {
  const first = new Set<string>();
  return sent.flatMap(({ input: { fields }, at }) => {
    const { from = "", kind } = fields;
    const path = kind === "prefix" ? `${from}/` : from;
    if (from === "" || !first.has(path)) {
      first.add(path);
      return [];
    }
    return [{ path: `${at}.from`, message: `${from} is in this request twice.` }];
  });
}

/** Deletes a redirect: its path is a 404 again. */
export function removeRedirect(context: CommandContext, path: string): Promise<Acted<null>> {
  return act(context, async (now) => {
    const [[edition], [held]] = await context.store.db.read(editionQuery(), pathsQuery([path]));
    if (!held || held.kind === "article") return unknownRedirect();
    const { kind, target } = held;
    const before = { path, kind, target };
    return granted({
      result: null,
      change: changeOf([{ before, after: null }], edition?.n ?? 0, now),
    });
  });
}

/** Reads one redirect. */
export async function findRedirect(
  context: CommandContext,
  path: string,
): Promise<Outcome<Redirect>> {
  const [[held]] = await context.store.db.read(pathsQuery([path]));
  if (!held || held.kind === "article") return unknownRedirect();
  return granted({ path: held.path, kind: held.kind, target: held.target });
}

/** A redirect before and after an act; null where there is none. */
type Replaced = { before: Redirect | null; after: Redirect } | { before: Redirect; after: null };

/** How many of the paths are read back. */
const SEEN_AT = 3;

function changeOf(replaced: Replaced[], edition: number, now: number): Change {
  const made = replaced.flatMap(({ after }) => after ?? []);
  const gone = replaced.flatMap(({ before, after }): Write[] =>
    before && before.path !== after?.path ? deleteRedirect(before.path) : [],
  );
  const paths = replaced.flatMap(({ before, after }) =>
    [after, before].flatMap((redirect) => redirect?.path ?? []),
  );
  return {
    kind: "public",
    writes: [...gone, ...(made.length > 0 ? [writeRedirects(made, now)] : [])],
    shows: { redirects: [...new Set(paths)] },
    seenAt: paths.slice(0, SEEN_AT).map((path) => path.replace(/(.)\/$/, "$1")),
    edition,
    audit: replaced.map(({ before, after }) => ({
      act: after ? "redirect" : "delete",
      subject: `path:${(after ?? before)?.path}`,
      detail: differenceOf(before, after),
    })),
  };
}

/** What of a redirect is otherwise: null where there was or is none. */
function differenceOf(before: Redirect | null, after: Redirect | null) {
  const names = (["path", "kind", "target"] as const).filter(
    (name) => (before?.[name] ?? null) !== (after?.[name] ?? null),
  );
  const sideOf = (redirect: Redirect | null) =>
    Object.fromEntries(names.map((name) => [name, redirect?.[name] ?? null]));
  return { before: sideOf(before), after: sideOf(after) };
}

function isSame(before: Redirect | null, { path, kind, target }: Redirect): boolean {
  return before?.path === path && before.kind === kind && before.target === target;
}

function standingIssues({ path, target }: Redirect, how: string): Issue[] {
  const from = path.replace(/(.)\/$/, "$1");
  const message =
    target === null
      ? `${from} is declared gone already; ${how}.`
      : `There is a redirect from ${from} to ${target} already; ${how}.`;
  return [{ path: "from", message }];
}

function only(checked: CheckedRedirect[]): CheckedRedirect {
  const [first] = checked;
  if (!first) throw new Error("One redirect was checked and none came of it");
  return first;
}

function unknownRedirect(): Outcome<never> {
  return refused({ kind: "unknown", detail: "There is no such redirect." });
}
