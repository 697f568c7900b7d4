import { useState } from "preact/hooks";
import { api, type Trouble } from "../api.ts";
import type { Picture } from "../contract.ts";
import { Button } from "../parts/button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { Check } from "../parts/field.tsx";
import { Read, troubleText } from "../parts/states.tsx";
import { tell } from "../parts/told.tsx";
import { say } from "../words/words.ts";
import { UseList, useUses } from "./uses.tsx";

/** Takes a picture down, once it is said what shows it. */
export function TakeDown({
  picture: { hash },
  onTaken,
  onClose,
}: {
  picture: Picture;
  onTaken: () => void;
  onClose: () => void;
}) {
  const words = say().pictures.one;
  const { loaded, reload } = useUses(hash);
  const [isMeant, setMeant] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const isUsed = loaded.state !== "here" || loaded.value.items.length > 0;
  const take = async () => {
    setBusy(true);
    const answer = await api.delete(`/media/${hash}${isUsed ? "?force=true" : ""}`);
    setBusy(false);
    if (!answer.ok) {
      setTrouble(answer.trouble);
      // Somebody may have put it into a story meanwhile.
      void reload();
      return;
    }
    tell(words.taken);
    onClose();
    onTaken();
  };
  return (
    <Dialog title={words.takeTitle} onClose={onClose}>
      <p>{words.takeIntro}</p>
      <Read loaded={loaded} onRetry={() => void reload()}>
        {(uses) =>
          uses.items.length === 0 ? (
            <p>{words.takeUnused}</p>
          ) : (
            <>
              <p>{words.takeUsed(uses.items.length)}</p>
              <UseList uses={uses} />
              <Check label={words.takeCheck} checked={isMeant} onCheck={setMeant} />
            </>
          )
        }
      </Read>
      {trouble && (
        <p class="fault" role="alert">
          {troubleText(trouble)}
        </p>
      )}
      <footer>
        <Button onClick={onClose}>{say().desk.cancel}</Button>
        <Button
          weight="grave"
          busy={isBusy}
          disabled={loaded.state !== "here" || (isUsed && !isMeant)}
          onClick={() => void take()}
        >
          {words.takeVerb}
        </Button>
      </footer>
    </Dialog>
  );
}
