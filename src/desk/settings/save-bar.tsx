import { Button } from "../parts/button.tsx";
import { say } from "../words/words.ts";

interface Props {
  /** How many things are not saved; with none there is no bar. */
  count: number;
  isBusy: boolean;
  onDrop: () => void;
  onSave?: () => void;
}

/** What is not saved yet, and what to do with it: in sight as long as there is something. */
export function SaveBar({ count, isBusy, onDrop, onSave }: Props) {
  const words = say();
  if (count === 0) return null;
  return (
    <div class="save-bar">
      <p role="status">{words.settings.notSaved(count)}</p>
      <span class="actions">
        <Button weight="quiet" disabled={isBusy} onClick={onDrop}>
          {words.settings.drop}
        </Button>
        <Button
          weight="first"
          type={onSave ? "button" : "submit"}
          busy={isBusy}
          {...(onSave && { onClick: onSave })}
        >
          {words.desk.save}
        </Button>
      </span>
    </div>
  );
}
