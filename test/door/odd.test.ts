import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { handle } from "../../src/app.ts";
import { ORIGIN, ROOT_KEY, visit } from "../support/newsroom.ts";
import { pathsStored } from "../support/platform.ts";
import { PAGE, ABSENCE, EDGE, openCounted, someone, stock, read } from "./stocked.ts";

// What is asked for oddly: whatever it says of itself, it neither costs nor stores more than what is asked for plainly.

describe("an odd request", () => {
  const ODD_HEADERS = {
    "X-Forwarded-Host": "evil.example",
    "X-Host": "evil.example",
    "X-Original-URL": "/culture",
    "X-Rewrite-URL": "/culture",
    Forwarded: "host=evil.example",
    "X-HTTP-Method": "DELETE",
    "X-HTTP-Method-Override": "DELETE",
    "X-Method-Override": "DELETE",
    "X-Forwarded-Scheme": "ftp",
    "Cloudflare-Workers-Version-Key": "mine",
  };
  const STORY = "/city/story-7";

  beforeAll(stock);

  it("gets what the cache has of the page, asks D1 for nothing, and leaves nothing there", async () => {
    const { paper, asked } = openCounted();
    const first = await paper.visit(STORY);
    const second = await paper.visit(STORY);
    const [text] = await Promise.all([first.text(), second.text()]);
    expect([first, second].map(({ headers }) => headers.get("Cf-Cache-Status"))).toEqual([
      "MISS",
      "HIT",
    ]);
    const before = asked.trips;
    // The cache files by path and query and by these headers: each asks the Worker, which asks the cache for the page.
    const odd: [string, Promise<Response>][] = [
      ...["?utm_source=x&fbclid=y", "?b=2&a=1", "?from=1", "?page=2", "?=", "?a&a"].map(
        (query): [string, Promise<Response>] => [query, paper.made(STORY + query)],
      ),
      ...Object.entries(ODD_HEADERS).map(([name, value]): [string, Promise<Response>] => [
        name,
        paper.made(STORY, { [name]: value }),
      ]),
    ];
    for (const [name, asking] of odd) {
      const { status, headers, ...response } = await read(await asking);
      expect([name, status, response.text]).toEqual([name, 200, text]);
      expect([
        name,
        headers.get("Cache-Status"),
        headers.get("Cache-Control"),
        headers.get(EDGE),
        headers.get("Cache-Tag"),
        headers.get("ETag"),
      ]).toEqual([
        name,
        "Workers-Cache; hit; detail=HIT",
        "public, max-age=0",
        "no-store",
        null,
        second.headers.get("ETag"),
      ]);
    }
    expect(asked.trips - before).toBe(0);
    expect(pathsStored(paper.platform)).toEqual([STORY]);
  });

  it("fills the page's own entry, once, when nobody came before", async () => {
    const { paper, asked } = openCounted();
    const before = asked.trips;
    const odd = await read(await paper.visit(`${STORY}?utm_source=x`));
    expect(odd.headers.get("Cache-Status")).toBe("Workers-Cache; fwd=uri-miss; detail=MISS");
    const plain = await read(await paper.visit(STORY));
    expect([plain.headers.get("Cf-Cache-Status"), plain.text]).toEqual(["HIT", odd.text]);
    expect(asked.trips - before).toBe(1);
    expect(pathsStored(paper.platform)).toEqual([STORY]);
  });

  it("keeps the parameter that a page defines, and loses what stands beside it", async () => {
    const { paper } = openCounted();
    const [row] = (
      await env.DB.prepare("select place from live where path = ?")
        .bind("/city/story-20")
        .all<{ place: string }>()
    ).results;
    const later = `/archive/2026/10?from=${row?.place}`;
    const plain = await read(await paper.visit(later));
    expect([plain.status, plain.headers.get("Cf-Cache-Status")]).toEqual([200, "MISS"]);
    expect(plain.text).not.toContain("/city/story-21");
    for (const beside of ["&utm_source=x", "&from=1", "&"]) {
      const odd = await read(await paper.visit(later + beside));
      expect([beside, odd.status, odd.text]).toEqual([beside, 200, plain.text]);
    }
    expect(pathsStored(paper.platform)).toEqual([later]);
  });

  it("for what is not there is 404 and counted as one", async () => {
    const counts: string[] = [];
    const limit = ({ key }: { key: string }) => {
      counts.push(key);
      return env.FLOOD.limit({ key });
    };
    const { paper } = openCounted({ FLOOD: { limit } });
    const odd = await read(await paper.made("/city/nothing?utm_source=x", someone()));
    expect([odd.status, odd.headers.get(EDGE)]).toEqual([404, "no-store"]);
    await paper.platform.settled();
    expect(counts).toHaveLength(1);
    expect(pathsStored(paper.platform)).toEqual(["/city/nothing"]);
  });

  it("is any that the platform files apart, and no other", async () => {
    const { paper } = openCounted();
    for (const scheme of ["http", "https"]) {
      const { headers } = await paper.made(STORY, { "X-Forwarded-Scheme": scheme });
      expect([scheme, headers.get(EDGE)]).toEqual([scheme, PAGE]);
      expect(headers.has("Cache-Tag")).toBe(true);
    }
  });

  it("is answered like the page, whatever way it is asked for", async () => {
    const page = await visit(STORY);
    const known = { "If-None-Match": page.headers.get("ETag") ?? "" };
    const again = await visit(`${STORY}?utm_source=x`, known);
    expect([again.status, again.text]).toEqual([304, ""]);
    const told = [again.headers.get(EDGE), again.headers.get("Cache-Tag")];
    expect(told, "and is not stored").toEqual(["no-store", null]);
    const head = await visit(`${STORY}?utm_source=x`, {}, "HEAD");
    expect([head.status, head.text]).toEqual([200, ""]);
    expect(head.headers.get("ETag")).toBe(page.headers.get("ETag"));
    const moved = await visit("/city/before?utm_source=x");
    expect([moved.status, moved.headers.get("Location")]).toEqual([301, "/city/after"]);
  });

  it("whose path is not canonical, either, is led there with its query, and not stored", async () => {
    const { paper } = openCounted();
    for (const [path, location] of [
      ["/City/Story-7/?b=2&a=1", `${STORY}?b=2&a=1`],
      ["//archive/2026/10?from=x", "/archive/2026/10?from=x"],
    ] as const) {
      const { status, headers } = await paper.visit(path);
      expect([status, headers.get("Location")]).toEqual([301, location]);
    }
    expect(pathsStored(paper.platform).length).toBe(0);
    // Without one there are as many as there are ways to write a path.
    expect((await paper.made("/City/Story-7/")).headers.get(EDGE)).toBe(ABSENCE);
  });

  it("of the API is the API's own business", async () => {
    const { paper } = openCounted();
    const key = { Authorization: `Bearer ${ROOT_KEY}` };
    const path = "/api/v1/sections";
    const plain = await read(await paper.visit(path, key));
    for (const [name, value] of Object.entries(ODD_HEADERS)) {
      const odd = await read(await paper.made(path, { ...key, [name]: value }));
      expect([name, odd.status, odd.text]).toEqual([name, 200, plain.text]);
      expect(odd.headers.get("Cache-Status")).toBe("Broadsheet; fwd=bypass");
    }
    expect((await paper.visit(`${path}?utm_source=x`, key)).status).toBe(422);
    expect(pathsStored(paper.platform).length).toBe(0);
  });

  it("is odd once: what stands for the page is not odd itself, whatever was written", async () => {
    const { paper } = openCounted();
    const odd = ["", "%27", "%22", "%3C", "%25", "%2B", "%C3%A4", "%FF", "%00", "(", "*", "~", "1"];
    for (const from of odd) {
      let inner = 0;
      const platform = {
        ...paper.platform,
        exports: {
          default: {
            // Without an end to it, each of these would ask for another.
            async fetch(request: Request): Promise<Response> {
              if ((inner += 1) > 3) throw new Error(`?from=${from} is odd again and again`);
              return handle(request, paper.env, platform);
            },
          },
        },
      };
      const asked = new Request(`${ORIGIN}/archive/2026/10?from=${from}`);
      const { status } = await handle(asked, paper.env, platform);
      expect([from, status, inner <= 1]).toEqual([from, 404, true]);
      await read(await paper.visit(`/archive/2026/10?from=${from}`));
    }
    expect(pathsStored(paper.platform).length, "what no page has is one entry").toBe(1);
  });
});
