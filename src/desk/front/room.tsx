import { useRef, useState } from "preact/hooks";
import type { Front } from "../contract.ts";
import { useShortcuts } from "../keys.ts";
import { formatMoment } from "../moments.ts";
import { Button } from "../parts/button.tsx";
import { Empty, TroubleNote } from "../parts/states.tsx";
import { go, hrefOf } from "../route.ts";
import { say } from "../words/words.ts";
import { useArranging, type Arranging, type Which } from "./arranging.ts";
import { DropScheduled, FrontClash, ScheduleFront } from "./dialogs.tsx";
import { FindStories } from "./find.tsx";
import { useMoves } from "./moves.ts";
import { Latest, Noticed, usePreview } from "./noticed.tsx";
import { LeadSlot, PinnedSlot, RowSlots } from "./slots.tsx";

/** The front page with its places, the one that is up or the one that is to come. */
export function FrontDesk({ opened, which }: { opened: Front; which: Which }) {
  const words = say().front;
  const arranging = useArranging(opened, which);
  const { arranged, isDirty, front, wrong, trouble, found, takeFound } = arranging;
  const moves = useMoves(arranging);
  const { preview, isUnknown } = usePreview(arranged);
  const find = useRef<HTMLInputElement>(null);
  useShortcuts(
    moves.isAllowed
      ? [
          { key: "/", says: words.keyFind, act: () => find.current?.focus() },
          { key: "z", says: words.keyUndo, act: arranging.undo },
        ]
      : [],
    [arranged, words],
  );
  const isThere = which === "up" || front.scheduled !== null || isDirty;
  const given = { moves, preview, wrong };
  return (
    <div class="front-desk">
      <Head
        arranging={arranging}
        isAllowed={moves.isAllowed}
        onFind={() => find.current?.focus()}
      />
      {!moves.isAllowed && <p class="hint">{words.readOnly}</p>}
      {found && (
        <div class="note">
          <p>{words.found(formatMoment(found.at))}</p>
          <p class="actions">
            <Button onClick={() => takeFound(true)}>{words.takeFound}</Button>
            <Button onClick={() => takeFound(false)}>{words.dropFound}</Button>
          </p>
        </div>
      )}
      {trouble && trouble.kind !== "stale" && (
        <TroubleNote trouble={{ ...trouble, wrong: wrong.filter(({ path }) => !isPlaced(path)) }} />
      )}
      {trouble?.kind === "stale" && <TroubleNote trouble={trouble} />}
      {isThere ? (
        <div class="front-columns">
          <div class="front-page">
            <Noticed preview={preview} isDirty={isDirty || which === "scheduled"} />
            {isUnknown && <p class="hint">{words.unknown}</p>}
            <LeadSlot {...given} />
            <PinnedSlot {...given} />
            <RowSlots {...given} />
            <Latest preview={preview} moves={moves} />
          </div>
          {moves.isAllowed && <FindStories moves={moves} field={find} />}
        </div>
      ) : (
        <Empty title={words.noneScheduled} why={words.noneScheduledWhy}>
          <p>
            <a class="button plain" href={hrefOf("front")}>
              {words.toUp}
            </a>
          </p>
        </Empty>
      )}
      <p class="unseen" role="status" aria-live="polite">
        {moves.said}
      </p>
      <FrontClash arranging={arranging} />
    </div>
  );
}

/** Whether a fault is shown beside what it is about. */
function isPlaced(path: string): boolean {
  return /^(?:lead|pinned\.\d|rows\.\d)/.test(path);
}

/** Which front it is, how it stands, and what can be done with all of it. */
function Head({
  arranging,
  isAllowed,
  onFind,
}: {
  arranging: Arranging;
  isAllowed: boolean;
  onFind: () => void;
}) {
  const words = say().front;
  const { which, front, isDirty, isBusy, canUndo, undo, reset, save } = arranging;
  const [asked, setAsked] = useState<"schedule" | "drop" | null>(null);
  const at = front.scheduled?.scheduledFor;
  const shut = () => setAsked(null);
  return (
    <header class="front-head">
      <div>
        <h1>{words.title}</h1>
        <nav class="fronts" aria-label={words.fronts}>
          <a href={hrefOf("front")} aria-current={which === "up" ? "page" : undefined}>
            {words.up}
          </a>
          <a
            href={hrefOf("front/scheduled")}
            aria-current={which === "scheduled" ? "page" : undefined}
          >
            {at ? words.scheduledAt(formatMoment(at)) : words.scheduled}
          </a>
        </nav>
      </div>
      {isAllowed && (which === "up" || at || isDirty) && (
        <p class="actions">
          <span class="hint" role="status">
            {isDirty && say().desk.unsaved}
          </span>
          <span class="to-find">
            <Button onClick={onFind}>{words.find}</Button>
          </span>
          <Button disabled={!canUndo} onClick={undo}>
            {words.undo}
          </Button>
          {isDirty && <Button onClick={reset}>{words.reset}</Button>}
          <Button onClick={() => setAsked("schedule")}>
            {which === "up" ? words.schedule : words.otherHour}
          </Button>
          {which === "scheduled" && at && (
            <Button weight="grave" onClick={() => setAsked("drop")}>
              {words.dropAsk}
            </Button>
          )}
          <Button weight="first" busy={isBusy} disabled={!isDirty} onClick={() => void save()}>
            {which === "up" ? words.putUp : say().desk.save}
          </Button>
        </p>
      )}
      {asked === "schedule" && (
        <ScheduleFront
          arranging={arranging}
          onClose={shut}
          onDone={() => {
            shut();
            go(hrefOf("front/scheduled"));
          }}
        />
      )}
      {asked === "drop" && <DropScheduled arranging={arranging} onClose={shut} />}
    </header>
  );
}
