import { useState } from "preact/hooks";
import type { Entry } from "../../domain/front.ts";
import { isDescribed } from "../../domain/hero.ts";
import { Button } from "../parts/button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { Check, TextArea, TextField } from "../parts/field.tsx";
import { FocalPointField } from "../pictures/focal-point.tsx";
import { PicturePicker } from "../pictures/picker.tsx";
import { sourceOf } from "../pictures/sources.ts";
import { say } from "../words/words.ts";
import { toldOf } from "./told.ts";

/** What an entry says on the front page and nowhere else. */
export function EntryDialog({
  entry,
  onDone,
  onClose,
}: {
  entry: Entry;
  onDone: (entry: Entry) => void;
  onClose: () => void;
}) {
  const words = say().front;
  const [own, setOwn] = useState(entry);
  const [isPicking, setPicking] = useState(false);
  const [isTried, setTried] = useState(false);
  const { hero } = own;
  const lacks = hero !== null && !isDescribed(hero);
  const told = toldOf(entry.story);
  const done = () => {
    setTried(true);
    if (lacks) return;
    const said = (text: string | null) => (text?.trim() ? text.trim() : null);
    onDone({ ...own, title: said(own.title), standfirst: said(own.standfirst) });
  };
  return (
    <Dialog title={words.ownWordsTitle} onClose={onClose}>
      <p class="hint">{words.ownWordsHint}</p>
      <TextField
        label={words.headline}
        maxLength={300}
        dir="auto"
        placeholder={told?.headline ?? ""}
        value={own.title ?? ""}
        onText={(title) => setOwn({ ...own, title })}
      />
      <TextArea
        label={words.standfirst}
        maxLength={1000}
        rows={2}
        dir="auto"
        placeholder={told?.standfirst ?? ""}
        value={own.standfirst ?? ""}
        onText={(standfirst) => setOwn({ ...own, standfirst })}
      />
      {hero && (
        <>
          <FocalPointField
            src={sourceOf(hero.src, 640)}
            value={hero.focalPoint}
            onChange={(focalPoint) => setOwn({ ...own, hero: { ...hero, focalPoint } })}
          />
          <TextArea
            label={say().pictures.alt}
            rows={2}
            maxLength={1000}
            dir="auto"
            value={hero.alt ?? ""}
            readOnly={hero.decorative}
            error={isTried && lacks ? words.lacksAlt : undefined}
            onText={(alt) => setOwn({ ...own, hero: { ...hero, alt: alt || null } })}
          />
          <Check
            label={say().pictures.decorative}
            checked={hero.decorative}
            onCheck={(decorative) =>
              setOwn({
                ...own,
                hero: { ...hero, decorative, alt: decorative ? null : hero.alt },
              })
            }
          />
        </>
      )}
      <p class="actions">
        <Button onClick={() => setPicking(true)}>
          {hero ? words.anotherPicture : words.ownPicture}
        </Button>
        {hero && <Button onClick={() => setOwn({ ...own, hero: null })}>{words.noPicture}</Button>}
      </p>
      <footer>
        <Button onClick={onClose}>{say().desk.cancel}</Button>
        <Button weight="first" onClick={done}>
          {words.take}
        </Button>
      </footer>
      {isPicking && (
        <PicturePicker
          onClose={() => setPicking(false)}
          onPick={({ src, alt, decorative, caption, credit, width, height, focalPoint }) => {
            setPicking(false);
            const picked = { src, alt, decorative, caption, credit, width, height, focalPoint };
            setOwn({ ...own, hero: picked });
          }}
        />
      )}
    </Dialog>
  );
}
