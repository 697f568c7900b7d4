import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  dateAndTime,
  dateOnly,
  dayOf,
  firstDayOfWeek,
  inUtc,
  monthTitle,
  offsetText,
  readWallClock,
  relativeDay,
  timeOnly,
  wallClockOf,
  weekdayNames,
  weeksOf,
} from "../../src/desk/hours.ts";

const ZONES = [
  "Europe/Berlin",
  "America/New_York",
  "Australia/Lord_Howe",
  "Asia/Kathmandu",
  "Pacific/Apia",
  "Africa/Casablanca",
  "UTC",
];

describe("a wall clock", () => {
  it("shows the moment in the paper's zone", () => {
    const shown = (zone: string) => wallClockOf("2026-10-25T00:30:00.000Z", zone);
    expect(shown("Europe/Berlin")).toBe("2026-10-25T02:30");
    expect(shown("America/New_York")).toBe("2026-10-24T20:30");
    expect(shown("Australia/Lord_Howe")).toBe("2026-10-25T11:30");
    expect(shown("Asia/Kathmandu")).toBe("2026-10-25T06:15");
    expect(shown("UTC")).toBe("2026-10-25T00:30");
    expect(wallClockOf("2026-01-01T00:00:59.999Z", "UTC")).toBe("2026-01-01T00:00");
  });

  it("is read as one moment on most days", () => {
    expect(readWallClock("2026-07-01T12:00", "Europe/Berlin")).toEqual({
      kind: "once",
      at: "2026-07-01T10:00:00.000Z",
    });
    expect(readWallClock("2026-07-01T12:00", "Asia/Kathmandu")).toEqual({
      kind: "once",
      at: "2026-07-01T06:15:00.000Z",
    });
  });

  it("leaves out seconds, which some browsers send", () => {
    const noon = { kind: "once", at: "2026-07-01T12:00:00.000Z" };
    expect(readWallClock("2026-07-01T12:00:30", "UTC")).toEqual(noon);
    expect(readWallClock("2026-07-01T12:00:30.25", "UTC")).toEqual(noon);
  });

  it("means two moments in the hour that is shown again", () => {
    expect(readWallClock("2026-10-25T02:30", "Europe/Berlin")).toEqual({
      kind: "twice",
      first: "2026-10-25T00:30:00.000Z",
      second: "2026-10-25T01:30:00.000Z",
      offsets: ["UTC+2", "UTC+1"],
    });
    expect(readWallClock("2026-11-01T01:00", "America/New_York")).toEqual({
      kind: "twice",
      first: "2026-11-01T05:00:00.000Z",
      second: "2026-11-01T06:00:00.000Z",
      offsets: ["UTC−4", "UTC−5"],
    });
    // Only half an hour is, on Lord Howe Island.
    expect(readWallClock("2026-04-05T01:45", "Australia/Lord_Howe")).toEqual({
      kind: "twice",
      first: "2026-04-04T14:45:00.000Z",
      second: "2026-04-04T15:15:00.000Z",
      offsets: ["UTC+11", "UTC+10:30"],
    });
    expect(readWallClock("2026-04-05T01:29", "Australia/Lord_Howe").kind).toBe("once");
  });

  it("means two moments from the first minute of that hour to its last", () => {
    const kindAt = (time: string) => readWallClock(`2026-10-25T${time}`, "Europe/Berlin").kind;
    expect(["01:59", "02:00", "02:59", "03:00"].map(kindAt)).toEqual([
      "once",
      "twice",
      "twice",
      "once",
    ]);
  });

  it("means no moment in the hour that is left out, and tells which comes next", () => {
    expect(readWallClock("2026-03-29T02:30", "Europe/Berlin")).toEqual({
      kind: "skipped",
      before: "2026-03-29T02:00",
      after: "2026-03-29T03:00",
      next: "2026-03-29T01:00:00.000Z",
    });
    expect(readWallClock("2026-03-08T02:00", "America/New_York")).toEqual({
      kind: "skipped",
      before: "2026-03-08T02:00",
      after: "2026-03-08T03:00",
      next: "2026-03-08T07:00:00.000Z",
    });
    expect(readWallClock("2026-10-04T02:15", "Australia/Lord_Howe")).toEqual({
      kind: "skipped",
      before: "2026-10-04T02:00",
      after: "2026-10-04T02:30",
      next: "2026-10-03T15:30:00.000Z",
    });
  });

  it("knows the day that Samoa left out", () => {
    for (const time of ["00:00", "12:00", "23:59"]) {
      expect(readWallClock(`2011-12-30T${time}`, "Pacific/Apia")).toEqual({
        kind: "skipped",
        before: "2011-12-30T00:00",
        after: "2011-12-31T00:00",
        next: "2011-12-30T10:00:00.000Z",
      });
    }
    expect(readWallClock("2011-12-29T23:59", "Pacific/Apia")).toEqual({
      kind: "once",
      at: "2011-12-30T09:59:00.000Z",
    });
  });

  it("follows the clocks of Casablanca, which are put back for Ramadan", () => {
    expect(readWallClock("2026-02-15T02:30", "Africa/Casablanca")).toEqual({
      kind: "twice",
      first: "2026-02-15T01:30:00.000Z",
      second: "2026-02-15T02:30:00.000Z",
      offsets: ["UTC+1", "UTC"],
    });
    expect(readWallClock("2026-03-22T02:30", "Africa/Casablanca").kind).toBe("skipped");
  });

  it("refuses what is no clock", () => {
    const texts = [
      "",
      "2026-07-01",
      "2026-02-30T12:00",
      "2026-13-01T12:00",
      "2026-07-01T24:00",
      "2026-07-01T12:60",
      "2026-07-01 12:00",
      "2026-07-01T12:00Z",
      "0000-07-01T12:00",
      "+12026-07-01T12:00",
      "noon",
    ];
    for (const text of texts) {
      expect(readWallClock(text, "Europe/Berlin"), text).toEqual({ kind: "invalid" });
    }
  });

  it("gives back every moment that it shows", () => {
    const minute = fc
      .integer({ min: Date.UTC(1975, 0) / 60_000, max: Date.UTC(2099, 0) / 60_000 })
      .map((minutes) => new Date(minutes * 60_000).toISOString());
    fc.assert(
      fc.property(minute, fc.constantFrom(...ZONES), (instant, zone) => {
        const read = readWallClock(wallClockOf(instant, zone), zone);
        expect(momentsIn(read)).toContain(instant);
      }),
      { numRuns: 500 },
    );
  });

  it("reads every clock as moments that show it, or as none", () => {
    const near = ["2026-03-29", "2026-10-25", "2011-12-30", "2026-04-05", "2026-03-22"];
    const text = fc
      .tuple(fc.constantFrom(...near), fc.nat({ max: 23 }), fc.nat({ max: 59 }))
      .map(
        ([day, hour, minute]) =>
          `${day}T${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`,
      );
    fc.assert(
      fc.property(text, fc.constantFrom(...ZONES), (text, zone) => {
        const read = readWallClock(text, zone);
        for (const moment of momentsIn(read)) expect(wallClockOf(moment, zone)).toBe(text);
        if (read.kind !== "skipped") return;
        expect(read.before <= text && text < read.after).toBe(true);
        expect(wallClockOf(read.next, zone)).toBe(read.after);
      }),
      { numRuns: 500 },
    );
  });
});

