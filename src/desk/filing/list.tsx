import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useShortcuts } from "../keys.ts";
import { Button } from "../parts/button.tsx";
import { TextField } from "../parts/field.tsx";
import { Empty } from "../parts/states.tsx";
import { hrefOf, swap } from "../route.ts";
import { mayI } from "../session.ts";
import { say } from "../words/words.ts";
import { EntryDialog } from "./entry.tsx";
import { isFound, type Entry, type Filed } from "./filed.ts";

/** How many are drawn at first. */
const SHOWN = 100;

interface Props<E extends Entry> {
  filed: Filed<E>;
  entries: readonly E[];
  /** Whose form is open when the room is. */
  named: string | undefined;
  query: URLSearchParams;
  facts: (entry: E) => ComponentChildren;
}

/** Authors or tags, found by what they are called. */
export function FiledRoom<E extends Entry>({ filed, entries, named, query, facts }: Props<E>) {
  const { own, open, setOpen, dialog } = useEntryDialog(filed, entries, named);
  const room = `${filed.kind}s`;
  const text = query.get("q") ?? "";
  const find = useRef<HTMLInputElement>(null);
  const [count, setCount] = useState(SHOWN);
  useEffect(() => setCount(SHOWN), [text]);
  useShortcuts([{ key: "/", says: own.find, act: () => find.current?.focus() }], [own]);
  const found = entries
    .filter((entry) => isFound(entry, text))
    .toSorted((a, b) => a.name.localeCompare(b.name));
  return (
    <>
      <Head filed={filed} onNew={() => setOpen("new")} />
      {entries.length > 0 && (
        <form class="find" role="search" onSubmit={(event) => event.preventDefault()}>
          <TextField
            field={find}
            label={own.find}
            type="search"
            enterkeyhint="search"
            value={text}
            onText={(words) => swap(hrefOf(room, { q: words }))}
          />
          <p class="quiet" role="status">
            {text.trim() !== "" && say().filing.found(found.length)}
          </p>
        </form>
      )}
      {entries.length === 0 && <NoEntries filed={filed} onNew={() => setOpen("new")} />}
      {entries.length > 0 && found.length === 0 && (
        <Empty title={say().stories.noneFound} why={say().filing.otherWords} />
      )}
      {found.length > 0 && (
        <ul class="rows filed" aria-label={say().rooms[filed.kind === "tag" ? "tags" : "authors"]}>
          {found.slice(0, count).map((entry) => (
            <li key={entry.slug}>
              <EntryLine {...{ filed, entry }} onOpen={() => setOpen(entry.slug)}>
                {facts(entry)}
              </EntryLine>
            </li>
          ))}
        </ul>
      )}
      {found.length > count && (
        <p class="more">
          <Button onClick={() => setCount(count + SHOWN)}>{say().desk.showMore}</Button>
        </p>
      )}
      {open !== null && dialog}
    </>
  );
}

/** The form of the entry that is open, and the key that opens a new one. */
export function useEntryDialog<E extends Entry>(
  filed: Filed<E>,
  entries: readonly E[],
  named: string | undefined,
) {
  const own = say().filing[filed.kind];
  const mayChange = mayI("change what stories are filed under");
  const [open, setOpen] = useState<string | null>(mayChange ? (named ?? null) : null);
  useShortcuts(mayChange ? [{ key: "n", says: own.make, act: () => setOpen("new") }] : [], [
    own,
    mayChange,
  ]);
  // The form keeps the entry that it was opened with, whatever is read meanwhile.
  const entry = entries.find(({ slug }) => slug === open) ?? null;
  const dialog = (open === "new" || entry) && (
    <EntryDialog
      key={open}
      filed={filed}
      entry={open === "new" ? null : entry}
      others={entries}
      onClose={() => setOpen(null)}
    />
  );
  return { own, open, setOpen, dialog, mayChange };
}

export function Head<E extends Entry>({ filed, onNew }: { filed: Filed<E>; onNew: () => void }) {
  const own = say().filing[filed.kind];
  return (
    <>
      <header class="room">
        <h1>{say().rooms[`${filed.kind}s`]}</h1>
        {mayI("change what stories are filed under") && (
          <Button weight="first" onClick={onNew}>
            {own.make}
          </Button>
        )}
      </header>
      <p class="quiet intro">{own.intro}</p>
    </>
  );
}

export function NoEntries<E extends Entry>({
  filed,
  onNew,
}: {
  filed: Filed<E>;
  onNew: () => void;
}) {
  const own = say().filing[filed.kind];
  return (
    <Empty title={own.empty} why={own.emptyWhy}>
      {mayI("change what stories are filed under") && (
        <Button weight="first" onClick={onNew}>
          {own.make}
        </Button>
      )}
    </Empty>
  );
}

/** An entry in a list: its name, which opens it for who may change it, and what is known of it. */
export function EntryLine<E extends Entry>({
  filed: { kind },
  entry: { slug, name },
  onOpen,
  children,
}: {
  filed: Filed<E>;
  entry: E;
  onOpen: () => void;
  children: ComponentChildren;
}) {
  return (
    <>
      <div class="what">
        <h2 class="headline">
          {mayI("change what stories are filed under") ? (
            <button type="button" onClick={onOpen}>
              {name}
            </button>
          ) : (
            name
          )}
        </h2>
        <p class="facts">{children}</p>
      </div>
      <a class="link stories-of" href={hrefOf("stories", { [kind]: slug })}>
        {say().filing.itsStories}
        <span class="unseen"> {name}</span>
      </a>
    </>
  );
}
