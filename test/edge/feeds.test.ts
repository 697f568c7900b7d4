import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ANY, MINUTE, openAnew, paper, pass, patch, publish, read } from "./ledger.ts";

// Feeds leave the edge with what they tell, and with nothing else.

beforeEach(openAnew);
afterEach(() => void vi.useRealTimers());

const NAMES = ["feed.xml", "atom.xml", "feed.json"];
const feedsOf = (list: string) => NAMES.map((name) => `${list}/${name}`);
const OF_STORY = ["", "/city", "/authors/mara-quill", "/tags/trams"].flatMap(feedsOf);
const OF_OTHERS = ["/culture", "/authors/ines-vale", "/tags/stages"].flatMap(feedsOf);

/** What became of each of some feeds that were at the edge: those that are not there any more. */
async function gone(act: () => Promise<unknown>): Promise<string[]> {
  const all = [...OF_STORY, ...OF_OTHERS];
  for (const path of all) await read(path);
  for (const path of all) expect([path, (await read(path)).cache]).toEqual([path, "HIT"]);
  await act();
  pass(MINUTE);
  await paper.tick();
  const left: string[] = [];
  for (const path of all) if ((await read(path)).cache !== "HIT") left.push(path);
  return left;
}

describe("feeds at the edge", () => {
  it(
    "are purged by what changes in them, in all formats, and by nothing else",
    { timeout: 30_000 },
    async () => {
      await paper.call("PUT", "/authors/ines-vale", { name: "Ines Vale" });
      const story = await publish({ tags: ["trams"] });
      await publish({
        title: "Stage",
        section: "culture",
        authors: ["ines-vale"],
        tags: ["stages"],
      });
      pass(10 * MINUTE);
      await paper.tick();
      const site = feedsOf("");
      const acts: [string, () => Promise<unknown>, string[]][] = [
        ["its body", () => patch(story.id, { body: "They did not ring." }), OF_STORY],
        [
          "a correction",
          () => paper.call("POST", `/articles/${story.id}/corrections`, { text: "One." }, ANY),
          OF_STORY,
        ],
        ["a tag's name", () => paper.call("PATCH", "/tags/trams", { name: "Tramways" }), OF_STORY],
        [
          "an author's name",
          () => paper.call("PATCH", "/authors/mara-quill", { name: "M." }),
          OF_STORY,
        ],
        [
          "what is said of a tag",
          () => paper.call("PATCH", "/tags/stages", { description: "On stages." }),
          feedsOf("/tags/stages"),
        ],
        [
          "another story",
          () => publish({ title: "Second stage", section: "culture", authors: [] }),
          [...site, ...feedsOf("/culture")],
        ],
        ["a draft", () => paper.call("PATCH", `/articles/${story.id}`, { body: "Draft" }, ANY), []],
      ];
      for (const [what, act, wanted] of acts)
        expect([what, await gone(act)]).toEqual([what, wanted]);
    },
  );

  it("are not asked about by a date, which a withdrawal does not move", async () => {
    await publish({ title: "Earlier", tags: ["trams"] });
    const story = await publish({ title: "Gone soon" });
    pass(MINUTE);
    const { headers } = await read("/city/feed.xml");
    expect(headers.get("Last-Modified")).toBeNull();
    const since = { "If-Modified-Since": headers.get("Date") ?? new Date().toUTCString() };
    pass(MINUTE);
    expect((await read("/city/feed.xml", since)).status).toBe(304);
    await paper.call("POST", `/articles/${story.id}/unpublish`, undefined, ANY);
    const { status, text } = await read("/city/feed.xml", since);
    expect([status, text.includes("Gone soon")]).toEqual([200, false]);
  });

  it("come with the first story of their list and go with the last, where there was none", async () => {
    await publish({ title: "Earlier" });
    for (const path of feedsOf("/tags/trams")) expect((await read(path)).status).toBe(404);
    const story = await publish({ title: "Trams", tags: ["trams"] });
    for (const path of feedsOf("/tags/trams")) {
      expect([path, (await read(path)).status]).toEqual([path, 200]);
      expect([path, (await read(path)).cache]).toEqual([path, "HIT"]);
    }
    await paper.call("POST", `/articles/${story.id}/unpublish`, undefined, ANY);
    for (const path of feedsOf("/tags/trams")) expect((await read(path)).status).toBe(404);
  });
});
