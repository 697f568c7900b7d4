import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { api, type Answer, type Trouble, type Wrong } from "../api.ts";
import type { Article, BodyNote, Edge, SavedArticle } from "../contract.ts";
import { keep, kept, letGo } from "../keeping.ts";
import { tell } from "../parts/told.tsx";
import { me, readDirectory } from "../session.ts";
import { say } from "../words/words.ts";
import {
  afterActing,
  afterSaving,
  changesOf,
  clashWith,
  draftOf,
  merged,
  type Changes,
  type Clash,
  type Draft,
  type FieldName,
} from "./draft.ts";

/** A story, or a page that is none: they have the same calls at different addresses. */
export type Form = "story" | "page";

/** Where the API has it. */
export const PATHS: Record<Form, string> = { story: "/articles", page: "/pages" };

/** How long somebody must rest before what they typed is kept in this browser, in milliseconds. */
const REST = 300;

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
  clash: Clash | null;
  /** What became of the last act at the edge. */
  edge: Edge | null;
  /** Text of an earlier time that the server does not have. */
  found: { changes: Changes; version: string | null; at: string } | null;
  change: (changes: Changes) => void;
  takeFound: (take: boolean) => void;
  settle: (mine: ReadonlySet<FieldName>) => void;
  /** Saves what was changed; null when that was refused. */
  save: (reason?: string) => Promise<Article | null>;
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
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [clash, setClash] = useState<Clash | null>(null);
  const [notes, setNotes] = useState<readonly BodyNote[]>([]);
  const [edge, setEdge] = useState<Edge | null>(null);
  const [found, setFound] = useState<Editing["found"]>(null);
  // What is typed while a call is on its way is newer than what the call was made of.
  const latest = useRef({ article, base, draft });
  latest.current = { article, base, draft };
  const changes = useMemo(() => changesOf(draft, base), [draft, base]);
  const isDirty = Object.keys(changes).length > 0;
  // Whose it is: more than one person may use this browser.
  const place = `${me.value?.id}:${form}:${article?.id ?? "new"}`;
  useKeeping(place, { changes, version: article?.version ?? null }, setFound);

  const put = (now: Article, next: { base: Draft; draft: Draft }) => {
    latest.current = { article: now, ...next };
    setArticle(now);
    setBase(next.base);
    setDraft(next.draft);
  };
  const takeIn = (saved: SavedArticle, next: { base: Draft; draft: Draft }) => {
    put(saved, next);
    setTrouble(null);
    if (saved.notes) setNotes(saved.notes);
  };
  /** Takes in what somebody else saved meanwhile; false when both changed the same. */
  const takeOver = (current: Article): boolean => {
    const next = merged(latest.current.draft, latest.current.base, current);
    put(current, next);
    setClash(next.clash);
    if (next.clash) return false;
    setTrouble(null);
    tell(say().story.merged);
    return true;
  };
  const send = async (reason?: string): Promise<Article | null> => {
    const { article: known, base: from, draft: sent } = latest.current;
    const fields = { ...changesOf(sent, from), ...(reason ? { reason } : {}) };
    if (known && Object.keys(fields).length === 0) return known;
    const answer: Answer<SavedArticle> = known
      ? await api.patch(`${PATHS[form]}/${known.id}`, fields, { ifMatch: known.version })
      : await api.post(PATHS[form], { ...written(sent), ...(reason ? { reason } : {}) });
    if (!answer.ok) {
      setTrouble(answer.trouble);
      const { current } = answer.trouble;
      // What came together by itself is saved as it is now.
      return current && takeOver(current as Article) ? send(reason) : null;
    }
    takeIn(answer.value, afterSaving(latest.current.draft, sent, answer.value));
    if (!known) {
      await letGo(place);
      onBorn(answer.value.id);
    }
    if (fields.tags !== undefined || fields.authors !== undefined) void readDirectory();
    return answer.value;
  };
  // One call after the other: what a second press sends is what is left to be sent after the first.
  const queue = useRef<Promise<unknown>>(Promise.resolve());
  const busily = async <T>(work: () => Promise<T>): Promise<T> => {
    setBusy(true);
    const turn = queue.current.then(work);
    queue.current = turn.catch(() => null);
    try {
      return await turn;
    } finally {
      setBusy(false);
    }
  };
  return {
    form,
    article,
    draft,
    changes,
    isDirty,
    isBusy,
    wrong: trouble?.wrong ?? [],
    notes,
    trouble,
    clash,
    edge,
    found,
    change: (fields) => setDraft((typed) => ({ ...typed, ...fields })),
    takeFound: (take) => {
      if (take && found) {
        setDraft((typed) => ({ ...typed, ...found.changes }));
        // The story has been saved since by somebody, perhaps from another machine: what they wrote is not overwritten unseen.
        if (article && found.version !== String(article.version))
          setClash(clashWith(article, found.changes));
      } else void letGo(place);
      setFound(null);
    },
    settle: (mine) => {
      if (!clash) return;
      const theirs = draftOf(clash.theirs);
      const taken = clash.fields.filter((name) => !mine.has(name));
      setDraft((typed) => ({
        ...typed,
        ...Object.fromEntries(taken.map((name) => [name, theirs[name]])),
      }));
      setClash(null);
      setTrouble(null);
    },
    save: (reason) => busily(() => send(reason)),
    act: (path, body, method = "POST") =>
      busily(async () => {
        const saved = await send();
        if (!saved) return null;
        const sent = latest.current.draft;
        const address = `${PATHS[form]}/${saved.id}${path}`;
        const manner = { ifMatch: saved.version };
        const answer =
          method === "POST"
            ? await api.post<SavedArticle>(address, body, manner)
            : await api.delete<SavedArticle>(address, manner);
        if (!answer.ok) {
          setTrouble(answer.trouble);
          // What is there now is read before it is acted on.
          if (answer.trouble.current) takeOver(answer.trouble.current as Article);
          return null;
        }
        const acted = { before: saved, after: answer.value };
        takeIn(answer.value, afterActing(latest.current.draft, sent, acted));
        setEdge(answer.value.edge);
        return answer.value;
      }),
  };
}

