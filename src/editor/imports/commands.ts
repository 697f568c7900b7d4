import {
  createArticle,
  publish,
  withdraw,
  type Form,
  type StoryChange,
  type StoryState,
} from "../../domain/article.ts";
import { EMPTY } from "../../domain/revision.ts";
import { articlePath } from "../../domain/paths.ts";
import { granted, invalid, refused, type Issue, type Problem } from "../../domain/problem.ts";
import { sourceQuery } from "../../store/articles.d1.ts";
import { pathHoldersQuery, type PathHolder } from "../../store/paths.d1.ts";
import { act, type Acted } from "../act.ts";
import type { CommandContext } from "../context.ts";
import { articleFacts } from "../articles/response.ts";
import { compose, type Composed } from "../articles/content.ts";
import { recordOf } from "../articles/differences.ts";
import { itselfIssues } from "../articles/issues.ts";
import { under, type Input } from "../input.ts";
import type { Imported, ImportedStory } from "./schema.ts";
import {
  changeOf,
  isUnchanged,
  nextRevision,
  revisionOf,
  storiesChange,
} from "../articles/plan.ts";
import { readStills, type Stills } from "../stills/stills.ts";
import { firstFree, numberedPaths, survey, taken, type Survey } from "../articles/survey.ts";

/** One story or page of an import: the importer's key for it, what it holds, and a hash of that (SHA-256, hex). */
export interface ImportItem {
  key: string;
  form: Form;
  hash: string;
  input: Input<ImportedStory>;
  /** Where the item stands in the request, for its issues: `items.3`, or "" for a single import. */
  at: string;
}

type Step = { item: ImportItem; id: string; held: StoryState | null; composed: Composed };

/**
 * Writes a folder of stories by the importer's own keys, all of them or none. A story whose import is the same as
 * last time is left alone, whatever editors have done to it since. A check finds all of that out and writes nothing.
 */
export function importStories(
  context: CommandContext,
  source: string,
  items: ImportItem[],
  { sent = [], check }: { sent?: Issue[]; check: boolean },
): Promise<Acted<Imported[]>> {
  return act(context, async (now) => {
    const [known] = await context.store.db.read(
      sourceQuery(
        source,
        items.map(({ key }) => key),
      ),
    );
    const byKey = new Map(known.map((row) => [row.source_key, row]));
    const seen = await survey(context.store, {
      ids: known.map(({ id }) => id),
      fields: items.map(({ input }) => input.fields),
    });

    const stills = await readStills(
      context.store,
      items.map(({ input }) => input.fields.body ?? ""),
    );
    const there = { survey: seen, stills };
    const steps = items.flatMap((item): Step[] => {
      const row = byKey.get(item.key);
      if (row?.source_hash === item.hash && item.input.issues.length === 0) return [];
      const held = (row && seen.stories.get(row.id)) ?? null;
      const id = held?.article.id ?? context.newId();
      return [{ item, id, held, composed: composeItem(context, item, { id, held }, there, now) }];
    });
    const issues = [...sent, ...repeatedKeys(items), ...steps.flatMap(stepIssues)];
    if (issues.length > 0) return invalid(issues);
    const binned = steps.filter(({ held }) => held?.article.status === "binned");
    if (binned.length > 0) return refused({ kind: "wrongState", ...inBin(binned) });
    const conflict = await pathConflict(context, steps);
    if (conflict) return refused(conflict);

    const stories = steps.map((step) => writeItem(context, source, step, seen, now));
    const result = resultOf(context, items, steps, stories, seen, byKey);
    if (check) return granted({ result: result.map(withoutNewId) });
    if (stories.length === 0) return granted({ result });
    const audit = stories.map((story) => {
      const key = story.after.article.sourceKey;
      return recordOf(story.before === null ? "import" : "import again", story, { source, key });
    });
    return granted({ result, change: storiesChange(stories, seen, audit) });
  });
}

/** An import holds a story whole: what it leaves out is empty, except that a slug, once given, stays. */
function composeItem(
  context: CommandContext,
  { input, form }: ImportItem,
  { id, held }: Pick<Step, "id" | "held">,
  seen: { survey: Survey; stills: Stills },
  now: number,
): Composed {
  const { fields } = input;
  const publishing = fields.status !== "draft";
  const { slug, slugWritten } = held?.head ?? {};
  const base = slug === undefined ? null : { ...EMPTY, slug, slugWritten: slugWritten === true };
  return compose(fields, base, {
    id,
    form,
    ...seen,
    origin: context.store.origin,
    actor: context.actor,
    now,
    publishing,
    corrected: held?.head.corrections,
  });
}

function stepIssues({ item, held, composed }: Step): Issue[] {
  const { form: was = item.form } = held?.article ?? {};
  const message = `is that of a ${was}, which stays one: import the ${item.form} by another.`;
  const other = was === item.form ? [] : [{ path: "key", message }];
  const itself = held ? itselfIssues(composed.content, held.article.id) : [];
  return under(item.at, [...item.input.issues, ...composed.issues, ...itself, ...other]);
}

function inBin(steps: Step[]): { detail: string; issues: Issue[] } {
  const issues = steps.flatMap(({ item: { at, form } }) => {
    const message = `The ${form} is in the bin; restore it first.`;
    return under(at, [{ path: "key", message }]);
  });
  return { detail: issues[0]?.message ?? "", issues };
}

function repeatedKeys(items: ImportItem[]): Issue[] {
  const first = new Set<string>();
  return items.flatMap(({ key, at }) => {
    if (!first.has(key)) {
      first.add(key);
      return [];
    }
    return [{ path: `${at}.key`, message: `"${key}" is in this import twice.` }];
  });
}

