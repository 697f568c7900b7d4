import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { api } from "../api.ts";
import type { Picture } from "../contract.ts";
import { useLoaded } from "../loading.ts";
import { formatMoment } from "../moments.ts";
import { Button } from "../parts/button.tsx";
import { Labelled } from "../parts/field.tsx";
import { Empty, Read } from "../parts/states.tsx";
import { tell } from "../parts/told.tsx";
import { hrefOf } from "../route.ts";
import { mayI } from "../session.ts";
import { regional, say } from "../words/words.ts";
import { mayDescribe } from "./library.ts";
import { markdownOf } from "./markdown.ts";
import { NotesForm, NotesShown } from "./notes-form.tsx";
import { sourceOf } from "./sources.ts";
import { TakeDown } from "./take-down.tsx";
import { UseList, useUses } from "./uses.tsx";

/** One picture: large, what is told of it, and where it stands. */
export function PictureRoom({ hash }: { hash: string }) {
  const words = say();
  const { loaded, reload, put } = useLoaded(() => api.get<Picture>(`/media/${hash}`), [hash]);
  return (
    <>
      <p>
        <a class="back" href={hrefOf("pictures")}>
          {words.rooms.pictures}
        </a>
      </p>
      <Read loaded={loaded} onRetry={() => void reload()}>
        {(picture) =>
          picture.removedAt === null ? (
            <Whole picture={picture} onChange={put} onTaken={() => void reload()} />
          ) : (
            <>
              <h1 dir="auto">{picture.name}</h1>
              <Empty
                title={words.pictures.one.takenDown}
                why={words.pictures.one.takenDownWhy(formatMoment(picture.removedAt))}
              />
            </>
          )
        }
      </Read>
    </>
  );
}

function Whole({
  picture,
  onChange,
  onTaken,
}: {
  picture: Picture;
  onChange: (picture: Picture) => void;
  onTaken: () => void;
}) {
  const words = say().pictures.one;
  const uses = useUses(picture.hash);
  const [isTaking, setTaking] = useState(false);
  return (
    <>
      <header class="room">
        <h1 dir="auto">{picture.name}</h1>
      </header>
      <div class="picture">
        <figure class="picture-large">
          <img
            src={sourceOf(picture.src, 640)}
            alt={picture.alt ?? ""}
            width={picture.width}
            height={picture.height}
          />
        </figure>
        <div class="picture-notes">
          {mayDescribe(picture) ? (
            <NotesForm picture={picture} onSaved={onChange} />
          ) : (
            <NotesShown picture={picture} />
          )}
        </div>
        <section class="panel" aria-labelledby="uses">
          <h2 id="uses">{words.uses}</h2>
          <Read loaded={uses.loaded} onRetry={() => void uses.reload()}>
            {(known) => <UseList uses={known} />}
          </Read>
        </section>
        <File picture={picture} />
        {mayI("take a picture down") && (
          <p>
            <Button weight="grave" onClick={() => setTaking(true)}>
              {words.take}
            </Button>
          </p>
        )}
      </div>
      {isTaking && (
        <TakeDown picture={picture} onTaken={onTaken} onClose={() => setTaking(false)} />
      )}
    </>
  );
}

/** What the file is, and how a text shows it. */
function File({ picture }: { picture: Picture }) {
  const words = say().pictures.one;
  const [isByHand, setByHand] = useState(false);
  const markdown = markdownOf(picture);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(markdown);
      tell(say().desk.copied);
    } catch {
      setByHand(true);
    }
  };
  const number = new Intl.NumberFormat(regional());
  return (
    <section class="panel" aria-labelledby="file">
      <h2 id="file">{words.facts}</h2>
      <dl class="picture-facts">
        <Fact name={words.type}>
          {picture.type.replace("image/", "").toUpperCase()} {picture.animated && words.moves}
        </Fact>
        <Fact name={words.size}>
          {words.pixels(number.format(picture.width), number.format(picture.height))},{" "}
          {sizeOf(picture.bytes)}
        </Fact>
        <Fact name={words.added}>{formatMoment(picture.createdAt)}</Fact>
      </dl>
      <p class="actions">
        <Button onClick={() => void copy()}>{words.copyMarkdown}</Button>
        <a
          class="button plain"
          href={`/api/v1/media/${picture.hash}/original`}
          target="_blank"
          rel="noopener"
        >
          {words.original}
        </a>
      </p>
      {isByHand && (
        <Labelled label={words.markdown} hint={words.copyFailed}>
          {(own) => (
            <input
              {...own}
              readOnly
              value={markdown}
              onFocus={({ currentTarget }) => currentTarget.select()}
            />
          )}
        </Labelled>
      )}
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A size as people read it: "840 kB", "2.4 MB". */
function sizeOf(bytes: number): string {
  const [size, unit] =
    bytes < 1_000_000 ? [bytes / 1000, "kilobyte"] : [bytes / 1_000_000, "megabyte"];
  return new Intl.NumberFormat(regional(), {
    style: "unit",
    unit,
    maximumFractionDigits: unit === "megabyte" ? 1 : 0,
  }).format(size);
}
