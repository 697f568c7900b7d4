import { useState } from "preact/hooks";
import { Button } from "../parts/button.tsx";
import { Read, troubleLine } from "../parts/states.tsx";
import { useLoaded } from "../loading.ts";
import { acceptInvitation, hasPasskeys, openInvitation } from "../passkeys.ts";
import type { Invited } from "../passkeys.ts";
import { hrefOf, swap } from "../route.ts";
import { say } from "../words/words.ts";

/** Where an invitation leads: whoever opens it makes a passkey, and is in. */
export function Invitation({ token, onIn }: { token: string; onIn: () => void }) {
  const words = say().entrance;
  const { loaded, reload } = useLoaded(() => openInvitation(token), [token]);
  if (loaded.state === "trouble" && ["signedOut", "gone", "refused"].includes(loaded.trouble.kind))
    return (
      <>
        <h1>{words.invitationGone}</h1>
        <p>{words.invitationGoneWhy}</p>
        {/* Whoever has a passkey already needs no link. */}
        <p>
          <a class="button plain" href="/desk/">
            {words.title}
          </a>
        </p>
      </>
    );
  return (
    <Read loaded={loaded} onRetry={() => void reload()}>
      {(invited) => <Accept {...{ token, invited, onIn }} />}
    </Read>
  );
}

function Accept({ token, invited, onIn }: { token: string; invited: Invited; onIn: () => void }) {
  const words = say();
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const come = async () => {
    setBusy(true);
    setFault(null);
    const came = await acceptInvitation(token, invited);
    setBusy(false);
    if (came.ok) {
      // The token is of no more use, and stays in no history.
      swap(hrefOf("stories"));
      onIn();
    } else if (came.hitch !== null) setFault(words.entrance[came.hitch]);
    else if (came.answer && !came.answer.ok) setFault(troubleLine(came.answer.trouble));
  };
  return (
    <>
      <h1>{words.entrance.welcome(invited.name)}</h1>
      <p>{words.entrance.invitationIntro(words.roles[invited.role])}</p>
      <p>
        <Button weight="first" busy={isBusy} disabled={!hasPasskeys()} onClick={() => void come()}>
          {words.entrance.makePasskey}
        </Button>
      </p>
      <p class="fault" role="alert">
        {fault ?? (hasPasskeys() ? "" : words.entrance.unsupported)}
      </p>
    </>
  );
}
