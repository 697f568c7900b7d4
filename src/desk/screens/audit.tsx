import { useEffect } from "preact/hooks";
import { addressOf, api } from "../api.ts";
import { Filters, filterOf, isFiltered } from "../audit/filters.tsx";
import { learnTitles } from "../audit/names.ts";
import { Record } from "../audit/record.tsx";
import type { AuditRecord, Listed } from "../contract.ts";
import { useLoaded } from "../loading.ts";
import { formatDay } from "../moments.ts";
import { Button } from "../parts/button.tsx";
import { Empty, Read, troubleLine } from "../parts/states.tsx";
import { tell } from "../parts/told.tsx";
import { hrefOf, swap, type RoomProps } from "../route.ts";
import { say } from "../words/words.ts";

const SHOWN = 50;

/** Who did what and when. */
export function Audit({ query }: RoomProps) {
  const words = say();
  const filter = filterOf(query);
  const { loaded, reload, put } = useLoaded(
    () => api.get<Listed<AuditRecord>>("/audit", { ...filter, limit: SHOWN }),
    [JSON.stringify(filter)],
  );
  const items = loaded.state === "here" ? loaded.value.items : [];
  useEffect(() => {
    if (items.length > 0) void learnTitles(items);
  }, [loaded]);
  const more = async (cursor: string) => {
    const page = await api.get<Listed<AuditRecord>>("/audit", { ...filter, limit: SHOWN, cursor });
    if (page.ok) put({ items: [...items, ...page.value.items], next: page.value.next });
    else tell(troubleLine(page.trouble), true);
  };
  return (
    <>
      <header class="room">
        <h1>{words.rooms.audit}</h1>
        <a
          class="button plain"
          href={addressOf("/audit", { ...filter, format: "csv" })}
          download="audit.csv"
          title={words.audit.csvHint}
        >
          {words.audit.csv}
        </a>
      </header>
      <p class="hint">{words.audit.intro}</p>
      <Filters query={query} records={items} onChange={(next) => swap(hrefOf("audit", next))} />
      <Read loaded={loaded} onRetry={() => void reload()}>
        {({ next }) =>
          items.length === 0 ? (
            <Nothing isFiltered={isFiltered(query)} />
          ) : (
            <>
              <Days records={items} />
              {next !== null && (
                <p class="more">
                  <Button onClick={() => void more(next)}>{words.desk.showMore}</Button>
                </p>
              )}
            </>
          )
        }
      </Read>
    </>
  );
}

/** The records by their day, as the paper's clock has it. */
function Days({ records }: { records: readonly AuditRecord[] }) {
  const days = Map.groupBy(records, ({ at }) => formatDay(at));
  return (
    <>
      {[...days].map(([day, ofDay]) => (
        <section key={day} class="day">
          <h2>{day}</h2>
          <ol class="rows records">
            {ofDay.map((record) => (
              <Record key={record.id} record={record} />
            ))}
          </ol>
        </section>
      ))}
    </>
  );
}

function Nothing({ isFiltered: isNarrow }: { isFiltered: boolean }) {
  const words = say().audit;
  return (
    <Empty
      title={isNarrow ? words.noneFound : words.empty}
      why={isNarrow ? words.noneFoundWhy : words.emptyWhy}
    />
  );
}
