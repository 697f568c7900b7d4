/** Tells whether `name` is an IANA time zone that this runtime knows; an offset like +01:00 is none. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    formatOf(name, false);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The month of a moment (epoch ms) in a time zone, as `yyyy-mm`. */
export function monthOf(moment: number, timeZone: string): string {
  return written(formatOf(timeZone, false), moment);
}

/** A moment as `yyyy-mm`, or `yyyy-mm-dd` where the format has days. */
function written(format: Intl.DateTimeFormat, moment: number): string {
  const parts = format.formatToParts(moment);
  const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? "";
  const day = part("day");
  const month = `${part("year").padStart(4, "0")}-${part("month").padStart(2, "0")}`;
  return day === "" ? month : `${month}-${day.padStart(2, "0")}`;
}

/** The first moment (epoch ms) of a `yyyy-mm` month in a time zone. */
export function startOfMonth(month: string, timeZone: string): number {
  const utc = Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)) - 1, 1);
  return firstAround(utc, (moment) => monthOf(moment, timeZone) >= month);
}

/** The first moment (epoch ms) of a `yyyy-mm-dd` day in a time zone. A day that the zone leaves out begins with the next one. */
export function startOfDay(day: string, timeZone: string): number {
  const format = formatOf(timeZone, true);
  return firstAround(Date.parse(day), (moment) => written(format, moment) >= day);
}

/** Tells whether a text is a day that there is: `yyyy-mm-dd`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const moment = Date.parse(text);
  return !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(text);
}

/** The day after a `yyyy-mm-dd` day. */
export function nextDay(day: string): string {
  return new Date(Date.parse(day) + 24 * HOUR).toISOString().slice(0, 10);
}

/** The first moment around one in UTC at which something has come to be true. */
function firstAround(utc: number, isReached: (moment: number) => boolean): number {
  // Zones lie within 14 hours of UTC and change their offset by whole minutes: search that window.
  let before = utc - 15 * HOUR;
  let after = utc + 15 * HOUR;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (isReached(middle)) after = middle;
    else before = middle;
  }
  return after;
}

/** The month after a `yyyy-mm` month. */
export function nextMonth(month: string): string {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return number === 12 ? `${pad(year + 1, 4)}-01` : `${pad(year, 4)}-${pad(number + 1, 2)}`;
}

const HOUR = 60 * 60 * 1000;

/** Building an Intl formatter costs more than the page it is used on: each zone's is kept. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string, withDay: boolean): Intl.DateTimeFormat {
  const key = `${timeZone} ${withDay}`;
  const known = formats.get(key);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    ...(withDay ? { day: "2-digit" as const } : {}),
    calendar: "gregory",
    numberingSystem: "latn",
  });
  formats.set(key, format);
  return format;
}

function pad(number: number, digits: number): string {
  return String(number).padStart(digits, "0");
}
