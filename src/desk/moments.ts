import { dateAndTime, dateOnly, inUtc, offsetText } from "./hours.ts";
import { timeZone } from "./session.ts";
import { regional } from "./words/words.ts";

// Moments and lists as people read them: in the paper's time zone, in the desk's language as it is written where they are.

const place = () => ({ zone: timeZone.value, language: regional() });

/** Names as a row of them is written: "Ines, Yann and Dov". */
export function listOf(names: readonly string[]): string {
  return new Intl.ListFormat(regional(), { type: "conjunction" }).format(names);
}

/** A moment with its day: "3 Dec 2026, 14:05". */
export function formatMoment(moment: string): string {
  return dateAndTime(moment, place());
}

/** The day of a moment alone. */
export function formatDay(moment: string): string {
  return dateOnly(moment, place());
}

/** The same in UTC, and how far the paper's clock is from it then. */
export function formatUtc(moment: string): string {
  return `${inUtc(moment, regional())} (${offsetText(moment, timeZone.value)})`;
}

/** How long ago something was: "5 minutes ago", "yesterday". */
export function formatAgo(moment: string, now = Date.now()): string {
  const seconds = (Date.parse(moment) - now) / 1000;
  const format = new Intl.RelativeTimeFormat(regional(), { numeric: "auto" });
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
