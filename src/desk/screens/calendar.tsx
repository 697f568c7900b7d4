import { useEffect, useState } from "preact/hooks";
import { api } from "../api.ts";
import { byDay, monthIn, monthsOn, monthText, stretchOf, type Month } from "../calendar/month.ts";
import { DayList, MonthGrid } from "../calendar/views.tsx";
import type { Scheduled } from "../contract.ts";
import { dayOf, firstDayOfWeek, monthTitle } from "../hours.ts";
import { useShortcuts } from "../keys.ts";
import { useLoaded } from "../loading.ts";
import { Read } from "../parts/states.tsx";
import { go, hrefOf, type RoomProps } from "../route.ts";
import { timeZone } from "../session.ts";
import { regional, say } from "../words/words.ts";

/** What goes out, ends and is planned, in a month of the paper's time zone. */
export function Calendar({ query }: RoomProps) {
  const words = say().calendar;
  const zone = timeZone.value;
  const firstDay = firstDayOfWeek(regional());
  const today = dayOf(new Date().toISOString(), zone);
  const month = monthIn(query.get("month"), today);
  const title = monthTitle(month.year, month.month, regional());
  const { weeks, from, until } = stretchOf(month, { zone, firstDay });
  const { loaded, reload } = useLoaded(
    () => api.get<Scheduled>("/schedule", { from, until }),
    [from, until],
  );
  const isNarrow = useNarrow();
  const hrefFor = (step: number) => hrefOf("calendar", { month: monthText(monthsOn(month, step)) });
  useShortcuts(
    [
      { key: "j", says: words.next, act: () => go(hrefFor(1)) },
      { key: "k", says: words.before, act: () => go(hrefFor(-1)) },
      { key: "t", says: words.toToday, act: () => go(hrefOf("calendar")) },
    ],
    [monthText(month), words],
  );
  return (
    <>
      <header class="room">
        <h1>{words.title}</h1>
        <MonthNav month={month} title={title} today={today} />
      </header>
      <Read loaded={loaded} onRetry={() => void reload()}>
        {({ items, more }) => {
          const shown = { title, month, weeks, today, firstDay, days: byDay(items, zone) };
          const isEmpty = !items.some(({ at }) => dayOf(at, zone).startsWith(monthText(month)));
          return (
            <>
              {more && <p class="note">{words.more}</p>}
              {isEmpty && <p class="hint">{words.empty(title)}</p>}
              {isNarrow ? <DayList {...shown} /> : <MonthGrid {...shown} />}
              <p class="hint">{words.zone(zone)}</p>
            </>
          );
        }}
      </Read>
    </>
  );
}

function MonthNav({ month, title, today }: { month: Month; title: string; today: string }) {
  const words = say().calendar;
  const link = (step: number) => {
    const other = monthsOn(month, step);
    const name = monthTitle(other.year, other.month, regional());
    return {
      href: hrefOf("calendar", { month: monthText(other) }),
      "aria-label": name,
      title: name,
    };
  };
  return (
    <nav class="months" aria-label={words.months}>
      <a class="button plain before" {...link(-1)} />
      <h2 aria-live="polite">{title}</h2>
      <a class="button plain after" {...link(1)} />
      {!today.startsWith(monthText(month)) && (
        <a class="button plain" href={hrefOf("calendar")}>
          {words.toToday}
        </a>
      )}
    </nav>
  );
}

/** Whether the screen has no room for seven days beside each other. */
function useNarrow(): boolean {
  const [asked] = useState(() => window.matchMedia("(width < 52rem)"));
  const [isNarrow, setNarrow] = useState(asked.matches);
  useEffect(() => {
    const look = () => setNarrow(asked.matches);
    asked.addEventListener("change", look);
    return () => asked.removeEventListener("change", look);
  }, [asked]);
  return isNarrow;
}
