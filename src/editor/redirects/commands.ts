import { granted, invalid, refused, type Issue, type Outcome } from "../../domain/problem.ts";
import { canonicalPath, RESERVED } from "../../domain/paths.ts";
import { pathHoldersQuery } from "../../store/paths.d1.ts";
import { standingQuery } from "../../store/directory.d1.ts";
import { editionQuery } from "../../store/paper.d1.ts";
import {
  deleteRedirect,
  pathQuery,
  writeRedirect,
  type Redirect,
} from "../../store/redirects.d1.ts";
import type { SiteMap } from "../../domain/site-map.ts";
import { act, type Acted } from "../act.ts";
import type { Change } from "../change.ts";
import type { CommandContext } from "../context.ts";
import type { Input } from "../input.ts";

// Paths that an editor sends elsewhere, or declares gone for good.

export interface RedirectFields {
  from: string;
  kind: Redirect["kind"];
  to: string | null;
}

/** Makes a redirect. Whoever leads to its path leads on to its target: readers hop once all the same. */
export function makeRedirect(
  context: CommandContext,
  input: Input<RedirectFields>,
): Promise<Acted<Redirect>> {
  return act(context, async (now) => {
    const checked = await check(context, input, null);
    if (!checked.ok) return checked;
    const { after, edition } = checked.value;
    return granted({ result: after, change: written(after, [], edition, now) });
  });
}

/** Replaces the redirect at `path`; writes nothing when it is the same. */
export function replaceRedirect(
  context: CommandContext,
  path: string,
  input: Input<RedirectFields>,
): Promise<Acted<Redirect>> {
  return act(context, async (now) => {
    const checked = await check(context, input, path);
    if (!checked.ok) return checked;
    const { after, edition } = checked.value;
    const existing = await findRedirect(context, path);
    if (!existing.ok) return existing;
    const before = existing.value;
    if (JSON.stringify(before) === JSON.stringify(after)) return granted({ result: after });
    // Another kind may stand at another path: /old and everything below /old/ are two.
    const former = before.path === after.path ? [] : [before];
    return granted({ result: after, change: written(after, former, edition, now) });
  });
}

/** Checks a redirect against what stands on the site; `own` is the path of the one that it replaces. */
async function check(
  { store, siteMap }: CommandContext,
  input: Input<RedirectFields>,
  own: string | null,
): Promise<Outcome<{ after: Redirect; edition: number }>> {
  const { from, kind = "exact", to: sent = null } = input.fields;
  const to = sent === null ? null : onSite(sent, store.origin);
  const issues = [...input.issues, ...redirectIssues({ ...input.fields, to })];
  if (issues.length > 0 || from === undefined) return invalid(issues);
  const path = kind === "prefix" ? `${from}/` : from;
  const target = to?.replace(/[?#].*$/, "") ?? "";
  const standing = siteMap.standingAt(from);
  const [[edition], [held], [onward], holders, [page]] = await store.db.read(
    editionQuery(),
    pathQuery(path),
    pathQuery(target),
    pathHoldersQuery([from.replace(/\.md$/, "")]),
    standingQuery(standing),
  );
  if (onward?.kind === "exact" && onward.target?.replace(/[?#].*$/, "") === path) {
    return invalid([{ path: "to", message: `leads back to ${path}.` }]);
  }
  if (standing === "always" || isReserved(from, siteMap))
    return taken(`${from} is a page of the site itself.`);
  const story = holders.find(({ holder }) => holder !== "redirect" && holder !== "former");
  if (kind !== "prefix" && story) return taken(`A story has or wants ${story.path}.`);
  if (kind !== "prefix" && page)
    return taken(`The page of the ${page.kind} "${page.slug}" is there.`);
  if (held !== undefined && held.kind !== "article" && path !== own) {
    return taken(`There is a redirect from ${from} already; PUT replaces it.`);
  }
  return granted({ after: { path, kind, target: to }, edition: edition?.n ?? 0 });
}

/** Tells whether a path is kept for pages that are none of the readers', or are not there yet. */
function isReserved(path: string, { listRoots }: SiteMap): boolean {
  const [, first = ""] = path.split("/");
  return RESERVED.has(first) && !listRoots.has(first);
}

function written(after: Redirect, former: Redirect[], edition: number, now: number): Change {
  const { path, kind, target } = after;
  return {
    kind: "public",
    writes: [
      ...former.flatMap((redirect) => deleteRedirect(redirect.path)),
      writeRedirect(after, now),
    ],
    shows: { redirects: [after, ...former].map((redirect) => redirect.path) },
    seenAt: [path.replace(/(.)\/$/, "$1")],
    edition,
    audit: [{ act: "redirect", subject: `path:${path}`, detail: { kind, target } }],
  };
}

/** A target on the site as the door would have it: a canonical path, so that readers hop once. */
function onSite(to: string, origin: string): string {
  const url = new URL(to, origin);
  return url.origin === origin ? canonicalPath(url.pathname) + url.search + url.hash : to;
}

/** Deletes a redirect: its path is a 404 again. */
export function removeRedirect(context: CommandContext, path: string): Promise<Acted<null>> {
  return act(context, async () => {
    const [[edition], [held]] = await context.store.db.read(editionQuery(), pathQuery(path));
    if (!held || held.kind === "article") return unknownRedirect();
    return granted({
      result: null,
      change: {
        kind: "public",
        writes: deleteRedirect(path),
        shows: { redirects: [path] },
        seenAt: [path.replace(/(.)\/$/, "$1")],
        edition: edition?.n ?? 0,
        audit: [
          {
            act: "delete",
            subject: `path:${path}`,
            detail: { kind: held.kind, target: held.target },
          },
        ],
      },
    });
  });
}

/** Reads one redirect. */
export async function findRedirect(
  context: CommandContext,
  path: string,
): Promise<Outcome<Redirect>> {
  const [[held]] = await context.store.db.read(pathQuery(path));
  if (!held || held.kind === "article") return unknownRedirect();
  return granted({ path: held.path, kind: held.kind, target: held.target });
}

function redirectIssues({ from, kind, to }: Partial<RedirectFields>): Issue[] {
  const issues: Issue[] = [];
  if (kind === "gone" && to != null)
    issues.push({ path: "to", message: "must be null: what is gone leads nowhere." });
  if (kind !== "gone" && to === null)
    issues.push({ path: "to", message: "must say where the redirect leads." });
  const where = to?.replace(/[?#].*$/, "");
  if (kind !== "prefix" && from !== undefined && where === from) {
    issues.push({ path: "to", message: `leads back to ${from}.` });
  }
  if (kind === "prefix" && from && where && `${where}/`.startsWith(`${from}/`)) {
    issues.push({ path: "to", message: `lies below ${from} itself: readers would go in circles.` });
  }
  return issues;
}

function unknownRedirect(): Outcome<never> {
  return refused({ kind: "unknown", detail: "There is no such redirect." });
}

function taken(message: string): Outcome<never> {
  return refused({ kind: "taken", detail: message, issues: [{ path: "from", message }] });
}
