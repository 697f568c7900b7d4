import { useId, useState } from "preact/hooks";
import { api, type Trouble } from "../api.ts";
import { Button } from "../parts/button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { TextField } from "../parts/field.tsx";
import { TroubleNote } from "../parts/states.tsx";
import { tell } from "../parts/told.tsx";
import { readDirectory } from "../session.ts";
import { say } from "../words/words.ts";
import { isFound, type Entry, type Filed } from "./filed.ts";

/** How many are offered at once. */
const OFFERED = 8;

interface Props<E extends Entry> {
  filed: Filed<E>;
  entry: E;
  others: readonly E[];
  onBack: () => void;
  onClose: () => void;
}

/** Two are one: which of them stays, and what becomes of the other. */
export function Merge<E extends Entry>({ filed, entry, others, onBack, onClose }: Props<E>) {
  const words = say();
  const own = words.filing[filed.kind === "author" ? "author" : "tag"];
  const [into, setInto] = useState<E | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const merge = async () => {
    if (!into) return;
    setBusy(true);
    const answer = await api.post(`${filed.path}/${entry.slug}/merge`, { into: into.slug });
    setBusy(false);
    if (!answer.ok) return setTrouble(answer.trouble);
    tell(words.filing.merged(entry.name, into.name));
    onClose();
    await readDirectory();
  };
  return (
    <Dialog title={words.filing.mergeThis(entry.name)} onClose={onClose}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void merge();
        }}
      >
        <Pick entries={others.filter(({ slug }) => slug !== entry.slug)} {...{ into, setInto }} />
        {into && <p class="note">{own.mergeMeans(entry.name, into.name)}</p>}
        {trouble && <TroubleNote trouble={trouble} />}
        <footer class="actions ends">
          <Button onClick={onBack}>{words.desk.back}</Button>
          <Button weight="grave" type="submit" busy={isBusy} disabled={!into}>
            {into ? words.filing.mergeInto(into.name) : words.filing.mergeIt}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

function Pick<E extends Entry>({
  entries,
  into,
  setInto,
}: {
  entries: readonly E[];
  into: E | null;
  setInto: (entry: E | null) => void;
}) {
  const words = say().filing;
  const group = useId();
  const [text, setText] = useState("");
  const found = entries
    .filter((entry) => isFound(entry, text))
    .toSorted((a, b) => a.name.localeCompare(b.name));
  return (
    <>
      {entries.length > OFFERED && (
        <TextField label={words.findOther} type="search" value={text} onText={setText} />
      )}
      <fieldset class="picks">
        <legend>{words.stays}</legend>
        {found.slice(0, OFFERED).map((entry) => (
          <label key={entry.slug} class="check">
            <input
              type="radio"
              name={group}
              checked={into?.slug === entry.slug}
              onChange={() => setInto(entry)}
            />
            <span>
              {entry.name} <code class="quiet">{entry.slug}</code>
            </span>
          </label>
        ))}
        {found.length === 0 && (
          <p class="quiet">{entries.length === 0 ? words.noOther : say().stories.noneFound}</p>
        )}
        {found.length > OFFERED && <p class="quiet">{words.moreFound(found.length - OFFERED)}</p>}
      </fieldset>
    </>
  );
}
