import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";
import { api } from "../api.ts";
import type { ArticleSummary, Listed } from "../contract.ts";
import { useLoaded } from "../loading.ts";
import { Choice, TextField } from "../parts/field.tsx";
import { Empty, Read } from "../parts/states.tsx";
import { useRested } from "../pictures/use-library.ts";
import { sections } from "../session.ts";
import { say } from "../words/words.ts";
import { LooseCard } from "./card.tsx";
import type { Moves } from "./moves.ts";
import { spotOf } from "./placement.ts";
import { learnFromList } from "./told.ts";

const SHOWN = 30;

/** Finds stories to be placed, whether they are out or not. */
export function FindStories({
  moves,
  field,
}: {
  moves: Moves;
  field: RefObject<HTMLInputElement | null>;
}) {
  const words = say();
  const [q, setQ] = useState("");
  const [text, setText] = useRested(q, setQ);
  const [section, setSection] = useState("");
  const { loaded, reload } = useLoaded(
    () => api.get<Listed<ArticleSummary>>("/articles", { q: q.trim(), section, limit: SHOWN }),
    [q, section],
  );
  useEffect(() => {
    if (loaded.state === "here") learnFromList(loaded.value.items);
  }, [loaded]);
  return (
    <section class="panel front-find" aria-labelledby="find">
      <h2 id="find">{words.front.find}</h2>
      <form class="form" role="search" onSubmit={(event) => event.preventDefault()}>
        <TextField
          label={words.stories.find}
          type="search"
          enterkeyhint="search"
          maxLength={100}
          field={field}
          value={text}
          onText={setText}
        />
        <Choice
          label={words.stories.section}
          value={section}
          onText={setSection}
          options={[
            ["", words.stories.any],
            ...sections.value.map(({ slug, name }) => [slug, name] as const),
          ]}
        />
      </form>
      <Read loaded={loaded} onRetry={() => void reload()}>
        {({ items }) => <Found articles={items} moves={moves} />}
      </Read>
    </section>
  );
}

function Found({ articles, moves }: { articles: readonly ArticleSummary[]; moves: Moves }) {
  const words = say();
  // Nobody places what has been taken back.
  const shown = articles.filter(({ status }) => status !== "withdrawn" && status !== "binned");
  if (shown.length === 0)
    return <Empty title={words.stories.noneFound} why={words.stories.noneFoundWhy} />;
  return (
    <ul class="found-stories">
      {shown.map(({ id, title, hero, status }) => (
        <LooseCard
          key={id}
          story={id}
          title={title || words.stories.untitled}
          hero={hero}
          status={status}
          note={spotOf(moves.arranged, id) ? words.front.isPlaced : undefined}
          moves={moves}
        />
      ))}
    </ul>
  );
}
