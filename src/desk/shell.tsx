import { computed } from "@preact/signals";
import { Component, type ComponentChildren, type ComponentType } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Dialog } from "./parts/dialog.tsx";
import { TroubleNote, troubleLine } from "./parts/states.tsx";
import { tell, Told } from "./parts/told.tsx";
import { shortcuts, useShortcuts } from "./keys.ts";
import { ROOMS, type Room } from "./rooms.ts";
import { hrefOf, place, type RoomProps } from "./route.ts";
import { SignIn } from "./screens/sign-in.tsx";
import { Invitation } from "./screens/invitation.tsx";
import {
  enter,
  entranceTrouble,
  isSignedOutMeanwhile,
  mayI,
  me,
  settings,
  signOut,
} from "./session.ts";
import { chooseLanguage, isLanguage, language, LANGUAGES, say } from "./words/words.ts";

/** The whole desk: the entrance, or the rooms around the one that is open. */
export function Shell() {
  const words = say();
  const token = /^#invitation=(.+)$/.exec(location.hash)?.[1];
  const [invited, setInvited] = useState(token);
  if (invited)
    return (
      <Entrance>
        <Invitation
          token={invited}
          onIn={() => {
            setInvited(undefined);
            void enter();
          }}
        />
      </Entrance>
    );
  if (entranceTrouble.value)
    return (
      <Entrance>
        <TroubleNote trouble={entranceTrouble.value} onRetry={() => void enter()} />
      </Entrance>
    );
  if (me.value === undefined)
    return (
      <p class="loading" role="status">
        {words.desk.loading}
      </p>
    );
  if (me.value === null)
    return (
      <Entrance>
        <SignIn onIn={() => void enter()} />
      </Entrance>
    );
  // Whoever signs in above somebody else's screen gets rooms of their own.
  return <Rooms key={me.value.id} />;
}

/** What stands before the rooms: one thing to do, in the middle. */
function Entrance({ children }: { children: ComponentChildren }) {
  return (
    <main class="entrance">
      <div class="card">{children}</div>
      <LanguageChoice />
    </main>
  );
}

const openRooms = computed(() => ROOMS.filter(({ right }) => mayI(right)));

/** Those that stand in the menu. */
const listedRooms = computed(() => openRooms.value.filter(({ isWithin }) => !isWithin));

/** The rooms that a thumb reaches first. */
const FIRST = 3;

function Rooms() {
  const words = say();
  const { room: name, rest, query } = place.value;
  const room = openRooms.value.find((candidate) => candidate.name === name);
  const shown = room?.isWithin ?? name;
  const [isMenuOpen, setMenuOpen] = useState(false);
  const [areKeysShown, setKeysShown] = useState(false);
  useShortcuts([{ key: "?", says: words.desk.keyOfKeys, act: () => setKeysShown(true) }], [words]);
  useEffect(() => setMenuOpen(false), [place.value]);
  return (
    <div class={isMenuOpen ? "desk open" : "desk"}>
      <a
        class="skip"
        href="#content"
        onClick={(event) => {
          event.preventDefault();
          document.querySelector<HTMLElement>("#content")?.focus();
        }}
      >
        {words.desk.skip}
      </a>
      <nav class="rooms" aria-label={words.desk.rooms} id="rooms">
        <p class="paper">
          <a href="/" target="_blank" rel="noopener" title={words.desk.toPaper}>
            {settings.value?.title}
          </a>
        </p>
        {(["paper", "filing", "house"] as const).map((group) => (
          <Group key={group} group={group} current={shown} />
        ))}
        <Foot onKeys={() => setKeysShown(true)} />
      </nav>
      <nav class="thumb" aria-label={words.desk.rooms}>
        {listedRooms.value.slice(0, FIRST).map((each) => (
          <a
            key={each.name}
            href={hrefOf(each.name)}
            aria-current={each.name === shown ? "page" : undefined}
          >
            {words.rooms[each.name]}
          </a>
        ))}
        <button
          type="button"
          aria-expanded={isMenuOpen}
          aria-controls="rooms"
          onClick={() => setMenuOpen(!isMenuOpen)}
        >
          {words.desk.more}
        </button>
      </nav>
      <main id="content" tabIndex={-1}>
        {room ? (
          <Guarded key={room.name}>
            <Opened room={room} rest={rest} query={query} />
          </Guarded>
        ) : (
          <NotHere />
        )}
      </main>
      {isSignedOutMeanwhile.value && (
        <Dialog title={words.entrance.again} onClose={() => {}}>
          <p>{words.entrance.againIntro}</p>
          <SignIn within onIn={() => void enter()} />
        </Dialog>
      )}
      {areKeysShown && <Keys onClose={() => setKeysShown(false)} />}
      <Told />
    </div>
  );
}

