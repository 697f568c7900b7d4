import { useState } from "preact/hooks";
import { formatAgo } from "../moments.ts";
import { Button } from "../parts/button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { say } from "../words/words.ts";
import { nameOf, shown } from "./differences.tsx";
import type { FieldName } from "./draft.ts";
import type { Editing } from "./editing.ts";

/** Somebody else changed the same fields meanwhile: both are shown, and whoever is here decides. Nothing is overwritten unseen. */
export function Clashes({ editing }: { editing: Editing }) {
  const words = say().story;
  const { clash } = editing;
  const [mine, setMine] = useState<ReadonlySet<FieldName>>(new Set(clash?.fields));
  if (!clash) return null;
  const { found } = clash;
  const choose = (name: FieldName, isMine: boolean) => {
    const next = new Set(mine);
    if (isMine) next.add(name);
    else next.delete(name);
    setMine(next);
  };
  return (
    <Dialog
      title={found ? words.foundClash : words.clash}
      wide
      onClose={() => editing.settle(null)}
    >
      <p>{found ? words.foundClashIntro(formatAgo(found.at)) : words.clashIntro}</p>
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
                  {nameOfSide(isMine, found !== null)}
                </span>
                <span class="value" dir="auto">
                  {shown((isMine ? clash.mine : clash.theirs)[name])}
                </span>
              </label>
            ))}
          </div>
        </fieldset>
      ))}
      {!found && <p class="hint">{words.clashKept}</p>}
      <footer>
        <Button weight="first" onClick={() => editing.settle(mine)}>
          {words.settle}
        </Button>
      </footer>
    </Dialog>
  );
}

function nameOfSide(isMine: boolean, isFound: boolean): string {
  const words = say().story;
  if (isFound) return isMine ? words.foundText : words.presentText;
  return isMine ? words.mine : words.theirs;
}
