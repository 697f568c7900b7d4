import { dateOnly, weekdayNames } from "../hours.ts";
import { timeZone } from "../session.ts";
import { regional, say } from "../words/words.ts";
import { Entry, type Planned } from "./entry.tsx";
import { monthText, turnOf, type Month } from "./month.ts";

interface Shown {
  title: string;
  month: Month;
  weeks: string[][];
  today: string;
  firstDay: number;
  days: ReadonlyMap<string, Planned[]>;
}

/** The month as weeks beneath each other. */
export function MonthGrid({ title, month, weeks, today, firstDay, days }: Shown) {
  return (
    <table class="month">
      <caption class="unseen">{title}</caption>
      <thead>
        <tr>
          {weekdayNames(regional(), firstDay).map(({ short, long }) => (
            <th key={long} scope="col" abbr={long}>
              {short}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((day) => (
              <td
                key={day}
                class={day.startsWith(monthText(month)) ? undefined : "beside"}
                aria-current={day === today ? "date" : undefined}
              >
                <DayNumber day={day} isToday={day === today} />
                <Turned day={day} />
                <Entries items={days.get(day) ?? []} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The same for a narrow screen: the days on which something happens, and today. */
export function DayList({ title, month, weeks, today, days }: Shown) {
  const shown = weeks
    .flat()
    .filter((day) => day.startsWith(monthText(month)))
    .filter((day) => days.has(day) || day === today || turned(day));
  return (
    <ol class="days" aria-label={title}>
      {shown.map((day) => (
        <li key={day} aria-current={day === today ? "date" : undefined}>
          <h3>
            <DayName day={day} isToday={day === today} />
          </h3>
          <Turned day={day} />
          {days.has(day) ? (
            <Entries items={days.get(day) ?? []} />
          ) : (
            <p class="hint">{say().calendar.nothingThen}</p>
          )}
        </li>
      ))}
    </ol>
  );
}

function DayNumber({ day, isToday }: { day: string; isToday: boolean }) {
  return (
    <time class="day" dateTime={day}>
      {new Intl.NumberFormat(regional()).format(Number(day.slice(8)))}
      {isToday && <span class="today">{say().calendar.today}</span>}
    </time>
  );
}

function DayName({ day, isToday }: { day: string; isToday: boolean }) {
  const weekday = weekdayNames(regional(), new Date(day).getUTCDay() || 7)[0]?.long;
  const date = dateOnly(`${day}T12:00:00Z`, { zone: "UTC", language: regional() });
  return (
    <time class="day" dateTime={day}>
      {say().calendar.day(weekday ?? "", date)}
      {isToday && <span class="today">{say().calendar.today}</span>}
    </time>
  );
}

function Entries({ items }: { items: readonly Planned[] }) {
  if (items.length === 0) return null;
  return (
    <ul>
      {items.map((item) => (
        <Entry key={`${item.what} ${item.article?.id}`} item={item} />
      ))}
    </ul>
  );
}

/** Says that the clock is put on or back that day. */
function Turned({ day }: { day: string }) {
  const turn = turned(day);
  const words = say().calendar;
  if (!turn) return null;
  return (
    <p class="turn">
      {turn.kind === "skipped"
        ? words.skipped(turn.from, turn.until)
        : words.twice(turn.from, turn.until)}
    </p>
  );
}

function turned(day: string) {
  return turnOf(day, { zone: timeZone.value, language: regional() });
}
