/** Tells whether `name` is an IANA time zone that this runtime knows; an offset like +01:00 is none. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    monthFormat(name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The month of a moment (epoch ms) in a time zone, as `yyyy-mm`. */
export function monthOf(moment: number, timeZone: string): string {
  const parts = monthFormat(timeZone).formatToParts(moment);
  const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? "";
  return `${part("year").padStart(4, "0")}-${part("month").padStart(2, "0")}`;
}

/** The first moment (epoch ms) of a `yyyy-mm` month in a time zone. */
export function startOfMonth(month: string, timeZone: string): number {
  const utc = Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)) - 1, 1);
  // Zones lie within 14 hours of UTC and change their offset by whole minutes: search that window.
  let before = utc - 15 * HOUR;
  let after = utc + 15 * HOUR;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (monthOf(middle, timeZone) < month) before = middle;
    else after = middle;
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

function monthFormat(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    calendar: "gregory",
    numberingSystem: "latn",
  });
  formats.set(timeZone, format);
  return format;
}

function pad(number: number, digits: number): string {
  return String(number).padStart(digits, "0");
}
