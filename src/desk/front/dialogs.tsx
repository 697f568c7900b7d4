import { useState } from "preact/hooks";
import type { Front } from "../contract.ts";
import { formatMoment } from "../moments.ts";
import { Button } from "../parts/button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { errorOf } from "../parts/field.tsx";
import { HourField } from "../parts/hour-field.tsx";
import { troubleText } from "../parts/states.tsx";
import { say } from "../words/words.ts";
import type { Arranging } from "./arranging.ts";
import { titleOf } from "./moves.ts";
import { arrangedOf, EMPTY, type Arranged } from "./placement.ts";

/** Sets the whole front to an hour of the paper's clock. */
export function ScheduleFront({
  arranging,
  onDone,
  onClose,
}: {
  arranging: Arranging;
  onDone: () => void;
  onClose: () => void;
}) {
  const words = say().front;
  const { which, front, trouble, isBusy, schedule } = arranging;
  const before = front.scheduled?.scheduledFor ?? null;
  const [moment, setMoment] = useState(which === "scheduled" ? before : null);
  const [isTried, setTried] = useState(false);
  const set = async () => {
    setTried(true);
    if (moment !== null && (await schedule(moment))) onDone();
  };
  return (
    <Dialog title={words.schedule} onClose={onClose}>
      <p>{words.scheduleIntro}</p>
      {which === "up" && before && <p class="note">{words.givesWay(formatMoment(before))}</p>}
      <HourField
        label={words.goesUp}
        value={moment}
        error={isTried && trouble ? errorOf(trouble.wrong, "scheduledFor") : undefined}
        onHour={setMoment}
      />
      {isTried && trouble && (
        <p class="fault" role="alert">
          {troubleText(trouble)}
        </p>
      )}
      <footer>
        <Button onClick={onClose}>{say().desk.cancel}</Button>
        <Button weight="first" busy={isBusy} disabled={moment === null} onClick={() => void set()}>
          {words.scheduleVerb}
        </Button>
      </footer>
    </Dialog>
  );
}

/** Takes out the front that was to go up. */
export function DropScheduled({
  arranging: { front, isBusy, trouble, drop },
  onClose,
}: {
  arranging: Arranging;
  onClose: () => void;
}) {
  const words = say().front;
  // Nothing, as soon as it is dropped.
  const at = front.scheduled?.scheduledFor;
  const [isTried, setTried] = useState(false);
  const run = async () => {
    setTried(true);
    if (await drop()) onClose();
  };
  return (
    <Dialog title={words.dropTitle} onClose={onClose}>
      {at && <p>{words.dropIntro(formatMoment(at))}</p>}
      {isTried && trouble && (
        <p class="fault" role="alert">
          {troubleText(trouble)}
        </p>
      )}
      <footer>
        <Button onClick={onClose}>{say().desk.cancel}</Button>
        <Button weight="grave" busy={isBusy} onClick={() => void run()}>
          {words.drop}
        </Button>
      </footer>
    </Dialog>
  );
}

/** Somebody else arranged it meanwhile: both are shown, and whoever is here decides. */
export function FrontClash({ arranging }: { arranging: Arranging }) {
  const words = say().front;
  const { clash, which, arranged, settle, isBusy } = arranging;
  if (!clash) return null;
  return (
    <Dialog title={words.clash} wide onClose={() => void settle("later")}>
      <p>{words.clashIntro}</p>
      <div class="pair">
        <Outline title={words.yours} arranged={arranged} />
        <Outline title={words.theirs} arranged={theirsOf(clash, which)} />
      </div>
      <p class="hint">{words.clashHint}</p>
      <footer>
        <Button onClick={() => void settle("later")}>{words.later}</Button>
        <Button busy={isBusy} onClick={() => void settle("theirs")}>
          {words.takeTheirs}
        </Button>
        <Button weight="first" busy={isBusy} onClick={() => void settle("mine")}>
          {words.takeMine}
        </Button>
      </footer>
    </Dialog>
  );
}

function theirsOf(front: Front, which: Arranging["which"]): Arranged {
  if (which === "up") return arrangedOf(front);
  return front.scheduled ? arrangedOf(front.scheduled) : EMPTY;
}

/** What stands where, in a few lines. */
function Outline({
  title,
  arranged: { lead, pinned, rows },
}: {
  title: string;
  arranged: Arranged;
}) {
  const words = say().front;
  const parts = [
    { name: words.lead, entries: lead ? [lead] : [] },
    { name: words.pinned, entries: pinned },
    ...rows.map(({ name, entries }) => ({ name: name || words.unnamed, entries })),
  ];
  return (
    <section class="panel" aria-label={title}>
      <h3>{title}</h3>
      <dl class="outline">
        {parts.map(({ name, entries }, index) => (
          // Two rows may have the same name for a while.
          <div key={`${index} ${name}`}>
            <dt dir="auto">{name}</dt>
            {entries.length === 0 && <dd class="hint">{words.nothing}</dd>}
            {entries.map((entry) => (
              <dd key={entry.story} dir="auto">
                {titleOf(entry)}
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </section>
  );
}