/** What of a new story is sent: what is left empty the server fills. */
function written(draft: Draft): Changes {
  const said = Object.entries(draft).filter(
    ([, value]) => value !== null && value !== "" && !(Array.isArray(value) && value.length === 0),
  );
  return { ...(Object.fromEntries(said) as Changes), title: draft.title };
}

/** Keeps what is typed in this browser until the server has it, and finds what was kept before. */
function useKeeping(
  place: string,
  { changes, version }: { changes: Changes; version: number | null },
  onFound: (found: Editing["found"]) => void,
): void {
  const isDirty = Object.keys(changes).length > 0;
  const newest = useRef({ place, changes, version, isDirty });
  const wasDirty = useRef(false);
  newest.current = { place, changes, version, isDirty };
  const keepNow = () => {
    const now = newest.current;
    if (!now.isDirty) return;
    void keep(now.place, {
      fields: now.changes,
      version: now.version === null ? null : String(now.version),
      at: new Date().toISOString(),
    });
  };
  useEffect(() => {
    const look = async () => {
      const before = await kept(place);
      if (before && newest.current.place === place && !newest.current.isDirty)
        onFound({ changes: before.fields, version: before.version, at: before.at });
    };
    void look();
  }, [place]);
  const text = JSON.stringify(changes);
  useEffect(() => {
    // Nothing is let go that nobody has been asked about.
    if (!isDirty && wasDirty.current) void letGo(place);
    wasDirty.current = isDirty;
    if (!isDirty) return undefined;
    const rest = setTimeout(keepNow, REST);
    return () => clearTimeout(rest);
  }, [text, place]);
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      keepNow();
      if (newest.current.isDirty) event.preventDefault();
    };
    document.addEventListener("visibilitychange", keepNow);
    window.addEventListener("beforeunload", warn);
    return () => {
      document.removeEventListener("visibilitychange", keepNow);
      window.removeEventListener("beforeunload", warn);
      keepNow();
    };
  }, []);
}
