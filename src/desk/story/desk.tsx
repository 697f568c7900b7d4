import { useEffect, useState } from "preact/hooks";
import { api, type Trouble } from "../api.ts";
import type { Article } from "../contract.ts";
import { lasts } from "../keeping.ts";
import { useShortcuts } from "../keys.ts";
import { formatAgo, listOf } from "../moments.ts";
import { Button } from "../parts/button.tsx";
import { FormTrouble } from "../parts/faults.tsx";
import { tell } from "../parts/told.tsx";
import { can } from "../rights.ts";
import { hrefOf } from "../route.ts";
import { me } from "../session.ts";
import { stateOf } from "../stories/state.ts";
import { say } from "../words/words.ts";
import { Actions } from "./actions.tsx";
import { Address } from "./address.tsx";
import { Clashes } from "./clashes.tsx";
import { Corrections } from "./corrections.tsx";
import type { Draft } from "./draft.ts";
import { useEditing, PATHS, type Editing, type Form } from "./editing.ts";
import { Filing } from "./filing.tsx";
import { HeroPanel } from "./hero.tsx";
import { History } from "./history.tsx";
import { LeadingOn } from "./leading-on.tsx";
import { Panel } from "./panel.tsx";
import { Plan } from "./plan.tsx";
import { Text } from "./text.tsx";
import { Thread } from "./thread.tsx";

/** One story on the desk: its text, what belongs to it, and what can be done with it. */
export function Desk({
  form,
  opened,
  first,
  onBorn,
}: {
  form: Form;
  opened: Article | null;
  first: Draft;
  onBorn: (id: string) => void;
}) {
  const words = say();
  const editing = useEditing(form, { opened, first, onBorn });
  const { article } = editing;
  const isFixed = article !== null && (!can(article, "revise") || article.status === "binned");
  const save = async () => {
    if (isFixed || editing.clash || (!article && !editing.isDirty)) return;
    const saved = await editing.save();
    if (saved.ok && saved.value !== article) tell(words.desk.saved);
  };
  useFirstFault(editing.trouble);
  useShortcuts([{ key: "Mod+s", says: words.desk.save, act: () => void save() }], [editing, words]);
  return (
    <div class="story-desk">
      <Head editing={editing} isFixed={isFixed} onSave={() => void save()} />
      <Notices editing={editing} />
      <div class="story-columns">
        <Text editing={editing} isFixed={isFixed} />
        <aside class="story-panels" aria-label={words.story.about}>
          <Filing editing={editing} isFixed={isFixed} />
          <HeroPanel editing={editing} isFixed={isFixed} />
          <Address editing={editing} isFixed={isFixed} />
          {form === "story" && <LeadingOn editing={editing} isFixed={isFixed} />}
          {(!isFixed || (article && can(article, "assign"))) && (
            <Plan editing={editing} isFixed={isFixed} />
          )}
          {article && form === "story" && <Corrections editing={editing} article={article} />}
          {article && isOpenTo(article) && (
            <Thread form={form} id={article.id} version={article.version} />
          )}
          {article && isOpenTo(article) && (
            <Panel title={words.story.history.title} name="history">
              <History editing={editing} isFixed={isFixed} />
            </Panel>
          )}
        </aside>
      </div>
      {editing.clash && <Clashes editing={editing} />}
    </div>
  );
}

/** Whether whoever is here may see more of a story than readers do: its history, its notes, who has it open. */
function isOpenTo(article: Article): boolean {
  // Whoever may see that may write a note.
  return can(article, "note");
}

function Head({
  editing,
  isFixed,
  onSave,
}: {
  editing: Editing;
  isFixed: boolean;
  onSave: () => void;
}) {
  const words = say();
  const { article, form, isDirty, isBusy } = editing;
  const list = form === "story" ? "stories" : "pages";
  return (
    <header class="story-head">
      <a class="back" href={hrefOf(list)}>
        {words.rooms[list]}
      </a>
      <h1 class="unseen">{editing.draft.title || words.story.untitled[form]}</h1>
      <Standing editing={editing} />
      <div class="actions">
        {!isFixed && (
          <Button
            weight={article ? "plain" : "first"}
            busy={isBusy}
            disabled={!isDirty && article !== null}
            onClick={onSave}
          >
            {isDirty || !article ? words.desk.save : words.story.isSaved}
          </Button>
        )}
        {article && <Actions editing={editing} />}
      </div>
    </header>
  );
}

