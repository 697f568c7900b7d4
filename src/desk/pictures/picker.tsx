import { useState } from "preact/hooks";
import { api, upload } from "../api.ts";
import type { Listed, Picture, UploadedPicture } from "../contract.ts";
import { useLoaded } from "../loading.ts";
import { Button } from "../parts/button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { TextField } from "../parts/field.tsx";
import { Read, troubleLine } from "../parts/states.tsx";
import { say } from "../words/words.ts";
import { sourceOf } from "./sources.ts";

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
  const [fault, setFault] = useState<string | null>(null);
  const [share, setShare] = useState<number | null>(null);
  const { loaded, reload } = useLoaded(
    () => api.get<Listed<Picture>>("/media", { q, limit: 48 }),
    [q],
  );
  const add = async (file: File | undefined) => {
    if (!file) return;
    setFault(null);
    setShare(0);
    const answer = await upload<UploadedPicture>("/media", file, { name: file.name }, setShare);
    setShare(null);
    if (answer.ok) onPick(answer.value);
    else setFault(troubleLine(answer.trouble));
  };
  return (
    <Dialog title={words.choose} wide onClose={onClose}>
      <div class="picker-head">
        <TextField label={words.find} type="search" value={q} onText={setQ} />
        <label class="button plain file">
          {share === null ? words.upload : `${Math.round(share * 100)} %`}
          <input
            type="file"
            accept="image/*"
            onChange={({ currentTarget: { files } }) => void add(files?.[0])}
          />
        </label>
      </div>
      {fault && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      <Read loaded={loaded} onRetry={() => void reload()}>
        {({ items }) => (
          <ul class="thumbnails">
            {items
              .filter(({ removedAt }) => removedAt === null)
              .map((picture) => (
                <li key={picture.hash}>
                  <button type="button" onClick={() => onPick(picture)}>
                    <img
                      src={sourceOf(picture.src, 320)}
                      alt={picture.alt ?? picture.name}
                      loading="lazy"
                    />
                    <span>{picture.caption ?? picture.name}</span>
                  </button>
                </li>
              ))}
          </ul>
        )}
      </Read>
      <footer>
        <Button onClick={onClose}>{say().desk.cancel}</Button>
      </footer>
    </Dialog>
  );
}
