import type { OutboxEntry } from "../contract.ts";
import { formatAgo, formatMoment } from "../moments.ts";
import { Empty } from "../parts/states.tsx";
import { say } from "../words/words.ts";

/** What is still to be done after acts, a row for each kind of it: there may be hundreds. */
export function Outbox({
  entries,
  isAll,
  now,
}: {
  entries: readonly OutboxEntry[];
  isAll: boolean;
  now: number;
}) {
  const words = say().health;
  const kinds = Map.groupBy(entries, ({ kind }) => kind);
  return (
    <section class="panel">
      <h2>{words.outbox}</h2>
      <p class="hint">{words.outboxIntro}</p>
      {entries.length === 0 ? (
        <Empty title={words.outboxEmpty} why={words.outboxEmptyWhy} />
      ) : (
        <ul class="rows outbox" aria-label={words.outbox}>
          {[...kinds].map(([kind, ofKind]) => (
            <Waiting key={kind} kind={kind} entries={ofKind} now={now} />
          ))}
        </ul>
      )}
      {!isAll && <p class="hint">{words.oldestOnly(entries.length)}</p>}
    </section>
  );
}

function Waiting({
  kind,
  entries,
  now,
}: {
  kind: OutboxEntry["kind"];
  entries: readonly OutboxEntry[];
  now: number;
}) {
  const words = say().health;
  const waiting = entries.filter(
    ({ leasedUntil }) => leasedUntil === null || Date.parse(leasedUntil) <= now,
  );
  const dues = waiting.map(({ dueAt }) => dueAt).toSorted();
  const [dueAt] = dues;
  const attempts = Math.max(...entries.map((entry) => entry.attempts));
  const isDue = dueAt !== undefined && Date.parse(dueAt) <= now;
  return (
    <li>
      <div class="what">
        <h3>
          {words.kinds[kind]}{" "}
          {entries.length > 1 && <span class="quiet">{words.times(entries.length)}</span>}
        </h3>
        <p class="facts">
          <Where payloads={entries.map(({ payload }) => payload)} />
        </p>
        {kind === "copy" && <p class="hint">{words.copiesWait}</p>}
      </div>
      <p
        class={`state ${dueAt === undefined ? "live" : isDue && kind !== "copy" ? "waiting" : ""}`}
      >
        <strong>{dueAt === undefined ? words.working : <DueAt {...{ dueAt, now }} />}</strong>
        {attempts > 0 && <small>{words.attempts(attempts)}</small>}
      </p>
    </li>
  );
}

function DueAt({ dueAt, now }: { dueAt: string; now: number }) {
  const words = say().health;
  // Of what is due in less than a minute it says only that.
  const isNow = Math.abs(Date.parse(dueAt) - now) < 60_000;
  return (
    <time dateTime={dueAt} title={formatMoment(dueAt)}>
      {isNow ? words.dueNow : words.due(formatAgo(dueAt, now))}
    </time>
  );
}

/** How many pages one row names. */
const SHOWN = 3;

/** Which pages it is about, as far as the rows say it. */
function Where({ payloads }: { payloads: OutboxEntry["payload"][] }) {
  const words = say().health;
  const paths = [
    ...new Set(payloads.flatMap((payload) => [...texts(payload, "at"), ...texts(payload, "path")])),
  ];
  return (
    <>
      {payloads.some(({ everything }) => everything === true) && <span>{words.everything}</span>}
      {paths.slice(0, SHOWN).map((path) => (
        <code key={path} dir="ltr">
          {path}
        </code>
      ))}
      {paths.length > SHOWN && <span>{words.more(paths.length - SHOWN)}</span>}
    </>
  );
}

function texts(payload: OutboxEntry["payload"], name: string): string[] {
  const value = payload[name];
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
