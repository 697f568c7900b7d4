import { useState } from "preact/hooks";
import { illegible } from "../../domain/theme.ts";
import { api, type Trouble } from "../api.ts";
import type { Settings } from "../contract.ts";
import { useShortcuts } from "../keys.ts";
import { useLoaded } from "../loading.ts";
import { Button } from "../parts/button.tsx";
import { FormTrouble, useFirstFault } from "../parts/faults.tsx";
import { Read } from "../parts/states.tsx";
import { tell } from "../parts/told.tsx";
import type { RoomProps } from "../route.ts";
import { settings } from "../session.ts";
import { SaveBar } from "../settings/save-bar.tsx";
import { Colours } from "../theme/colours.tsx";
import {
  areColours,
  drafted,
  dropChanges,
  isChanged,
  sentOf,
  standardise,
} from "../theme/draft.ts";
import { Faces, Shape } from "../theme/faces.tsx";
import { Previews } from "../theme/preview.tsx";
import { say } from "../words/words.ts";

/** How the paper looks: chosen beside what readers would see. */
export function ThemeRoom(_: RoomProps) {
  const words = say();
  const { loaded, reload } = useLoaded(async () => {
    const read = await api.get<Settings>("/settings");
    if (read.ok) settings.value = read.value;
    return read;
  }, []);
  return (
    <>
      <header class="room">
        <h1>{words.rooms.theme}</h1>
        {sentOf(drafted.value) !== null && (
          <Button onClick={standardise}>{words.settings.theme.standard}</Button>
        )}
      </header>
      <p class="quiet intro">{words.settings.theme.intro}</p>
      <Read loaded={loaded} onRetry={() => void reload()}>
        {() => <Form />}
      </Read>
    </>
  );
}

function Form() {
  const words = say().settings.theme;
  const { save, isBusy, trouble, drop } = useSaving();
  const form = useFirstFault(trouble, false);
  useShortcuts([{ key: "Mod+s", says: say().desk.save, act: () => void save() }], [words]);
  const wrong = trouble?.wrong ?? [];
  const unreadable = illegible(drafted.value);
  return (
    <div class="theme">
      <form
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <section class="panel" aria-labelledby="colours-title">
          <h2 id="colours-title">{words.colours}</h2>
          <Colours wrong={wrong} />
        </section>
        <section class="panel" aria-labelledby="letters-title">
          <h2 id="letters-title">{words.letters}</h2>
          <Faces />
          <Shape />
        </section>
        {unreadable.length > 0 && (
          <p class="note" role="status">
            {words.willBeRefused}
          </p>
        )}
        <FormTrouble trouble={trouble} beside={["theme.colours"]} />
        <SaveBar count={isChanged.value ? 1 : 0} isBusy={isBusy} onDrop={drop} />
      </form>
      <Previews />
    </div>
  );
}

function useSaving() {
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const save = async () => {
    if (!isChanged.value) return;
    if (!areColours(drafted.value)) return setTrouble(ofColours());
    setBusy(true);
    setTrouble(null);
    const answer = await api.patch<Settings>("/settings", { theme: sentOf(drafted.value) });
    setBusy(false);
    if (!answer.ok) return setTrouble(answer.trouble);
    settings.value = answer.value;
    dropChanges();
    tell(say().desk.saved);
  };
  const drop = () => {
    setTrouble(null);
    dropChanges();
  };
  return { save, isBusy, trouble, drop };
}

/** What is no colour says so beside its field, and need not be sent to be refused. */
function ofColours(): Trouble {
  const wrong = [{ path: "theme.colours", message: say().settings.theme.noColour }];
  return { kind: "invalid", status: 422, detail: "", wrong };
}
