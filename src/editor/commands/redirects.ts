import { granted, invalid, refused, type Issue, type Outcome } from "../../domain/problem.ts";
import { isEditor } from "../../domain/role.ts";
import { pathTag } from "../../domain/tags.ts";
import { editionQuery } from "../../store/paper.d1.ts";
import {
  deleteRedirect,
  pathQuery,
  writeRedirect,
  type Redirect,
} from "../../store/redirects.d1.ts";
import { act, type Desk } from "../act.ts";
import type { Input } from "../input.ts";

// Paths that an editor sends elsewhere, or declares gone for good.

export interface RedirectFields {
  from: string;
  kind: Redirect["kind"];
  to: string | null;
}

/** Makes or replaces a redirect. Whoever led to its path leads to its target from now on: readers hop once. */
export function redirect(
  desk: Desk,
  input: Input<RedirectFields>,
  { replace }: { replace: boolean },
): Promise<Outcome<{ redirect: Redirect; created: boolean }>> {
  return act(desk, async (now) => {
    if (!isEditor(desk.actor)) return needsEditor();
    const issues = [...input.issues, ...redirectIssues(input.fields)];
    const { from, kind = "exact", to = null } = input.fields;
    if (issues.length > 0 || from === undefined) return invalid(issues);
    const path = kind === "prefix" ? `${from}/` : from;
    const [[edition], [held], [onward]] = await desk.store.db.read(
      editionQuery(),
      pathQuery(path),
      pathQuery(to ?? ""),
    );
    // A target that is a redirect itself is followed now rather than by every reader.
    const target = onward?.kind === "exact" ? onward.target : to;
    if (target === path) return invalid([{ path: "to", message: `Leads back to ${path}.` }]);
    if (held?.live) return taken(`A published story stands at ${path}.`);
    const isRedirect = held !== undefined && held.kind !== "article";
    if (isRedirect && !replace)
      return taken(`There is a redirect from ${from} already; PUT replaces it.`);
    const after: Redirect = { path, kind, target };
    if (isRedirect && held.kind === kind && held.target === target) {
      return granted({ answer: { redirect: after, created: false } });
    }
    return granted({
      answer: { redirect: after, created: !isRedirect },
      change: {
        writes: writeRedirect(after, now),
        purges: kind === "prefix" ? { everything: true } : { tags: [await pathTag(path)] },
        edition: edition?.n ?? 0,
        audit: [{ act: "redirect", subject: `path:${path}`, detail: { kind, target } }],
      },
    });
  });
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
        writes: [deleteRedirect(path)],
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
  if (kind === "prefix" && from && to && `${to}/`.startsWith(`${from}/`)) {
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
