import { useState } from "preact/hooks";
import { api, type Trouble } from "../api.ts";
import type { Redirect } from "../contract.ts";
import { Button } from "../parts/button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { TroubleNote } from "../parts/states.tsx";
import { tell } from "../parts/told.tsx";
import { say } from "../words/words.ts";

/** Deletes a redirect, once somebody has read what that means. */
export function RedirectRemoval({
  redirect: { id, from },
  onDone,
  onClose,
}: {
  redirect: Redirect;
  onDone: () => void;
  onClose: () => void;
}) {
  const words = say();
  const own = words.filing.redirects;
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const remove = async () => {
    setBusy(true);
    const answer = await api.delete(`/redirects/${id}`);
    setBusy(false);
    if (!answer.ok) return setTrouble(answer.trouble);
    tell(own.removed(from));
    onDone();
  };
  return (
    <Dialog title={own.remove(from)} onClose={onClose}>
      <p>{own.removal}</p>
      {trouble && <TroubleNote trouble={trouble} />}
      <footer>
        <Button onClick={onClose}>{words.desk.cancel}</Button>
        <Button weight="grave" busy={isBusy} onClick={() => void remove()}>
          {words.desk.remove}
        </Button>
      </footer>
    </Dialog>
  );
}
