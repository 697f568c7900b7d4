import { useEffect, useRef, useState } from "preact/hooks";
import type { Picture } from "../contract.ts";
import { Button } from "../parts/button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { TextField } from "../parts/field.tsx";
import { Empty, Read } from "../parts/states.tsx";
import { say } from "../words/words.ts";
import { DropZone, FileButton } from "./dropping.tsx";
import { Grid, Thumbnail } from "./grid.tsx";
import { landed, uploads } from "./library.ts";
import { Tray } from "./tray.tsx";
import type { Notes } from "./uploading.ts";
import { useLibrary, useRested } from "./use-library.ts";

/** Chooses a picture: of the library, or a new one. */
export function PicturePicker({
  onPick,
  onClose,
}: {
  onPick: (picture: Picture) => void;
  onClose: () => void;
}) {
  const words = say().pictures;
  const [q, setQ] = useState("");
  const [text, setText] = useRested(q, setQ);
  const library = useLibrary(q);
  const { loaded, items, next } = library;
  const awaited = useRef<number | null>(null);
  const last = landed.value;
  useEffect(() => {
    if (last === null || last.id !== awaited.current) return;
    const notes = uploads.all.value.find(({ id }) => id === last.id)?.notes;
    uploads.drop(last.id);
    onPick(told(last.picture, notes));
  }, [last]);
  const isOnly = uploads.all.value.length === 1;
  const add = (files: File[]) => void uploads.add(files);
  return (
    <Dialog title={words.choose} wide onClose={onClose}>
      <DropZone onFiles={add} />
      <div class="picker-head">
        <TextField label={words.find} type="search" maxLength={100} value={text} onText={setText} />
        <FileButton label={words.upload} onFiles={add} />
      </div>
      <Tray
        uploads={uploads}
        verb={isOnly ? words.tray.uploadAndTake : words.tray.upload}
        onStart={([id]) => {
          awaited.current = isOnly ? (id ?? null) : null;
        }}
      />
      <Read loaded={loaded} onRetry={() => void library.reload()}>
        {() =>
          items.length === 0 ? (
            <Empty
              title={q === "" ? words.empty : words.noneFound}
              why={q === "" ? words.emptyWhy : words.noneFoundWhy}
            />
          ) : (
            <Grid label={words.list}>
              {items.map((picture) => (
                <li key={picture.hash}>
                  <button type="button" onClick={() => onPick(picture)}>
                    <Thumbnail picture={picture} />
                  </button>
                </li>
              ))}
            </Grid>
          )
        }
      </Read>
      <footer>
        {next !== null && (
          <Button busy={library.isBusy} onClick={() => void library.more()}>
            {words.more}
          </Button>
        )}
        <Button onClick={onClose}>{say().desk.cancel}</Button>
      </footer>
    </Dialog>
  );
}

/** A picture with what was written of it here, though the library had it already and says something else. */
function told(picture: Picture, notes: Notes | undefined): Picture {
  if (!notes) return picture;
  return {
    ...picture,
    alt: notes.alt ?? picture.alt,
    decorative: notes.decorative || (picture.decorative && notes.alt === null),
    caption: notes.caption ?? picture.caption,
    credit: notes.credit ?? picture.credit,
  };
}
