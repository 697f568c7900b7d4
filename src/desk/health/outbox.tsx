import type { OutboxEntry } from "../contract.ts";
import { formatAgo, formatMoment } from "../moments.ts";
import { Empty } from "../parts/states.tsx";
import { say } from "../words/words.ts";

/** What is still to be done after acts. Copies that wait their turn are told as a number: there may be hundreds, and they hold up nothing. */
export function Outbox({ entries, now }: { entries: readonly OutboxEntry[]; now: number }) {
  const words = say().health;
  const copies = entries.filter(({ kind, attempts }) => kind === "copy" && attempts === 0);
  const others = entries.filter((entry) => !copies.includes(entry));
  return (
    <section class="panel">
      <h2>{words.outbox}</h2>
      <p class="hint">{words.outboxIntro}</p>
      {entries.length === 0 && <Empty title={words.outboxEmpty} why={words.outboxEmptyWhy} />}
      {others.length > 0 && (
        <ul class="rows outbox" aria-label={words.outbox}>
          {others.map((entry) => (
            <Waiting key={entry.id} {...{ entry, now }} />
          ))}
        </ul>
      )}
      {copies.length > 0 && <p class="hint">{words.copiesWait(copies.length)}</p>}
    </section>
  );
}

function Waiting({ entry, now }: { entry: OutboxEntry; now: number }) {
  const words = say().health;
  const { kind, payload, attempts, dueAt, leasedUntil } = entry;
  const isAtIt = leasedUntil !== null && Date.parse(leasedUntil) > now;
  const isDue = Date.parse(dueAt) <= now;
  return (
    <li>
      <div class="what">
        <h3>{words.kinds[kind]}</h3>
        <p class="facts">
          <Where payload={payload} />
        </p>
      </div>
      <p class={`state ${isAtIt ? "live" : isDue ? "waiting" : "draft"}`}>
        <strong>{isAtIt ? words.working : <DueAt {...{ dueAt, now }} />}</strong>
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

/** How many names of pages one row shows. */
const SHOWN = 3;

/** Which pages it is about, as far as the row says it. */
function Where({ payload }: { payload: OutboxEntry["payload"] }) {
  const words = say().health;
  const texts = (name: string): string[] => {
    const value = payload[name];
    if (typeof value === "string") return [value];
    return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
  };
  const paths = [
    ...new Set([...texts("at"), ...texts("seenAt"), ...texts("path"), ...texts("paths")]),
  ];
  const tags = texts("tags");
  return (
    <>
      {payload["everything"] === true && <span>{words.everything}</span>}
      {paths.slice(0, SHOWN).map((path) => (
        <code key={path} dir="ltr">
          {path}
        </code>
      ))}
      {paths.length > SHOWN && <span>{words.more(paths.length - SHOWN)}</span>}
      {tags.length > 0 && <span title={tags.join(" ")}>{words.tags(tags.length)}</span>}
    </>
  );
}