/** How the story stands, what became of the last act, and who else is here. */
function Standing({ editing }: { editing: Editing }) {
  const words = say();
  const { article, isDirty } = editing;
  const others = usePresence(editing);
  const edge = useEdge(editing);
  const state = article ? stateOf(article) : null;
  return (
    <div class="standing">
      {state && (
        <p class={`state ${state.mark}`}>
          <strong>{state.text}</strong>
          {state.also.map((more) => (
            <small key={more}>{more}</small>
          ))}
        </p>
      )}
      <p class="hint" role="status">
        {isDirty ? words.desk.unsaved : article ? null : words.story.isNew}
        {edge === "pending" && words.story.pending}
        {edge === "live" && <span class="is-live">{words.story.isLive}</span>}
        {others.length > 0 && <span class="others">{words.story.others(listOf(others))}</span>}
      </p>
    </div>
  );
}

/** What the desk has to tell of this story before anything else. */
function Notices({ editing }: { editing: Editing }) {
  const words = say().story;
  const { found, trouble, clash, notes, article, isDirty } = editing;
  const isKept = useIsKept(isDirty);
  return (
    <>
      {!isKept && (
        <p class="note" role="status">
          {words.notKept}
        </p>
      )}
      {found && (
        <div class="note" role="status">
          <p>{words.found(formatAgo(found.at))}</p>
          {found.version !== (article?.version ?? null) && <p>{words.foundOlder}</p>}
          <p class="actions">
            <Button weight="first" onClick={() => editing.takeFound(true)}>
              {words.takeFound}
            </Button>
            <Button onClick={() => editing.takeFound(false)}>{words.dropFound}</Button>
          </p>
        </div>
      )}
      {article?.reviewNote && article.status === "draft" && (
        <div class="note">
          <p>
            <strong>{words.returned}</strong> {article.reviewNote}
          </p>
        </div>
      )}
      {!clash && <FormTrouble trouble={trouble} beside={SHOWN} />}
      {notes.length > 0 && (
        <div class="note" role="status">
          <p>{words.leftOut}</p>
          <ul>
            {notes.map(({ line, message }) => (
              <li key={line + message}>{words.atLine(line, message)}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

/** Whether what is typed outlasts this page: in a private window a browser may keep nothing. */
function useIsKept(isDirty: boolean): boolean {
  const [isKept, setKept] = useState(true);
  useEffect(() => {
    const look = async () => setKept(await lasts());
    if (isDirty) void look();
  }, [isDirty]);
  return isKept || !isDirty;
}

/** The fields that say themselves what is wrong with them. */
const SHOWN = [
  "title",
  "standfirst",
  "body",
  "section",
  "tags",
  "authors",
  "hero.alt",
  "hero.decorative",
  "hero.caption",
  "hero.credit",
  "slug",
  "seo",
];

/** Brings whoever saves to the first field that was refused. */
function useFirstFault(trouble: Trouble | null): void {
  useEffect(() => {
    if (trouble?.kind === "invalid" && !document.querySelector("dialog[open]"))
      document.querySelector<HTMLElement>(".story-desk [aria-invalid=true]")?.focus();
  }, [trouble]);
}

/** How often somebody says that they have a story open, in milliseconds: a minute without a word, and they are forgotten. */
const BEAT = 20_000;

/** Says that the story is open here, and returns who else has it open. */
function usePresence({ article, form }: Editing): string[] {
  const [names, setNames] = useState<string[]>([]);
  const id = article && isOpenTo(article) ? article.id : undefined;
  useEffect(() => {
    if (id === undefined) return undefined;
    const beat = async () => {
      if (document.visibilityState === "hidden") return;
      const answer = await api.post<{ items: { id: string; name: string }[] }>(
        `${PATHS[form]}/${id}/presence`,
      );
      if (answer.ok)
        setNames(
          answer.value.items
            .filter(({ id: whose }) => whose !== me.value?.id)
            .map(({ name }) => name),
        );
    };
    void beat();
    const beating = setInterval(() => void beat(), BEAT);
    return () => {
      clearInterval(beating);
      void api.delete(`${PATHS[form]}/${id}/presence`);
    };
  }, [id]);
  return names;
}

/** How often it is looked whether readers see a change, and for how long at most, in milliseconds. */
const LOOK = 3000;
const LOOKS = 60;

/** Whether readers see the last act: it is looked at until they do. */
function useEdge({ article, form, edge: told }: Editing): "pending" | "live" | null {
  const [edge, setEdge] = useState<"pending" | "live" | null>(null);
  const id = article?.id;
  useEffect(() => {
    setEdge(told === "none" ? null : told);
    if (told !== "pending" || id === undefined) return undefined;
    let looks = 0;
    const look = async () => {
      looks += 1;
      const answer = await api.get<{ edge: string }>(`${PATHS[form]}/${id}/edge`);
      if (answer.ok && answer.value.edge === "live") setEdge("live");
      if ((answer.ok && answer.value.edge !== "pending") || looks >= LOOKS) clearInterval(looking);
    };
    const looking = setInterval(() => void look(), LOOK);
    return () => clearInterval(looking);
  }, [told, article?.version]);
  return edge;
}
