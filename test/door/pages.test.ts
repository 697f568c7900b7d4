import { beforeAll, describe, expect, it } from "vitest";
import { openNewsroom } from "../support/newsroom.ts";
import { emptyCache } from "../support/platform.ts";
import {
  PAGE,
  ABSENCE,
  EDGE,
  openCounted,
  stock,
  stocked,
  holdTags,
  away,
  read,
} from "./stocked.ts";

// What an answer says of how long it may be stored, and by whom; and what it costs to make.

/** One address of each kind of page, and what it answers. */
function kinds(): [kind: string, path: string, status: number][] {
  return [
    ["front", "/", 200],
    ["front, page 2", "/page/2", 200],
    ["section", "/city", 200],
    ["section, page 2", "/city/page/2", 200],
    ["author", "/authors/mara-quill", 200],
    ["author, page 2", "/authors/mara-quill/page/2", 200],
    ["tag", "/tags/all", 200],
    ["tag, page 2", "/tags/all/page/2", 200],
    ["story", "/city/story-7", 200],
    ["twin", "/city/story-7.md", 200],
    ["archive", "/archive", 200],
    ["month", "/archive/2026/10", 200],
    ["section's month", "/city/archive/2026/10", 200],
    ["picture", stocked.picture, 200],
    ["nothing", "/city/nothing", 404],
    ["nothing, deep", "/no/such/path/at/all", 404],
    ["a list past its end", "/city/page/9", 404],
    ["a picture that nobody has", `/media/${"a".repeat(32)}/gate.png`, 404],
    ["gone", "/city/gone", 410],
    ["gone, its twin", "/city/gone.md", 410],
    ["moved", "/city/before", 301],
    ["moved, its twin", "/city/before.md", 301],
  ];
}

const isPicture = (path: string) => path.startsWith("/media/");

describe("a page's policy", () => {
  beforeAll(stock);

  it("is one for what is there and one for what is not, and the tags are what the platform keeps", async () => {
    const { paper } = openCounted();
    for (const [kind, path, status] of kinds()) {
      const { headers, status: answered } = await paper.made(path);
      const name = `${kind}: ${answered}`;
      expect(name).toBe(`${kind}: ${status}`);
      holdTags(name, headers.get("Cache-Tag"));
      if (isPicture(path) && status === 200) continue;
      const told = [headers.get("Cache-Control"), headers.get(EDGE)];
      expect([name, ...told]).toEqual([name, "public, max-age=0", status === 200 ? PAGE : ABSENCE]);
    }
  });

  it("has room for a month's fifty stories of three authors each, and all that the platform counts", async () => {
    const { paper } = openCounted();
    for (const [path, most] of [
      ["/", 20],
      ["/archive/2026/10", 50],
      ["/city/archive/2026/10", 50],
    ] as const) {
      const { headers } = await paper.made(path);
      const tags = headers.get("Cache-Tag")?.split(",") ?? [];
      const of = (kind: string) => tags.filter((tag) => tag.startsWith(`${kind}:`)).length;
      expect(of("card"), path).toBeGreaterThanOrEqual(most);
      // Two of the front's stories, the moved one among them, have no authors.
      expect(of("name"), path).toBeGreaterThanOrEqual((most - 2) * 3);
      holdTags(path, headers.get("Cache-Tag"));
    }
  });

  it("is repeated to who has the page already", async () => {
    const { paper } = openCounted();
    for (const [kind, path] of kinds().filter(([, , status]) => status === 200)) {
      const page = await paper.made(path);
      const again = await paper.made(path, { "If-None-Match": page.headers.get("ETag") ?? "*" });
      const told = (response: Response) =>
        ["ETag", "Cache-Control", EDGE, "Cache-Tag", "Last-Modified"].map((name) =>
          response.headers.get(name),
        );
      // A picture that was not made smaller has no tag to know it by.
      expect([kind, again.status, ...told(again)]).toEqual([kind, 304, ...told(page)]);
      expect(await again.text()).toBe("");
    }
  });
});

describe("a page through the cache", () => {
  beforeAll(stock);

  it("asks D1 once when nobody has it, with a condition or without, and never when somebody has", async () => {
    const { paper, asked } = openCounted();
    const trips = async (asking: () => Promise<Response>) => {
      const before = asked.trips;
      const { status, headers } = await read(await asking());
      return [status, headers.get("Cf-Cache-Status"), asked.trips - before];
    };
    for (const [kind, path, status] of kinds()) {
      const visit = () => paper.visit(path);
      expect([kind, ...(await trips(visit))]).toEqual([kind, status, "MISS", 1]);
      expect([kind, ...(await trips(visit))]).toEqual([kind, status, "HIT", 0]);
      const known = { "If-None-Match": "*" };
      const answered = status === 200 ? 304 : status;
      expect([kind, ...(await trips(() => paper.made(path, known)))]).toEqual([
        kind,
        answered,
        null,
        1,
      ]);
      emptyCache(paper.platform);
      expect((await trips(() => paper.visit(path, known))).slice(1), kind).toEqual(["MISS", 1]);
    }
  });
});

describe("what stands in for something else", () => {
  // Where nothing says how long it may outlive a failure, the platform knows no end
  // (https://developers.cloudflare.com/workers/cache/configuration/#serve-stale-on-error-with-stale-if-error).

  it("a last good copy is stored for seconds, and not for as long as something fails", async () => {
    await openNewsroom();
    await openCounted().paper.tick();
    const { paper } = openCounted({ DB: away("D1_ERROR: Network connection lost.") });
    const copy = await paper.made("/");
    expect([copy.status, copy.headers.get("Cache-Status")]).toEqual([
      200,
      "Broadsheet; hit; detail=copy",
    ]);
    expect(copy.headers.get(EDGE)).toContain("stale-if-error=");
  });

  it("a picture for now is stored for a minute, and not for as long as something fails", async () => {
    await stock();
    const IMAGES = {
      input() {
        throw new Error("Over the quota");
      },
    } as unknown as ImagesBinding;
    const { paper } = openCounted({ IMAGES });
    // No page offers this form, so that it is not there yet.
    const small = await paper.made(stocked.picture.replace(/[^/]+$/, "320.webp"));
    expect(small.status).toBe(200);
    expect(small.headers.get("Cache-Control")).toMatch(/^public, max-age=60\b/);
    expect(small.headers.get(EDGE)).toContain("stale-if-error=");
  });
});
