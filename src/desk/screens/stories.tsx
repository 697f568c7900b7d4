import { useEffect, useRef, useState } from "preact/hooks";
import { api } from "../api.ts";
import type { ArticleSummary, Listed } from "../contract.ts";
import { useShortcuts } from "../keys.ts";
import { useLoaded } from "../loading.ts";
import { Button } from "../parts/button.tsx";
import { Empty, Read } from "../parts/states.tsx";
import { tell } from "../parts/told.tsx";
import { troubleLine } from "../parts/states.tsx";
import { go, hrefOf, swap, type RoomProps } from "../route.ts";
import { sections } from "../session.ts";
import { Bulk } from "../stories/bulk.tsx";
import { Filters, filterOf, isFiltered } from "../stories/filters.tsx";
import { StoryRow } from "../stories/row.tsx";
import { Unsaved } from "../stories/unsaved.tsx";
import { say } from "../words/words.ts";

const SHOWN = 50;

/** Every story, by what it is filed under, and what can be done to many at once. */
export function Stories({ query }: RoomProps) {
  const words = say().stories;
  const filter = filterOf(query);
  const asked = JSON.stringify(filter);
  const { loaded, reload, put } = useLoaded(
    () => api.get<Listed<ArticleSummary>>("/articles", { ...filter, limit: SHOWN }),
    [asked],
  );
  const items = loaded.state === "here" ? loaded.value.items : [];
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const find = useRef<HTMLInputElement>(null);
  useEffect(() => setChosen(new Set()), [asked]);
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const { move, marked } = useRows(items);
  useShortcuts(
    [
      { key: "/", says: words.keyFind, act: () => find.current?.focus() },
      { key: "n", says: words.keyNew, act: () => go(hrefOf("story/new")) },
      { key: "j", says: words.keyDown, act: () => move(1) },
      { key: "k", says: words.keyUp, act: () => move(-1) },
      { key: "x", says: words.keySelect, act: () => marked(toggle) },
      { key: "Enter", says: words.keyOpen, act: () => marked((id) => go(hrefOf(`story/${id}`))) },
    ],
    [items, chosen, words],
  );
  const more = async (next: string) => {
    const page = await api.get<Listed<ArticleSummary>>("/articles", {
      ...filter,
      limit: SHOWN,
      cursor: next,
    });
    if (page.ok) put({ items: [...items, ...page.value.items], next: page.value.next });
    else tell(troubleLine(page.trouble), true);
  };
  return (
    <>
      <header class="room">
        <h1>{words.title}</h1>
        <a
          class="button first"
          href={hrefOf("story/new")}
          aria-disabled={sections.value.length === 0}
        >
          {words.new}
        </a>
      </header>
      <Unsaved />
      <Filters query={query} find={find} onChange={(next) => swap(hrefOf("stories", next))} />
      <Read loaded={loaded} onRetry={() => void reload()}>
        {({ next }) =>
          items.length === 0 ? (
            <Nothing isFiltered={isFiltered(query)} />
          ) : (
            <>
              {chosen.size > 0 && (
                <Bulk
                  articles={items.filter(({ id }) => chosen.has(id))}
                  onDone={() => {
                    setChosen(new Set());
                    void reload();
                  }}
                />
              )}
              <ul class="rows stories" aria-label={words.title}>
                {items.map((article) => (
                  <StoryRow
                    key={article.id}
                    article={article}
                    isChosen={chosen.has(article.id)}
                    onChoose={() => toggle(article.id)}
                  />
                ))}
              </ul>
              {next !== null && (
                <p class="more">
                  <Button onClick={() => void more(next)}>{say().desk.showMore}</Button>
                </p>
              )}
            </>
          )
        }
      </Read>
    </>
  );
}

function Nothing({ isFiltered: isNarrow }: { isFiltered: boolean }) {
  const words = say().stories;
  if (isNarrow)
    return (
      <Empty title={words.noneFound} why={words.noneFoundWhy}>
        <p>
          <a class="button plain" href={hrefOf("stories")}>
            {words.clear}
          </a>
        </p>
      </Empty>
    );
  return (
    <Empty title={words.empty} why={sections.value.length === 0 ? words.bound : words.emptyWhy}>
      <p>
        <a
          class="button first"
          href={hrefOf(sections.value.length === 0 ? "sections" : "story/new")}
        >
          {sections.value.length === 0 ? say().rooms.sections : words.new}
        </a>
      </p>
    </Empty>
  );
}

/** Moves the focus from row to row, and says which one has it. */
function useRows(items: readonly ArticleSummary[]) {
  const links = () => [
    ...document.querySelectorAll<HTMLAnchorElement>(".stories > li .headline a"),
  ];
  const at = () =>
    links().findIndex((link) => link.closest("li")?.contains(document.activeElement));
  return {
    move(step: number) {
      const all = links();
      const index = at();
      const next = index === -1 ? 0 : Math.min(Math.max(index + step, 0), all.length - 1);
      all[next]?.focus();
    },
    marked(act: (id: string) => void) {
      const article = items[at()];
      if (article) act(article.id);
    },
  };
}
