// Dates as people write them. What has no zone is in UTC, so that every machine reads it the same.

/** A moment in epoch milliseconds, or null for what is no date or a day that does not exist. */
export function parseMoment(written: string): number | null {
  // JavaScript's own notation says the zone twice: 08:00:00 GMT+0100 (Central European Standard Time).
  const text = written.trim().replace(/\s*\([^)]*\)$/, "");
  const day = parseDay(text);
  const clock = day && parseClock(text.slice(day.length));
  if (!day || clock === null) return null;
  const { year, month } = day;
  const midnight = new Date(Date.UTC(year, month - 1, day.day));
  // Date.UTC turns 31 June into 1 July: a day that does not exist must not become another one.
  if (midnight.getUTCMonth() !== month - 1 || midnight.getUTCDate() !== day.day) return null;
  return midnight.getTime() + clock;
}

interface Day {
  year: number;
  month: number;
  day: number;
  /** How much of the text it takes. */
  length: number;
}

const WEEKDAY = String.raw`(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?`;
const MONTH = String.raw`(?<month>[a-z]{3,9})\.?`;
const ORDINAL = "(?:st|nd|rd|th)?";

const DAYS = [
  // 2024-03-05, 2024/3/5, 2024.03.05 and 20240305
  /^(?<year>\d{4})([-/.])(?<month>\d{1,2})\2(?<day>\d{1,2})(?!\d)/,
  /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})(?!\d)/,
  // 5 March 2024, Tue, 05 Mar 2024 and 5-Mar-2024
  new RegExp(
    String.raw`^${WEEKDAY}(?<day>\d{1,2})${ORDINAL}[\s-]+${MONTH},?[\s-]+(?<year>\d{4})`,
    "i",
  ),
  // March 5th, 2024 and Tue Mar 05 2024
  new RegExp(String.raw`^${WEEKDAY}${MONTH}\s+(?<day>\d{1,2})${ORDINAL},?\s+(?<year>\d{4})`, "i"),
];

function parseDay(text: string): Day | null {
  for (const form of DAYS) {
    const found = form.exec(text);
    if (!found?.groups) continue;
    const { year, month = "", day } = found.groups;
    return {
      year: Number(year),
      month: /^\d/.test(month) ? Number(month) : monthOf(month),
      day: Number(day),
      length: found[0].length,
    };
  }
  return null;
}

const MONTHS = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];

/** The month's number, or 0 for a word that is none. */
function monthOf(word: string): number {
  const lower = word.toLowerCase();
  return 1 + MONTHS.findIndex((month) => month.startsWith(lower === "sept" ? "sep" : lower));
}

const CLOCK =
  /^(?:T|,?\s+(?:at\s+)?)(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?<fraction>[.,]\d+)?)?\s*(?<half>[ap]\.?m\.?)?\s*(?<zone>[a-z]{1,4}|(?:GMT|UTC)?\s?[+-]\d{1,2}(?::?\d{2})?)?$/i;

/** Milliseconds after midnight UTC, or null for an hour that does not exist. */
function parseClock(text: string): number | null {
  if (text.trim() === "") return 0;
  const parts = CLOCK.exec(text)?.groups;
  if (!parts) return null;
  const [minute, second] = [Number(parts["minute"]), Number(parts["second"] ?? 0)];
  const hour = hourOf(Number(parts["hour"]), parts["half"]);
  const offset = offsetOf(parts["zone"] ?? "Z");
  if (hour > 23 || minute > 59 || second > 59 || offset === null) return null;
  const milliseconds = Math.floor(Number((parts["fraction"] ?? "0").replace(",", ".")) * 1000);
  return ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds - offset;
}

function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return 24;
  return (hour % 12) + (/^p/i.test(half) ? 12 : 0);
}

/** The zones that have names in RFC 5322 section 4.3, in hours; other names mean several zones each. */
const ZONES: Record<string, number> = {
  z: 0,
  ut: 0,
  utc: 0,
  gmt: 0,
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
};

/** Milliseconds east of UTC, or null for a name that is not known. */
function offsetOf(zone: string): number | null {
  const [, sign, hours = "", minutes = "0"] = /([+-])(\d{1,2}):?(\d{2})?$/.exec(zone) ?? [];
  if (sign === undefined) {
    const named = ZONES[zone.trim().toLowerCase()];
    return named === undefined ? null : named * 3_600_000;
  }
  const east = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return sign === "-" ? -east : east;
}
