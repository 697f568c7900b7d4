import { isTimeZone } from "../domain/calendar.ts";
import { localeOf } from "../domain/language.ts";

/** Dates, numbers and lists as one language writes them, in one time zone. Moments in epoch milliseconds. */
export interface Formats {
  /** The IANA zone that these are in. */
  timeZone: string;
  /** 1 March 2026 */
  day(moment: number): string;
  /** 1 March 2026 at 14:05 CET, its time in one piece with its zone */
  minute(moment: number): string;
  /** Sunday, 1 March 2026: the day of an edition. */
  edition(moment: number): string;
  /** Sunday, 1 March, from 2026-03-01 */
  weekday(day: string): string;
  /** 2026-03-01 in every language */
  date(moment: number): string;
  /** 2026 */
  year(year: string): string;
  /** March 2026, from 2026-03 */
  month(month: string): string;
  /** March, from 2026-03 */
  monthName(month: string): string;
  number(number: number): string;
  /** Which of these is the separator and which the name decides the caller: a byline's names are links. */
  list(count: number): { type: "element" | "literal"; value: string }[];
  /** The language's own name for itself. */
  ownName(): string;
}

/** Building one Intl formatter costs more than the page it is used on: each is built when first used, and kept. */
const known = new Map<string, Formats>();

/** The formats of a language (BCP 47) in a time zone (IANA); English and UTC stand in for what Intl does not know. */
export function formatsOf(language: string, timeZone: string): Formats {
  const key = `${language} ${timeZone}`;
  let formats = known.get(key);
  if (!formats)
    known.set(
      key,
      (formats = createFormats(localeOf(language), isTimeZone(timeZone) ? timeZone : "UTC")),
    );
  return formats;
}

/** A moment as machines read it: RFC 3339 in UTC, to the second. */
export function instant(moment: number): string {
  return new Date(moment).toISOString().replace(/\.\d+Z$/, "Z");
}

/** The day of a moment in a time zone (IANA), as `yyyy-mm-dd`. */
export function dayOf(moment: number, timeZone: string): string {
  return formatsOf("en", timeZone).date(moment);
}

function createFormats(locale: string, timeZone: string): Formats {
  // One calendar for all: the archive's months are Gregorian in every language.
  const dates = (options: Intl.DateTimeFormatOptions, zone = timeZone) =>
    once(
      () => new Intl.DateTimeFormat(locale, { calendar: "gregory", timeZone: zone, ...options }),
    );
  const day = dates({ year: "numeric", month: "long", day: "numeric" });
  const edition = dates({ weekday: "long", year: "numeric", month: "long", day: "numeric" });
  const minute = dates({
    year: "numeric",
    month: "long",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
    timeZoneName: "short",
  });
  const offset = once(
    () => new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "shortOffset" }),
  );
  const date = once(
    () =>
      new Intl.DateTimeFormat("en", {
        calendar: "gregory",
        timeZone,
        year: "numeric",
        month: "2-digit",
        day: "2-digit",
      }),
  );
  const year = dates({ year: "numeric" }, "UTC");
  const weekday = dates({ weekday: "long", month: "long", day: "numeric" }, "UTC");
  const month = dates({ year: "numeric", month: "long" }, "UTC");
  const monthName = dates({ month: "long" }, "UTC");
  const numbers = once(() => new Intl.NumberFormat(locale));
  const lists = once(() => new Intl.ListFormat(locale, { type: "conjunction" }));
  const listed = new Map<number, ReturnType<Formats["list"]>>();
  const languages = once(
    () => new Intl.DisplayNames(locale, { type: "language", languageDisplay: "standard" }),
  );
  return {
    timeZone,
    day: (moment) => day().format(moment),
    edition: (moment) => edition().format(moment),
    minute: (moment) =>
      inOnePiece(
        minute()
          .formatToParts(moment)
          .map((part) =>
            part.type === "timeZoneName"
              ? { ...part, value: zoneName(part.value, zoneOf(offset(), moment)) }
              : part,
          ),
      ),
    date: (moment) => {
      const parts = date().formatToParts(moment);
      return ["year", "month", "day"]
        .map((type) => parts.find((part) => part.type === type)?.value)
        .join("-");
    },
    year: (name) => year().format(middleOf(`${name}-06`)),
    weekday: (day) => weekday().format(Date.parse(day)),
    month: (name) => month().format(middleOf(name)),
    monthName: (name) => monthName().format(middleOf(name)),
    number: (number) => numbers().format(number),
    list(count) {
      // Every card has a byline, and most have one or two names.
      let parts = listed.get(count);
      if (!parts) {
        parts = lists().formatToParts(Array.from({ length: count }, (_, index) => String(index)));
        listed.set(count, parts);
      }
      return parts;
    },
    // Readers choose by language: which country's it is would only be noise.
    ownName() {
      const { language, script } = new Intl.Locale(locale);
      const named = script === undefined ? language : `${language}-${script}`;
      return languages().of(named) ?? named;
    },
  };
}

/** A zone's own name if it has one here, else how far it is from Greenwich, in letters that everybody reads alike. */
function zoneName(name: string, offset: string): string {
  if (!/\p{Nd}/u.test(name)) return name;
  const legible = /^\p{scx=Latn}/u.test(name) ? name : offset;
  return legible.replace(/\u200e?[+-]0\u200e?$/, "");
}

function zoneOf(format: Intl.DateTimeFormat, moment: number): string {
  return format.formatToParts(moment).find(({ type }) => type === "timeZoneName")?.value ?? "";
}

/** A line may end between the day and the time, and not between the time and its zone. */
function inOnePiece(parts: Intl.DateTimeFormatPart[]): string {
  const clock = parts.map(({ type }) => CLOCK.has(type));
  const [first, last] = [clock.indexOf(true), clock.lastIndexOf(true)];
  return parts
    .map(({ value }, index) =>
      first <= index && index <= last ? value.replaceAll(" ", "\u00a0") : value,
    )
    .join("");
}

/** The parts of a time of day. */
const CLOCK = new Set(["hour", "minute", "dayPeriod", "timeZoneName"]);

function middleOf(month: string): number {
  return Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)) - 1, 15);
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
