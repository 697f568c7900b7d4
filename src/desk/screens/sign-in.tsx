import { useState } from "preact/hooks";
import { troubleLine } from "../parts/states.tsx";
import { Button } from "../parts/button.tsx";
import { hasPasskeys, signIn } from "../passkeys.ts";
import { say } from "../words/words.ts";

/** The entrance: one button. `within` is where it stands above somebody's work. */
export function SignIn({ onIn, within = false }: { onIn: () => void; within?: boolean }) {
  const words = say().entrance;
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const come = async () => {
    setBusy(true);
    setFault(null);
    const came = await signIn();
    setBusy(false);
    if (came.ok) onIn();
    else if (came.hitch !== null) setFault(words[came.hitch]);
    else if (came.answer && !came.answer.ok) setFault(troubleLine(came.answer.trouble));
  };
  return (
    <>
      {!within && <h1>{words.title}</h1>}
      <p>{words.intro}</p>
      <p>
        <Button weight="first" busy={isBusy} disabled={!hasPasskeys()} onClick={() => void come()}>
          {words.signIn}
        </Button>
      </p>
      <p class="fault" role="alert">
        {fault ?? (hasPasskeys() ? "" : words.unsupported)}
      </p>
      <p class="hint">{words.noPasskey}</p>
      {isSafariOnLocalhost() && <p class="hint">{words.safari}</p>}
    </>
  );
}

/** Safari keeps no Secure cookie on http://localhost (https://github.com/mdn/content/issues/41366). */
function isSafariOnLocalhost(): boolean {
  return (
    location.protocol === "http:" &&
    /Safari\//.test(navigator.userAgent) &&
    !/Chrom(e|ium)\//.test(navigator.userAgent)
  );
}
