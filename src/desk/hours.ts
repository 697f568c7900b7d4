import { isDay, nextDay } from "../domain/calendar.ts";
import { localeOf } from "../domain/language.ts";

// The paper's hours: moments are kept in UTC (ISO 8601), and are typed and shown as the clock on the wall of
// the paper's time zone shows them, wherever the editor sits. With Intl, since not every browser has Temporal.

/** What a wall clock (`yyyy-mm-ddThh:mm`, the value of a datetime-local field) can mean. Moments are ISO in UTC. */
export type WallClock =
  | { kind: "once"; at: string }
  /** The hour that the clock shows again when it is put back; `offsets` are those of the first and the second. */
  | { kind: "twice"; first: string; second: string; offsets: [string, string] }
  /** An hour that the clock leaves out: at `before` it is put on to `after`, and `next` is that moment. */
  | { kind: "skipped"; before: string; after: string; next: string }
  | { kind: "invalid" };

/** Whose clock, and in whose words (BCP 47). */
export interface Place {
  zone: string;
  language: string;
}

/** Reads what somebody typed of a clock in a zone. Seconds are left out: nothing is published at one. */
export function readWallClock(text: string, zone: string): WallClock {
  const [, day = "", time] =
    /^(\d{4}-\d{2}-\d{2})T([01]\d:[0-5]\d|2[0-3]:[0-5]\d)/.exec(text) ?? [];
  if (!isDay(day) || day < "0001" || !/^.{16}(?::[0-5]\d(?:\.\d{1,3})?)?$/.test(text)) {
    return { kind: "invalid" };
  }
  const wanted = Date.parse(`${day}T${time}Z`);
  const [first, ...later] = momentsOf(wanted, zone);
  const second = later.at(-1);
  if (first === undefined) return skipped(wanted, zone);
  if (second === undefined) return { kind: "once", at: iso(first) };
  return {
    kind: "twice",
    first: iso(first),
    second: iso(second),
    offsets: [offsetText(iso(first), zone), offsetText(iso(second), zone)],
  };
}

/** What the clock of a zone shows at a moment, as a datetime-local field takes it. */
export function wallClockOf(instant: string, zone: string): string {
  return iso(wallOf(Date.parse(instant), zone)).slice(0, 16);
}

/** The day (`yyyy-mm-dd`) that a moment falls on in a zone. */
export function dayOf(instant: string, zone: string): string {
  return wallClockOf(instant, zone).slice(0, 10);
}

/** How far a zone is from UTC at a moment, such as `UTC+2` or `UTC−5:30`. */
export function offsetText(instant: string, zone: string): string {
  const minutes = Math.trunc(offsetAt(Date.parse(instant), zone) / MINUTE);
  if (minutes === 0) return "UTC";
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  // U+2212, the minus that is as wide as the plus.
  return `UTC${minutes < 0 ? "−" : "+"}${hours}${rest === 0 ? "" : `:${twoDigits(rest)}`}`;
}

/** A moment in words, such as `Oct 25, 2026, 2:30 AM`. */
export function dateAndTime(instant: string, { zone, language }: Place): string {
  return format(language, zone, { ...DATE, ...TIME }).format(Date.parse(instant));
}

/** The day of a moment in words, such as `Oct 25, 2026`. */
export function dateOnly(instant: string, { zone, language }: Place): string {
  return format(language, zone, DATE).format(Date.parse(instant));
}

/** The hour of a moment, such as `2:30 AM`. */
export function timeOnly(instant: string, { zone, language }: Place): string {
  return format(language, zone, TIME).format(Date.parse(instant));
}

/** A moment in UTC, and said to be, such as `Oct 25, 2026, 12:30 AM UTC`. */
export function inUtc(instant: string, language: string): string {
  return `${dateAndTime(instant, { zone: "UTC", language })} UTC`;
}

/** `today`, `tomorrow`, `3 days ago` as the zone counts days; a moment more than six days away has its date. */
export function relativeDay(instant: string, now: string, place: Place): string {
  const days = daysBetween(dayOf(now, place.zone), dayOf(instant, place.zone));
  if (Math.abs(days) > 6) return dateOnly(instant, place);
  return new Intl.RelativeTimeFormat(localeOf(place.language), { numeric: "auto" }).format(
    days,
    "day",
  );
}

