import { useState } from "preact/hooks";
import { say } from "../words/words.ts";
import { Button } from "./button.tsx";

/** Closes what nothing was typed in; else asks first. */
export function useLeaving(
  isChanged: boolean,
  onClose: () => void,
): { leave: () => void; isAsking: boolean; stay: () => void } {
  const [isAsking, setAsking] = useState(false);
  return {
    leave: () => (isChanged && !isAsking ? setAsking(true) : onClose()),
    isAsking: isAsking && isChanged,
    stay: () => setAsking(false),
  };
}

/** Asks whether what was typed may go. */
export function Leaving({ onStay, onClose }: { onStay: () => void; onClose: () => void }) {
  const words = say().filing;
  return (
    <div class="note leaving" role="alert">
      <p>{words.notSaved}</p>
      <p class="actions">
        <Button onClick={onStay}>{words.goOn}</Button>
        <Button weight="grave" onClick={onClose}>
          {words.throwAway}
        </Button>
      </p>
    </div>
  );
}