function Group({ group, current }: { group: Room["group"]; current: string }) {
  const words = say().rooms;
  const rooms = listedRooms.value.filter((room) => room.group === group);
  if (rooms.length === 0) return null;
  return (
    <section>
      <h2>{words.groups[group]}</h2>
      <ul>
        {rooms.map(({ name }) => (
          <li key={name}>
            <a href={hrefOf(name)} aria-current={name === current ? "page" : undefined}>
              {words[name]}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Foot({ onKeys }: { onKeys: () => void }) {
  const words = say();
  return (
    <div class="foot">
      <p>
        <strong>{me.value?.name}</strong>
        <br />
        <small>{me.value && words.roles[me.value.role]}</small>
      </p>
      <p class="links">
        <button type="button" class="link keys" onClick={onKeys}>
          {words.desk.keys}
        </button>
        <button type="button" class="link" onClick={() => void leave()}>
          {words.desk.signOut}
        </button>
      </p>
      <LanguageChoice />
    </div>
  );
}

async function leave(): Promise<void> {
  const left = await signOut();
  if (!left.ok) tell(troubleLine(left.trouble), true);
}

function LanguageChoice() {
  return (
    <label class="language">
      <span class="unseen">{say().desk.language}</span>
      <select
        value={language.value}
        onChange={({ currentTarget: { value } }) => {
          if (isLanguage(value)) void chooseLanguage(value);
        }}
      >
        {Object.entries(LANGUAGES).map(([code, name]) => (
          <option key={code} value={code} lang={code} selected={code === language.value}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A room, as soon as its code is there. */
function Opened({ room, rest, query }: { room: Room } & RoomProps) {
  const [Screen, setScreen] = useState<ComponentType<RoomProps> | null>(null);
  const [isAway, setAway] = useState(false);
  const heading = say().rooms[room.name];
  const isFirst = useRef(true);
  useEffect(() => {
    document.title = `${heading} · ${settings.value?.title ?? say().desk.name}`;
  }, [heading]);
  useEffect(() => {
    let isHere = true;
    const show = async () => {
      try {
        const screen = await room.open();
        if (isHere) setScreen(() => screen);
      } catch {
        if (isHere) setAway(true);
      }
    };
    void show();
    return () => {
      isHere = false;
    };
  }, [room]);
  useEffect(() => {
    // Who moves with the keyboard or hears the page goes on in what has opened.
    const content = document.querySelector<HTMLElement>("#content");
    const isAtWork = content?.contains(document.activeElement) && !isFirst.current;
    if (isAtWork) return;
    if (!isFirst.current) content?.focus();
    isFirst.current = false;
    window.scrollTo(0, 0);
  }, [rest.join("/")]);
  if (isAway)
    return (
      <TroubleNote
        trouble={{ kind: "offline", status: 0, detail: "", wrong: [] }}
        onRetry={() => location.reload()}
      />
    );
  return Screen ? (
    <Screen rest={rest} query={query} />
  ) : (
    <p class="loading" role="status">
      {say().desk.loading}
    </p>
  );
}

function NotHere() {
  const words = say().desk;
  const isKnown = ROOMS.some(({ name }) => name === place.value.room);
  return (
    <div class="empty">
      <h1>{words.notHere}</h1>
      <p>{isKnown ? words.notYours : words.notHereWhy}</p>
      <p>
        <a href={hrefOf("stories")}>{say().rooms.stories}</a>
      </p>
    </div>
  );
}

function Keys({ onClose }: { onClose: () => void }) {
  const words = say().desk;
  return (
    <Dialog title={words.keys} onClose={onClose}>
      <p>{words.keysIntro}</p>
      <dl class="keys">
        {shortcuts.value.map(({ key, says }) => (
          <div key={key + says}>
            <dt>
              <kbd>{key.replace("Mod+", "Ctrl ")}</kbd>
            </dt>
            <dd>{says}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

/** A room that stumbles leaves the others standing. */
class Guarded extends Component<{ children: ComponentChildren }, { isBroken: boolean }> {
  override state = { isBroken: false };
  override componentDidCatch(error: unknown) {
    console.error(error);
    this.setState({ isBroken: true });
  }
  override render() {
    if (!this.state.isBroken) return <>{this.props.children}</>;
    const words = say().desk;
    return (
      <div class="trouble" role="alert">
        <p>{words.broken}</p>
        <button type="button" class="button plain" onClick={() => location.reload()}>
          {words.tryAgain}
        </button>
      </div>
    );
  }
}