/** The days (`yyyy-mm-dd`) of a month (1 to 12) in whole weeks, with those of its neighbours at both ends. */
export function weeksOf(year: number, month: number, firstDayOfWeek: number): string[][] {
  const first = dayIn(year, month, 1);
  const end = dayIn(month === 12 ? year + 1 : year, month === 12 ? 1 : month + 1, 1);
  const weeks: string[][] = [];
  let day = addDays(first, -((weekdayOf(first) - firstDayOfWeek + 7) % 7));
  while (day < end) {
    const week: string[] = [];
    for (; week.length < 7; day = nextDay(day)) week.push(day);
    weeks.push(week);
  }
  return weeks;
}

/** The day that a week begins with where a language is spoken: 1 is Monday, 7 is Sunday. */
export function firstDayOfWeek(language: string): number {
  const locale = new Intl.Locale(localeOf(language)) as WithWeek;
  // A method in the standard, a getter in browsers from before it, and some have neither.
  return (locale.getWeekInfo?.() ?? locale.weekInfo)?.firstDay ?? MONDAY;
}

/** The names of the days of the week, beginning with the one given: 1 is Monday. */
export function weekdayNames(language: string, first: number): { short: string; long: string }[] {
  const short = format(language, "UTC", { weekday: "short" });
  const long = format(language, "UTC", { weekday: "long" });
  return Array.from({ length: 7 }, (_, index) => {
    const day = Date.parse(addDays(A_MONDAY, first - 1 + index));
    return { short: short.format(day), long: long.format(day) };
  });
}

/** A month in words, such as `October 2026`. */
export function monthTitle(year: number, month: number, language: string): string {
  const first = Date.parse(dayIn(year, month, 1));
  return format(language, "UTC", { year: "numeric", month: "long" }).format(first);
}

/** The moments at which the clock of a zone shows what is wanted (as if in UTC), the earliest first. */
function momentsOf(wanted: number, zone: string): number[] {
  const offsets = new Set<number>();
  // Zones lie within 14 hours of UTC: every offset that can count is in force somewhere in this window.
  for (let hours = -18; hours <= 18; hours += 3) {
    offsets.add(offsetAt(wanted + hours * HOUR, zone));
  }
  const moments = [...offsets].map((offset) => wanted - offset);
  return moments.filter((moment) => wallOf(moment, zone) === wanted).sort((a, b) => a - b);
}

/** Finds the moment at which the clock is put on past what was wanted. */
function skipped(wanted: number, zone: string): WallClock {
  let before = wanted - 18 * HOUR;
  let after = wanted + 18 * HOUR;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (wallOf(middle, zone) > wanted) after = middle;
    else before = middle;
  }
  const gone = after + offsetAt(before, zone);
  return {
    kind: "skipped",
    before: iso(gone).slice(0, 16),
    after: wallClockOf(iso(after), zone),
    next: iso(after),
  };
}

function offsetAt(moment: number, zone: string): number {
  return wallOf(moment, zone) - Math.floor(moment / SECOND) * SECOND;
}

/** What the clock of a zone shows at a moment, as the moment at which that of UTC shows the same. */
function wallOf(moment: number, zone: string): number {
  const parts = format("en-US", zone, CLOCK).formatToParts(moment);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
  const day = `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}`;
  return Date.parse(`${day}T${part("hour")}:${part("minute")}:${part("second")}Z`);
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY);
}

function addDays(day: string, days: number): string {
  return iso(Date.parse(day) + days * DAY).slice(0, 10);
}

function dayIn(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, "0")}-${twoDigits(month)}-${twoDigits(day)}`;
}

function weekdayOf(day: string): number {
  return new Date(day).getUTCDay() || 7;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}

function iso(moment: number): string {
  return new Date(moment).toISOString();
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONDAY = 1;
const A_MONDAY = "2024-01-01";

const DATE = { year: "numeric", month: "short", day: "numeric" } as const;
const TIME = { hour: "numeric", minute: "2-digit" } as const;
const CLOCK = {
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
  numberingSystem: "latn",
} as const;

interface WithWeek {
  getWeekInfo?(): { firstDay: number };
  weekInfo?: { firstDay: number };
}

/** To build a formatter takes far longer than to use it: each is kept. */
const formats = new Map<string, Intl.DateTimeFormat>();

function format(
  language: string,
  zone: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${language} ${zone} ${Object.keys(options).join()} ${options.weekday}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(localeOf(language), {
    calendar: "gregory",
    timeZone: zone,
    ...options,
  });
  formats.set(key, made);
  return made;
}
