import { describe, expect, it } from "vitest";
import { createKeeping, type Kept, type Shelf } from "../../src/desk/shelf.ts";

const FIRST: Kept = { fields: { headline: "Tide" }, version: "1", at: "2026-10-25T08:00:00.000Z" };
const SECOND: Kept = {
  fields: { headline: "Tides" },
  version: "1",
  at: "2026-10-25T08:00:05.000Z",
};
const NEW: Kept = { fields: { headline: "" }, version: null, at: "2026-10-25T08:00:02.000Z" };

const shelves: Record<string, () => Promise<Shelf>> = {
  "a browser with a database": () => Promise.resolve(createShelf()),
  "a browser that refuses": () => Promise.reject(new Error("a private window")),
  "a browser without room": () => Promise.resolve({ ...createShelf(), put: fails }),
};

describe.each(Object.entries(shelves))("what was typed in %s", (_, open) => {
  it("is kept by place until it is let go", async () => {
    const { keep, kept, letGo } = createKeeping(open);
    expect(await kept("articles/tides")).toBeNull();
    await keep("articles/tides", FIRST);
    await keep("articles/new", NEW);
    await keep("articles/tides", SECOND);
    expect(await kept("articles/tides")).toEqual(SECOND);
    await letGo("articles/tides");
    await letGo("articles/none");
    expect(await kept("articles/tides")).toBeNull();
    expect(await kept("articles/new")).toEqual(NEW);
  });

  it("is listed, the newest first", async () => {
    const { keep, allKept } = createKeeping(open);
    await keep("a", FIRST);
    await keep("b", SECOND);
    await keep("c", NEW);
    expect(await allKept()).toEqual([
      { place: "b", ...SECOND },
      { place: "c", ...NEW },
      { place: "a", ...FIRST },
    ]);
  });

  it("is what was typed last, however fast", async () => {
    const { keep, kept, letGo } = createKeeping(open);
    void keep("a", FIRST);
    void keep("a", SECOND);
    expect(await kept("a")).toEqual(SECOND);
    void keep("a", FIRST);
    await letGo("a");
    expect(await kept("a")).toBeNull();
  });
});

describe("what is kept", () => {
  it("outlives the page only in a database", async () => {
    const lasting = async (open: () => Promise<Shelf>) => {
      const { keep, lasts } = createKeeping(open);
      await keep("a", FIRST);
      return lasts();
    };
    expect(await Promise.all(Object.values(shelves).map(lasting))).toEqual([true, false, false]);
  });

  it("goes to a database that is opened anew when the first was closed", async () => {
    const shelf = createShelf();
    const opened: Shelf[] = [];
    const { keep, lasts } = createKeeping(() => {
      opened.push(opened.length === 0 ? { ...shelf, put: fails } : shelf);
      return Promise.resolve(opened.at(-1) ?? shelf);
    });
    await keep("a", FIRST);
    expect(opened).toHaveLength(2);
    expect(await shelf.get("a")).toEqual(FIRST);
    expect(await lasts()).toBe(true);
  });

  it("does not ask a browser again that refused", async () => {
    let asked = 0;
    const { keep, kept } = createKeeping(() => {
      asked += 1;
      return Promise.reject(new Error("a private window"));
    });
    await keep("a", FIRST);
    await keep("a", SECOND);
    expect(await kept("a")).toEqual(SECOND);
    expect(asked).toBe(1);
  });
});

function fails(): Promise<never> {
  return Promise.reject(new Error("no room"));
}

/** A shelf that answers later, in order, as a database does. */
function createShelf(): Shelf {
  const values = new Map<string, Kept>();
  return {
    async put(place, value) {
      await Promise.resolve();
      values.set(place, value);
    },
    async get(place) {
      await Promise.resolve();
      return values.get(place) ?? null;
    },
    async delete(place) {
      await Promise.resolve();
      values.delete(place);
    },
    async list() {
      await Promise.resolve();
      return Array.from(values, ([place, value]) => ({ place, ...value }));
    },
  };
}
