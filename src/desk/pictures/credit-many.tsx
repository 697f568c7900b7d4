import { useState } from "preact/hooks";
import type { Trouble } from "../api.ts";
import type { Picture } from "../contract.ts";
import { Button } from "../parts/button.tsx";
import { TextField } from "../parts/field.tsx";
import { troubleLine } from "../parts/states.tsx";
import { tell } from "../parts/told.tsx";
import { say } from "../words/words.ts";
import { writeNotes } from "./library.ts";

/** Sets one credit for all of the chosen pictures. */
export function CreditMany({
  pictures,
  onDone,
  onNone,
}: {
  pictures: readonly Picture[];
  /** Told of each that was changed, as it is now. */
  onDone: (changed: readonly Picture[]) => void;
  onNone: () => void;
}) {
  const words = say().pictures;
  const [credit, setCredit] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [failed, setFailed] = useState<{ picture: Picture; trouble: Trouble }[]>([]);
  const set = async () => {
    setBusy(true);
    const changed: Picture[] = [];
    const troubles: typeof failed = [];
    for (const picture of pictures) {
      // eslint-disable-next-line no-await-in-loop -- One after the other: each is a write of its own.
      const answer = await writeNotes(picture.hash, { credit: credit.trim() });
      if (answer.ok) changed.push(answer.value);
      else troubles.push({ picture, trouble: answer.trouble });
    }
    setBusy(false);
    setFailed(troubles);
    if (changed.length > 0) tell(words.credited(changed.length));
    onDone(changed);
  };
  return (
    <section class="bulk" aria-label={words.selected(pictures.length)}>
      <p role="status">
        <strong>{words.selected(pictures.length)}</strong>
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (credit.trim() !== "") void set();
        }}
      >
        <TextField
          label={words.creditThese}
          maxLength={200}
          value={credit}
          disabled={isBusy}
          onText={setCredit}
        />
        <Button type="submit" busy={isBusy} disabled={credit.trim() === ""}>
          {words.setCredit}
        </Button>
      </form>
      <Button weight="quiet" disabled={isBusy} onClick={onNone}>
        {words.unselect}
      </Button>
      {failed.length > 0 && (
        <div class="trouble" role="alert">
          <p>{words.failed(failed.length)}</p>
          <ul>
            {failed.map(({ picture, trouble }) => (
              <li key={picture.hash}>
                {picture.name}: {troubleLine(trouble)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
