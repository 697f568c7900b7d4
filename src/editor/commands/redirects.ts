import { granted, invalid, refused, type Issue, type Outcome } from "../../domain/problem.ts";
import { isEditor } from "../../domain/role.ts";
import { pathTag } from "../../domain/tags.ts";
import { canonicalPath } from "../../domain/paths.ts";
import { pathHoldersQuery } from "../../store/articles.d1.ts";
import { sectionQuery } from "../../store/directory.d1.ts";
import { editionQuery } from "../../store/paper.d1.ts";
import {
  deleteRedirect,
  pathQuery,
  writeRedirect,
  type Redirect,
  type StandingPath,
} from "../../store/redirects.d1.ts";
import { act, type Change, type Desk } from "../act.ts";
import type { Input } from "../input.ts";

// Paths that an editor sends elsewhere, or declares gone for good.

export interface RedirectFields {
  from: string;
  kind: Redirect["kind"];
  to: string | null;
}

/** Makes a redirect. Whoever led to its path leads to its target from now on: readers hop once. */
export function makeRedirect(desk: Desk, input: Input<RedirectFields>): Promise<Outcome<Redirect>> {
  return act(desk, async (now) => {
    const checked = await check(desk, input);
    if (!checked.ok) return checked;
    const { after, edition, held } = checked.value;
    if (held !== undefined && held.kind !== "article") {
      return taken(`There is a redirect from ${after.path} already; PUT replaces it.`);
    }
    return granted({ answer: after, change: await written(after, [], edition, now) });
  });
}

/** Replaces the redirect at `path`; writes nothing when it is the same. */
export function replaceRedirect(
  desk: Desk,
  path: string,
  input: Input<RedirectFields>,
): Promise<Outcome<Redirect>> {
  return act(desk, async (now) => {
    const checked = await check(desk, input);
    if (!checked.ok) return checked;
    const { after, edition } = checked.value;
    const existing = await findRedirect(desk, path);
    if (!existing.ok) return existing;
    const before = existing.value;
    if (JSON.stringify(before) === JSON.stringify(after)) return granted({ answer: after });
    // Another kind may stand at another path: /old and everything below /old/ are two.
    const former = before.path === after.path ? [] : [before];
    return granted({ answer: after, change: await written(after, former, edition, now) });
  });
}

interface Checked {
  after: Redirect;
  edition: number;
  /** What stands at the path now. */
  held: StandingPath | undefined;
}

async function check(
  { store, actor }: Desk,
  input: Input<RedirectFields>,
): Promise<Outcome<Checked>> {
  if (!isEditor(actor)) return needsEditor();
  const { from, kind = "exact", to: sent = null } = input.fields;
  const to = sent === null ? null : onSite(sent, store.origin);
  const issues = [...input.issues, ...redirectIssues({ ...input.fields, to })];
  if (issues.length > 0 || from === undefined) return invalid(issues);
  const path = kind === "prefix" ? `${from}/` : from;
  const [[edition], [held], [onward], holders, [section]] = await store.db.read(
    editionQuery(),
    pathQuery(path),
    pathQuery(to ?? ""),
    pathHoldersQuery([from]),
    sectionQuery(from.slice(1)),
  );
  // A target that is a redirect itself is followed now rather than by every reader.
  const target = onward?.kind === "exact" ? onward.target : to;
  if (target === path) return invalid([{ path: "to", message: `Leads back to ${path}.` }]);
  const holder = holders.find((row) => row.holder !== "redirect");
  if (kind !== "prefix" && holder) return taken(`A story has or wants ${from}.`);
  if (kind !== "prefix" && section) return taken(`A section stands at ${from}.`);
  return granted({ after: { path, kind, target }, edition: edition?.n ?? 0, held });
}

async function written(
  after: Redirect,
  former: Redirect[],
  edition: number,
  now: number,
): Promise<Change> {
  const all = [after, ...former];
  const wide = all.some(({ kind }) => kind === "prefix");
  const { path, kind, target } = after;
  return {
    writes: [
      ...former.flatMap((redirect) => deleteRedirect(redirect.path)),
      ...writeRedirect(after, now),
    ],
    purges: wide
      ? { everything: true }
      : { tags: await Promise.all(all.map((one) => pathTag(one.path))) },
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
export function removeRedirect(desk: Desk, path: string): Promise<Outcome<null>> {
  return act(desk, async () => {
    if (!isEditor(desk.actor)) return needsEditor();
    const [[edition], [held]] = await desk.store.db.read(editionQuery(), pathQuery(path));
    if (!held || held.kind === "article") return unknownRedirect();
    return granted({
      answer: null,
      change: {
        writes: deleteRedirect(path),
        purges: held.kind === "prefix" ? { everything: true } : { tags: [await pathTag(path)] },
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
export async function findRedirect(desk: Desk, path: string): Promise<Outcome<Redirect>> {
  const [[held]] = await desk.store.db.read(pathQuery(path));
  if (!held || held.kind === "article") return unknownRedirect();
  return granted({ path: held.path, kind: held.kind, target: held.target });
}

function redirectIssues({ from, kind, to }: Partial<RedirectFields>): Issue[] {
  const issues: Issue[] = [];
  if (kind === "gone" && to != null)
    issues.push({ path: "to", message: "Must be null: what is gone leads nowhere." });
  if (kind !== "gone" && to === null)
    issues.push({ path: "to", message: "Must say where the redirect leads." });
  const where = to?.replace(/[?#].*$/, "");
  if (kind !== "prefix" && from !== undefined && where === from) {
    issues.push({ path: "to", message: `Leads back to ${from}.` });
  }
  if (kind === "prefix" && from && where && `${where}/`.startsWith(`${from}/`)) {
    issues.push({ path: "to", message: `Lies below ${from} itself: readers would go in circles.` });
  }
  return issues;
}

function needsEditor(): Outcome<never> {
  return refused({ kind: "forbidden", detail: "Redirects need an editor's key." });
}

function unknownRedirect(): Outcome<never> {
  return refused({ kind: "unknown", detail: "There is no such redirect." });
}

function taken(message: string): Outcome<never> {
  return refused({ kind: "taken", detail: message, issues: [{ path: "from", message }] });
}
