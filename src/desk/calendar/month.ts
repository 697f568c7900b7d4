import { dayOf, offsetText, readWallClock, timeOnly, weeksOf, type Place } from "../hours.ts";
import { nextDay } from "../../domain/calendar.ts";

// A month as the clock of the paper's time zone has it.

/** A month by its number, 1 to 12. */
export interface Month {
  year: number;
  month: number;
}

/** The month that an address names (`2026-12`), else the one of a day. */
export function monthIn(text: string | null, today: string): Month {
  const [, year, month] =
    /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text ?? "") ?? /^(\d{4})-(\d{2})/.exec(today) ?? [];
  return { year: Number(year), month: Number(month) };
}

/** So many months later, or earlier; none before the year 1970 or after 9998, which the newsroom has no hours in. */
export function monthsOn({ year, month }: Month, step: number): Month {
  const count = Math.min(Math.max(year * 12 + month - 1 + step, 1970 * 12), 9998 * 12 + 11);
  return { year: Math.floor(count / 12), month: (count % 12) + 1 };
}

/** As the address names it. */
export function monthText({ year, month }: Month): string {
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}`;
}

/** The days that are shown of a month, in whole weeks, and the moments between which they lie. */
export function stretchOf(
  { year, month }: Month,
  { zone, firstDay }: { zone: string; firstDay: number },
): { weeks: string[][]; from: string; until: string } {
  const weeks = weeksOf(year, month, firstDay);
  const days = weeks.flat();
  return {
    weeks,
    from: beginningOf(days[0] ?? "", zone),
    until: beginningOf(nextDay(days.at(-1) ?? ""), zone),
  };
}

/** The first moment of a day; some zones put their clocks on at midnight. */
function beginningOf(day: string, zone: string): string {
  const meant = readWallClock(`${day}T00:00`, zone);
  if (meant.kind === "once") return meant.at;
  if (meant.kind === "twice") return meant.first;
  return meant.kind === "skipped" ? meant.next : `${day}T00:00:00.000Z`;
}

/** What the clock does on a day beside going on: hours that it leaves out, or shows twice. */
export interface Turn {
  kind: "skipped" | "twice";
  /** In words, as the wall shows them. */
  from: string;
  until: string;
}

/** How the clock is put on or back on a day, if it is. */
export function turnOf(day: string, { zone, language }: Place): Turn | null {
  // A moment earlier, since some zones turn their clocks at midnight.
  const [before, after] = [day, nextDay(day)].map((each) =>
    offsetText(new Date(Date.parse(beginningOf(each, zone)) - 1).toISOString(), zone),
  );
  if (before === after) return null;
  const onWall = (wall: string) => timeOnly(`${wall}:00Z`, { zone: "UTC", language });
  let first: string | null = null;
  for (let minutes = 0; minutes <= 24 * 60; minutes += STEP) {
    const wall = new Date(Date.parse(`${day}T00:00Z`) + minutes * 60_000)
      .toISOString()
      .slice(0, 16);
    const meant = readWallClock(wall, zone);
    if (meant.kind === "skipped")
      return { kind: "skipped", from: onWall(meant.before), until: onWall(meant.after) };
    if (meant.kind === "twice") first ??= wall;
    else if (first !== null) return { kind: "twice", from: onWall(first), until: onWall(wall) };
  }
  return null;
}

/** How finely a day is looked through, in minutes: no zone turns its clock by less, or at another minute. */
const STEP = 30;

/** What happens on each day, in the order of time. */
export function byDay<T extends { at: string }>(
  items: readonly T[],
  zone: string,
): ReadonlyMap<string, T[]> {
  return Map.groupBy(items, ({ at }) => dayOf(at, zone));
}
