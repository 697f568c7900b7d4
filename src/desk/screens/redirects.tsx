import { useState } from "preact/hooks";
import { api } from "../api.ts";
import type { Listed, Redirect } from "../contract.ts";
import { useShortcuts } from "../keys.ts";
import { useLoaded } from "../loading.ts";
import { Button } from "../parts/button.tsx";
import { Empty, Read, troubleLine } from "../parts/states.tsx";
import { tell } from "../parts/told.tsx";
import { RedirectForm } from "../redirects/form.tsx";
import { TableDialog } from "../redirects/import.tsx";
import { Target } from "../redirects/target.tsx";
import { RedirectRemoval } from "../redirects/removal.tsx";
import type { RoomProps } from "../route.ts";
import { mayI } from "../session.ts";
import { say } from "../words/words.ts";

const SHOWN = 100;

/** What is open above the list. */
type Open = { form: Redirect | null } | { removal: Redirect } | "table" | null;

/** Addresses that lead elsewhere, or nowhere any more. */
export function Redirects(_: RoomProps) {
  const words = say();
  const own = words.filing.redirects;
  const mayChange = mayI("redirect a path");
  const { loaded, reload, more } = useRedirects();
  const [open, setOpen] = useState<Open>(null);
  useShortcuts(mayChange ? [{ key: "n", says: own.add, act: () => setOpen({ form: null }) }] : [], [
    own,
    mayChange,
  ]);
  const done = () => {
    setOpen(null);
    void reload();
  };
  const add = mayChange && (
    <p class="actions">
      <Button onClick={() => setOpen("table")}>{own.table}</Button>
      <Button weight="first" onClick={() => setOpen({ form: null })}>
        {own.add}
      </Button>
    </p>
  );
  return (
    <>
      <header class="room">
        <h1>{words.rooms.redirects}</h1>
        {add}
      </header>
      <p class="quiet intro">{own.intro}</p>
      <Read loaded={loaded} onRetry={() => void reload()}>
        {({ items, next }) =>
          items.length === 0 ? (
            <Empty title={own.empty} why={own.emptyWhy} />
          ) : (
            <>
              <ul class="rows redirects" aria-label={words.rooms.redirects}>
                {items.map((redirect) => (
                  <li key={redirect.id}>
                    <RedirectLine
                      redirect={redirect}
                      onOpen={mayChange ? () => setOpen({ form: redirect }) : undefined}
                    />
                  </li>
                ))}
              </ul>
              {next !== null && (
                <p class="more">
                  <Button onClick={() => void more(items, next)}>{words.desk.showMore}</Button>
                </p>
              )}
            </>
          )
        }
      </Read>
      <Above open={open} setOpen={setOpen} onDone={done} />
    </>
  );
}

/** The redirects that are shown, and those behind them. */
function useRedirects() {
  const { loaded, reload, put } = useLoaded(
    () => api.get<Listed<Redirect>>("/redirects", { limit: SHOWN }),
    [],
  );
  const more = async (items: readonly Redirect[], cursor: string) => {
    const page = await api.get<Listed<Redirect>>("/redirects", { limit: SHOWN, cursor });
    if (page.ok) put({ items: [...items, ...page.value.items], next: page.value.next });
    else tell(troubleLine(page.trouble), true);
  };
  return { loaded, reload, more };
}

function Above({
  open,
  setOpen,
  onDone,
}: {
  open: Open;
  setOpen: (open: Open) => void;
  onDone: () => void;
}) {
  const onClose = () => setOpen(null);
  if (open === null) return null;
  if (open === "table") return <TableDialog {...{ onDone, onClose }} />;
  if ("removal" in open)
    return <RedirectRemoval redirect={open.removal} {...{ onDone, onClose }} />;
  const { form } = open;
  return (
    <RedirectForm
      redirect={form}
      onRemove={() => form && setOpen({ removal: form })}
      {...{ onDone, onClose }}
    />
  );
}

function RedirectLine({
  redirect: { from, kind, to },
  onOpen,
}: {
  redirect: Redirect;
  onOpen: (() => void) | undefined;
}) {
  const own = say().filing.redirects;
  const address = <bdi dir="ltr">{from}</bdi>;
  return (
    <>
      <p class="from">
        {onOpen ? (
          <button type="button" class="link" aria-label={own.editThis(from)} onClick={onOpen}>
            {address}
          </button>
        ) : (
          address
        )}
        {kind === "prefix" && <small class="quiet">{own.isPrefix}</small>}
      </p>
      <p>
        <Target kind={kind} to={to} />
      </p>
    </>
  );
}
