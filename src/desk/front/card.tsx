import { useState } from "preact/hooks";
import type { Entry } from "../../domain/front.ts";
import type { Hero, Status } from "../contract.ts";
import { Menu } from "../parts/menu.tsx";
import { sourceOf } from "../pictures/sources.ts";
import { hrefOf } from "../route.ts";
import { sectionNames } from "../session.ts";
import { say } from "../words/words.ts";
import { drags, landing } from "./dragging.ts";
import { EntryDialog } from "./entry-dialog.tsx";
import { titleOf, type Moves } from "./moves.ts";
import { canShift, hasRoom, spotOf, type Spot } from "./placement.ts";
import { toldOf } from "./told.ts";

/** A story in its place on the front page. */
export function Card({
  entry,
  moves,
  as: Element = "li",
  list,
  at,
  size = 320,
  fault,
}: {
  entry: Entry;
  moves: Moves;
  as?: "li" | "article";
  list: string;
  at: number;
  size?: 320 | 640;
  /** What the newsroom found wrong with it. */
  fault?: string | undefined;
}) {
  const words = say().front;
  const { story } = entry;
  const [isWording, setWording] = useState(false);
  const told = toldOf(story);
  const title = titleOf(entry);
  const hasOwn = entry.title !== null || entry.standfirst !== null || entry.hero !== null;
  const standfirst = entry.standfirst ?? (size === 640 ? told?.standfirst : null);
  const isLanding = landing.value?.list === list && landing.value.at === at;
  return (
    <Element
      class={isLanding ? "card landing" : "card"}
      data-story={story}
      {...drags(story, moves.isAllowed)}
    >
      <Picture hero={entry.hero ?? told?.hero ?? null} size={size} />
      <div class="card-what">
        {told?.section && (
          <p class="card-section">{sectionNames.value.get(told.section) ?? told.section}</p>
        )}
        <h3 dir="auto">{title}</h3>
        {standfirst && (
          <p class="card-standfirst" dir="auto">
            {standfirst}
          </p>
        )}
        <NotOut status={told?.status ?? null} />
        {hasOwn && <p class="hint">{words.hasOwn}</p>}
        {fault && (
          <p class="fault" role="alert">
            {fault}
          </p>
        )}
      </div>
      {moves.isAllowed && (
        <div class="card-moves" role="group" aria-label={title}>
          <Shift moves={moves} story={story} title={title} />
          <Menu label={words.move} name={words.moveOf(title)}>
            <Placing story={story} moves={moves} />
            <button type="button" onClick={() => setWording(true)}>
              {words.ownWords}
            </button>
            <a href={hrefOf(`story/${story}`)}>{words.open}</a>
            <button type="button" class="grave" onClick={() => moves.takeOut(story)}>
              {words.takeOut}
            </button>
          </Menu>
        </div>
      )}
      {isWording && (
        <EntryDialog
          entry={entry}
          onDone={(changed) => {
            setWording(false);
            moves.reword(changed);
          }}
          onClose={() => setWording(false)}
        />
      )}
    </Element>
  );
}

/** A story that is not placed: one of the newest, or one that was found. */
export function LooseCard({
  story,
  title,
  hero,
  status,
  note,
  moves,
}: {
  story: string;
  title: string;
  hero: Hero | null;
  status: Status | null;
  note?: string | undefined;
  moves: Moves;
}) {
  const words = say().front;
  const section = toldOf(story)?.section;
  return (
    <li class="card loose" {...drags(story, moves.isAllowed)}>
      <Picture hero={hero} size={160} />
      <div class="card-what">
        {section && <p class="card-section">{sectionNames.value.get(section) ?? section}</p>}
        <h3 dir="auto">{title}</h3>
        <NotOut status={status} />
        {note && <p class="hint">{note}</p>}
      </div>
      {moves.isAllowed && (
        <div class="card-moves" role="group" aria-label={title}>
          <Menu label={words.place} name={words.placeOf(title)}>
            <Placing story={story} moves={moves} />
            <a href={hrefOf(`story/${story}`)}>{words.open}</a>
          </Menu>
        </div>
      )}
    </li>
  );
}

function Picture({ hero, size }: { hero: Hero | null; size: 160 | 320 | 640 }) {
  if (!hero) return null;
  return <img class="card-picture" src={sourceOf(hero.src, size)} alt="" loading="lazy" />;
}

/** Says that readers do not see a story yet, or any more. */
function NotOut({ status }: { status: Status | null }) {
  const words = say();
  if (status === null || status === "published") return null;
  const state = {
    draft: words.status.draft,
    inReview: words.status.waiting,
    scheduled: words.status.scheduled,
    withdrawn: words.status.withdrawn,
    binned: words.status.binned,
  }[status];
  return <p class="not-out">{words.front.notOut(state)}</p>;
}

/** One place forward or back among its neighbours. */
function Shift({ moves, story, title }: { moves: Moves; story: string; title: string }) {
  const words = say().front;
  const { arranged, shift } = moves;
  if (!canShift(arranged, story, -1) && !canShift(arranged, story, 1)) return null;
  return (
    <>
      {([-1, 1] as const).map((step) => {
        const label = step === -1 ? words.forward(title) : words.back(title);
        return (
          <button
            key={step}
            type="button"
            class={step === -1 ? "shift before" : "shift after"}
            aria-label={label}
            title={label}
            disabled={!canShift(arranged, story, step)}
            onClick={() => shift(story, step)}
          />
        );
      })}
    </>
  );
}

/** Every place that a story can go to. */
function Placing({ story, moves: { arranged, place } }: { story: string; moves: Moves }) {
  const words = say().front;
  const now = spotOf(arranged, story);
  const places: { key: string; says: string; spot: Spot; isThere: boolean }[] = [
    { key: "lead", says: words.makeLead, spot: { in: "lead" }, isThere: now?.in === "lead" },
    {
      key: "pinned",
      says: words.pin,
      spot: { in: "pinned", at: arranged.pinned.length },
      isThere: now?.in === "pinned",
    },
    ...arranged.rows.map(({ key, name, entries }) => ({
      key: String(key),
      says: words.intoRow(name || words.unnamed),
      spot: { in: "row" as const, key, at: entries.length },
      isThere: now?.in === "row" && now.key === key,
    })),
  ];
  return (
    <>
      {places
        .filter(({ spot, isThere }) => !isThere && hasRoom(arranged, spot, story))
        .map(({ key, says, spot }) => (
          <button key={key} type="button" onClick={() => place(story, spot)}>
            {says}
          </button>
        ))}
    </>
  );
}
