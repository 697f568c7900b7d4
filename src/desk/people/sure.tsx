import { useState } from "preact/hooks";
import type { Answer, Trouble } from "../api.ts";
import { Button } from "../parts/button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { TroubleNote } from "../parts/states.tsx";
import { say } from "../words/words.ts";

/** Says what comes of an act, and asks whether it is meant; what fails is said there. */
export function Sure<T>({
  title,
  consequences,
  act,
  weight = "grave",
  deed,
  onDone,
  onClose,
}: {
  title: string;
  consequences: readonly string[];
  act: string;
  weight?: "grave" | "first";
  deed: () => Promise<Answer<T>>;
  onDone: (value: T) => void;
  onClose: () => void;
}) {
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [isBusy, setBusy] = useState(false);
  const go = async () => {
    setBusy(true);
    setTrouble(null);
    const answer = await deed();
    setBusy(false);
    if (answer.ok) onDone(answer.value);
    else setTrouble(answer.trouble);
  };
  return (
    <Dialog title={title} onClose={onClose}>
      {consequences.map((each) => (
        <p key={each}>{each}</p>
      ))}
      {trouble && <TroubleNote trouble={trouble} />}
      <footer>
        <Button onClick={onClose}>{say().desk.cancel}</Button>
        <Button weight={weight} busy={isBusy} onClick={() => void go()}>
          {act}
        </Button>
      </footer>
    </Dialog>
  );
}
