import { useState } from "preact/hooks";
import { api, type Answer } from "../api.ts";
import type { Difference, Rendered } from "../contract.ts";
import { useLoaded } from "../loading.ts";
import { listOf } from "../moments.ts";
import { Button } from "../parts/button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { Check } from "../parts/field.tsx";
import { Read, troubleLine } from "../parts/states.tsx";
import { tell } from "../parts/told.tsx";
import { authorNames, sectionNames, tagNames } from "../session.ts";
import { say } from "../words/words.ts";
import { nameOf } from "./differences.tsx";
import type { Asked } from "./dialogs.tsx";
import { PATHS, type Editing } from "./editing.ts";

/** What is known before something is published. */
interface Outlook {
  /** What keeps it from being published. */
  issues: Rendered["issues"];
  /** Which fields readers will see changed; null where they see nothing yet. */
  changed: string[] | null;
}

/** Publishes, after it has said what that does. */
export function PublishDialog({ editing, onClose }: Asked) {
  const words = say().story;
  const isOut = editing.article?.status === "published";
  const [isMaterial, setMaterial] = useState(true);
  const { loaded, reload } = useLoaded(() => outlookOf(editing), []);
  const [isTried, setTried] = useState(false);
  const publish = async () => {
    setTried(true);
    const body = isOut && !isMaterial ? { material: false } : {};
    const saved = await editing.act("/publish", body);
    if (!saved) {
      // Somebody else may have changed it: what would be published is looked at again.
      void reload();
      return;
    }
    tell(saved.edge === "live" ? words.isLive : words.done.publish);
    onClose();
  };
  const isReady = loaded.state === "here" && loaded.value.issues.length === 0;
  return (
    <Dialog title={isOut ? words.actions.publishChanges : words.actions.publish} onClose={onClose}>
      <Read loaded={loaded} onRetry={() => void reload()}>
        {({ issues, changed }) =>
          issues.length > 0 ? (
            <Issues issues={issues} />
          ) : (
            <>
              <Consequences editing={editing} changed={changed} />
              {isOut && (
                <Check
                  label={words.isMaterialUpdate}
                  hint={words.isMaterialUpdateHint}
                  checked={isMaterial}
                  onCheck={setMaterial}
                />
              )}
            </>
          )
        }
      </Read>
      {isTried && editing.trouble && (
        <p class="fault" role="alert">
          {troubleLine(editing.trouble)}
        </p>
      )}
      <footer>
        <Button onClick={onClose}>{say().desk.cancel}</Button>
        <Button
          weight="first"
          busy={editing.isBusy}
          disabled={!isReady}
          onClick={() => void publish()}
        >
          {words.verbs.publish}
        </Button>
      </footer>
    </Dialog>
  );
}

/** What keeps a story from being published, by the names of its fields. */
function Issues({ issues }: { issues: Rendered["issues"] }) {
  return (
    <div class="trouble" role="alert">
      <p>{say().story.notYet}</p>
      <ul>
        {issues.map(({ path, message }) => (
          <li key={path + message}>
            <strong>{nameOf(path.split(".").at(-1) ?? path)}</strong> {message}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What readers will find where, and what of it is new to them. */
function Consequences({
  editing: { article, draft, form },
  changed,
}: {
  editing: Editing;
  changed: string[] | null;
}) {
  const words = say().story;
  if (!article) return null;
  const will = new URL(article.url).pathname;
  const next = form === "page" ? `/${draft.slug}` : `/${draft.section}/${draft.slug}`;
  const isMoved = article.publishedRevision !== null && will !== next;
  const named = (slugs: string[], names: ReadonlyMap<string, string>) =>
    listOf(slugs.map((slug) => names.get(slug) ?? slug));
  return (
    <ul class="consequences">
      <li>{words.will.stand(location.host + next)}</li>
      {isMoved && <li>{words.willLead(will, next)}</li>}
      {article.publishedRevision === null && form === "story" && (
        <>
          <li>{words.will.list(sectionNames.value.get(draft.section) ?? draft.section)}</li>
          {draft.authors.length > 0 && (
            <li>{words.will.authors(named(draft.authors, authorNames.value))}</li>
          )}
          {draft.tags.length > 0 && <li>{words.will.tags(named(draft.tags, tagNames.value))}</li>}
          <li>{words.will.feeds}</li>
        </>
      )}
      {changed && changed.length > 0 && <li>{words.will.change(listOf(changed.map(nameOf)))}</li>}
      {changed?.length === 0 && <li>{words.will.nothing}</li>}
      {article.status === "scheduled" && <li>{words.will.atOnce}</li>}
      {article.review && <li>{words.will.approve}</li>}
      <li>{words.will.everywhere}</li>
    </ul>
  );
}

/** Saves what is typed, and asks what would happen. */
async function outlookOf(editing: Editing): Promise<Answer<Outlook>> {
  const saved = await editing.save();
  if (!saved.ok) return saved;
  const [rendered, difference] = await Promise.all([
    api.post<Rendered>("/preview?format=json", { article: saved.value.id }),
    saved.value.publishedRevision === null
      ? null
      : api.get<Difference>(
          `${PATHS[editing.form]}/${saved.value.id}/revisions/published..head/diff`,
        ),
  ]);
  if (!rendered.ok) return rendered;
  if (difference && !difference.ok) return difference;
  const changed = difference ? difference.value.fields.map(({ field }) => field) : null;
  return { ok: true, value: { issues: rendered.value.issues, changed }, etag: null };
}
