import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { api, type Answer, type Trouble, type Wrong } from "../api.ts";
import type { Article, BodyNote, Edge, SavedArticle } from "../contract.ts";
import { bare } from "../parts/faults.tsx";
import { tell } from "../parts/told.tsx";
import { readDirectory } from "../session.ts";
import { say } from "../words/words.ts";
import {
  afterSaving,
  changesOf,
  chosen,
  draftOf,
  merged,
  takenUp,
  type Changes,
  type Clash,
  type Draft,
  type FieldName,
} from "./draft.ts";
import { useKept, type Found } from "./kept.ts";

/** A story, or a page that is none: they have the same calls at different addresses. */
export type Form = "story" | "page";

/** Where the API has it. */
export const PATHS: Record<Form, string> = { story: "/articles", page: "/pages" };

/** A story in somebody's hands. */
export interface Editing {
  form: Form;
  /** As the server has it; null of one that nobody has saved. */
  article: Article | null;
  draft: Draft;
  changes: Changes;
  isDirty: boolean;
  isBusy: boolean;
  wrong: readonly Wrong[];
  notes: readonly BodyNote[];
  trouble: Trouble | null;
  /** Between which texts somebody has to choose, and whether one of them is of an earlier time. */
  clash: (Clash & { found: Found | null }) | null;
  /** What became of the last act at the edge. */
  edge: Edge | null;
  found: Found | null;
  change: (changes: Changes) => void;
  takeFound: (take: boolean) => void;
  /** Goes on with `mine` of a clash, and with theirs of the rest; null puts it off. */
  settle: (mine: ReadonlySet<FieldName> | null) => void;
  /** Saves what was changed, after whatever is on its way already. */
  save: () => Promise<Answer<Article>>;
  /** Does something to the story as it is saved: what is not yet is saved first. */
  act: (path: string, body?: unknown, method?: "POST" | "DELETE") => Promise<SavedArticle | null>;
}

