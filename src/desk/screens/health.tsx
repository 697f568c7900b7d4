import { useEffect, useState } from "preact/hooks";
import { api } from "../api.ts";
import type { Listed, OutboxEntry } from "../contract.ts";
import { Outbox } from "../health/outbox.tsx";
import { Purge } from "../health/purge.tsx";
import { Report, ReportFacts } from "../health/report.tsx";
import type { HealthReport } from "../health/shape.ts";
import { useLoaded } from "../loading.ts";
import { Button } from "../parts/button.tsx";
import { Read, TroubleNote } from "../parts/states.tsx";
import type { RoomProps } from "../route.ts";
import { mayI, timeZone } from "../session.ts";
import { regional, say } from "../words/words.ts";

/** How often it looks again while somebody sees it, in milliseconds. */
const EVERY = 15_000;

/** How the paper is, what is still to be done, and purging by hand. */
export function Health(_: RoomProps) {
  const words = say();
  const health = useLoaded(() => api.get<HealthReport>("/health"), []);
  const outbox = useLoaded(() => api.get<Listed<OutboxEntry>>("/edge/outbox", { limit: 100 }), []);
  const [lookedAt, setLookedAt] = useState(() => Date.now());
  const look = () => {
    void health.reload();
    void outbox.reload();
    setLookedAt(Date.now());
  };
  useEvery(look);
  return (
    <>
      <header class="room">
        <h1>{words.rooms.health}</h1>
        <Button onClick={look}>{words.health.look}</Button>
        <p class="hint">{words.health.fresh(formatClock(lookedAt))}</p>
      </header>
      <div class="health">
        {health.loaded.state === "trouble" ? (
          <section class="panel verdict away">
            <h2>{words.health.unknown}</h2>
            <p>{words.health.unknownWhy}</p>
            <TroubleNote trouble={health.loaded.trouble} onRetry={look} />
          </section>
        ) : (
          <Read loaded={health.loaded} onRetry={look}>
            {(report) => <Report report={report} />}
          </Read>
        )}
        <Read loaded={outbox.loaded} onRetry={look}>
          {({ items, next }) => <Outbox entries={items} isAll={next === null} now={lookedAt} />}
        </Read>
        {health.loaded.state === "here" && <ReportFacts report={health.loaded.value} />}
        {mayI("purge pages") && <Purge onDone={look} />}
      </div>
    </>
  );
}

/** Looks again and again while the page is seen, and at once when it is seen again. */
function useEvery(look: () => void) {
  useEffect(() => {
    const tick = () => {
      if (document.visibilityState === "visible") look();
    };
    const clock = setInterval(tick, EVERY);
    document.addEventListener("visibilitychange", tick);
    return () => {
      clearInterval(clock);
      document.removeEventListener("visibilitychange", tick);
    };
  }, []);
}

function formatClock(moment: number): string {
  return new Intl.DateTimeFormat(regional(), {
    timeStyle: "medium",
    timeZone: timeZone.value,
  }).format(moment);
}
