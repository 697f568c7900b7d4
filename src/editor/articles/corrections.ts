import { isLive, publish, type Article, type StoryState } from "../../domain/article.ts";
import type { Correction, Revision, RevisionCopy } from "../../domain/revision.ts";
import { granted, invalid, type Issue } from "../../domain/problem.ts";
import { mayDo } from "../../domain/role.ts";
import { htmlBytesQuery, revisionQuery } from "../../store/revisions.d1.ts";
import type { Store } from "../../store/open.ts";
import type { Acted } from "../act.ts";
import type { Plan } from "../change.ts";
import type { CommandContext } from "../context.ts";
import { refuseRight, type Target } from "../endpoint.ts";
import type { Input } from "../input.ts";
import { bytesOf, REVISION_BYTES } from "./content.ts";
import { actOn, inBin, wrongState, type Found } from "./found.ts";
import { changeOf, storiesChange } from "./plan.ts";
import { articleResponse, type ArticleResponse } from "./response.ts";
import { CORRECTIONS, type CorrectionFields } from "./schema.ts";

/**
 * Adds a correction to a story. Readers of a live one see it at once, and nothing else: what they see is saved again with the
 * correction and published. So is what is to go out at an hour, and what editors are at, so that neither loses it.
 */
export function correctStory(
  context: CommandContext,
  target: Target,
  { fields: { text, material = true }, issues: sent }: Input<CorrectionFields>,
): Promise<Acted<ArticleResponse>> {
  const { actor, store } = context;
  return actOn(context, target, {}, async (found) => {
    const { story, now } = found;
    const { article } = story;
    if (article.status === "binned") return inBin(story);
    const isToBeSeen = isLive(article) || article.scheduled !== null;
    if (isToBeSeen && !mayDo(actor, "publish a story", story))
      return refuseRight(actor, "publish a story");
    if (sent.length > 0 || text === undefined) return invalid(sent);
    const bases = await findBases(store, story);
    if (bases.some(({ revision }) => revision.corrections.length >= CORRECTIONS)) {
      const reason = `it has ${CORRECTIONS} corrections already; PATCH it with fewer`;
      return wrongState(story, "correct", reason);
    }
    const correction = { text, at: now };
    const copies = bases.map(({ revision }, index): RevisionCopy => ({
      of: revision.n,
      revision: {
        ...revision,
        n: Math.max(article.lastRevision, article.head) + 1 + index,
        corrections: [...revision.corrections, correction],
        material: isMaterial(revision, article, material),
        savedAt: now,
        savedBy: actor.id,
        reason: "Correction.",
        beganAt: now,
        sealed: false,
      },
    }));
    const issues = copies.flatMap(({ revision }, index) =>
      sizeIssues(revision, bases[index]?.htmlBytes ?? 0),
    );
    if (issues.length > 0) return invalid(issues.slice(0, 1));
    return granted(planOf(found, copies, correction));
  });
}

/** A revision that gets the correction, and how many bytes its HTML has. */
interface Base {
  revision: Revision;
  htmlBytes: number;
}

/** What readers see, what they are to see, what waits for review and what editors are at, each once, from the oldest to the newest. */
async function findBases(store: Store, { article, head }: StoryState): Promise<Base[]> {
  const { id, live, scheduled, submitted } = article;
  const others = [live, scheduled, submitted].filter((n) => n !== null);
  const ns = [...new Set(others)].filter((n) => n !== head.n);
  const [bytes, ...found] = await store.db.read(
    htmlBytesQuery(id, [...ns, head.n]),
    ...ns.map((n) => revisionQuery(id, n)),
  );
  const htmlBytes = new Map(bytes.map((row) => [row.n, row.bytes]));
  return [...found.flat(), head].map((revision) => ({
    revision,
    htmlBytes: htmlBytes.get(revision.n) ?? 0,
  }));
}

/** Whether what changed since the live revision is worth telling: of what is live only the correction is new, of others more. */
function isMaterial(revision: Revision, article: Article, correction: boolean): boolean {
  if (revision.n === article.lastLive) return correction;
  return isLive(article) ? revision.material : revision.material || correction;
}

function sizeIssues(revision: Revision, htmlBytes: number): Issue[] {
  if (bytesOf(JSON.stringify(revision)) + htmlBytes <= REVISION_BYTES) return [];
  const message = `With everything else of the story it is over ${REVISION_BYTES} bytes.`;
  return [{ path: "text", message }];
}

function planOf(
  found: Found,
  copies: RevisionCopy[],
  correction: Correction,
): Plan<ArticleResponse> {
  const { story, survey, now } = found;
  const { article: before } = story;
  const copyOf = (n: number | null) => copies.find(({ of }) => of === n)?.revision;
  const head = copyOf(before.head) ?? story.head;
  const shown = copyOf(before.live);
  const { scheduledFor } = before;
  const scheduled = copyOf(before.scheduled)?.n ?? null;
  const { submitted, submittedAt, submittedBy } = before;
  const review = { submitted: copyOf(submitted)?.n ?? submitted, submittedAt, submittedBy };
  const saved = { ...before, ...review, head: head.n, scheduled };
  const article = shown
    ? { ...publish(saved, shown, now), ...review, scheduled, scheduledFor }
    : saved;
  const made = { before: story, article, head, shown: shown ?? head, copies };
  const change = changeOf(made, survey.settings.timeZone);
  const facts = ({ version, head: revision, live: publishedRevision }: Article) => ({
    version,
    revision,
    publishedRevision,
  });
  const detail = {
    before: { ...facts(before), correction: null },
    after: {
      ...facts(change.after.article),
      correction: { ...correction, at: new Date(correction.at).toISOString() },
    },
  };
  const audit = [{ act: "correct", subject: `article:${before.id}`, detail }];
  return {
    result: articleResponse(change.after, found),
    change: storiesChange([change], survey, audit),
  };
}
