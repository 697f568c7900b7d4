import { useState } from "preact/hooks";
import { api, listAll } from "../api.ts";
import type { Difference, SavedRevision } from "../contract.ts";
import { useLoaded } from "../loading.ts";
import { formatAgo, formatMoment } from "../moments.ts";
import { Button } from "../parts/button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { Read } from "../parts/states.tsx";
import { tell } from "../parts/told.tsx";
import { say } from "../words/words.ts";
import { Differences } from "./differences.tsx";
import { PATHS, type Editing } from "./editing.ts";

/** Every revision: who, when, why, what it is to the story now; each can be compared, and brought back. */
export function History({ editing, isFixed }: { editing: Editing; isFixed: boolean }) {
  const words = say().story.history;
  const { article, form } = editing;
  const path = `${PATHS[form]}/${article?.id}/revisions`;
  const { loaded, reload } = useLoaded(
    () => listAll<SavedRevision>(path),
    [path, article?.version],
  );
  const [shown, setShown] = useState<SavedRevision | null>(null);
  return (
    <Read loaded={loaded} onRetry={() => void reload()}>
      {(revisions) => (
        <>
          <ol class="history">
            {revisions.map((revision) => (
              <li key={revision.revision}>
                <button type="button" class="link" onClick={() => setShown(revision)}>
                  <time dateTime={revision.savedAt} title={formatMoment(revision.savedAt)}>
                    {formatAgo(revision.savedAt)}
                  </time>
                  , {revision.savedBy.name}
                </button>
                <p class="hint">
                  {say().stories.words(revision.words)}
                  {revision.marks.map((mark) => (
                    <span key={mark} class="mark">
                      {words.marks[mark]}
                    </span>
                  ))}
                </p>
                {revision.reason && <p dir="auto">{revision.reason}</p>}
              </li>
            ))}
          </ol>
          {shown && (
            <Comparison
              path={path}
              revision={shown}
              isFixed={isFixed}
              editing={editing}
              onClose={() => setShown(null)}
            />
          )}
        </>
      )}
    </Read>
  );
}

/** A revision against the one before it, or against what is edited now. */
function Comparison({
  path,
  revision,
  isFixed,
  editing,
  onClose,
}: {
  path: string;
  revision: SavedRevision;
  isFixed: boolean;
  editing: Editing;
  onClose: () => void;
}) {
  const words = say().story.history;
  const isHead = revision.marks.includes("head");
  const isFirst = revision.revision === 1;
  const [against, setAgainst] = useState<"before" | "head">(isHead || !isFirst ? "before" : "head");
  const span =
    against === "before"
      ? `${Math.max(1, revision.revision - 1)}..${revision.revision}`
      : `${revision.revision}..head`;
  const { loaded, reload } = useLoaded(() => api.get<Difference>(`${path}/${span}/diff`), [span]);
  const restore = async () => {
    if (await editing.act(`/revisions/${revision.revision}/restore`)) {
      tell(words.restored);
      onClose();
    }
  };
  return (
    <Dialog
      title={words.of(formatMoment(revision.savedAt), revision.savedBy.name)}
      wide
      onClose={onClose}
    >
      <div class="actions">
        {!isFirst && (
          <Button pressed={against === "before"} onClick={() => setAgainst("before")}>
            {words.againstBefore}
          </Button>
        )}
        {!isHead && (
          <Button pressed={against === "head"} onClick={() => setAgainst("head")}>
            {words.againstNow}
          </Button>
        )}
      </div>
      <Read loaded={loaded} onRetry={() => void reload()}>
        {(difference) => <Differences difference={difference} />}
      </Read>
      <footer>
        {!isHead && !isFixed && (
          <Button weight="first" busy={editing.isBusy} onClick={() => void restore()}>
            {words.restore}
          </Button>
        )}
        <Button onClick={onClose}>{say().desk.close}</Button>
      </footer>
    </Dialog>
  );
}
