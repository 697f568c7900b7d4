import { timeZone } from "./session.ts";
import { language } from "./words/words.ts";

// Moments as people read them: in the paper's time zone, in the desk's language.

/** A moment with its day: "3 Dec, 14:05", with the year when it is not this one. */
export function formatMoment(moment: string): string {
  return formatOf({
    dateStyle: undefined,
    ...dayParts(moment),
    hour: "numeric",
    minute: "2-digit",
  }).format(new Date(moment));
}

export function formatDay(moment: string): string {
  return formatOf(dayParts(moment)).format(new Date(moment));
}

/** How long ago something was: "5 minutes ago", "yesterday". */
export function formatAgo(moment: string, now = Date.now()): string {
  const seconds = (Date.parse(moment) - now) / 1000;
  const format = new Intl.RelativeTimeFormat(language.value, { numeric: "auto" });
  for (const [unit, size] of UNITS)
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  return format.format(0, "minute");
}

const UNITS = [
  ["year", 365 * 86_400],
  ["month", 30 * 86_400],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
] as const;

function dayParts(moment: string): Intl.DateTimeFormatOptions {
  const isThisYear = moment.slice(0, 4) === new Date().toISOString().slice(0, 4);
  return { day: "numeric", month: "short", ...(isThisYear ? {} : { year: "numeric" }) };
}

function formatOf(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(language.value, { ...options, timeZone: timeZone.value });
}
