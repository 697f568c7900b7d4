import { useEffect, useRef, useState } from "preact/hooks";
import type { Picture } from "../contract.ts";
import { useShortcuts } from "../keys.ts";
import { Button } from "../parts/button.tsx";
import { TextField } from "../parts/field.tsx";
import { Empty, Read } from "../parts/states.tsx";
import { hrefOf, swap } from "../route.ts";
import { say } from "../words/words.ts";
import { CreditMany } from "./credit-many.tsx";
import { DropZone, FileButton } from "./dropping.tsx";
import { Grid, Thumbnail } from "./grid.tsx";
import { mayDescribe, uploads } from "./library.ts";
import { Tray } from "./tray.tsx";
import { useLibrary, useRested } from "./use-library.ts";

const CHOOSER = "choose-pictures";

/** The library: what is in it, and what is on its way. */
export function Library({ query }: { query: URLSearchParams }) {
  const words = say().pictures;
  const q = query.get("q") ?? "";
  const find = useRef<HTMLInputElement>(null);
  const library = useLibrary(q);
  const { loaded, items, next } = library;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => setChosen(new Set()), [q]);
  const [text, setText] = useRested(q, (typed) => swap(hrefOf("pictures", { q: typed.trim() })));
  const toggle = (hash: string) => {
    const now = new Set(chosen);
    if (!now.delete(hash)) now.add(hash);
    setChosen(now);
  };
  useGridKeys(find, toggle, [chosen, words]);
  const add = (files: File[]) => void uploads.add(files);
  const selected = items.filter(({ hash }) => chosen.has(hash));
  return (
    <>
      <header class="room">
        <h1>{words.title}</h1>
        <FileButton id={CHOOSER} label={words.upload} weight="first" onFiles={add} />
      </header>
      <p class="hint">{words.howToAdd}</p>
      <DropZone onFiles={add} />
      <Tray uploads={uploads} verb={words.tray.upload} />
      <form class="picture-find" role="search" onSubmit={(event) => event.preventDefault()}>
        <TextField
          label={words.find}
          hint={words.findHint}
          type="search"
          enterkeyhint="search"
          maxLength={100}
          field={find}
          value={text}
          onText={setText}
        />
        {loaded.state === "here" && items.length > 0 && (
          <p class="hint" role="status">
            {next === null ? words.count(items.length) : words.countMore(items.length)}
          </p>
        )}
      </form>
      {selected.length > 0 && (
        <CreditMany
          pictures={selected}
          onNone={() => setChosen(new Set())}
          onDone={(changed) => {
            library.replace(changed);
            const done = new Set(changed.map(({ hash }) => hash));
            setChosen(new Set([...chosen].filter((hash) => !done.has(hash))));
          }}
        />
      )}
      <Read loaded={loaded} onRetry={() => void library.reload()}>
        {() =>
          items.length === 0 ? (
            <Nothing isNarrow={q !== ""} onFiles={add} />
          ) : (
            <>
              <Grid label={words.list}>
                {items.map((picture) => (
                  <Shown
                    key={picture.hash}
                    picture={picture}
                    isChosen={chosen.has(picture.hash)}
                    onChoose={() => toggle(picture.hash)}
                  />
                ))}
              </Grid>
              {next !== null && (
                <p class="more">
                  <Button busy={library.isBusy} onClick={() => void library.more()}>
                    {words.more}
                  </Button>
                </p>
              )}
            </>
          )
        }
      </Read>
    </>
  );
}

function Shown({
  picture,
  isChosen,
  onChoose,
}: {
  picture: Picture;
  isChosen: boolean;
  onChoose: () => void;
}) {
  const words = say().pictures;
  return (
    <li class={isChosen ? "chosen" : undefined} data-hash={picture.hash}>
      <a href={hrefOf(`pictures/${picture.hash}`)}>
        <Thumbnail picture={picture} />
      </a>
      {mayDescribe(picture) && (
        <label class="choose">
          <input
            type="checkbox"
            checked={isChosen}
            aria-label={words.select(picture.name)}
            onChange={onChoose}
          />
        </label>
      )}
    </li>
  );
}

function Nothing({ isNarrow, onFiles }: { isNarrow: boolean; onFiles: (files: File[]) => void }) {
  const words = say().pictures;
  if (isNarrow)
    return (
      <Empty title={words.noneFound} why={words.noneFoundWhy}>
        <p>
          <a class="button plain" href={hrefOf("pictures")}>
            {words.clear}
          </a>
        </p>
      </Empty>
    );
  return (
    <Empty title={words.empty} why={words.emptyWhy}>
      <FileButton label={words.upload} onFiles={onFiles} />
    </Empty>
  );
}

/** The keys of the library. */
function useGridKeys(
  find: { current: HTMLInputElement | null },
  toggle: (hash: string) => void,
  deps: readonly unknown[],
): void {
  const words = say().pictures;
  const links = () => [...document.querySelectorAll<HTMLAnchorElement>("#content .grid a")];
  const at = () =>
    links().findIndex((link) => link.closest("li")?.contains(document.activeElement));
  const move = (step: number) => {
    const all = links();
    const next = at() === -1 ? 0 : Math.min(Math.max(at() + step, 0), all.length - 1);
    all[next]?.focus();
  };
  useShortcuts(
    [
      { key: "/", says: words.keyFind, act: () => find.current?.focus() },
      {
        key: "u",
        says: words.keyUpload,
        act: () => document.querySelector<HTMLInputElement>(`#${CHOOSER}`)?.click(),
      },
      { key: "j", says: words.keyNext, act: () => move(1) },
      { key: "k", says: words.keyBefore, act: () => move(-1) },
      {
        key: "x",
        says: words.keySelect,
        act: () => {
          const row = links()[at()]?.closest("li");
          const hash = row?.querySelector("input") ? row.dataset["hash"] : undefined;
          if (hash) toggle(hash);
        },
      },
    ],
    deps,
  );
}
