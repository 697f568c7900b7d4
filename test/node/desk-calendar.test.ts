import { describe, expect, it } from "vitest";
import {
  byDay,
  monthIn,
  monthsOn,
  monthText,
  stretchOf,
  turnOf,
} from "../../src/desk/calendar/month.ts";

const place = (zone: string) => ({ zone, language: "en-GB" });

describe("the calendar", () => {
  it("shows the month of the address, else today's", () => {
    expect(monthIn("2026-12", "2027-03-01")).toEqual({ year: 2026, month: 12 });
    for (const text of [null, "", "2026-13", "12-2026", "2026-1"])
      expect(monthIn(text, "2027-03-01"), String(text)).toEqual({ year: 2027, month: 3 });
  });

  it("goes on over the turn of the year, and not where there are no hours", () => {
    expect(monthText(monthsOn({ year: 2026, month: 12 }, 1))).toBe("2027-01");
    expect(monthText(monthsOn({ year: 2026, month: 1 }, -1))).toBe("2025-12");
    expect(monthText(monthsOn({ year: 1970, month: 1 }, -1))).toBe("1970-01");
    expect(monthText(monthsOn({ year: 9998, month: 12 }, 1))).toBe("9998-12");
  });

  it("asks for whole weeks of the paper's days", () => {
    const { weeks, from, until } = stretchOf(
      { year: 2026, month: 10 },
      { zone: "Europe/Berlin", firstDay: 1 },
    );
    expect(weeks.at(0)?.at(0)).toBe("2026-09-28");
    expect(weeks.at(-1)?.at(-1)).toBe("2026-11-01");
    // In summer time at its beginning, in winter time at its end.
    expect(from).toBe("2026-09-27T22:00:00.000Z");
    expect(until).toBe("2026-11-01T23:00:00.000Z");
  });

  it("puts what happens on the day that the paper's clock shows", () => {
    const days = byDay([{ at: "2026-12-24T23:30:00Z" }], "Europe/Berlin");
    expect([...days.keys()]).toEqual(["2026-12-25"]);
  });

  it("says when the clock leaves an hour out, or shows one twice", () => {
    const berlin = place("Europe/Berlin");
    expect(turnOf("2026-03-29", berlin)).toEqual({
      kind: "skipped",
      from: "2:00",
      until: "3:00",
    });
    expect(turnOf("2026-10-25", berlin)).toEqual({ kind: "twice", from: "2:00", until: "3:00" });
    for (const day of ["2026-03-28", "2026-03-30", "2026-10-24", "2026-10-26"])
      expect(turnOf(day, berlin), day).toBeNull();
    expect(turnOf("2026-10-04", place("Australia/Lord_Howe"))).toMatchObject({ kind: "skipped" });
    expect(turnOf("2026-03-29", place("UTC"))).toBeNull();
  });

  it("says it of a clock that turns at midnight", () => {
    const beirut = place("Asia/Beirut");
    expect(turnOf("2026-03-29", beirut)).toMatchObject({ kind: "skipped", from: "0:00" });
    expect(turnOf("2026-03-28", beirut)).toBeNull();
  });
});
