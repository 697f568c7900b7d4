import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../parts/button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { errorOf, TextArea } from "../parts/field.tsx";
import { troubleLine } from "../parts/states.tsx";
import { tell } from "../parts/told.tsx";
import { say } from "../words/words.ts";
import type { Editing } from "./editing.ts";

/** What every dialogue about a story gets. */
export interface Asked {
  editing: Editing;
  onClose: () => void;
}

/** A dialogue that does one thing to the story: it says what that means first, and stays open when it is refused. */
function Deed({
  editing,
  onClose,
  title,
  verb,
  grave = false,
  disabled = false,
  done,
  run,
  children,
}: Asked & {
  title: string;
  verb: string;
  grave?: boolean;
  disabled?: boolean;
  done: string;
  run: () => Promise<unknown>;
  children: ComponentChildren;
}) {
  const { trouble, isBusy } = editing;
  const [isTried, setTried] = useState(false);
  const go = async () => {
    setTried(true);
    if (!(await run())) return;
    tell(done);
    onClose();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      {isTried && trouble && (
        <p class="fault" role="alert">
          {troubleLine(trouble)}
        </p>
      )}
      <footer>
        <Button onClick={onClose}>{say().desk.cancel}</Button>
        <Button
          weight={grave ? "grave" : "first"}
          busy={isBusy}
          disabled={disabled}
          onClick={() => void go()}
        >
          {verb}
        </Button>
      </footer>
    </Dialog>
  );
}

/** Hands the story in, with a word to whoever reads it. */
export function SubmitDialog({ editing, onClose }: Asked) {
  const words = say().story;
  const [note, setNote] = useState("");
  return (
    <Deed
      {...{ editing, onClose }}
      title={words.actions.submit}
      verb={words.verbs.submit}
      done={words.done.submit}
      run={() => editing.act("/submit", note.trim() === "" ? {} : { note: note.trim() })}
    >
      <p>{words.submitIntro}</p>
      <TextArea label={words.submitNote} rows={3} dir="auto" value={note} onText={setNote} />
    </Deed>
  );
}

/** Gives the story back, and says what is still to be done. */
export function ReturnDialog({ editing, onClose }: Asked) {
  const words = say().story;
  const [note, setNote] = useState("");
  return (
    <Deed
      {...{ editing, onClose }}
      title={words.actions.return}
      verb={words.verbs.return}
      disabled={note.trim() === ""}
      done={words.done.return}
      run={() => editing.act("/return", { note: note.trim() })}
    >
      <p>{words.returnIntro}</p>
      <TextArea label={words.returnNote} rows={4} dir="auto" value={note} onText={setNote} />
    </Deed>
  );
}

/** Takes the story from readers, or out of the schedule. */
export function WithdrawDialog({ editing, onClose }: Asked) {
  const words = say().story;
  const isOut = editing.article?.status === "published";
  return (
    <Deed
      {...{ editing, onClose }}
      title={words.actions.withdraw}
      verb={words.verbs.withdraw}
      grave
      done={words.done.withdraw}
      run={() => editing.act("/unpublish")}
    >
      <p>{isOut ? words.withdrawIntro : words.unscheduleIntro}</p>
    </Deed>
  );
}

/** Goes back to what readers see. */
export function DiscardDialog({ editing, onClose }: Asked) {
  const words = say().story;
  return (
    <Deed
      {...{ editing, onClose }}
      title={words.actions.discard}
      verb={words.verbs.discard}
      done={words.done.discard}
      run={() => editing.act("/discard")}
    >
      <p>{words.discardIntro}</p>
    </Deed>
  );
}

export function BinDialog({ editing, onClose }: Asked) {
  const words = say().story;
  const isOut = editing.article?.status === "published";
  return (
    <Deed
      {...{ editing, onClose }}
      title={words.actions.bin}
      verb={words.verbs.bin}
      grave
      done={words.done.bin}
      run={() => editing.act("", undefined, "DELETE")}
    >
      <p>{isOut ? words.binIntroLive : words.binIntro}</p>
    </Deed>
  );
}

/** Removes the story for good because the law says so. */
export function RemoveDialog({ editing, onClose }: Asked) {
  const words = say().story;
  const [reason, setReason] = useState("");
  return (
    <Deed
      {...{ editing, onClose }}
      title={words.actions.remove}
      verb={words.verbs.remove}
      grave
      disabled={reason.trim() === ""}
      done={words.done.remove}
      run={() => editing.act("/remove", { reason: reason.trim() })}
    >
      <p>{words.removeIntro}</p>
      <TextArea
        label={words.removeReason}
        hint={words.removeReasonHint}
        rows={3}
        value={reason}
        error={errorOf(editing.wrong, "reason")}
        onText={setReason}
      />
    </Deed>
  );
}