describe("a moment in words", () => {
  const instant = "2026-10-25T00:30:00.000Z";
  const berlin = { zone: "Europe/Berlin", language: "de" };
  const boston = { zone: "America/New_York", language: "en-US" };

  it("has its offset", () => {
    expect(offsetText(instant, "Europe/Berlin")).toBe("UTC+2");
    expect(offsetText(instant, "Asia/Kathmandu")).toBe("UTC+5:45");
    expect(offsetText(instant, "America/New_York")).toBe("UTC−4");
    expect(offsetText("2026-12-01T00:00:00Z", "America/St_Johns")).toBe("UTC−3:30");
    expect(offsetText("2026-12-01T00:00:00Z", "Europe/London")).toBe("UTC");
  });

  it("is said in the desk's language, with the date and without", () => {
    expect(dateAndTime(instant, berlin)).toBe("25. Okt. 2026, 2:30");
    expect(dateOnly(instant, berlin)).toBe("25. Okt. 2026");
    expect(timeOnly(instant, berlin)).toBe("2:30");
    expect(dateAndTime(instant, boston).replaceAll("\u202f", " ")).toBe("Oct 24, 2026, 8:30 PM");
    expect(timeOnly(instant, boston).replaceAll("\u202f", " ")).toBe("8:30 PM");
  });

  it("is said in UTC, too", () => {
    expect(inUtc(instant, "de")).toBe("25. Okt. 2026, 0:30 UTC");
  });

  it("is counted in the paper's days, and has its date when it is far", () => {
    const day = (instant: string, now: string) => relativeDay(instant, now, berlin);
    expect(day("2026-06-30T22:30:00Z", "2026-06-30T21:30:00Z")).toBe("morgen");
    expect(day("2026-06-30T21:59:00Z", "2026-06-29T22:00:00Z")).toBe("heute");
    expect(day("2026-06-29T12:00:00Z", "2026-06-30T12:00:00Z")).toBe("gestern");
    expect(day("2026-07-06T12:00:00Z", "2026-06-30T12:00:00Z")).toBe("in 6 Tagen");
    expect(day("2026-07-07T12:00:00Z", "2026-06-30T12:00:00Z")).toBe("7. Juli 2026");
    expect(dayOf("2026-06-30T22:30:00Z", "Europe/Berlin")).toBe("2026-07-01");
  });
});

