import { useState } from "preact/hooks";
import { canonicalPath } from "../../domain/paths.ts";
import { api, type Answer, type Trouble } from "../api.ts";
import type { Purged } from "../contract.ts";
import { Button } from "../parts/button.tsx";
import { errorOf, TextArea } from "../parts/field.tsx";
import { TroubleNote } from "../parts/states.tsx";
import { tell } from "../parts/told.tsx";
import { Sure } from "../people/sure.tsx";
import { say } from "../words/words.ts";

/** Purges pages by hand: some of them, or all. */
export function Purge({ onDone }: { onDone: () => void }) {
  const words = say().health;
  const [isSure, setSure] = useState(false);
  const done = ({ edge }: Purged) => {
    setSure(false);
    tell(edge === "live" ? words.purgedLive : words.purgedPending);
    onDone();
  };
  return (
    <section class="panel">
      <h2>{words.purge}</h2>
      <p class="hint">{words.purgeIntro}</p>
      <PurgePaths onDone={done} />
      <p class="actions">
        <Button weight="grave" onClick={() => setSure(true)}>
          {words.purgeAll}
        </Button>
      </p>
      {isSure && (
        <Sure
          title={words.purgeAllTitle}
          consequences={[words.purgeAllConsequence]}
          act={words.purgeAll}
          deed={() => purge({ everything: true })}
          onDone={done}
          onClose={() => setSure(false)}
        />
      )}
    </section>
  );
}

function purge(what: { paths: string[] } | { everything: true }): Promise<Answer<Purged>> {
  return api.post<Purged>("/edge/purge", what);
}

function PurgePaths({ onDone }: { onDone: (purged: Purged) => void }) {
  const words = say().health;
  const [text, setText] = useState("");
  const [fault, setFault] = useState<string | undefined>();
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [isBusy, setBusy] = useState(false);
  const send = async () => {
    const paths = text.split("\n").map(pathOf).filter(Boolean);
    setTrouble(null);
    setFault(paths.length === 0 ? words.pathsNone : undefined);
    if (paths.length === 0) return;
    setBusy(true);
    const purged = await purge({ paths });
    setBusy(false);
    if (purged.ok) {
      setText("");
      onDone(purged.value);
    } else {
      setFault(errorOf(purged.trouble.wrong, "paths"));
      if (purged.trouble.wrong.length === 0) setTrouble(purged.trouble);
    }
  };
  return (
    <form
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <TextArea
        label={words.paths}
        hint={words.pathsHint}
        error={fault}
        value={text}
        dir="ltr"
        rows={3}
        spellcheck={false}
        onText={setText}
      />
      <p class="hint">{words.pathsConsequence}</p>
      {trouble && <TroubleNote trouble={trouble} />}
      <p class="actions">
        <Button type="submit" busy={isBusy}>
          {words.purgeNow}
        </Button>
      </p>
    </form>
  );
}

/** The path that a line means, as the site writes it: of an address that was copied whole only that. */
function pathOf(line: string): string {
  const text = line.trim();
  if (text === "") return "";
  const [path = ""] = (URL.parse(text)?.pathname ?? text).split(/[?#]/, 1);
  return canonicalPath(path.startsWith("/") ? path : `/${path}`);
}
