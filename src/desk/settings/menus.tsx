import { useRef, useState } from "preact/hooks";
import { listAll } from "../api.ts";
import type { Wrong } from "../api.ts";
import type { ArticleSummary, Settings } from "../contract.ts";
import { useLoaded } from "../loading.ts";
import { Button } from "../parts/button.tsx";
import { Choice, errorOf, TextField } from "../parts/field.tsx";
import { moved, Ordered } from "../parts/ordered.tsx";
import { sectionNames, sections } from "../session.ts";
import { inOrder } from "../filing/filed.ts";
import { say } from "../words/words.ts";
import { change } from "./draft.ts";
import type { GroupProps } from "./line.tsx";

type Menu = NonNullable<Settings["menu"]>;
type Entry = Menu[number];

/** The menus at the top and the foot of every page. */
export function MenusGroup({ draft, wrong }: GroupProps) {
  const words = say().settings;
  const { loaded } = useLoaded(() => listAll<ArticleSummary>("/pages", {}, 200), []);
  const pages = loaded.state === "here" ? loaded.value : [];
  return (
    <>
      <MenuField
        name="menu"
        label={words.menu}
        standard={words.menuStandard}
        menu={draft.menu}
        {...{ wrong, pages }}
      />
      <MenuField
        name="footer"
        label={words.footer}
        standard={words.footerStandard}
        menu={draft.footer}
        {...{ wrong, pages }}
      />
    </>
  );
}

interface FieldProps {
  name: "menu" | "footer";
  label: string;
  /** What readers see while nobody has said otherwise. */
  standard: string;
  menu: Menu | null;
  wrong: readonly Wrong[];
  pages: readonly ArticleSummary[];
}

function MenuField({ name, label, standard, menu, wrong, pages }: FieldProps) {
  const words = say().settings;
  const keys = useKeys(menu?.length ?? 0);
  const put = (next: Menu | null) => change({ [name]: next });
  const own = errorOf(
    wrong.filter(({ path }) => path === name),
    name,
  );
  return (
    <fieldset class="menu-field">
      <legend>{label}</legend>
      <div class="choices">
        <label class="check">
          <input type="radio" name={name} checked={menu === null} onChange={() => put(null)} />
          <span>{standard}</span>
        </label>
        <label class="check">
          <input
            type="radio"
            name={name}
            checked={menu !== null}
            onChange={() => put(menu ?? sectionsMenu())}
          />
          <span>{words.ownMenu}</span>
        </label>
      </div>
      {menu && (
        <>
          <Ordered
            label={label}
            items={menu}
            keyOf={(_, index) => keys.at(index)}
            nameOf={nameOfEntry}
            onMove={(from, to) => {
              keys.move(from, to);
              put(moved(menu, from, to));
            }}
          >
            {(entry, index) => (
              <EntryFields
                {...{ entry, wrong }}
                path={`${name}.${index}`}
                onEntry={(next) => put(menu.with(index, next))}
                onRemove={() => {
                  keys.remove(index);
                  put(menu.toSpliced(index, 1));
                }}
              />
            )}
          </Ordered>
          {own && <p class="fault">{own}</p>}
          <AddEntry menu={menu} pages={pages} onAdd={(entry) => put([...menu, entry])} />
        </>
      )}
    </fieldset>
  );
}

/** What a menu of one's own starts with: every section, as it was. */
function sectionsMenu(): Menu {
  return inOrder(sections.value).map(({ slug }) => ({ section: slug, label: null }));
}

function nameOfEntry(entry: Entry): string {
  if (entry.label) return entry.label;
  return "section" in entry ? (sectionNames.value.get(entry.section) ?? entry.section) : entry.href;
}

/** Names for the entries of a menu, which have none: a row that moves stays the same row. */
function useKeys(length: number) {
  const keys = useRef<string[]>([]);
  while (keys.current.length < length) keys.current.push(crypto.randomUUID());
  keys.current.length = length;
  return {
    at: (index: number) => keys.current[index] ?? String(index),
    move: (from: number, to: number) => {
      keys.current = moved(keys.current, from, to);
    },
    remove: (index: number) => {
      keys.current = keys.current.toSpliced(index, 1);
    },
  };
}

interface EntryProps {
  entry: Entry;
  path: string;
  wrong: readonly Wrong[];
  onEntry: (entry: Entry) => void;
  onRemove: () => void;
}

function EntryFields({ entry, path, wrong, onEntry, onRemove }: EntryProps) {
  const words = say().settings;
  const isSection = "section" in entry;
  const name = isSection ? (sectionNames.value.get(entry.section) ?? entry.section) : "";
  return (
    <div class="menu-entry">
      <TextField
        label={words.entryLabel(nameOfEntry(entry))}
        hideLabel
        value={entry.label ?? ""}
        placeholder={isSection ? name : words.labelHere}
        error={errorOf(wrong, `${path}.label`)}
        onText={(label) => onEntry({ ...entry, label })}
      />
      {isSection ? (
        <div class="field">
          <p class="quiet">{words.sectionCalled(name)}</p>
          <p class="fault">{errorOf(wrong, `${path}.section`)}</p>
        </div>
      ) : (
        <TextField
          label={words.entryAddress(nameOfEntry(entry))}
          hideLabel
          dir="ltr"
          spellcheck={false}
          placeholder="/about"
          value={entry.href}
          error={errorOf(wrong, `${path}.href`)}
          onText={(href) => onEntry({ ...entry, href })}
        />
      )}
      <Button weight="quiet" label={words.removeEntry(nameOfEntry(entry))} onClick={onRemove}>
        ×
      </Button>
    </div>
  );
}

/** Adds a section or a page that is not in the menu yet, or any other address. */
function AddEntry({
  menu,
  pages,
  onAdd,
}: {
  menu: Menu;
  pages: readonly ArticleSummary[];
  onAdd: (entry: Entry) => void;
}) {
  const words = say().settings;
  const offers = offersFor(menu, pages);
  const [chosen, setChosen] = useState("");
  const offer = offers.find(({ key }) => key === chosen) ?? offers[0];
  return (
    <div class="add-entry">
      <Choice
        label={words.addToMenu}
        value={offer?.key ?? ""}
        onText={setChosen}
        options={offers.map(({ key, text }) => [key, text] as const)}
      />
      <Button
        onClick={() => {
          if (offer) onAdd(offer.entry);
          setChosen("");
        }}
      >
        {say().desk.add}
      </Button>
    </div>
  );
}

interface Offer {
  key: string;
  text: string;
  entry: Entry;
}

function offersFor(menu: Menu, pages: readonly ArticleSummary[]): Offer[] {
  const words = say().settings;
  const held = new Set(menu.map((entry) => ("section" in entry ? entry.section : entry.href)));
  const ofSections = inOrder(sections.value)
    .filter(({ slug }) => !held.has(slug))
    .map(({ slug, name }) => ({
      key: `section ${slug}`,
      text: words.offerSection(name),
      entry: { section: slug, label: null },
    }));
  const ofPages = pages
    .filter(({ slug, status }) => !held.has(`/${slug}`) && status !== "binned")
    .map(({ slug, title }) => ({
      key: `page ${slug}`,
      text: words.offerPage(title),
      entry: { href: `/${slug}`, label: title.slice(0, 60) },
    }));
  const other = { key: "other", text: words.offerOther, entry: { href: "", label: "" } };
  return [...ofSections, ...ofPages, other];
}
