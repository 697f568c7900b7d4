import { useId, useState } from "preact/hooks";
import type { Trouble } from "../api.ts";
import { Button } from "../parts/button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { Check, TextArea } from "../parts/field.tsx";
import { Leaving, useLeaving } from "../parts/leaving.tsx";
import { TroubleNote } from "../parts/states.tsx";
import { tell } from "../parts/told.tsx";
import { say } from "../words/words.ts";
import { BULK, checkRedirects, writeRedirects, type Outcome } from "./check.ts";
import { Outcomes } from "./outcomes.tsx";
import { readTable, type Row } from "./table.ts";

/** Many redirects from a table: read, checked, and only then written. */
export function TableDialog({ onDone, onClose }: { onDone: () => void; onClose: () => void }) {
  const words = say();
  const own = words.filing.redirects;
  const [text, setText] = useState("");
  const { rows, outcomes, isBusy, trouble, written, replace, setReplace, check, write, reset } =
    useTable(text, onDone);
  const { leave, isAsking, stay } = useLeaving(text !== "", onClose);
  const counts = countOf(outcomes ?? []);
  const isReady = outcomes !== null && counts.wrong === 0 && counts.unknown === 0;
  const due = counts.new + (replace ? counts.replaces : 0);
  return (
    <Dialog title={own.tableTitle} onClose={leave} wide>
      <p class="quiet">{own.tableIntro}</p>
      <Source
        text={text}
        onText={(next) => {
          setText(next);
          reset();
        }}
      />
      {text.trim() !== "" && rows.length === 0 && <p class="fault">{own.noRows}</p>}
      {outcomes && (
        <>
          <p class="note" role="status">
            {isReady ? own.summary(counts.new, counts.same) : own.wrongRows(counts.wrong)}
          </p>
          {isReady && counts.replaces > 0 && (
            <Check
              label={own.replaceTable(counts.replaces)}
              checked={replace}
              onCheck={setReplace}
            />
          )}
          <Outcomes {...{ rows, outcomes }} />
        </>
      )}
      {trouble && <TroubleNote trouble={trouble} />}
      {written > 0 && <p class="note">{own.writtenBefore(written)}</p>}
      {isAsking && <Leaving onStay={stay} onClose={onClose} />}
      <footer>
        <Button onClick={leave}>{words.desk.cancel}</Button>
        {isReady ? (
          <Button weight="first" busy={isBusy} disabled={due === 0} onClick={() => void write()}>
            {own.writeTable(due)}
          </Button>
        ) : (
          <Button
            weight="first"
            busy={isBusy}
            disabled={rows.length === 0}
            onClick={() => void check()}
          >
            {own.checkTable(rows.length)}
          </Button>
        )}
      </footer>
    </Dialog>
  );
}

function countOf(outcomes: readonly Outcome[]): Record<Outcome["state"], number> {
  const counts = { new: 0, same: 0, replaces: 0, wrong: 0, unknown: 0 };
  for (const { state } of outcomes) counts[state] += 1;
  return counts;
}

/** The rows of a table, what would become of them, and what becomes of them. */
function useTable(text: string, onDone: () => void) {
  const rows = readTable(text);
  const [outcomes, setOutcomes] = useState<Outcome[] | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [written, setWritten] = useState(0);
  const [replace, setReplace] = useState(false);
  const reset = () => {
    setOutcomes(null);
    setTrouble(null);
    setReplace(false);
  };
  const check = async () => {
    setBusy(true);
    reset();
    const checked = await checkRedirects(rows.map(sentOf));
    setBusy(false);
    if (checked.ok) setOutcomes(checked.outcomes);
    else setTrouble(checked.trouble);
  };
  const write = async () => {
    setBusy(true);
    setTrouble(null);
    const due = rows.filter((_, index) => isDue(outcomes?.[index], replace)).map(sentOf);
    for (let start = 0; start < due.length; start += BULK) {
      // A part goes up whole or not at all, and the next one may lead to what it made.
      // eslint-disable-next-line no-await-in-loop
      const answer = await writeRedirects(due.slice(start, start + BULK), replace);
      if (!answer.ok) {
        setBusy(false);
        setWritten(start);
        return setTrouble(answer.trouble);
      }
    }
    setBusy(false);
    tell(say().filing.redirects.written(due.length));
    onDone();
  };
  return { rows, outcomes, isBusy, trouble, written, replace, setReplace, check, write, reset };
}

function isDue(outcome: Outcome | undefined, replace: boolean): boolean {
  return outcome?.state === "new" || (replace && outcome?.state === "replaces");
}

function sentOf({ from, kind, to }: Row) {
  return { from, kind, to };
}

/** Where the rows come from: pasted, dropped, or read from a file. */
function Source({ text, onText }: { text: string; onText: (text: string) => void }) {
  const own = say().filing.redirects;
  const id = useId();
  const [isFaulty, setFaulty] = useState(false);
  const read = async (file: File | undefined) => {
    if (!file) return;
    try {
      setFaulty(false);
      onText(new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer()));
    } catch {
      setFaulty(true);
    }
  };
  return (
    <div
      class="table-source"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        const file = event.dataTransfer?.files[0];
        if (!file) return;
        event.preventDefault();
        void read(file);
      }}
    >
      <TextArea
        label={own.paste}
        placeholder={own.pasteHint}
        value={text}
        rows={6}
        dir="ltr"
        spellcheck={false}
        error={isFaulty ? own.notRead : undefined}
        onText={onText}
      />
      <p>
        <label class="button plain file" for={id}>
          {own.chooseFile}
          <input
            id={id}
            class="unseen"
            type="file"
            accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
            onChange={({ currentTarget }) => {
              void read(currentTarget.files?.[0]);
              // The same file can be chosen anew when it has been changed.
              currentTarget.value = "";
            }}
          />
        </label>
      </p>
    </div>
  );
}
