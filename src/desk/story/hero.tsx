import { useState } from "preact/hooks";
import type { Hero } from "../contract.ts";
import { Button } from "../parts/button.tsx";
import { Check, errorOf, TextArea, TextField } from "../parts/field.tsx";
import { FocalPointField } from "../pictures/focal-point.tsx";
import { PicturePicker } from "../pictures/picker.tsx";
import { sourceOf } from "../pictures/sources.ts";
import { say } from "../words/words.ts";
import type { Editing } from "./editing.ts";
import { Panel } from "./panel.tsx";

/** The picture that opens the story, and what is told of it. */
export function HeroPanel({ editing, isFixed }: { editing: Editing; isFixed: boolean }) {
  const words = say().story;
  const { draft, wrong, change } = editing;
  const [isPicking, setPicking] = useState(false);
  const { hero } = draft;
  return (
    <Panel title={words.hero} name="hero" isOpen isFaulty={errorOf(wrong, "hero") !== undefined}>
      {hero ? (
        <Chosen
          hero={hero}
          isFixed={isFixed}
          editing={editing}
          onChange={(fields) => change({ hero: { ...hero, ...fields } })}
        />
      ) : (
        <p class="hint">{words.noHero}</p>
      )}
      {!isFixed && (
        <p class="actions">
          <Button onClick={() => setPicking(true)}>
            {hero ? words.anotherPicture : words.choosePicture}
          </Button>
          {hero && <Button onClick={() => change({ hero: null })}>{words.noPicture}</Button>}
        </p>
      )}
      {isPicking && (
        <PicturePicker
          onClose={() => setPicking(false)}
          onPick={({ src, alt, decorative, caption, credit, width, height, focalPoint }) => {
            setPicking(false);
            change({ hero: { src, alt, decorative, caption, credit, width, height, focalPoint } });
          }}
        />
      )}
    </Panel>
  );
}

function Chosen({
  hero,
  isFixed,
  editing: { wrong },
  onChange,
}: {
  hero: Hero;
  isFixed: boolean;
  editing: Editing;
  onChange: (fields: Partial<Hero>) => void;
}) {
  const words = say().story;
  const text = (name: "caption" | "credit" | "alt") => ({
    value: hero[name] ?? "",
    readOnly: isFixed,
    error: errorOf(wrong, `hero.${name}`),
    onText: (typed: string) => onChange({ [name]: typed === "" ? null : typed }),
  });
  return (
    <>
      <FocalPointField
        src={sourceOf(hero.src, 640)}
        value={hero.focalPoint}
        disabled={isFixed}
        onChange={(focalPoint) => onChange({ focalPoint })}
      />
      <TextArea
        label={words.alt}
        hint={words.altHint}
        rows={2}

        {...text("alt")}
        readOnly={isFixed || hero.decorative}
        error={errorOf(wrong, "hero.alt") ?? errorOf(wrong, "hero.decorative")}
      />
      <Check
        label={words.decorative}
        checked={hero.decorative}
        disabled={isFixed}
        onCheck={(decorative) => onChange({ decorative, ...(decorative ? { alt: null } : {}) })}
      />
      <TextArea label={words.caption} rows={2} {...text("caption")} />
      <TextField label={words.credit} {...text("credit")} />
    </>
  );
}
