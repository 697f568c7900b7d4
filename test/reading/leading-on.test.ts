import { beforeEach, describe, expect, it } from "vitest";
import { call, linksOf, openNewsroom, publish, visit, write } from "../support/newsroom.ts";
import { elements } from "../views/sample.ts";

// What leads on from a story: the parts of its series in order, the stories that its editors chose, and what is near to it.

beforeEach(openNewsroom);

const force = { "If-Match": "*" };
const patch = (id: string, body: object) =>
  call("PATCH", `/articles/${id}`, { body: { ...body, status: "published" }, headers: force });
const textIn = async (path: string, selector: string) => {
  const { text } = await visit(path);
  return (await elements(text, selector)).map((seen) => seen.text.replace(/\s+/g, " ").trim());
};
const day = (n: number) => `2026-03-${String(n).padStart(2, "0")}T08:00:00Z`;

describe("a series", { timeout: 20_000 }, () => {
  const PARTS = ".series li";
  beforeEach(async () => {
    await call("POST", "/tags", { body: { slug: "the-flood", name: "The flood", series: true } });
  });

  it("is told on each of its parts, with the others in the order of publication", async () => {
    for (const n of [1, 2, 3])
      await publish({ title: `Water ${n}`, tags: ["the-flood"], publishedAt: day(n) });
    await publish({ title: "Dry", publishedAt: day(4) });
    expect(await textIn("/city/water-2", ".in-series")).toEqual(["Part 2 of 3 The flood"]);
    expect(await textIn("/city/water-2", PARTS)).toEqual([
      "Part 1 · Previous part Water 1",
      "Part 2 Water 2",
      "Part 3 · Next part Water 3",
    ]);
    expect(await textIn("/city/water-2", ".series [aria-current=page]")).toEqual(["Water 2"]);
    expect(await textIn("/city/water-1", PARTS)).toEqual([
      "Part 1 Water 1",
      "Part 2 · Next part Water 2",
      "Part 3 Water 3",
    ]);
    expect(await textIn("/city/dry", ".in-series, .series")).toEqual([]);
  });

  it("counts what readers can read, and says nothing of a part that is to come", async () => {
    await publish({ title: "Water 1", tags: ["the-flood"] });
    await write({ title: "Water 2", tags: ["the-flood"] });
    expect(await textIn("/city/water-1", ".in-series")).toEqual(["Part 1 of 1 The flood"]);
    expect((await visit("/city/water-1")).text).not.toContain("Water 2");
    // An editor has said that this is the fourth: of how many is not for the page to guess.
    await publish({ title: "Water 4", tags: ["the-flood"], part: 4 });
    expect(await textIn("/city/water-4", ".in-series")).toEqual(["Part 4 The flood"]);
  });

  it("stands in the order of its editors' numbers, then as it was published", async () => {
    await publish({ title: "Third", tags: ["the-flood"], publishedAt: day(1) });
    await publish({ title: "Second", tags: ["the-flood"], publishedAt: day(2), part: 2 });
    await publish({ title: "First", tags: ["the-flood"], publishedAt: day(3), part: 1 });
    const order = ["First", "Second", "Third"];
    expect(await textIn("/city/third", ".series li a")).toEqual(order);
    expect(await textIn("/city/third", ".in-series")).toEqual(["Part 3 of 3 The flood"]);
    expect(await textIn("/tags/the-flood", ".river .headline")).toEqual(order);
    expect(await textIn("/tags/the-flood", ".role")).toEqual(["A series in 3 parts"]);
  });

  it("is one as long as its tag is, under whatever name", async () => {
    const story = await publish({ title: "Water", tags: ["wet", "the-flood"] });
    await call("PATCH", "/tags/the-flood", { body: { slug: "high-water", name: "High water" } });
    expect(await textIn("/city/water", ".in-series")).toEqual(["Part 1 of 1 High water"]);
    // What is not sent stays: a PUT that knows nothing of series leaves it one.
    await call("PUT", "/tags/high-water", { body: { name: "Highest water" } });
    expect((await call("GET", "/tags/high-water")).json.series).toBe(true);
    // Of two the first counts.
    await call("PATCH", "/tags/wet", { body: { name: "Wet weeks", series: true } });
    expect(await textIn("/city/water", ".in-series")).toEqual(["Part 1 of 1 Wet weeks"]);
    for (const slug of ["wet", "high-water"])
      await call("PATCH", `/tags/${slug}`, { body: { series: false } });
    expect(await textIn("/city/water", ".in-series, .series")).toEqual([]);
    await patch(story.id, { part: 7 });
    expect((await call("GET", `/articles/${story.id}`)).json.part).toBe(7);
  });

  it("of more than fifty parts lists fifty, and promises no number", async () => {
    const items = Array.from({ length: 52 }, (_, n) => ({
      key: `part-${n}`,
      title: `Water ${n + 1}`,
      section: "city",
      tags: ["the-flood"],
      publishedAt: new Date(Date.UTC(2026, 0, 1 + n)).toISOString(),
    }));
    const { status } = await call("POST", "/imports", { body: { source: "wire", items } });
    expect(status).toBe(200);
    expect(await elements((await visit("/city/water-7")).text, PARTS)).toHaveLength(50);
    expect(await textIn("/city/water-7", ".in-series")).toEqual(["Part 7 The flood"]);
    // One that is beyond them says of what it is a part.
    expect(await textIn("/city/water-52", ".in-series")).toEqual(["Series The flood"]);
    // Of so many the newest come first, as of any topic.
    expect((await textIn("/tags/the-flood", ".river .headline"))[0]).toBe("Water 52");
    expect(await textIn("/tags/the-flood", ".role")).toEqual([]);
  });

  it("is seen in a preview as it would be", async () => {
    await publish({ title: "Water 1", tags: ["the-flood"], publishedAt: day(1) });
    const body = { title: "Water 2", section: "city", tags: ["the-flood"] };
    const { json } = await call("POST", "/preview?format=json", { body });
    const html = json.html as string;
    const told = (await elements(html, ".in-series, .series li")).map(({ text }) =>
      text.replace(/\s+/g, " ").trim(),
    );
    expect(told).toEqual([
      "Part 2 of 2 The flood",
      "Part 1 · Previous part Water 1",
      "Part 2 Water 2",
    ]);
  });
});

