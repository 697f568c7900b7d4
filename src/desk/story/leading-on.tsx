import { useEffect, useState } from "preact/hooks";
import { api } from "../api.ts";
import type { Article, ArticleSummary, Listed } from "../contract.ts";
import { useLoaded } from "../loading.ts";
import { Button } from "../parts/button.tsx";
import { errorOf, TextField } from "../parts/field.tsx";
import { say } from "../words/words.ts";
import type { Editing } from "./editing.ts";
import { Panel } from "./panel.tsx";

/** How many stories one leads on to at most by its editors' choice. */
const MOST = 6;

/** How long somebody must rest before their words are looked for, in milliseconds. */
const REST = 250;

/** What the story leads on to, the story that it translates, and its part in a series. */
export function LeadingOn({ editing, isFixed }: { editing: Editing; isFixed: boolean }) {
  const words = say().story;
  const { draft, wrong, change, article } = editing;
  const others = (id: string) => id !== article?.id;
  return (
    <Panel
      title={words.leadsOn}
      name="leads-on"
      isFaulty={errorOf(wrong, "related", "part", "translationOf") !== undefined}
    >
      <p class="hint">{words.leadsOnHint}</p>
      <ol class="related">
        {draft.related.map((id, index) => (
          <li key={id}>
            <Named id={id} />
            {!isFixed && (
              <span class="actions">
                {index > 0 && (
                  <Button
                    weight="quiet"
                    onClick={() => change({ related: swapped(draft.related, index) })}
                  >
                    {words.earlier}
                  </Button>
                )}
                <Button
                  weight="quiet"
                  onClick={() => change({ related: draft.related.filter((other) => other !== id) })}
                >
                  {words.takeOut}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ol>
      {errorOf(wrong, "related") && <p class="fault">{errorOf(wrong, "related")}</p>}
      {!isFixed && draft.related.length < MOST && (
        <StoryFinder
          label={words.addRelated}
          isOffered={(id) => others(id) && !draft.related.includes(id)}
          onPick={(id) => change({ related: [...draft.related, id] })}
        />
      )}
      <TextField
        label={words.part}
        hint={words.partHint}
        inputMode="numeric"
        disabled={isFixed}
        value={draft.part === null ? "" : String(draft.part)}
        error={errorOf(wrong, "part")}
        onText={(text) => {
          const digits = text.replace(/\D/g, "");
          change({ part: digits === "" ? null : Number(digits) });
        }}
      />
      {draft.translationOf === null ? (
        !isFixed && (
          <StoryFinder
            label={words.translates}
            isOffered={others}
            onPick={(translationOf) => change({ translationOf })}
          />
        )
      ) : (
        <div class="field">
          <span class="label">{words.translates}</span>
          <p>
            <Named id={draft.translationOf} />{" "}
            {!isFixed && (
              <Button weight="quiet" onClick={() => change({ translationOf: null })}>
                {words.takeOut}
              </Button>
            )}
          </p>
          {errorOf(wrong, "translationOf") && (
            <p class="fault">{errorOf(wrong, "translationOf")}</p>
          )}
        </div>
      )}
    </Panel>
  );
}

/** A story by its headline. */
function Named({ id }: { id: string }) {
  const { loaded } = useLoaded(() => api.get<Article>(`/articles/${id}`), [id]);
  return <span>{loaded.state === "here" ? loaded.value.title : id}</span>;
}

/** Finds a story by words of its headline. */
function StoryFinder({
  label,
  isOffered,
  onPick,
}: {
  label: string;
  isOffered: (id: string) => boolean;
  onPick: (id: string) => void;
}) {
  const [text, setText] = useState("");
  const [found, setFound] = useState<ArticleSummary[]>([]);
  useEffect(() => {
    if (text.trim() === "") {
      setFound([]);
      return undefined;
    }
    let isHere = true;
    const look = async () => {
      const answer = await api.get<Listed<ArticleSummary>>("/articles", { q: text, limit: 8 });
      if (isHere && answer.ok) setFound(answer.value.items);
    };
    const rest = setTimeout(() => void look(), REST);
    return () => {
      isHere = false;
      clearTimeout(rest);
    };
  }, [text]);
  const offered = found.filter(({ id }) => isOffered(id));
  return (
    <div class="finder">
      <TextField label={label} type="search" value={text} onText={setText} maxLength={100} />
      <ul aria-live="polite">
        {offered.map(({ id, title }) => (
          <li key={id}>
            <button
              type="button"
              class="link"
              onClick={() => {
                onPick(id);
                setText("");
              }}
            >
              {title}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function swapped(ids: readonly string[], index: number): string[] {
  const moved = [...ids];
  const [id = ""] = moved.splice(index, 1);
  moved.splice(index - 1, 0, id);
  return moved;
}
