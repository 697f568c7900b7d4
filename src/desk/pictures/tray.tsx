import { useState } from "preact/hooks";
import type { ReadonlySignal } from "@preact/signals";
import type { UploadedPicture } from "../contract.ts";
import { Button } from "../parts/button.tsx";
import { Check, errorOf, TextArea, TextField } from "../parts/field.tsx";
import { troubleLine, troubleText } from "../parts/states.tsx";
import { hrefOf } from "../route.ts";
import { regional, say } from "../words/words.ts";
import { arrived, mayDescribe, writeNotes } from "./library.ts";
import type { Notes, Upload, Uploads } from "./uploading.ts";

/** What is about to come into the library: each picture with what is told of it, and how far it is. */
export function Tray({
  uploads,
  verb,
  onStart = () => {},
}: {
  uploads: Uploads;
  /** What the button says that sends so many. */
  verb: (count: number) => string;
  onStart?: (ids: readonly number[]) => void;
}) {
  const words = say().pictures.tray;
  const all = uploads.all.value;
  if (all.length === 0) return null;
  const ready = all.filter(({ stage: { at } }) => at === "ready");
  const failed = all.filter(({ stage: { at } }) => at === "failed");
  return (
    <section class="panel tray" aria-label={words.title}>
      <header class="tray-head">
        <h2>{words.title}</h2>
        <Standing all={uploads.all} />
      </header>
      {ready.length > 1 && <CreditOfAll uploads={uploads} />}
      <ul>
        {all.map((upload) => (
          <Waiting key={upload.id} upload={upload} uploads={uploads} />
        ))}
      </ul>
      <p class="actions">
        {ready.length > 0 && (
          <Button
            weight="first"
            onClick={() => {
              const ids = ready.map(({ id }) => id);
              onStart(ids);
              uploads.start(ids);
            }}
          >
            {verb(ready.length)}
          </Button>
        )}
        {failed.length > 1 && (
          <Button onClick={() => uploads.start(failed.map(({ id }) => id))}>
            {words.retryAll(failed.length)}
          </Button>
        )}
        {all.every(({ stage: { at } }) => at !== "sending" && at !== "waiting") && (
          <Button onClick={uploads.clear}>{words.clear}</Button>
        )}
      </p>
    </section>
  );
}

/** How far all of them are, for who hears it, too. */
function Standing({ all }: { all: ReadonlySignal<readonly Upload[]> }) {
  const words = say().pictures.tray;
  const count = (...stages: Upload["stage"]["at"][]) =>
    all.value.filter(({ stage }) => stages.includes(stage.at)).length;
  const underWay = count("waiting", "sending");
  const failed = count("failed", "unfit");
  return (
    <p class="facts" role="status">
      {count("reading") > 0 && <span>{words.areRead(count("reading"))}</span>}
      {underWay > 0 && <span>{words.areLeft(underWay)}</span>}
      {failed > 0 && <span class="fault">{words.haveFailed(failed)}</span>}
    </p>
  );
}

/** One credit for all that are ready, as those of one photographer have. */
function CreditOfAll({ uploads }: { uploads: Uploads }) {
  const words = say().pictures.tray;
  const [credit, setCredit] = useState("");
  return (
    <form
      class="tray-all"
      onSubmit={(event) => {
        event.preventDefault();
        for (const { id, stage } of uploads.all.value)
          if (stage.at === "ready" || stage.at === "failed")
            uploads.describe(id, { credit: credit.trim() || null });
      }}
    >
      <TextField label={words.creditOfAll} maxLength={200} value={credit} onText={setCredit} />
      <Button type="submit" disabled={credit.trim() === ""}>
        {words.setCredit}
      </Button>
    </form>
  );
}

function Waiting({ upload, uploads }: { upload: Upload; uploads: Uploads }) {
  const words = say().pictures.tray;
  const { id, name, preview, stage, isConverted } = upload;
  const isUnderWay = stage.at === "sending" || stage.at === "waiting";
  return (
    <li class={`upload ${stage.at}`}>
      <div class="upload-picture">{preview && <Preview src={preview} />}</div>
      <div class="upload-what">
        <div class="upload-head">
          <h3 dir="auto">{name}</h3>
          {!isUnderWay && (
            <button
              type="button"
              class="cross"
              aria-label={words.leaveOut(name)}
              onClick={() => uploads.drop(id)}
            >
              ×
            </button>
          )}
        </div>
        <State upload={upload} uploads={uploads} />
        {isConverted && stage.at === "ready" && <p class="hint">{words.converted}</p>}
      </div>
      {stage.at !== "unfit" && stage.at !== "reading" && stage.at !== "here" && (
        <Described upload={upload} onChange={(notes) => uploads.describe(id, notes)} />
      )}
    </li>
  );
}