describe("related stories", { timeout: 20_000 }, () => {
  const RELATED = ".related .headline";

  it("are those that the editors chose, in their order, as far as readers can read them", async () => {
    const one = await publish({ title: "One", section: "culture", publishedAt: day(1) });
    const two = await write({ title: "Two", section: "culture" });
    const three = await publish({ title: "Three", section: "culture", publishedAt: day(3) });
    const related = [three.id, two.id, one.id];
    await publish({ title: "Chooser", publishedAt: day(4), related });
    expect(await textIn("/city/chooser", RELATED)).toEqual(["Three", "One"]);
    await call("POST", `/articles/${two.id}/publish`, { headers: force });
    expect(await textIn("/city/chooser", RELATED)).toEqual(["Three", "Two", "One"]);
    await call("POST", `/articles/${three.id}/unpublish`, { headers: force });
    expect(await textIn("/city/chooser", RELATED)).toEqual(["Two", "One"]);
  });

  it("are filled up with what was published beside a story on its topics, what shares most first", async () => {
    // Another section, and more than its rail and neighbours take.
    const other = (n: number, title: string, tags: string[]) =>
      publish({ title, tags, section: "culture", publishedAt: day(n) });
    await other(1, "Long before", ["harbour"]);
    await other(8, "Just before", ["harbour"]);
    await other(5, "Both before", ["harbour", "trams"]);
    await other(15, "After", ["trams"]);
    await other(20, "Long after", ["trams"]);
    await other(9, "On nothing", ["books"]);
    await publish({ title: "Next to it", publishedAt: day(9) });
    await publish({ title: "Center", tags: ["harbour", "trams"], publishedAt: day(10) });
    await publish({ title: "Behind it", publishedAt: day(11) });
    expect(await textIn("/city/center", RELATED)).toEqual([
      "Both before",
      "Just before",
      "After",
      "Long before",
    ]);
    const chosen = await publish({ title: "Chosen", section: "culture", publishedAt: day(2) });
    const center = (await call("GET", "/articles?q=center")).json.items[0];
    await patch(center.id, { related: [chosen.id] });
    expect(await textIn("/city/center", RELATED)).toEqual([
      "Chosen",
      "Both before",
      "Just before",
      "After",
    ]);
  });

  it("are none that the page has already: its neighbours, its section's latest, its series", async () => {
    await call("POST", "/tags", { body: { slug: "saga", name: "Saga", series: true } });
    for (const n of [1, 2, 3])
      await publish({ title: `City ${n}`, tags: ["harbour"], publishedAt: day(n) });
    await publish({
      title: "Part",
      section: "culture",
      tags: ["saga", "harbour"],
      publishedAt: day(4),
    });
    // Not its neighbour, so that only the series keeps it out.
    await publish({ title: "Beside", section: "culture", publishedAt: "2026-03-04T09:00:00Z" });
    await publish({ title: "Center", tags: ["harbour", "saga"], publishedAt: day(5) });
    await publish({
      title: "Next",
      section: "culture",
      tags: ["harbour"],
      publishedAt: day(6),
    });
    expect(await textIn("/city/center", RELATED)).toEqual([]);
    const links = linksOf((await visit("/city/center")).text);
    for (const path of ["/city/city-1", "/culture/part", "/culture/next"])
      expect(links).toContain(path);
  });

  it("must be there, be others, and be six at most", async () => {
    const story = await publish({ title: "Self" });
    const refused = async (related: string[]) => {
      const { status, json } = await patch(story.id, { related });
      expect(status).toBe(422);
      return json.errors;
    };
    expect(await refused([story.id])).toEqual([
      { path: "related.0", message: "related.0 is this story itself." },
    ]);
    expect(await refused(["nobody"])).toEqual([
      { path: "related.0", message: 'There is no story "nobody".' },
    ]);
    expect((await refused(Array.from({ length: 7 }, (_, n) => `n${n}`)))[0].message).toBe(
      "related must be at most 6.",
    );
    expect((await refused(["a", "a"]))[0].message).toContain("must not name one twice");
  });

  it("that are gone for good are left out when a revision is restored", async () => {
    const gone = await write({ title: "Gone" });
    const story = await write({ title: "Kept", related: [gone.id] });
    await call("PATCH", `/articles/${story.id}`, {
      body: { related: [], reason: "Not any more." },
      headers: force,
    });
    const restored = await call("POST", `/articles/${story.id}/revisions/1/restore`, {
      headers: force,
    });
    expect(restored.json.related).toEqual([gone.id]);
  });
});
