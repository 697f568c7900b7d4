import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ANY, MINUTE, openAnew, paper, pass, publish, read } from "./ledger.ts";

// What is at the edge when a section comes and goes, when an author or a tag is called otherwise, and when two are one.

beforeEach(openAnew);
afterEach(() => void vi.useRealTimers());

const warm = async (...paths: string[]) => {
  for (const path of paths) await read(path);
  for (const path of paths) expect([path, (await read(path)).cache]).toEqual([path, "HIT"]);
};
const call = async (method: string, path: string, body?: unknown) => {
  const { status, json } = await paper.call(method, path, body, ANY);
  expect(status, JSON.stringify(json)).toBeLessThan(300);
  return json;
};
const lead = async (path: string) => {
  const { status, headers } = await read(path);
  return headers.get("Location") ?? status;
};

describe("a section that is not listed", () => {
  it("is at the edge with its first story and gone with its last; mastheads follow", async () => {
    await publish();
    await call("PUT", "/sections/depths", { name: "Depths" });
    await warm("/depths", "/depths/feed.json", "/culture", "/city/trams-return");
    const story = await publish({ title: "Dive", section: "depths" });
    expect(story.edge).toBe("live");
    for (const path of ["/depths", "/depths/feed.json"])
      expect([path, (await read(path)).status]).toEqual([path, 200]);
    pass(MINUTE);
    await paper.tick();
    for (const path of ["/culture", "/city/trams-return"]) {
      await read(path);
      expect((await read(path)).text, path).toContain('href="/depths"');
    }
    await warm("/depths", "/depths/feed.json");
    await call("POST", `/articles/${story.id}/unpublish`);
    for (const path of ["/depths", "/depths/feed.json"])
      expect([path, (await read(path)).status]).toEqual([path, 404]);
    pass(MINUTE);
    await paper.tick();
    await read("/culture");
    expect((await read("/culture")).text).not.toContain("/depths");
  });

  it("is gone at once when it is unlisted or deleted empty", async () => {
    for (const [method, body] of [
      ["PATCH", { listed: false }],
      ["DELETE", undefined],
    ] as const) {
      await call("PUT", "/sections/depths", { name: "Depths", listed: true });
      await warm("/depths", "/depths/feed.json");
      await call(method, "/sections/depths", body);
      for (const path of ["/depths", "/depths/feed.json"])
        expect([method, path, (await read(path)).status]).toEqual([method, path, 404]);
    }
  });
});

describe("an author who is called otherwise", () => {
  it("is at no former address any more, and at the new one at once", async () => {
    await publish();
    await call("PATCH", "/authors/mara-quill", { slug: "mara" });
    const paths = ["/authors/mara", "/authors/mara-quill", "/authors/m", "/authors/m/feed.xml"];
    await warm(...paths, "/authors/mara-quill/page/9", "/city/trams-return", "/archive");
    expect((await call("PATCH", "/authors/mara", { slug: "m" })).edge).toBe("live");
    expect(await lead("/authors/mara")).toBe("/authors/m");
    expect(await lead("/authors/mara-quill")).toBe("/authors/m");
    expect(await lead("/authors/mara-quill/page/9")).toBe("/authors/m/page/9");
    expect(await lead("/authors/m")).toBe(200);
    expect((await read("/city/trams-return")).text).toContain('href="/authors/m"');
    expect((await read("/archive")).cache, "does not name her").toBe("HIT");
  });
});

describe("a tag that is merged into another", () => {
  it("is on none of the pages that showed it, and its stories are on those of the other", async () => {
    await publish({ tags: ["tram"] });
    await publish({ title: "Bells", slug: "bells", tags: ["trams"] });
    await warm("/tags/tram", "/tags/trams", "/city/trams-return", "/city/bells", "/");
    expect((await call("POST", "/tags/tram/merge", { into: "trams" })).edge).toBe("live");
    expect((await read("/tags/trams")).text).toContain("/city/trams-return");
    expect((await read("/city/trams-return")).text).toContain('href="/tags/trams"');
    expect(await lead("/tags/tram")).toBe("/tags/trams");
    for (const path of ["/city/bells", "/"])
      expect([path, (await read(path)).cache]).toEqual([path, "HIT"]);
  });
});

describe("a section that is called otherwise", () => {
  it("is linked to by no page of before, and the redirects of its stories lead on", async () => {
    await publish();
    await warm("/", "/culture", "/city", "/city/trams-return", "/town", "/town/trams-return");
    expect((await call("PATCH", "/sections/city", { slug: "town" })).edge).toBe("live");
    for (const path of ["/", "/culture"])
      expect((await read(path)).text, path).not.toContain('href="/city');
    expect(await lead("/town")).toBe(200);
    expect(await lead("/city")).toBe("/town");
    expect(await lead("/town/trams-return")).toBe(200);
    expect(await lead("/city/trams-return")).toBe("/town/trams-return");
    expect(await lead("/city/trams-return.md")).toBe("/town/trams-return.md");
  });
});
