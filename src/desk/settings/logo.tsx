import { useId, useState } from "preact/hooks";
import { pictureAt, PICTURE_TYPES } from "../../domain/media.ts";
import { addressOf, api, upload, type Trouble } from "../api.ts";
import type { Listed, Picture, UploadedPicture } from "../contract.ts";
import { useLoaded } from "../loading.ts";
import { Button } from "../parts/button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { errorOf } from "../parts/field.tsx";
import { Empty, Read, TroubleNote } from "../parts/states.tsx";
import { say } from "../words/words.ts";
import { change } from "./draft.ts";
import type { GroupProps } from "./line.tsx";

/** The paper's sign: a picture of the library. */
export function LogoField({ draft: { logo }, wrong }: GroupProps) {
  const words = say().settings;
  const [isOpen, setOpen] = useState(false);
  const hash = logo && pictureAt(logo.src)?.hash;
  const error = errorOf(wrong, "logo");
  return (
    <fieldset class="logo-field">
      <legend>{words.logo}</legend>
      <p class="hint">{words.logoHint}</p>
      <div class="actions">
        {hash && <img src={addressOf(`/media/${hash}/original`)} alt={words.logoNow} />}
        <Button onClick={() => setOpen(true)}>{logo ? words.anotherLogo : words.chooseLogo}</Button>
        {logo && (
          <Button weight="quiet" onClick={() => change({ logo: null })}>
            {words.noLogo}
          </Button>
        )}
      </div>
      {error && <p class="fault">{error}</p>}
      {isOpen && (
        <LogoDialog
          onClose={() => setOpen(false)}
          onPick={({ src, width, height }) => {
            change({ logo: { src, width, height } });
            setOpen(false);
          }}
        />
      )}
    </fieldset>
  );
}

function LogoDialog({
  onPick,
  onClose,
}: {
  onPick: (picture: Picture) => void;
  onClose: () => void;
}) {
  const words = say().settings;
  const { loaded, reload } = useLoaded(() => api.get<Listed<Picture>>("/media", { limit: 48 }), []);
  return (
    <Dialog title={words.chooseLogo} onClose={onClose} wide>
      <Upload onPick={onPick} />
      <h3>{words.latestPictures}</h3>
      <Read loaded={loaded} onRetry={() => void reload()}>
        {({ items }) => {
          const standing = items.filter(({ removedAt }) => removedAt === null);
          if (standing.length === 0) return <Empty title={words.noPictures} />;
          return (
            <ul class="logo-pictures">
              {standing.map((picture) => (
                <li key={picture.hash}>
                  <button
                    type="button"
                    aria-label={words.takeLogo(picture.alt ?? picture.name)}
                    onClick={() => onPick(picture)}
                  >
                    <img
                      src={addressOf(`/media/${picture.hash}/original`)}
                      alt=""
                      loading="lazy"
                      decoding="async"
                    />
                  </button>
                </li>
              ))}
            </ul>
          );
        }}
      </Read>
    </Dialog>
  );
}

function Upload({ onPick }: { onPick: (picture: Picture) => void }) {
  const words = say().settings;
  const id = useId();
  const [share, setShare] = useState<number | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const send = async (file: File | undefined) => {
    if (!file) return;
    setTrouble(null);
    setShare(0);
    // Beside the paper's name, its sign tells nothing that the name does not.
    const answer = await upload<UploadedPicture>(
      "/media",
      file,
      { name: file.name, decorative: "true" },
      setShare,
    );
    setShare(null);
    if (answer.ok) onPick(answer.value);
    else setTrouble(answer.trouble);
  };
  return (
    <div class="actions">
      <label class="button first file" for={id}>
        {words.uploadLogo}
        <input
          id={id}
          class="unseen"
          type="file"
          accept={Object.keys(PICTURE_TYPES).join(",")}
          disabled={share !== null}
          onChange={({ currentTarget }) => {
            void send(currentTarget.files?.[0]);
            currentTarget.value = "";
          }}
        />
      </label>
      {share !== null && <progress value={share} aria-label={words.uploading} />}
      {trouble && <TroubleNote trouble={trouble} />}
    </div>
  );
}
