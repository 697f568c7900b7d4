import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { makeRedirects } from "../src/editor/redirects/commands.ts";
import { openReader } from "../src/store/open.ts";
import { fill } from "./support/corpus.ts";
import {
  call,
  deskAt,
  keyFor,
  openNewsroom,
  publish,
  rowsOf,
  storeAfter,
  visit,
} from "./support/newsroom.ts";

beforeEach(openNewsroom);

const bulk = (items: object[], more: object = {}, query = "") =>
  call("POST", `/redirects/bulk${query}`, { body: { items, ...more } });
const redirect = (body: object) => call("POST", "/redirects", { body });
const errorsOf = (json: { errors: { path: string; message: string }[] }) =>
  json.errors.map(({ path, message }) => `${path}: ${message}`);

async function leads(path: string): Promise<string | number | null> {
  const { status, headers } = await visit(path);
  return status === 301 ? headers.get("Location") : status;
}

/** `/c/0` to `/c/1` to … and the last one to `end`. */
const chainOf = (length: number, end: string) =>
  Array.from({ length }, (_, n) => ({
    from: `/c/${n}`,
    to: n === length - 1 ? end : `/c/${n + 1}`,
  }));

describe("redirects in bulk", () => {
  it("are made in one act, each with its record, and read back", async () => {
    const items = [
      { from: "/old", to: "/city" },
      { from: "/blog", kind: "prefix", to: "/culture" },
      { from: "/libel", kind: "gone" },
    ];
    expect(await leads("/old")).toBe(404);
    const { status, json } = await bulk(items);
    expect([status, json.edge]).toEqual([200, "live"]);
    const to = (n: number) => (items[n] as { to?: string }).to ?? null;
    expect(json.items).toEqual(
      items.map(({ from, kind = "exact" }, n) => ({
        id: expect.any(String),
        from,
        kind,
        to: to(n),
        changed: true,
      })),
    );
    expect([await leads("/old"), await leads("/blog/x"), await leads("/libel")]).toEqual([
      "/city",
      "/culture/x",
      410,
    ]);
    expect((await call("GET", `/redirects/${json.items[1].id}`)).json.to).toBe("/culture");
    const { items: records } = (await call("GET", "/audit?limit=3")).json;
    expect(records[2]).toMatchObject({
      act: "redirect",
      subject: "path:/old",
      detail: {
        before: { path: null, kind: null, target: null },
        after: { path: "/old", kind: "exact", target: "/city" },
      },
    });
    expect(records[0].detail.after).toEqual({ path: "/libel", kind: "gone" });
  });

  it("that stand already are left alone, and write nothing", async () => {
    await bulk([{ from: "/old", to: "/city" }]);
    const before = await rowsOf("audit");
    const again = await bulk([{ from: "/old", to: "/city" }]);
    expect([again.status, again.json.edge, again.json.items[0].changed]).toEqual([
      200,
      "none",
      false,
    ]);
    expect(await rowsOf("audit")).toBe(before);
    const more = await bulk([
      { from: "/old", to: "/city" },
      { from: "/older", to: "/city" },
    ]);
    expect(more.json.items.map(({ changed }: { changed: boolean }) => changed)).toEqual([
      false,
      true,
    ]);
    expect(await rowsOf("audit")).toBe(before + 1);
  });

  it("replace what stands otherwise only if told to", async () => {
    await bulk([{ from: "/old", to: "/city" }]);
    const items = [
      { from: "/new", to: "/city" },
      { from: "/old", to: "/culture" },
    ];
    const refused = await bulk(items);
    expect([refused.status, errorsOf(refused.json)]).toEqual([
      409,
      [
        "items.1.from: There is a redirect from /old to /city already; send replace: true to replace it.",
      ],
    ]);
    expect(await leads("/new")).toBe(404);
    expect((await bulk(items, { replace: true })).status).toBe(200);
    expect([await leads("/old"), await leads("/new")]).toEqual(["/culture", "/city"]);
    const [, record] = (await call("GET", "/audit?limit=2")).json.items;
    const detail = { before: { target: "/city" }, after: { target: "/culture" } };
    expect([
      record.detail,
      (await call("GET", "/audit?limit=1")).json.items[0].detail,
    ]).toContainEqual(detail);
  });

  it("are checked without being written", async () => {
    await bulk([{ from: "/old", to: "/city" }]);
    const items = [
      { from: "/old", to: "/city" },
      { from: "/new", to: "/city" },
    ];
    const { status, json } = await bulk(items, {}, "?check=true");
    expect([status, json.edge]).toEqual([200, "none"]);
    expect(json.items.map(({ changed }: { changed: boolean }) => changed)).toEqual([false, true]);
    expect(await leads("/new")).toBe(404);
    const wrong = await bulk([{ from: "/new", to: "/new" }], {}, "?check=true");
    expect(wrong.status).toBe(422);
  });

  it("are all refused for one of them, with every mistake named", async () => {
    const story = await publish({ slug: "trams" });
    const wrong = await bulk([
      { from: "/fine", to: "/city" },
      { from: "/Bad", to: "/city" },
      { from: "/gone", kind: "gone", to: "/city" },
      { from: "/nowhere" },
      { from: "/fine", to: "/culture" },
      { from: "/x", to: "javascript:alert(1)", other: 1 },
      "no object" as never,
    ]);
    expect(wrong.status).toBe(422);
    expect(wrong.json.errors.map(({ path }: { path: string }) => path)).toEqual(
      expect.arrayContaining(["items.1.from", "items.4.from", "items.5.to", "items.5.other"]),
    );
    const { json } = await bulk([
      { from: "/gone", kind: "gone", to: "/city" },
      { from: "/no" },
      3 as never,
    ]);
    expect(json.errors.map(({ path }: { path: string }) => path)).toEqual([
      "items.0.to",
      "items.1.to",
      "items.2",
    ]);
    const taken = await bulk([
      { from: "/fine", to: "/city" },
      { from: new URL(story.url).pathname, to: "/culture" },
      { from: "/city", to: "/culture" },
      { from: "/archive", to: "/culture" },
      { from: "/authors/mara-quill", to: "/culture" },
      { from: "/api/x", to: "/culture" },
    ]);
    expect([taken.status, taken.json.errors.map(({ path }: { path: string }) => path)]).toEqual([
      409,
      [1, 2, 3, 4, 5].map((n) => `items.${n}.from`),
    ]);
    expect(await leads("/fine")).toBe(404);
    expect(await rowsOf("audit where act = 'redirect'")).toBe(0);
  });

  it("lead from addresses as browsers write them", async () => {
    const raw = ["/br{a}ce", '/q"uote', "/lt<x>", "/tick`x", "/car^et", "/Ü".toLowerCase()];
    for (const from of raw) {
      const made = await redirect({ from, to: "/city" });
      expect([from, made.status]).toEqual([from, 201]);
      expect([from, await leads(made.json.from)]).toEqual([from, "/city"]);
      expect(made.json.from).not.toMatch(/["<>`{}^ü]/);
    }
  });

  it("have as much of addresses as one call can take, as they are encoded", async () => {
    const long = await redirect({ from: `/${"文".repeat(200)}`, to: "/city" });
    expect(errorsOf(long.json)[0]).toContain("at most 1000 characters, percent-encoded");
    const far = await redirect({ from: "/far", to: `/${"中".repeat(600)}` });
    expect(errorsOf(far.json)[0]).toContain("at most 2000 characters, percent-encoded");
    const items = Array.from({ length: 500 }, (_, n) => ({
      from: `/${"a".repeat(900)}${n}`,
      kind: "prefix",
      to: `/${"b".repeat(1900)}${n}`,
    }));
    const much = await bulk(items);
    expect([much.status, errorsOf(much.json)[0]]).toEqual([
      422,
      "items: items have addresses that are too long together; send fewer.",
    ]);
    expect((await bulk(items.slice(0, 250))).status).toBe(200);
  });

  it("are at least one and at most five hundred, and for editors", async () => {
    expect((await bulk([])).status).toBe(422);
    expect((await bulk(chainOf(501, "/city"))).status).toBe(422);
    const key = await keyFor("author", "mara-quill");
    const body = { items: [{ from: "/old", to: "/city" }] };
    expect((await call("POST", "/redirects/bulk", { body, key })).status).toBe(403);
  });

  it("start over when a story goes live at one of them meanwhile", async () => {
    const store = storeAfter(() => publish({ slug: "trams" }));
    const input = { fields: { from: "/city/trams", kind: "exact", to: "/culture" }, issues: [] };
    const made = await makeRedirects(
      deskAt(Date.now(), { store }),
      [{ input, at: "items.0" }] as never,
      {
        replace: false,
        check: false,
      },
    );
    expect(made).toMatchObject({ ok: false, problem: { kind: "taken" } });
  });
});

describe("a chain of redirects", () => {
  it("is one hop and one trip more, however long it is, and the list says what was written", async () => {
    await fill(20, "hourly");
    expect((await bulk(chainOf(100, "/city/story-7?from=old"))).status).toBe(200);
    expect(await leads("/c/0")).toBe("/city/story-7?from=old");
    expect(await leads("/c/99")).toBe("/city/story-7?from=old");
    const costOf = async () => {
      const reader = openReader(env);
      await reader.nowhere("/c/0");
      return reader.cost;
    };
    const few = await costOf();
    expect(few.trips).toBe(2);
    await env.DB.prepare(
      "insert into paths (path, kind, target, created_at) select '/much/' || value, 'exact', '/c/0', 1 from json_each(?)",
    )
      .bind(JSON.stringify(Array.from({ length: 5000 }, (_, n) => n)))
      .run();
    expect((await costOf()).rowsRead).toBe(few.rowsRead);
    expect(few.rowsRead).toBeLessThan(100 * 50);
    const { items } = (await call("GET", "/redirects?limit=2")).json;
    expect(items[1]).toMatchObject({ from: "/c/1", to: "/c/2" });
  });

  it("that has more tags than an answer has room for takes another hop", async () => {
    await bulk(chainOf(400, "/city"));
    const hops: unknown[] = [];
    for (let at: unknown = "/c/0"; at !== "/city"; at = await leads(String(at))) hops.push(at);
    expect(hops.length).toBeLessThan(5);
    const { headers } = await visit("/c/0");
    expect(headers.get("Cache-Tag")?.length ?? 0).toBeLessThan(12 * 1024);
  });

  it("goes on when its end is redirected, and back when that is deleted", async () => {
    await redirect({ from: "/a", to: "/b" });
    const { json } = await redirect({ from: "/b", to: "/c" });
    await redirect({ from: "/c", to: "/city" });
    expect(await leads("/a")).toBe("/city");
    await call("DELETE", `/redirects/${json.id}`);
    expect(await leads("/a")).toBe("/b");
  });

  it("leads through prefixes and to where a story is now", async () => {
    const { id } = await publish({ slug: "trams" });
    await call("PATCH", `/articles/${id}`, {
      body: { slug: "buses", status: "published" },
      headers: { "If-Match": "*" },
    });
    await bulk([
      { from: "/one", kind: "prefix", to: "/two" },
      { from: "/two", kind: "prefix", to: "/three/deep" },
      { from: "/three/deep", kind: "prefix", to: "/city" },
      { from: "/start", to: "/one/trams" },
      { from: '/a"b', kind: "prefix", to: "/one" },
    ]);
    expect(await leads("/start")).toBe("/city/buses");
    expect(await leads("/two/trams")).toBe("/city/buses");
    // The deepest prefix that is looked for, behind another redirect as at once; a deeper one is refused.
    const deep = (segments: number) => "/deep".repeat(segments);
    await redirect({ from: deep(11), kind: "prefix", to: "/one" });
    await redirect({ from: "/to-deep", to: `${deep(12)}/trams` });
    for (const path of [`${deep(12)}/trams`, "/to-deep"])
      expect(await leads(path)).toBe("/city/deep/trams");
    const deeper = await redirect({ from: deep(12), kind: "prefix", to: "/one" });
    expect([deeper.status, errorsOf(deeper.json)]).toEqual([
      422,
      ["from: from must have at most 11 segments where it is a prefix."],
    ]);
    // A prefix is what lies below it, and not itself.
    await redirect({ from: "/exactly", to: "/one" });
    expect(await leads("/exactly")).toBe("/one");
    await redirect({ from: "/part", to: "/city/trams#map" });
    expect(await leads("/part")).toBe("/city/buses#map");
    expect(await leads("/one/nothing/at/all")).toBe("/city/nothing/at/all");
  });
});

describe("a circle of redirects", () => {
  it("is refused and named, whatever its length", async () => {
    await redirect({ from: "/a", to: "/b" });
    await redirect({ from: "/b", to: "/c" });
    const { status, json } = await redirect({ from: "/c", to: "/a?again=1" });
    expect([status, errorsOf(json)]).toEqual([
      422,
      ["to: to leads readers in a circle: /c → /a → /b → /c."],
    ]);
    const own = await redirect({ from: "/d", to: "/d" });
    expect(errorsOf(own.json)).toEqual(["to: to leads readers in a circle: /d → /d."]);
    await bulk(chainOf(120, "/city"));
    const long = await redirect({ from: "/x", to: "/c/0" });
    expect(long.status).toBe(201);
    const back = await bulk([{ from: "/c/119", to: "/x" }], { replace: true });
    expect(errorsOf(back.json)[0]).toContain("/c/119 → /x → /c/0 → /c/1 → /c/2 → … → ");
  });

  it("is found within one bulk, and where a redirect is replaced", async () => {
    const { status, json } = await bulk([
      { from: "/a", to: "/b" },
      { from: "/fine", to: "/city" },
      { from: "/b", to: "/c" },
      { from: "/c", to: "/a" },
    ]);
    expect([status, json.errors.map(({ path }: { path: string }) => path)]).toEqual([
      422,
      ["items.0.to", "items.2.to", "items.3.to"],
    ]);
    await bulk([
      { from: "/a", to: "/b" },
      { from: "/b", to: "/city" },
    ]);
    const { json: listed } = await call("GET", "/redirects");
    const [, b] = listed.items;
    const put = await call("PUT", `/redirects/${b.id}`, { body: { to: "/a" } });
    expect([put.status, errorsOf(put.json)]).toEqual([
      422,
      ["to: to leads readers in a circle: /b → /a → /b."],
    ]);
    // What stood there until now is no obstacle.
    const turned = await bulk(
      [
        { from: "/b", to: "/a" },
        { from: "/a", to: "/city" },
      ],
      { replace: true },
    );
    expect(turned.status).toBe(200);
    expect(await leads("/b")).toBe("/city");
  });

  it("is found through prefixes: of everything below them, and of what stands next to them", async () => {
    await redirect({ from: "/one", kind: "prefix", to: "/two" });
    await redirect({ from: "/two", kind: "prefix", to: "/three" });
    const whole = await redirect({ from: "/three", kind: "prefix", to: "/one" });
    expect(errorsOf(whole.json)).toEqual([
      "to: to leads readers in a circle: /three/… → /one/… → /two/… → /three/….",
    ]);
    const exact = await redirect({ from: "/three/x", to: "/one/x" });
    expect(errorsOf(exact.json)[0]).toContain("/three/x → /one/x → /two/x → /three/x");
    await redirect({ from: "/four/x", to: "/five/x" });
    const below = await redirect({ from: "/five", kind: "prefix", to: "/four" });
    expect(errorsOf(below.json)[0]).toContain("/five/x → /four/x → /five/x");
    await redirect({ from: "/six", to: "/seven/y" });
    await redirect({ from: "/eight/y", to: "/six" });
    const behind = await redirect({ from: "/seven", kind: "prefix", to: "/eight" });
    expect(errorsOf(behind.json)[0]).toContain("/six → /seven/y → /eight/y → /six");
    await redirect({ from: "/nine", kind: "prefix", to: "/ten/x" });
    const endless = await redirect({ from: "/ten", kind: "prefix", to: "/nine" });
    expect(errorsOf(endless.json)[0]).toContain("on and on: /ten/… → /nine/… → /ten/x/… → …");
  });

  it("is found through the address that a story had before", async () => {
    const { id } = await publish({ slug: "trams" });
    const body = { slug: "trams-again", status: "published" };
    await call("PATCH", `/articles/${id}`, { body, headers: { "If-Match": "*" } });
    expect((await redirect({ from: "/x", to: "/city/trams" })).status).toBe(201);
    expect(await leads("/x")).toBe("/city/trams-again");
    const closing = await bulk([{ from: "/city/trams", to: "/x" }], { replace: true });
    expect(closing.status, closing.text).toBe(422);
    expect(errorsOf(closing.json)[0]).toContain("/city/trams → /x → /city/trams");
    expect(await leads("/x")).toBe("/city/trams-again");
  });

  it("is not seen where the redirect that would close it goes", async () => {
    await bulk([
      { from: "/a", to: "/b" },
      { from: "/b", to: "/a/x" },
      { from: "/d/x", to: "/a" },
    ]);
    const [{ id }] = (await call("GET", "/redirects")).json.items;
    const put = await call("PUT", `/redirects/${id}`, { body: { kind: "prefix", to: "/d" } });
    expect([put.status, put.json.from]).toEqual([200, "/a"]);
    expect(await leads("/b")).toBe("/a");
    const [record] = (await call("GET", "/audit?limit=1")).json.items;
    expect(record.detail).toEqual({
      before: { path: "/a", kind: "exact", target: "/b" },
      after: { path: "/a/", kind: "prefix", target: "/d" },
    });
  });

  it("of others, from before, is met by whoever leads there, and is no prefix's fault", async () => {
    await env.DB.prepare(
      "insert into paths (path, kind, target, created_at) values ('/o/1', 'exact', '/o/2', 1), ('/o/2', 'exact', '/o/1', 1)",
    ).run();
    expect((await redirect({ from: "/x", to: "/o/1" })).status).toBe(422);
    expect((await redirect({ from: "/n", kind: "prefix", to: "/o" })).status).toBe(201);
    expect(await leads("/n/1")).toBe(404);
  });

  it("ends at a story, whatever stands above it", async () => {
    await publish({ slug: "trams" });
    await redirect({ from: "/city", kind: "prefix", to: "/blog" });
    expect((await redirect({ from: "/blog/trams", to: "/city/trams" })).status).toBe(201);
    expect(await leads("/blog/trams")).toBe("/city/trams");
    expect((await redirect({ from: "/blog/buses", to: "/city/buses" })).status).toBe(422);
  });
});
