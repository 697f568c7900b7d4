import { useState } from "preact/hooks";
import { api, type Trouble } from "../api.ts";
import type { Settings } from "../contract.ts";
import { useShortcuts } from "../keys.ts";
import { useLoaded } from "../loading.ts";
import { bare, FormTrouble, useFirstFault } from "../parts/faults.tsx";
import { Read } from "../parts/states.tsx";
import { tell } from "../parts/told.tsx";
import type { RoomProps } from "../route.ts";
import { settings } from "../session.ts";
import { changedNames, drafted, dropChanges, saveChanges, type Name } from "../settings/draft.ts";
import { Group, type GroupProps } from "../settings/line.tsx";
import { MachinesGroup } from "../settings/machines.tsx";
import { MenusGroup } from "../settings/menus.tsx";
import { AddressesGroup, PaperGroup, PlaceGroup } from "../settings/paper.tsx";
import { SaveBar } from "../settings/save-bar.tsx";
import { SecurityGroup } from "../settings/security.tsx";
import { say } from "../words/words.ts";

/** What an admin sets of the paper itself. */
export function SettingsRoom(_: RoomProps) {
  const words = say();
  const { loaded, reload } = useLoaded(async () => {
    const read = await api.get<Settings>("/settings");
    if (read.ok) settings.value = read.value;
    return read;
  }, []);
  return (
    <>
      <header class="room">
        <h1>{words.rooms.settings}</h1>
      </header>
      <Read loaded={loaded} onRetry={() => void reload()}>
        {() => drafted.value && <Form draft={drafted.value} />}
      </Read>
    </>
  );
}

const GROUPS = ["paper", "place", "menus", "addresses", "machines", "security"] as const;

function Form({ draft }: { draft: Settings }) {
  const words = say().settings;
  const { save, isBusy, trouble, raced, drop } = useSaving();
  const form = useFirstFault(trouble, false);
  useShortcuts([{ key: "Mod+s", says: say().desk.save, act: () => void save() }], [words]);
  const props: GroupProps = { draft, wrong: bare(trouble?.wrong ?? []) };
  return (
    <div class="settings">
      <nav class="jump" aria-label={words.groups}>
        <ul>
          {GROUPS.map((id) => (
            <li key={id}>
              <button type="button" class="link" onClick={() => jumpTo(id)}>
                {words.group[id]}
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <form
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Group id="paper" title={words.group.paper}>
          <PaperGroup {...props} />
        </Group>
        <Group id="place" title={words.group.place} intro={words.placeIntro}>
          <PlaceGroup {...props} />
        </Group>
        <Group id="menus" title={words.group.menus} intro={words.menusIntro}>
          <MenusGroup {...props} />
        </Group>
        <Group id="addresses" title={words.group.addresses}>
          <AddressesGroup {...props} />
        </Group>
        <Group id="machines" title={words.group.machines}>
          <MachinesGroup {...props} />
        </Group>
        <Group id="security" title={words.group.security} intro={words.securityIntro}>
          <SecurityGroup {...props} />
        </Group>
        <FormTrouble trouble={trouble} beside={Object.keys(draft)} />
        {raced.length > 0 && (
          <p class="note" role="alert">
            {words.raced(raced.map((name) => words.names[name]))}
          </p>
        )}
        <SaveBar count={changedNames.value.length} isBusy={isBusy} onDrop={drop} />
      </form>
    </div>
  );
}

function jumpTo(id: (typeof GROUPS)[number]): void {
  document.querySelector(`#${id}`)?.scrollIntoView();
  document.querySelector<HTMLElement>(`#${id}-title`)?.focus({ preventScroll: true });
}

function useSaving() {
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [raced, setRaced] = useState<Name[]>([]);
  const clear = () => {
    setTrouble(null);
    setRaced([]);
  };
  const save = async () => {
    if (changedNames.value.length === 0) return;
    setBusy(true);
    clear();
    const saved = await saveChanges();
    setBusy(false);
    if (saved.ok) tell(say().desk.saved);
    else if ("raced" in saved) setRaced(saved.raced);
    else setTrouble(saved.trouble);
  };
  const drop = () => {
    clear();
    dropChanges();
  };
  return { save, isBusy, trouble, raced, drop };
}
