import { useId, useState } from "preact/hooks";
import { api, type Trouble } from "../api.ts";
import type { Redirect } from "../contract.ts";
import { Button } from "../parts/button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { bare, FormTrouble, useFirstFault } from "../parts/faults.tsx";
import { errorOf, TextField } from "../parts/field.tsx";
import { Leaving, useLeaving } from "../parts/leaving.tsx";
import { tell } from "../parts/told.tsx";
import { say } from "../words/words.ts";
import { checkRedirects, writeRedirects, type Kind, type Outcome, type Sent } from "./check.ts";
import { pathOf } from "./table.ts";

interface Props {
  /** Null for a new one. */
  redirect: Redirect | null;
  onDone: () => void;
  onRemove: () => void;
  onClose: () => void;
}

/** One redirect. A new one is checked first: who makes it reads what would happen. */
export function RedirectForm({ redirect, onDone, onRemove, onClose }: Props) {
  const words = say();
  const own = words.filing.redirects;
  const { draft, change, isChanged, isBusy, trouble, outcome, act } = useRedirect(redirect, onDone);
  const { leave, isAsking, stay } = useLeaving(isChanged, onClose);
  const form = useFirstFault(trouble);
  const wrong = bare(trouble?.wrong ?? []);
  return (
    <Dialog title={redirect ? own.edit(redirect.from) : own.add} onClose={leave}>
      <form
        ref={form}
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void act();
        }}
      >
        <Kinds kind={draft.kind} onKind={(kind) => change({ kind })} />
        <TextField
          label={own.from}
          hint={own.fromHint}
          value={draft.from}
          dir="ltr"
          spellcheck={false}
          disabled={redirect !== null}
          error={errorOf(wrong, "from")}
          onText={(from) => change({ from })}
        />
        {draft.kind !== "gone" && (
          <TextField
            label={own.to}
            hint={wrong.some(({ message }) => message.includes("→")) ? own.circle : own.toHint}
            value={draft.to ?? ""}
            dir="ltr"
            spellcheck={false}
            error={errorOf(wrong, "to")}
            onText={(to) => change({ to })}
          />
        )}
        <FormTrouble trouble={trouble} beside={["from", "to"]} />
        {outcome && <Foreseen outcome={outcome} sent={sentOf(draft)} />}
        {isAsking && <Leaving onStay={stay} onClose={onClose} />}
        <footer class="actions ends">
          {redirect && (
            <Button weight="quiet" disabled={isChanged} onClick={onRemove}>
              {words.filing.removeIt}
            </Button>
          )}
          <span class="actions">
            <Button onClick={leave}>{words.desk.cancel}</Button>
            {outcome?.state !== "same" && (
              <Button weight="first" type="submit" busy={isBusy}>
                {nextOf(outcome, redirect !== null)}
              </Button>
            )}
          </span>
        </footer>
      </form>
    </Dialog>
  );
}

/** What the button does next. */
function nextOf(outcome: Outcome | null, isOld: boolean): string {
  const words = say();
  if (isOld) return words.desk.save;
  if (!outcome) return words.filing.redirects.check;
  return outcome.state === "replaces"
    ? words.filing.redirects.replace
    : words.filing.redirects.write;
}

/** What is typed of a redirect, what would come of it, and what is done next. */
function useRedirect(redirect: Redirect | null, onDone: () => void) {
  const [draft, setDraft] = useState<Sent>(() => redirect ?? { from: "", kind: "exact", to: "" });
  const [before] = useState(draft);
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const change = (fields: Partial<Sent>) => {
    setDraft({ ...draft, ...fields });
    setOutcome(null);
    setTrouble(null);
  };
  const write = async () => {
    const { from, kind, to } = sentOf(draft);
    const answer = redirect
      ? await api.put(`/redirects/${redirect.id}`, { kind, to })
      : await writeRedirects([{ from, kind, to }], outcome?.state === "replaces");
    if (!answer.ok) return setTrouble(answer.trouble);
    tell(redirect ? say().filing.redirects.saved(from) : say().filing.redirects.made(from));
    onDone();
  };
  const check = async () => {
    const checked = await checkRedirects([sentOf(draft)]);
    if (!checked.ok) return setTrouble(checked.trouble);
    const [found] = checked.outcomes;
    if (found?.state === "wrong") setTrouble(refused(found.wrong));
    else setOutcome(found ?? null);
  };
  const act = async () => {
    setBusy(true);
    setTrouble(null);
    await (redirect || outcome ? write() : check());
    setBusy(false);
  };
  const isChanged = JSON.stringify(draft) !== JSON.stringify(before);
  return { draft, change, isChanged, isBusy, trouble, outcome, act };
}

function refused(wrong: Trouble["wrong"]): Trouble {
  return { kind: "invalid", status: 422, detail: "", wrong };
}

function sentOf({ from, kind, to }: Sent): Sent {
  return { from: pathOf(from), kind, to: kind === "gone" ? null : (to ?? "").trim() || null };
}

function Kinds({ kind, onKind }: { kind: Kind; onKind: (kind: Kind) => void }) {
  const own = say().filing.redirects;
  const id = useId();
  const kinds = [
    ["exact", own.exact, own.exactHint],
    ["prefix", own.prefix, own.prefixHint],
    ["gone", own.gone, own.goneHint],
  ] as const;
  return (
    <fieldset class="picks">
      <legend>{own.kind}</legend>
      {kinds.map(([name, label, hint]) => (
        <div key={name} class="check">
          <input
            type="radio"
            id={`${id}-${name}`}
            name={id}
            checked={kind === name}
            aria-describedby={`${id}-${name}-hint`}
            onChange={() => onKind(name)}
          />
          <label for={`${id}-${name}`}>{label}</label>
          <small class="hint" id={`${id}-${name}-hint`}>
            {hint}
          </small>
        </div>
      ))}
    </fieldset>
  );
}

function Foreseen({ outcome, sent: { from, kind, to } }: { outcome: Outcome; sent: Sent }) {
  const own = say().filing.redirects;
  const ready = {
    exact: own.ready(from, to ?? ""),
    prefix: own.readyPrefix(from, to ?? ""),
    gone: own.readyGone(from),
  }[kind];
  const said = { new: ready, same: own.stands, replaces: own.inTheWay, unknown: "", wrong: "" };
  return (
    <p class="note" role="status">
      {said[outcome.state]}
    </p>
  );
}