describe("a calendar's month", () => {
  it("has whole weeks, with the days of its neighbours", () => {
    const weeks = weeksOf(2026, 10, 1);
    expect(weeks.map(([first]) => first)).toEqual([
      "2026-09-28",
      "2026-10-05",
      "2026-10-12",
      "2026-10-19",
      "2026-10-26",
    ]);
    expect(weeks[4]).toEqual([
      "2026-10-26",
      "2026-10-27",
      "2026-10-28",
      "2026-10-29",
      "2026-10-30",
      "2026-10-31",
      "2026-11-01",
    ]);
  });

  it("begins its weeks where the language does", () => {
    expect(weeksOf(2026, 10, 7)[0]?.[0]).toBe("2026-09-27");
    expect(weeksOf(2026, 10, 6)[0]?.[0]).toBe("2026-09-26");
    // Four weeks are enough for a February that begins with the week, and a December ends in January.
    expect(weeksOf(2027, 2, 1)).toHaveLength(4);
    expect(weeksOf(2026, 12, 1).at(-1)?.at(-1)).toBe("2027-01-03");
    expect(firstDayOfWeek("de")).toBe(1);
    expect(firstDayOfWeek("en-US")).toBe(7);
    expect(firstDayOfWeek("not a language")).toBe(7);
  });

  it("has each of its days once, and only whole weeks", () => {
    const month = fc.record({
      year: fc.integer({ min: 1970, max: 2100 }),
      month: fc.integer({ min: 1, max: 12 }),
      first: fc.integer({ min: 1, max: 7 }),
    });
    fc.assert(
      fc.property(month, ({ year, month, first }) => {
        const weeks = weeksOf(year, month, first);
        const days = weeks.flat();
        const name = `${year}-${String(month).padStart(2, "0")}`;
        const own = days.filter((day) => day.startsWith(name));
        expect(weeks.every((week) => week.length === 7)).toBe(true);
        expect(new Set(days).size).toBe(days.length);
        expect(own).toHaveLength(new Date(Date.UTC(year, month, 0)).getUTCDate());
        expect(weeks[0]?.some((day) => day.startsWith(name))).toBe(true);
        expect(weeks.at(-1)?.some((day) => day.startsWith(name))).toBe(true);
      }),
    );
  });

  it("is named, and so are its days", () => {
    expect(monthTitle(2026, 10, "de")).toBe("Oktober 2026");
    expect(weekdayNames("de", 1).map(({ short }) => short)).toEqual([
      "Mo",
      "Di",
      "Mi",
      "Do",
      "Fr",
      "Sa",
      "So",
    ]);
    expect(weekdayNames("en-US", 7)[0]).toEqual({ short: "Sun", long: "Sunday" });
  });
});

function momentsIn(read: ReturnType<typeof readWallClock>): string[] {
  if (read.kind === "once") return [read.at];
  return read.kind === "twice" ? [read.first, read.second] : [];
}