/** Holds a story while somebody edits it; `first` is what a new one begins with. */
export function useEditing(
  form: Form,
  { opened, first, onBorn }: { opened: Article | null; first: Draft; onBorn: (id: string) => void },
): Editing {
  const [article, setArticle] = useState(opened);
  const [base, setBase] = useState(() => (opened ? draftOf(opened) : first));
  const [draft, setDraft] = useState(base);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [clash, setClash] = useState<Editing["clash"]>(null);
  const [notes, setNotes] = useState<readonly BodyNote[]>([]);
  const [edge, setEdge] = useState<Edge | null>(null);
  const { isBusy, inTurn } = useTurns();
  const isHere = useIsHere();
  // What is typed while a call is on its way is newer than what the call was made of.
  const latest = useRef({ article, base, draft });
  latest.current = { article, base, draft };
  // What was sent and never answered: the server may have it.
  const unanswered = useRef<Unanswered | null>(null);
  const changes = useMemo(() => changesOf(draft, base), [draft, base]);
  const typed = { id: article?.id ?? null, changes, version: article?.version ?? null };
  const { found, drop, saved: keepLeft } = useKept(form, typed, base);

  const write = (next: Draft) => {
    latest.current.draft = next;
    setDraft(next);
  };
  const put = (now: Article, next: { base: Draft; draft: Draft }) => {
    latest.current = { article: now, ...next };
    setArticle(now);
    setBase(next.base);
    setDraft(next.draft);
  };
  const takeIn = (saved: SavedArticle, sent: Draft) => {
    put(saved, afterSaving(latest.current.draft, sent, saved));
    setTrouble(null);
    if (saved.notes) setNotes(saved.notes);
  };
  /** Takes in what somebody else saved meanwhile; false when both changed the same. */
  const takeOver = (current: Article): boolean => {
    const { draft: now, base: from } = latest.current;
    const next = merged(now, from, current, unanswered.current?.sent);
    unanswered.current = null;
    put(current, next);
    setClash(next.clash && { ...next.clash, found: null });
    if (next.clash) return false;
    setTrouble(null);
    tell(say().story.merged);
    return true;
  };
  const send = async (): Promise<Answer<Article>> => {
    const { article: known, base: from, draft: now } = latest.current;
    const fields = changesOf(now, from);
    if (known && Object.keys(fields).length === 0) return { ok: true, value: known, etag: null };
    // A new story whose first call has no answer is sent as it was, under the same name: it is made once.
    const birth = known ? null : unanswered.current;
    const { sent, once } = birth ?? { sent: now, once: crypto.randomUUID() };
    const answer: Answer<SavedArticle> = known
      ? await api.patch(`${PATHS[form]}/${known.id}`, fields, { ifMatch: known.version })
      : await api.post(PATHS[form], written(sent), { once });
    if (!answer.ok) {
      setTrouble(answer.trouble);
      const { current, kind } = answer.trouble;
      if (kind === "offline" || kind === "broken") unanswered.current = { sent, once };
      else if (kind === "invalid" || kind === "refused") unanswered.current = null;
      // What came together by itself is saved as it is now.
      return current && takeOver(current as Article) ? send() : answer;
    }
    unanswered.current = null;
    takeIn(answer.value, sent);
    const { id, version } = answer.value;
    const left = changesOf(latest.current.draft, latest.current.base);
    await keepLeft({ id, version, changes: left });
    if (!known && isHere()) onBorn(id);
    if (fields.tags !== undefined || fields.authors !== undefined) void readDirectory();
    return birth ? send() : answer;
  };
  const act: Editing["act"] = async (path, body, method = "POST") => {
    const saved = await send();
    if (!saved.ok) return null;
    const sent = latest.current.draft;
    const { id, version } = saved.value;
    const address = `${PATHS[form]}/${id}${path}`;
    const answer =
      method === "POST"
        ? await api.post<SavedArticle>(address, body, { ifMatch: version })
        : await api.delete<SavedArticle>(address, { ifMatch: version });
    if (!answer.ok) {
      setTrouble(answer.trouble);
      // What is there now is read before it is acted on.
      if (answer.trouble.current) takeOver(answer.trouble.current as Article);
      return null;
    }
    takeIn(answer.value, sent);
    setEdge(answer.value.edge);
    return answer.value;
  };
  return {
    form,
    article,
    draft,
    changes,
    isDirty: Object.keys(changes).length > 0,
    isBusy,
    wrong: bare(trouble?.wrong ?? []),
    notes,
    trouble,
    clash,
    edge,
    found,
    change: (fields) => write({ ...latest.current.draft, ...fields }),
    takeFound(take) {
      if (!found) return;
      if (!take) {
        drop(found);
        return;
      }
      const { draft: now, base: from, article: over } = latest.current;
      const isOverThis = found.version === (over?.version ?? null);
      const next = takenUp(now, from, { changes: found.changes, isOverThis });
      write(next.draft);
      setClash(next.clash && { ...next.clash, found });
      if (!next.clash) drop(found);
    },
    settle(mine) {
      if (!clash) return;
      setClash(null);
      if (!clash.found) setTrouble(null);
      if (clash.found && !mine) return;
      write({ ...latest.current.draft, ...chosen(clash, mine ?? new Set(clash.fields)) });
      if (clash.found) drop(clash.found);
    },
    save: () => inTurn(send),
    act: (...call) => inTurn(() => act(...call)),
  };
}

/** A call to which no answer came: what it sent, and its name. */
interface Unanswered {
  sent: Draft;
  once: string;
}

/** One call after the other: two at once would be of one version, or make one story twice. */
function useTurns(): { isBusy: boolean; inTurn: <T>(work: () => Promise<T>) => Promise<T> } {
  const [waiting, setWaiting] = useState(0);
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    setWaiting((count) => count + 1);
    const turn = last.current.then(work).finally(() => setWaiting((count) => count - 1));
    // Whoever is next comes after it, however it ends.
    last.current = turn.catch(() => {});
    return turn;
  };
  return { isBusy: waiting > 0, inTurn };
}

/** Tells whether what calls it is still on the screen. */
function useIsHere(): () => boolean {
  const isHere = useRef(true);
  useEffect(
    () => () => {
      isHere.current = false;
    },
    [],
  );
  return () => isHere.current;
}

/** What of a new story is sent: what is left empty the server fills. */
function written(draft: Draft): Changes {
  const said = Object.entries(draft).filter(
    ([, value]) => value !== null && value !== "" && !(Array.isArray(value) && value.length === 0),
  );
  return { ...(Object.fromEntries(said) as Changes), title: draft.title };
}
