import { useEffect, useRef, useState } from "preact/hooks";
import type { Trouble } from "../api.ts";
import type { Picture } from "../contract.ts";
import { keep, kept, letGo } from "../keeping.ts";
import { Button } from "../parts/button.tsx";
import { Check, errorOf, TextArea, TextField } from "../parts/field.tsx";
import { TroubleNote } from "../parts/states.tsx";
import { tell } from "../parts/told.tsx";
import { me } from "../session.ts";
import { say } from "../words/words.ts";
import { FocalPointField } from "./focal-point.tsx";
import { writeNotes, type PictureChanges } from "./library.ts";
import { sourceOf } from "./sources.ts";

/** What is told of a picture, to be changed. */
export function NotesForm({
  picture,
  onSaved,
}: {
  picture: Picture;
  onSaved: (picture: Picture) => void;
}) {
  const words = say();
  const { pictures } = words;
  const [changes, setChanges] = useState<PictureChanges>({});
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { wasFound, forget } = useKept(picture, changes, setChanges);
  const now = { ...picture, ...changes };
  const isDirty = Object.keys(changes).length > 0;
  const change = (fields: PictureChanges) =>
    setChanges(differing(picture, { ...changes, ...fields }));
  const save = async () => {
    setBusy(true);
    const answer = await writeNotes(picture.hash, changes);
    setBusy(false);
    setTrouble(answer.ok ? null : answer.trouble);
    if (!answer.ok) return;
    // What was typed while it was on its way is newer.
    setChanges((typed) => differing(answer.value, typed));
    onSaved(answer.value);
    tell(pictures.one.saved);
  };
  const wrong = trouble?.wrong ?? [];
  const text = (name: "alt" | "caption" | "credit") => ({
    value: now[name] ?? "",
    error: errorOf(wrong, name),
    dir: "auto" as const,
    onText: (typed: string) => change({ [name]: typed === "" ? null : typed }),
  });
  return (
    <form
      class="panel"
      aria-labelledby="notes"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h2 id="notes">{pictures.one.notes}</h2>
      <p class="hint">{pictures.one.notesHint}</p>
      {wasFound && isDirty && (
        <div class="note">
          <p>{pictures.one.found}</p>
          <Button weight="quiet" onClick={forget}>
            {pictures.one.dropFound}
          </Button>
        </div>
      )}
      <TextArea
        label={pictures.alt}
        hint={pictures.altHint}
        rows={2}
        maxLength={1000}
        {...text("alt")}
        readOnly={now.decorative}
      />
      <Check
        label={pictures.decorative}
        checked={now.decorative}
        onCheck={(decorative) => change({ decorative, ...(decorative ? { alt: null } : {}) })}
      />
      <TextArea label={pictures.caption} rows={2} maxLength={1000} {...text("caption")} />
      <TextField label={pictures.credit} maxLength={200} {...text("credit")} />
      <FocalPointField
        src={sourceOf(picture.src, 640)}
        value={now.focalPoint}
        onChange={(focalPoint) => change({ focalPoint })}
      />
      {trouble && (
        <TroubleNote
          trouble={{ ...trouble, wrong: wrong.filter(({ path }) => !(path in FIELDS)) }}
        />
      )}
      <p class="actions">
        <Button weight="first" type="submit" busy={isBusy} disabled={!isDirty}>
          {words.desk.save}
        </Button>
        {isDirty && <span class="hint">{words.desk.unsaved}</span>}
      </p>
    </form>
  );
}

const FIELDS = { alt: true, decorative: true, caption: true, credit: true, focalPoint: true };

/** The same for who may not change it. */
export function NotesShown({ picture }: { picture: Picture }) {
  const words = say();
  const { alt, decorative, caption, credit } = picture;
  const facts = [
    [words.pictures.alt, decorative ? words.pictures.decorative : alt],
    [words.pictures.caption, caption],
    [words.pictures.credit, credit],
  ] as const;
  return (
    <section class="panel" aria-labelledby="notes">
      <h2 id="notes">{words.pictures.one.notes}</h2>
      <dl class="picture-facts">
        {facts.map(([name, said]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd dir="auto">{said ?? words.desk.none}</dd>
          </div>
        ))}
      </dl>
      <p class="hint">{words.pictures.one.notYours}</p>
    </section>
  );
}

/** What of the changes is otherwise than the library has it. */
function differing(picture: Picture, changes: PictureChanges): PictureChanges {
  return Object.fromEntries(
    Object.entries(changes).filter(([name, value]) => picture[name as keyof Picture] !== value),
  );
}

/** Keeps what is typed in this browser until the library has it, and takes up what was kept before. */
function useKept(
  picture: Picture,
  changes: PictureChanges,
  setChanges: (changes: PictureChanges) => void,
): { wasFound: boolean; forget: () => void } {
  const place = `${me.value?.id}:picture:${picture.hash}`;
  const [wasFound, setFound] = useState(false);
  const isLooked = useRef(false);
  const newest = useRef(changes);
  newest.current = changes;
  useEffect(() => {
    const look = async () => {
      const before = await kept(place);
      isLooked.current = true;
      if (!before || Object.keys(newest.current).length > 0) return;
      setChanges(differing(picture, before.fields));
      setFound(true);
    };
    void look();
  }, [place]);
  useEffect(() => {
    if (!isLooked.current) return;
    const isDirty = Object.keys(changes).length > 0;
    const at = new Date().toISOString();
    void (isDirty ? keep(place, { fields: changes, version: null, at }) : letGo(place));
  }, [JSON.stringify(changes)]);
  return {
    wasFound,
    forget: () => {
      setFound(false);
      setChanges({});
    },
  };
}
