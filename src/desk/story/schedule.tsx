import { useState } from "preact/hooks";
import { formatMoment } from "../moments.ts";
import { Button } from "../parts/button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { errorOf } from "../parts/field.tsx";
import { HourField } from "../parts/hour-field.tsx";
import { troubleLine } from "../parts/states.tsx";
import { tell } from "../parts/told.tsx";
import { say } from "../words/words.ts";
import type { Asked } from "./dialogs.tsx";

/** Sets the story to an hour of the paper's clock, or takes it out of the schedule. */
export function ScheduleDialog({ editing, onClose }: Asked) {
  const words = say().story;
  const { article, draft } = editing;
  const [moment, setMoment] = useState(article?.scheduledFor ?? draft.plannedFor);
  const [isTried, setTried] = useState(false);
  const set = async (scheduledFor: string | null) => {
    setTried(true);
    if (!(await editing.act("/schedule", { scheduledFor }))) return;
    tell(
      scheduledFor === null
        ? words.done.unschedule
        : words.done.schedule(formatMoment(scheduledFor)),
    );
    onClose();
  };
  return (
    <Dialog title={words.actions.schedule} onClose={onClose}>
      <p>{article?.publishedRevision ? words.scheduleIntroLive : words.scheduleIntro}</p>
      <HourField
        label={words.goesOut}
        value={moment}
        error={errorOf(editing.wrong, "scheduledFor")}
        onHour={setMoment}
      />
      {isTried && editing.trouble && (
        <p class="fault" role="alert">
          {troubleLine(editing.trouble)}
        </p>
      )}
      <footer>
        {article?.scheduledFor && (
          <Button busy={editing.isBusy} onClick={() => void set(null)}>
            {words.unschedule}
          </Button>
        )}
        <Button onClick={onClose}>{say().desk.cancel}</Button>
        <Button
          weight="first"
          busy={editing.isBusy}
          disabled={moment === null}
          onClick={() => void set(moment)}
        >
          {words.verbs.schedule}
        </Button>
      </footer>
    </Dialog>
  );
}