/**
 * Looks for paths that others hold, or that two stories of this import both want. A path that a story of this import
 * leaves is free: they may change places. A default slug makes room for what is written, and for who has it already.
 */
async function pathConflict(context: CommandContext, steps: Step[]): Promise<Problem | null> {
  const wanted = steps.flatMap(pathsOf);
  if (wanted.length === 0) return null;
  const [holders] = await context.store.db.read(pathHoldersQuery(wanted.map(({ path }) => path)));
  const moving = new Set(steps.map(({ id }) => id));
  const others = holders.filter(({ articleId }) => !moving.has(articleId ?? ""));
  const byPath = (rows: PathHolder[]) => new Map(rows.map((row) => [row.path, row]));
  const held = byPath(others.filter(({ holder }) => holder !== "former" && holder !== "section"));
  // A former path may be that of a section by now; a page's own may not.
  const sections = byPath(others.filter(({ holder }) => holder === "section"));
  const former = byPath(others.filter(({ holder }) => holder === "former"));
  const issues: Issue[] = [];
  const within = new Map<string, Step>();
  const crowded: Step[] = [];
  for (const { path, step, at, claim, isOwn } of wanted.sort((a, b) => a.claim - b.claim)) {
    const other = within.get(path);
    const rival: PathHolder | null =
      other && other !== step ? { path, holder: "draft", articleId: null } : null;
    const once = claim === BY_DEFAULT ? former.get(path) : undefined;
    const first = held.get(path) ?? (isOwn ? sections.get(path) : undefined) ?? rival ?? once;
    const problem = first && taken(at, first);
    if (problem && claim === BY_DEFAULT) crowded.push(step);
    else if (problem?.kind === "taken") issues.push(...problem.issues);
    else within.set(path, step);
  }
  if (issues.length > 0) return { kind: "taken", detail: issues[0]?.message ?? "", issues };
  await makeRoom(context, crowded, within);
  return null;
}

/** Puts numbers behind default slugs whose paths are held: by others, or by stories of this import. */
async function makeRoom(
  context: CommandContext,
  crowded: Step[],
  within: Map<string, Step>,
): Promise<void> {
  if (crowded.length === 0) return;
  const held = await numberedPaths(
    context.store,
    crowded.map(({ composed }) => composed.content),
  );
  for (const path of within.keys()) held.add(path);
  for (const { composed } of crowded) {
    const { content } = composed;
    content.slug = firstFree(content, held);
    held.add(articlePath(content.section, content.slug));
  }
}

/** A path that a story wants, where the request says so, and how strong its claim is: the lowest goes first. */
interface Wanted {
  path: string;
  step: Step;
  at: string;
  claim: number;
  /** Its own, not one that shall lead to it. */
  isOwn: boolean;
}

const HAD = 0;
const WRITTEN = 1;
const BY_DEFAULT = 2;

/** The paths that a story wants: its own, and those that shall lead to it. */
function pathsOf(step: Step): Wanted[] {
  const { item, composed, held } = step;
  const at = (field: string) => [item.at, field].filter(Boolean).join(".");
  const { section, slug } = composed.content;
  const path = articlePath(section, slug);
  const former = item.input.fields.redirectFrom ?? [];
  const stays = held !== null && articlePath(held.head.section, held.head.slug) === path;
  const claim = composed.content.slugWritten ? WRITTEN : BY_DEFAULT;
  return [
    { path, step, at: at("slug"), claim: stays ? HAD : claim, isOwn: true },
    ...former.map((from, index) => ({
      path: from,
      step,
      at: at(`redirectFrom.${index}`),
      claim: WRITTEN,
      isOwn: false,
    })),
  ];
}

function writeItem(
  context: CommandContext,
  source: string,
  { item, id, held, composed }: Step,
  seen: Survey,
  now: number,
): StoryChange {
  const { fields } = item.input;
  const by = context.actor.id;
  const revised = held === null || !isUnchanged(composed, held.head);
  const head =
    held === null
      ? revisionOf(composed, { n: 1, material: true, by, now })
      : revised
        ? nextRevision(held, composed, { material: fields.material, by, now })
        : held.head;
  const base = held?.article ?? createArticle({ id, form: item.form, by, now });
  const edited = {
    ...base,
    head: head.n,
    expiresAt: fields.expiresAt ?? null,
    source,
    sourceKey: item.key,
    sourceHash: item.hash,
    redirectFrom: fields.redirectFrom ?? [],
  };
  // The importer's folder is the truth: a story that it makes a draft is taken back.
  const pulled = base.live === null && base.scheduled === null ? edited : withdraw(edited);
  const article = fields.status === "draft" ? pulled : publish(edited, head, now);
  const { tagNames } = composed;
  const [html, charts] = revised ? [composed.html, composed.charts] : [null, []];
  return changeOf({ before: held, article, head, html, charts, tagNames }, seen.settings.timeZone);
}

/** A story that was not written has no id yet. */
function withoutNewId(imported: Imported): Imported {
  return imported.created ? { ...imported, id: null } : imported;
}

function resultOf(
  context: CommandContext,
  items: ImportItem[],
  steps: Step[],
  stories: StoryChange[],
  seen: Survey,
  known: Map<string, { id: string }>,
): Imported[] {
  const written = new Map(steps.map(({ item }, index) => [item.key, stories[index]]));
  const notes = new Map(steps.map(({ item, composed }) => [item.key, composed.notes]));
  return items.map(({ key }) => {
    const story = written.get(key);
    const held = story ? story.after : seen.stories.get(known.get(key)?.id ?? "");
    if (!held) throw new Error(`Import of "${key}" came to nothing`);
    const { id, url } = articleFacts(held, context.store.origin);
    return {
      key,
      id,
      url,
      changed: story !== undefined,
      created: story?.before === null,
      notes: notes.get(key) ?? [],
    };
  });
}
