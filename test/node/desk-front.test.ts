import { describe, expect, it } from "vitest";
import {
  addRow,
  arrangedOf,
  bodyOf,
  canAddRow,
  canShift,
  hasRoom,
  isSame,
  pathsOf,
  place,
  plain,
  removeRow,
  renameRow,
  shift,
  shiftRow,
  spotOf,
  takeOut,
  type Arranged,
} from "../../src/desk/front/placement.ts";

const FRONT = arrangedOf({
  lead: plain("tides"),
  pinned: ["trams", "gate", "choir"].map(plain),
  rows: [
    { name: "The flood", entries: ["pumps", "letters"].map(plain) },
    { name: "Culture", entries: ["stage"].map(plain) },
  ],
});
const [FLOOD = 0, CULTURE = 0] = FRONT.rows.map(({ key }) => key);

describe("a front page that is arranged", () => {
  it("has a story once, wherever it is put", () => {
    const next = place(FRONT, plain("pumps"), { in: "pinned", at: 1 });
    expect(shown(next)).toEqual({
      lead: "tides",
      pinned: ["trams", "pumps", "gate", "choir"],
      rows: [["letters"], ["stage"]],
    });
  });

  it("pins the lead that gives way", () => {
    const next = place(FRONT, plain("choir"), { in: "lead" });
    expect(shown(next)).toMatchObject({ lead: "choir", pinned: ["tides", "trams", "gate"] });
  });

  it("lets the lead go that gives way to another while no more can be pinned", () => {
    const many = Array.from({ length: 12 }, (_, index) => plain(`story-${index}`));
    const next = place({ ...FRONT, pinned: many }, plain("new"), { in: "lead" });
    expect(next.pinned).toHaveLength(12);
    expect(spotOf(next, "tides")).toBeNull();
  });

  it("puts a story before the one that it is dropped on, from either side", () => {
    const to = (story: string, at: number) =>
      shown(place(FRONT, plain(story), { in: "pinned", at })).pinned;
    expect(to("choir", 0)).toEqual(["choir", "trams", "gate"]);
    expect(to("trams", 2)).toEqual(["gate", "trams", "choir"]);
    expect(to("trams", 3)).toEqual(["gate", "choir", "trams"]);
    expect(to("trams", 0)).toEqual(["trams", "gate", "choir"]);
  });

  it("moves a story among its neighbours, and not past the ends", () => {
    expect(shown(shift(FRONT, "gate", -1)).pinned).toEqual(["gate", "trams", "choir"]);
    expect(shown(shift(FRONT, "gate", 1)).pinned).toEqual(["trams", "choir", "gate"]);
    expect(canShift(FRONT, "trams", -1)).toBe(false);
    expect(canShift(FRONT, "choir", 1)).toBe(false);
    expect(canShift(FRONT, "tides", 1)).toBe(false);
    expect(isSame(shift(FRONT, "tides", 1), FRONT)).toBe(true);
  });

  it("takes as many as the newsroom takes", () => {
    const full = { ...FRONT, pinned: Array.from({ length: 12 }, (_, at) => plain(`story-${at}`)) };
    expect(hasRoom(full, { in: "pinned", at: 0 }, "new")).toBe(false);
    expect(hasRoom(full, { in: "pinned", at: 0 }, "story-3")).toBe(true);
    expect(hasRoom(full, { in: "lead" }, "new")).toBe(true);
    const rows = addRow(addRow(addRow(addRow(FRONT))));
    expect(canAddRow(rows)).toBe(false);
  });

  it("renames, moves and removes rows", () => {
    expect(renameRow(FRONT, FLOOD, "Water").rows[0]?.name).toBe("Water");
    expect(shiftRow(FRONT, CULTURE, -1).rows.map(({ key }) => key)).toEqual([CULTURE, FLOOD]);
    expect(shiftRow(FRONT, CULTURE, 1)).toBe(FRONT);
    expect(removeRow(FRONT, FLOOD).rows.map(({ key }) => key)).toEqual([CULTURE]);
  });

  it("is sent without rows in which nothing stands, and knows its paths there", () => {
    const next = takeOut(takeOut(FRONT, "pumps"), "letters");
    expect(bodyOf(next).rows.map(({ name }) => name)).toEqual(["Culture"]);
    expect(Object.fromEntries(pathsOf(next))).toEqual({
      tides: "lead",
      trams: "pinned.0",
      gate: "pinned.1",
      choir: "pinned.2",
      stage: "rows.0.entries.0",
    });
  });
});

function shown({ lead, pinned, rows }: Arranged) {
  return {
    lead: lead?.story ?? null,
    pinned: pinned.map(({ story }) => story),
    rows: rows.map(({ entries }) => entries.map(({ story }) => story)),
  };
}
