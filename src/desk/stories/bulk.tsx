import type { Deed } from "../../domain/role.ts";
import { useState } from "preact/hooks";
import { api, type Answer, type Trouble } from "../api.ts";
import type { ArticleSummary, SavedArticle } from "../contract.ts";
import { Button } from "../parts/button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { Choice, TextField } from "../parts/field.tsx";
import { troubleLine } from "../parts/states.tsx";
import { tell } from "../parts/told.tsx";
import { can } from "../rights.ts";
import { authors, readDirectory, sections, tags } from "../session.ts";
import { say } from "../words/words.ts";

/** One thing that is done to each of the chosen stories. */
type Change = (article: ArticleSummary) => Promise<Answer<SavedArticle>>;

/** What can be done to all of the chosen stories; what is not allowed to each of them is not offered. */
export function Bulk({
  articles,
  onDone,
}: {
  articles: readonly ArticleSummary[];
  onDone: () => void;
}) {
  const words = say().stories;
  const [isBusy, setBusy] = useState(false);
  const [isBinning, setBinning] = useState(false);
  const [tag, setTag] = useState("");
  const [failed, setFailed] = useState<{ article: ArticleSummary; trouble: Trouble }[]>([]);
  const canAll = (act: Deed) =>
    articles.every((article) => can(article, act) && article.status !== "binned");
  const each = async (change: Change) => {
    setBusy(true);
    const troubles: typeof failed = [];
    // One after the other: each is a write of its own, and the first that is refused says why the others would be.
    for (const article of articles) {
      // eslint-disable-next-line no-await-in-loop
      const answer = await change(article);
      if (!answer.ok) troubles.push({ article, trouble: answer.trouble });
    }
    setBusy(false);
    setBinning(false);
    setFailed(troubles);
    const done = articles.length - troubles.length;
    if (done > 0) tell(words.done(done));
    if (troubles.length === 0) onDone();
  };
  const patch = (fieldsOf: (article: ArticleSummary) => object): Promise<void> =>
    each((article) =>
      api.patch<SavedArticle>(`/articles/${article.id}`, fieldsOf(article), {
        ifMatch: article.version,
      }),
    );
  return (
    <section class="bulk" aria-label={words.selected(articles.length)}>
      <p>
        <strong>{words.selected(articles.length)}</strong>
      </p>
      {canAll("assign") && (
        <Choice
          label={words.assign}
          value=""
          disabled={isBusy}
          onText={(author) =>
            void each((article) =>
              api.post<SavedArticle>(
                `/articles/${article.id}/assign`,
                { author: author === "-" ? null : author },
                { ifMatch: article.version },
              ),
            )
          }
          options={[
            ["", "–"],
            ["-", words.nobody],
            ...authors.value.map(({ slug, name }) => [slug, name] as const),
          ]}
        />
      )}
      {canAll("revise") && (
        <>
          <Choice
            label={words.move}
            value=""
            disabled={isBusy}
            onText={(section) => void patch(() => ({ section }))}
            options={[["", "–"], ...sections.value.map(({ slug, name }) => [slug, name] as const)]}
          />
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (tag.trim() === "") return;
              void patch(({ tags: own }) => ({ tags: [...own, tag.trim()] })).then(readDirectory);
            }}
          >
            <TextField
              label={words.addTag}
              value={tag}
              onText={setTag}
              list="all-tags"
              disabled={isBusy}
            />
            <datalist id="all-tags">
              {tags.value.map(({ slug, name }) => (
                <option key={slug} value={name} />
              ))}
            </datalist>
            <Button type="submit" disabled={tag.trim() === ""} busy={isBusy}>
              {say().desk.add}
            </Button>
          </form>
          <Button weight="grave" busy={isBusy} onClick={() => setBinning(true)}>
            {words.bin}
          </Button>
        </>
      )}
      {failed.length > 0 && (
        <div class="trouble" role="alert">
          <p>{words.failed(failed.length)}</p>
          <ul>
            {failed.map(({ article, trouble }) => (
              <li key={article.id}>
                {article.title}: {troubleLine(trouble)}
              </li>
            ))}
          </ul>
        </div>
      )}
      {isBinning && (
        <Dialog title={words.bin} onClose={() => setBinning(false)}>
          <p>{words.binThese(articles.length)}</p>
          <footer>
            <Button onClick={() => setBinning(false)}>{say().desk.cancel}</Button>
            <Button
              weight="grave"
              busy={isBusy}
              onClick={() =>
                void each(({ id, version }) =>
                  api.delete<SavedArticle>(`/articles/${id}`, { ifMatch: version }),
                )
              }
            >
              {words.bin}
            </Button>
          </footer>
        </Dialog>
      )}
    </section>
  );
}
