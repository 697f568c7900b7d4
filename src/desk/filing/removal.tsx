import { useState } from "preact/hooks";
import { api, type Trouble } from "../api.ts";
import { Button } from "../parts/button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { TroubleNote } from "../parts/states.tsx";
import { tell } from "../parts/told.tsx";
import { hrefOf } from "../route.ts";
import { readDirectory } from "../session.ts";
import { say } from "../words/words.ts";
import type { Entry, Filed } from "./filed.ts";

interface Props<E extends Entry> {
  filed: Filed<E>;
  entry: E;
  onBack: () => void;
  onMerge: (() => void) | undefined;
  onClose: () => void;
}

/** Deletes what nothing uses; of what is in use it says what can be done instead. */
export function Removal<E extends Entry>({ filed, entry, onBack, onMerge, onClose }: Props<E>) {
  const words = say();
  const own = words.filing[filed.kind];
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const isUsed = trouble?.status === 409;
  const remove = async () => {
    setBusy(true);
    const answer = await api.delete(`${filed.path}/${entry.slug}`);
    setBusy(false);
    if (!answer.ok) return setTrouble(answer.trouble);
    tell(words.filing.removed(entry.name));
    onClose();
    await readDirectory();
  };
  return (
    <Dialog title={words.filing.removeThis(entry.name)} onClose={onClose}>
      {isUsed ? (
        <div class="note" role="alert">
          <p>{own.inUse(entry.name)}</p>
          <p class="quiet">{trouble.detail}</p>
        </div>
      ) : (
        <p>{own.removal}</p>
      )}
      {trouble && !isUsed && <TroubleNote trouble={trouble} />}
      <footer>
        <Button onClick={onBack}>{words.desk.back}</Button>
        {isUsed && (
          <a class="button plain" href={hrefOf("stories", { [filed.kind]: entry.slug })}>
            {words.filing.seeStories}
          </a>
        )}
        {isUsed && onMerge && (
          <Button weight="first" onClick={onMerge}>
            {words.filing.mergeIt}
          </Button>
        )}
        {!isUsed && (
          <Button weight="grave" busy={isBusy} onClick={() => void remove()}>
            {words.desk.remove}
          </Button>
        )}
      </footer>
    </Dialog>
  );
}
