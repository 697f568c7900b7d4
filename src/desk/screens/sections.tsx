import { useState } from "preact/hooks";
import { api, type Trouble } from "../api.ts";
import type { Section } from "../contract.ts";
import { SectionFields } from "../filing/fields.tsx";
import { inOrder, inTurn, renumbered, type Filed } from "../filing/filed.ts";
import { EntryLine, Head, NoEntries, useEntryDialog } from "../filing/list.tsx";
import { moved, Ordered } from "../parts/ordered.tsx";
import { TroubleNote } from "../parts/states.tsx";
import type { RoomProps } from "../route.ts";
import { readDirectory, sections } from "../session.ts";
import { say } from "../words/words.ts";

/** The highest position that a section can have. */
const LAST = 10_000;

const SECTION: Filed<Section> = {
  kind: "section",
  path: "/sections",
  // A new section stands behind the others.
  blank: () => ({
    slug: "",
    name: "",
    description: null,
    position: Math.min(LAST, Math.max(0, ...sections.value.map(({ position }) => position)) + 1),
    listed: false,
  }),
  fields: (props) => <SectionFields {...props} />,
};

/** The sections of the paper, in their order. */
export function Sections({ rest: [named] }: RoomProps) {
  const words = say();
  const own = words.filing.section;
  const { setOpen, dialog, mayChange } = useEntryDialog(SECTION, sections.value, named);
  const { order, move, trouble, retry } = useOrder();
  return (
    <>
      <Head filed={SECTION} onNew={() => setOpen("new")} />
      {trouble && <TroubleNote trouble={trouble} onRetry={retry} />}
      {order.length === 0 ? (
        <NoEntries filed={SECTION} onNew={() => setOpen("new")} />
      ) : (
        <Ordered
          label={words.rooms.sections}
          items={order}
          keyOf={({ slug }) => slug}
          nameOf={({ name }) => name}
          onMove={mayChange ? move : undefined}
        >
          {(section) => (
            <EntryLine filed={SECTION} entry={section} onOpen={() => setOpen(section.slug)}>
              <code>/{section.slug}</code>
              {!section.listed && <span class="mark">{own.notListed}</span>}
            </EntryLine>
          )}
        </Ordered>
      )}
      {dialog}
    </>
  );
}

/** The order of the sections. It is seen at once, and written one move after the other. */
function useOrder() {
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const order = inOrder(sections.value);
  const write = async (wanted: readonly Section[]) => {
    const changes = renumbered(wanted);
    const positions = new Map(changes.map(({ slug, position }) => [slug, position]));
    sections.value = wanted.map((section) => ({
      ...section,
      position: positions.get(section.slug) ?? section.position,
    }));
    setTrouble(null);
    await queue(async () => {
      const found = await inTurn(
        changes.map(
          ({ slug, position }) =>
            () =>
              api.patch(`/sections/${slug}`, { position }),
        ),
      );
      if (found) setTrouble(found);
    });
  };
  return {
    order,
    move: (from: number, to: number) => void write(moved(order, from, to)),
    trouble,
    retry: () => {
      setTrouble(null);
      void readDirectory();
    },
  };
}

let last: Promise<void> = Promise.resolve();

/** Does one thing after the other, so that of two moves the later one stays. */
function queue(act: () => Promise<void>): Promise<void> {
  last = last.then(act);
  return last;
}
