import { useState } from "preact/hooks";
import { Button } from "../parts/button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { say } from "../words/words.ts";
import { nameOf, shown } from "./differences.tsx";
import { draftOf, type FieldName } from "./draft.ts";
import type { Editing } from "./editing.ts";

/** Somebody else changed the same fields meanwhile: both are shown, and whoever is here decides. Nothing is overwritten unseen. */
export function Clashes({ editing }: { editing: Editing }) {
  const words = say().story;
  const { clash, draft } = editing;
  const [mine, setMine] = useState<ReadonlySet<FieldName>>(new Set(clash?.fields));
  if (!clash) return null;
  const theirs = draftOf(clash.theirs);
  const choose = (name: FieldName, isMine: boolean) => {
    const next = new Set(mine);
    if (isMine) next.add(name);
    else next.delete(name);
    setMine(next);
  };
  return (
    <Dialog title={words.clash} wide onClose={() => editing.settle(new Set(clash.fields))}>
      <p>{words.clashIntro}</p>
      {clash.fields.map((name) => (
        <fieldset key={name} class="clash">
          <legend>{nameOf(name)}</legend>
          <div class="pair">
            {([true, false] as const).map((isMine) => (
              <label key={String(isMine)} class={mine.has(name) === isMine ? "chosen" : undefined}>
                <span>
                  <input
                    type="radio"
                    name={`clash-${name}`}
                    checked={mine.has(name) === isMine}
                    onChange={() => choose(name, isMine)}
                  />{" "}
                  {isMine ? words.mine : words.theirs}
                </span>
                <span class="value" dir="auto">
                  {shown((isMine ? draft : theirs)[name])}
                </span>
              </label>
            ))}
          </div>
        </fieldset>
      ))}
      <p class="hint">{words.clashKept}</p>
      <footer>
        <Button weight="first" onClick={() => editing.settle(mine)}>
          {words.settle}
        </Button>
      </footer>
    </Dialog>
  );
}
