import { useState } from "preact/hooks";
import { api, type Trouble, type Wrong } from "../api.ts";
import { Button } from "../parts/button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { bare, FormTrouble, useFirstFault } from "../parts/faults.tsx";
import { Leaving, useLeaving } from "../parts/leaving.tsx";
import { tell } from "../parts/told.tsx";
import { readDirectory } from "../session.ts";
import { say } from "../words/words.ts";
import { changesOf, tidied, type Entry, type Filed } from "./filed.ts";
import { Merge } from "./merge.tsx";
import { Removal } from "./removal.tsx";

interface Props<E extends Entry> {
  filed: Filed<E>;
  /** Null for a new one. */
  entry: E | null;
  others: readonly E[];
  onClose: () => void;
}

/** An entry: to change, to merge with another, to delete. */
export function EntryDialog<E extends Entry>({ filed, entry, others, onClose }: Props<E>) {
  const [step, setStep] = useState<"fields" | "merge" | "remove">("fields");
  const back = () => setStep("fields");
  if (entry && step === "merge")
    return <Merge {...{ filed, entry, others, onClose }} onBack={back} />;
  if (entry && step === "remove")
    return (
      <Removal
        {...{ filed, entry, onClose }}
        onBack={back}
        onMerge={filed.kind === "section" ? undefined : () => setStep("merge")}
      />
    );
  return <EntryForm {...{ filed, entry, onClose }} onStep={setStep} />;
}

function EntryForm<E extends Entry>({
  filed,
  entry,
  onClose,
  onStep,
}: Omit<Props<E>, "others"> & { onStep: (step: "merge" | "remove") => void }) {
  const words = say();
  const own = words.filing[filed.kind];
  const { draft, change, isChanged, isBusy, trouble, save } = useEntry(filed, entry, onClose);
  const { leave, isAsking, stay } = useLeaving(isChanged, onClose);
  const form = useFirstFault(trouble);
  return (
    <Dialog title={entry ? own.edit(entry.name) : own.make} onClose={leave}>
      <form
        ref={form}
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {filed.fields({ draft, change, wrong: wrongOf(trouble, entry === null, own.taken) })}
        <FormTrouble trouble={trouble} beside={Object.keys(draft)} />
        {isAsking && <Leaving onStay={stay} onClose={onClose} />}
        <footer class="actions ends">
          {entry && (
            <span class="actions">
              <Button weight="quiet" onClick={() => onStep("remove")} disabled={isChanged}>
                {words.filing.removeIt}
              </Button>
              {filed.kind !== "section" && (
                <Button weight="quiet" onClick={() => onStep("merge")} disabled={isChanged}>
                  {words.filing.mergeIt}
                </Button>
              )}
            </span>
          )}
          <span class="actions">
            <Button onClick={leave}>{words.desk.cancel}</Button>
            <Button weight="first" type="submit" busy={isBusy}>
              {entry ? words.desk.save : own.make}
            </Button>
          </span>
        </footer>
      </form>
    </Dialog>
  );
}

/** What is typed of an entry, and how it is saved. */
function useEntry<E extends Entry>(filed: Filed<E>, entry: E | null, onDone: () => void) {
  const [before] = useState<E>(() => entry ?? filed.blank());
  const [draft, setDraft] = useState<E>(before);
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const changes = changesOf(before, draft);
  const isChanged = Object.keys(changes).length > 0;
  const save = async () => {
    if (entry && !isChanged) return onDone();
    setBusy(true);
    setTrouble(null);
    const sent = tidied(draft);
    // What is wrong is told by its place in what was sent.
    setDraft({ ...draft, ...("links" in sent ? { links: sent.links } : {}) });
    const answer = entry
      ? await api.patch<E>(`${filed.path}/${entry.slug}`, changes)
      : await api.post<E>(filed.path, sent);
    setBusy(false);
    if (!answer.ok) return setTrouble(answer.trouble);
    tell(say().filing.savedAs(answer.value.name));
    onDone();
    await readDirectory();
  };
  const change = (fields: Partial<E>) => setDraft((current) => ({ ...current, ...fields }));
  return { draft, change, isChanged, isBusy, trouble, save };
}

/** What is wrong, in words for people: of a new entry, a conflict can only be one of its slug. */
function wrongOf(trouble: Trouble | null, isNew: boolean, taken: string): Wrong[] {
  if (isNew && trouble?.status === 409) return [{ path: "slug", message: taken }];
  return bare(trouble?.wrong ?? []);
}
