import type { Form, StoryState } from "../../domain/article.ts";
import { granted, invalid, refused, type Issue, type Outcome } from "../../domain/problem.ts";
import { learnScripts } from "../../domain/slugs.ts";
import {
  LINKS,
  linkByIdQuery,
  linksQuery,
  revokeLink,
  writeLink,
  type PreviewLink,
} from "../../store/preview-links.d1.ts";
import type { Write } from "../../store/batch.d1.ts";
import { findUnsaved, findUnsavedPage } from "../../store/previews.d1.ts";
import { sealAsRead, signedQuery } from "../../store/revisions.d1.ts";
import { act, type Acted } from "../act.ts";
import type { Change } from "../change.ts";
import { compose, type Composed } from "../articles/content.ts";
import { admit, findStory, inBin, wrongState } from "../articles/found.ts";
import { bylineIssues, dedupe, withByline } from "../articles/issues.ts";
import { libraryFor, pictureIssues } from "../articles/pictures.ts";
import type { BodyNote } from "../articles/response.ts";
import { survey } from "../articles/survey.ts";
import { readStills } from "../stills/stills.ts";
import { hashOf, newSecret } from "../auth.ts";
import type { CommandContext } from "../context.ts";
import type { Input } from "../input.ts";
import { WRITTEN_OF_STORIES } from "../pages/schema.ts";
import { previewOf } from "./page.ts";
import type { NewPreview, UnsavedText } from "./schema.ts";

// Links by which somebody without a key reads a story before it is out, and texts that are looked at before they are saved.

/** A link with its token, which leaves the newsroom this once. */
export interface MadeLink {
  link: PreviewLink;
  token: string;
}

/** Makes a link to one revision of a story: what it says now is what it will show. */
export function makePreview(
  context: CommandContext,
  id: string,
  { fields, issues }: Input<NewPreview>,
): Promise<Acted<MadeLink>> {
  const { store, actor, newId } = context;
  return act(context, async (now) => {
    const found = await findStory(context, id, "show a preview");
    if (!found.ok) return found;
    const story = found.value;
    if (story.article.status === "binned") return inBin(story);
    const { expiresIn, revision: n = story.article.head } = fields;
    if (issues.length > 0 || expiresIn === undefined) return invalid(issues);
    const [[signed], links] = await store.db.read(signedQuery(id, [n]), linksQuery(id, now));
    if (!signed) return invalid([{ path: "revision", message: `There is no revision ${n}.` }]);
    if (links.length >= LINKS)
      return wrongState(story, "make a preview of", `it has ${LINKS} already; revoke one first`);
    const token = newSecret();
    const link: PreviewLink = {
      id: newId(),
      tokenHash: await hashOf(token),
      articleId: id,
      n,
      createdAt: now,
      createdBy: actor.id,
      expiresAt: now + expiresIn * 1000,
      revokedAt: null,
    };
    const change = linking(link, sealAsRead(id, signed.revision));
    return granted({ result: { link, token }, change });
  });
}

/** The new link and its entry in the audit log, `sealing` once the revision it shows. */
function linking(link: PreviewLink, sealing: Write): Change {
  const { id, articleId, n, expiresAt } = link;
  const after = { preview: id, revision: n, expiresAt: new Date(expiresAt).toISOString() };
  const detail = { before: null, after };
  return {
    kind: "private",
    writes: [sealing, writeLink(link)],
    audit: [{ act: "make a preview", subject: `article:${articleId}`, detail }],
  };
}

/** The links to a story that still lead there. */
export async function listPreviews(
  context: CommandContext,
  id: string,
): Promise<Outcome<PreviewLink[]>> {
  const found = await findStory(context, id, "see what is planned");
  if (!found.ok) return found;
  const [links] = await context.store.db.read(linksQuery(id, context.clock()));
  return granted(links);
}

/** Ends a link: from the next request on it leads nowhere. */
export function revokePreview(
  context: CommandContext,
  id: string,
  preview: string,
): Promise<Acted<null>> {
  return act(context, async (now) => {
    const found = await findStory(context, id, "show a preview");
    if (!found.ok) return found;
    const [[link]] = await context.store.db.read(linkByIdQuery(id, preview, now));
    if (!link) return refused({ kind: "unknown", detail: `There is no preview "${preview}".` });
    const before = { preview, revision: link.n };
    return granted({
      result: null,
      change: {
        kind: "private",
        writes: [revokeLink(id, preview, now)],
        audit: [
          { act: "revoke a preview", subject: `article:${id}`, detail: { before, after: null } },
        ],
      },
    });
  });
}

/** An unsaved text as a page, and what was found of it. */
export interface Rendered {
  html: string;
  notes: BodyNote[];
  /** What keeps it from being published. */
  issues: Issue[];
}

/** Renders a text as readers would see it, and keeps nothing of it. */
export async function renderUnsaved(
  context: CommandContext,
  input: Input<UnsavedText>,
): Promise<Outcome<Rendered>> {
  const { store, actor, clock, newId } = context;
  const { article: of, form: said = "story" } = input.fields;
  const isBylined = of === undefined && said === "story";
  const { fields, issues: sent } = isBylined ? withByline(input, actor) : input;
  await learnScripts([fields.title ?? ""]);
  const ids = of === undefined ? [] : [of];
  const seen = await survey(store, { ids, fields: [fields] });
  const right = "revise a story";
  const form = seen.stories.get(of ?? "")?.article.form ?? said;
  const found =
    of === undefined ? granted(null) : admit(actor, seen.stories.get(of), { id: of, right, form });
  if (!found.ok) return found;
  const story = found.value;
  const now = clock();
  const id = story?.article.id ?? newId();
  const stills = await readStills(store, [fields.body ?? story?.head.body ?? ""]);
  const composing = {
    id,
    form,
    survey: seen,
    stills,
    origin: store.origin,
    actor,
    now,
    publishing: false,
  };
  const composed = compose(fields, story?.head ?? null, composing);
  const issues = dedupe([
    ...sent,
    ...(form === "page" ? strangeTo(fields) : []),
    ...missingOf(composed, form),
    ...composed.issues,
    ...(story ? bylineIssues(composed.content, actor, story.article) : []),
  ]);
  if (issues.length > 0) return invalid(issues);
  const unsaved = { id, ...composed, ...datesOf(composed, story, now) };
  const find = form === "page" ? findUnsavedPage : findUnsaved;
  const preview = await find(store.db, unsaved, store.origin);
  const { content, notes, pictures, undescribed } = composed;
  return granted({
    html: await previewOf(store, { ...preview, pictures, now }),
    notes,
    issues: pictureIssues({ hero: content.hero, pictures, undescribed }, libraryFor(actor, seen)),
  });
}

/** Without these no page can be made. */
function missingOf({ content }: Composed, form: Form): Issue[] {
  return (["title", "section"] as const)
    .filter((path) => content[path] === "" && !(form === "page" && path === "section"))
    .map((path) => ({ path, message: "is missing." }));
}

/** What was sent that a page does not have. */
function strangeTo(fields: Partial<UnsavedText>): Issue[] {
  return Object.keys(WRITTEN_OF_STORIES)
    .filter((path) => Object.hasOwn(fields, path))
    .map((path) => ({ path, message: "is no field of a page." }));
}

/** The datelines that it would have if it went out now. */
function datesOf({ content }: Composed, story: StoryState | null, now: number) {
  return {
    publishedAt: content.publishedAt ?? story?.article.firstPublishedAt ?? now,
    updatedAt: content.updatedAt ?? story?.article.changedAt ?? null,
  };
}
