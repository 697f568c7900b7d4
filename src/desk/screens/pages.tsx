import { api } from "../api.ts";
import type { ArticleSummary, Listed } from "../contract.ts";
import { useShortcuts } from "../keys.ts";
import { useLoaded } from "../loading.ts";
import { formatAgo, formatMoment } from "../moments.ts";
import { Empty, Read } from "../parts/states.tsx";
import { go, hrefOf } from "../route.ts";
import { StateMark } from "../stories/row.tsx";
import { say } from "../words/words.ts";

/** The pages that are no stories: about, contact, imprint. */
export function Pages() {
  const words = say();
  const { loaded, reload } = useLoaded(
    () => api.get<Listed<ArticleSummary>>("/pages", { limit: 100 }),
    [],
  );
  const create = hrefOf("page/new");
  useShortcuts([{ key: "n", says: words.stories.newPage, act: () => go(create) }], [words]);
  return (
    <>
      <header class="room">
        <h1>{words.rooms.pages}</h1>
        <a class="button first" href={create}>
          {words.stories.newPage}
        </a>
        <p class="hint">{words.stories.pagesIntro}</p>
      </header>
      <Read loaded={loaded} onRetry={() => void reload()}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={words.stories.noPages} why={words.stories.pagesIntro} />
          ) : (
            <ul class="rows">
              {items.map((page) => (
                <li key={page.id}>
                  <div class="what">
                    <h2 class="headline">
                      <a href={hrefOf(`page/${page.id}`)} dir="auto">
                        {page.title}
                      </a>
                    </h2>
                    <p class="facts">
                      <span>/{page.slug}</span>
                      <time
                        dateTime={page.updatedAt ?? page.createdAt}
                        title={formatMoment(page.updatedAt ?? page.createdAt)}
                      >
                        {formatAgo(page.updatedAt ?? page.createdAt)}
                      </time>
                    </p>
                  </div>
                  <StateMark article={page} />
                </li>
              ))}
            </ul>
          )
        }
      </Read>
    </>
  );
}