/** The picture as this browser shows it, if it can. */
function Preview({ src }: { src: string }) {
  const [isBroken, setBroken] = useState(false);
  return isBroken ? null : <img src={src} alt="" onError={() => setBroken(true)} />;
}

/** How far one of them is; why it went wrong, and what to do. */
function State({
  upload: { id, name, notes, stage },
  uploads,
}: {
  upload: Upload;
  uploads: Uploads;
}) {
  const words = say().pictures.tray;
  if (stage.at === "reading") return <p class="hint">{words.reading}</p>;
  if (stage.at === "waiting") return <p class="hint">{words.waiting}</p>;
  if (stage.at === "sending") {
    const percent = new Intl.NumberFormat(regional(), { style: "percent" }).format(stage.share);
    return (
      <p class="upload-share">
        <progress value={stage.share} max={1} aria-label={words.uploading(name)} />
        <span class="hint">{percent}</span>
      </p>
    );
  }
  if (stage.at === "unfit")
    return (
      <p class="fault" role="alert">
        {words.unfit[stage.why]}
      </p>
    );
  if (stage.at === "failed")
    return (
      <div class="upload-failed" role="alert">
        <p class="fault">{troubleText(stage.trouble)}</p>
        {stage.trouble.wrong
          .filter(({ path }) => !NAMES.some((field) => field === path))
          .map(({ path, message }) => (
            <p key={path + message} class="fault">
              {message}
            </p>
          ))}
        {stage.trouble.status !== NO_SUCH_KIND && (
          <Button onClick={() => uploads.start([id])}>{say().desk.tryAgain}</Button>
        )}
      </div>
    );
  if (stage.at === "here")
    return <Here picture={stage.picture} notes={notes} onDone={() => uploads.drop(id)} />;
  return null;
}

/** One that is in the library; what was written of it is not lost if the library had it already. */
function Here({
  picture,
  notes,
  onDone,
}: {
  picture: UploadedPicture;
  notes: Notes;
  onDone: () => void;
}) {
  const words = say().pictures.tray;
  const [fault, setFault] = useState<string | null>(null);
  const said = Object.fromEntries(Object.entries(notes).filter(([, value]) => value));
  const write = async () => {
    const answer = await writeNotes(picture.hash, said);
    if (!answer.ok) return setFault(troubleLine(answer.trouble));
    arrived.value += 1;
    onDone();
  };
  return (
    <div class="upload-failed">
      <p>{picture.created ? words.here : words.wasHere}</p>
      {fault && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      <p class="actions">
        <a href={hrefOf(`pictures/${picture.hash}`)}>{words.lookAt}</a>
        {!picture.created && Object.keys(said).length > 0 && mayDescribe(picture) && (
          <Button onClick={() => void write()}>{words.useMine}</Button>
        )}
      </p>
    </div>
  );
}

/** The status of a file that the newsroom never takes, however often it is sent. */
const NO_SUCH_KIND = 415;

/** The fields that the newsroom can find fault with. */
const NAMES = ["alt", "caption", "credit"] as const;

function Described({
  upload: { notes, stage },
  onChange,
}: {
  upload: Upload;
  onChange: (notes: Partial<Notes>) => void;
}) {
  const words = say().pictures;
  const isFixed = stage.at === "sending" || stage.at === "waiting";
  const wrong = stage.at === "failed" ? stage.trouble.wrong : [];
  const text = (name: (typeof NAMES)[number]) => ({
    value: notes[name] ?? "",
    error: errorOf(wrong, name),
    readOnly: isFixed,
    onText: (typed: string) => onChange({ [name]: typed === "" ? null : typed }),
  });
  return (
    <div class="upload-notes">
      <div class="upload-alt">
        <TextArea
          label={words.alt}
          rows={2}
          maxLength={1000}
          {...text("alt")}
          readOnly={isFixed || notes.decorative}
        />
        <Check
          label={words.decorative}
          checked={notes.decorative}
          disabled={isFixed}
          onCheck={(decorative) => onChange({ decorative, ...(decorative ? { alt: null } : {}) })}
        />
      </div>
      <TextArea label={words.caption} rows={2} maxLength={1000} {...text("caption")} />
      <TextField label={words.credit} maxLength={200} {...text("credit")} />
    </div>
  );
}
