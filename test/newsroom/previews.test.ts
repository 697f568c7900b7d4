import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ANY, openAnew, paper, pass, publish, read } from "../edge/ledger.ts";
import { pathsStored } from "../support/platform.ts";
import { makePreview } from "../../src/editor/previews/commands.ts";
import { deskAt, storeAfter } from "../support/newsroom.ts";
import { pictures } from "../support/pictures.ts";

// What a story will look like, for eyes without a key.

beforeEach(openAnew);
afterEach(() => void vi.useRealTimers());

const HOUR = 60 * 60_000;

async function draft(fields: object = {}) {
  const body = {
    title: "Low water",
    section: "city",
    authors: ["mara-quill"],
    body: "It fell.",
    ...fields,
  };
  const { status, json } = await paper.call("POST", "/articles", body);
  expect(status, JSON.stringify(json)).toBe(201);
  return json;
}

async function preview(id: string, body: object = {}) {
  const { status, json } = await paper.call("POST", `/articles/${id}/previews`, body);
  expect(status, JSON.stringify(json)).toBe(201);
  return { ...json, path: new URL(json.url).pathname };
}

describe("a preview", () => {
  it("shows one revision as readers will see it, says that it is none, and needs no key", async () => {
    await publish({ title: "Older", publishedAt: "2026-11-01T08:00:00Z" });
    const { id } = await draft({ standfirst: "And rose.", tags: ["Tides"], reason: "First." });
    const { path } = await preview(id);
    await paper.call("PATCH", `/articles/${id}`, { body: "It rose again." }, ANY);
    const { status, text, headers } = await read(path);
    expect(status).toBe(200);
    for (const shown of ["Low water", "And rose.", "It fell.", "Mara Quill", "Tides", "Older"])
      expect(text).toContain(shown);
    expect(text).not.toContain("It rose again.");
    expect(text).toMatch(/<aside class="preview"><p>Preview\. This is not published/);
    expect(text).toContain('<meta name="robots" content="noindex"/>');
    expect(text).not.toMatch(/rel="canonical"|og:url|application\/ld\+json/);
    expect(headers.get("Cache-Control")).toBe("private, no-store, no-transform");
    expect(headers.get("X-Robots-Tag")).toContain("noindex");
    expect(headers.get("Referrer-Policy")).toBe("no-referrer");
    // By pages of the paper alone, and no other page by any.
    const framing = (told: Headers) =>
      /frame-ancestors [^;]*/.exec(told.get("Content-Security-Policy") ?? "")?.[0];
    expect(framing(headers)).toBe("frame-ancestors 'self'");
    for (const other of ["/", "/api/v1/docs", "/api/v1/settings", "/city/nothing"])
      expect([other, framing((await read(other)).headers)]).toEqual([
        other,
        "frame-ancestors 'none'",
      ]);
    // Published, its page is the same but for the mark.
    const style = /<style>.*?<\/style>/s;
    await paper.call("POST", `/articles/${id}/revisions/1/restore`, undefined, ANY);
    await paper.call("POST", `/articles/${id}/publish`, undefined, ANY);
    const live = (await read("/city/low-water")).text.replace(style, "");
    const main = (html: string) => /<main.*<\/main>/s.exec(html)?.[0];
    expect(main((await read(path)).text.replace(style, ""))).toBe(main(live));
  });

  it("is in no cache, whoever opens it how often, and no other page's bytes know of it", async () => {
    const { id } = await draft();
    const { path } = await preview(id);
    const front = (await read("/")).headers.get("ETag");
    for (const address of [
      path,
      `${path}?utm_source=x`,
      `${path}/`,
      path.toUpperCase(),
      `${path}/more`,
    ])
      for (let n = 0; n < 3; n += 1) {
        const response = await paper.visit(address, { "X-Forwarded-Host": "elsewhere.example" });
        await response.text();
        await read(address);
      }
    expect(pathsStored(paper.platform).filter((stored) => /preview/i.test(stored))).toEqual([]);
    for (const { headers } of [...paper.platform.stored].map(([, each]) => each))
      expect(headers.get("Cache-Tag") ?? "").not.toContain(id);
    expect((await read("/")).headers.get("ETag")).toBe(front);
  });

  it("ends after a day, or after as long as was said, up to 30 days", async () => {
    const { id } = await draft();
    const day = await preview(id);
    expect(Date.parse(day.expiresAt) - Date.now()).toBe(24 * HOUR);
    const minute = await preview(id, { expiresIn: 60 });
    const month = await preview(id, { expiresIn: 30 * 24 * 3600 });
    for (const expiresIn of [59, 30 * 24 * 3600 + 1, 1.5, "3600"]) {
      const refused = await paper.call("POST", `/articles/${id}/previews`, { expiresIn });
      expect([expiresIn, refused.status, refused.json.errors?.[0]?.path]).toEqual([
        expiresIn,
        422,
        "expiresIn",
      ]);
    }
    const statuses = async () =>
      Promise.all([minute, day, month].map(async ({ path }) => (await read(path)).status));
    pass(59_000);
    expect(await statuses()).toEqual([200, 200, 200]);
    pass(1_000);
    expect(await statuses()).toEqual([404, 200, 200]);
    pass(24 * HOUR);
    expect(await statuses()).toEqual([404, 404, 200]);
    // What is over is not kept.
    await paper.tick();
    const { results } = await env.DB.prepare("select id from previews").all();
    expect(results).toEqual([{ id: month.id }]);
  });

  it("ends when it is revoked, and when its story is binned; the others stay", async () => {
    const { id } = await draft();
    const [one, other] = [await preview(id), await preview(id)];
    const listed = await paper.call("GET", `/articles/${id}/previews`);
    expect(new Set(listed.json.items.map((each: { id: string }) => each.id))).toEqual(
      new Set([one.id, other.id]),
    );
    expect(JSON.stringify(listed.json)).not.toContain("/preview/");
    expect((await paper.call("DELETE", `/articles/${id}/previews/${one.id}`)).status).toBe(204);
    expect((await paper.call("DELETE", `/articles/${id}/previews/${one.id}`)).status).toBe(404);
    expect([(await read(one.path)).status, (await read(other.path)).status]).toEqual([404, 200]);
    await paper.call("DELETE", `/articles/${id}`, undefined, ANY);
    expect((await read(other.path)).status).toBe(404);
    expect((await paper.call("POST", `/articles/${id}/previews`)).status).toBe(409);
  });

  it("is one of a hundred of a story at most, however many are made at once", async () => {
    const { id } = await draft();
    await env.DB.prepare(
      `insert into previews (id, token_hash, article_id, n, created_at, created_by, expires_at)
       select 'p' || value, 'hash of ' || value, ?1, 1, 1, 'root', 9e15
       from (with recursive k (value) as (select 1 union all select value + 1 from k where value < 95) select value from k)`,
    )
      .bind(id)
      .run();
    const made = await Promise.all(
      Array.from({ length: 20 }, () => paper.call("POST", `/articles/${id}/previews`)),
    );
    const count = (status: number) => made.filter((each) => each.status === status).length;
    expect([count(201), count(409)]).toEqual([5, 15]);
    const [kept] = await env.DB.prepare("select count(*) as n from previews").raw();
    expect(kept).toEqual([100]);
  });

  it("stays what it shows, though the same hand saves on at that moment", async () => {
    const { id } = await draft({ body: "As it was." });
    const store = storeAfter(() =>
      paper.call("PATCH", `/articles/${id}`, { body: "As it is." }, ANY),
    );
    const made = await makePreview(deskAt(Date.now(), { store }), id, {
      fields: { expiresIn: 3600 },
      issues: [],
    });
    if (!made.ok) throw new Error(JSON.stringify(made.problem));
    const path = `/preview/${made.value.token}`;
    const shown = (await read(path)).text;
    await paper.call("PATCH", `/articles/${id}`, { body: "As it will be." }, ANY);
    expect((await read(path)).text).toBe(shown);
    expect((await paper.call("GET", `/articles/${id}`)).json.revision).toBe(2);
  });

  it("that is wrong in whatever way is one and the same plain page", async () => {
    const { id } = await draft();
    const { path, id: link } = await preview(id);
    await paper.call("DELETE", `/articles/${id}/previews/${link}`);
    const wrong = [
      path,
      `/preview/${"A".repeat(43)}`,
      "/preview/short",
      `/preview/${"A".repeat(44)}`,
      `${path}/more`,
      "/preview/%00",
      // Other spellings are led to the right one elsewhere; a token is to be in no redirect.
      `/${path}`,
      `/Preview/${"A".repeat(43)}`,
      path.toUpperCase(),
      "/preview/media/1-x/y/z",
      `/preview/media/9999999999999-${"A".repeat(43)}/${"a".repeat(32)}/320.avif`,
    ];
    const pages = await Promise.all(wrong.map((each) => read(each)));
    const [first] = pages;
    expect(first?.text).toContain("This preview is over");
    for (const [index, { status, text, headers }] of pages.entries()) {
      expect([wrong[index], status, text]).toEqual([wrong[index], 404, first?.text]);
      expect(headers.get("Cache-Control")).toBe("private, no-store, no-transform");
    }
  });

  it("has 256 random bits for a token, of which only the hash is stored", async () => {
    const { id } = await draft();
    const retry = { "Idempotency-Key": "once" };
    const made = await paper.call("POST", `/articles/${id}/previews`, {}, retry);
    const token = made.json.url.split("/").at(-1);
    expect(token).toMatch(/^[\w-]{43}$/);
    for (const table of ["previews", "idempotency", "audit", "outbox"]) {
      const { results } = await env.DB.prepare(`select * from ${table}`).all();
      expect(JSON.stringify(results)).not.toContain(token);
    }
    // Sent again, the request gets the same link and makes no other.
    const again = await paper.call("POST", `/articles/${id}/previews`, {}, retry);
    expect(again.json).toEqual(made.json);
    expect((await paper.call("GET", `/articles/${id}/previews`)).json.items).toHaveLength(1);
  });

  it("shows the pictures that readers have not got yet, for an hour, and no others by their addresses", async () => {
    const { json: picture } = await paper.upload(pictures.png.slice(), {
      name: "gate.png",
      alt: "A gate.",
    });
    const { json: other } = await paper.upload(pictures.pngWithAlpha.slice(), { name: "quay.png" });
    const { id } = await draft({ hero: { src: picture.src } });
    const { path } = await preview(id);
    const { text } = await read(path);
    expect((await read(picture.src)).status).toBe(404);
    const [own = ""] = /\/preview\/media\/[^"\s,]+\.(?:png|jpg)/.exec(text) ?? [];
    expect(text).not.toMatch(/"\/media\//);
    const shown = await read(own);
    expect([shown.status, shown.headers.get("Cache-Control")]).toEqual([
      200,
      "private, no-store, no-transform",
    ]);
    expect(shown.headers.get("Content-Type")).toMatch(/^image\//);
    expect((await read(own.replace(picture.hash, other.hash))).status).toBe(404);
    expect(
      (await read(own.replace(/media\/(\d)/, (_, n) => `media/${(Number(n) % 9) + 1}`))).status,
    ).toBe(404);
    pass(HOUR);
    expect((await read(own)).status).toBe(404);
    expect(pathsStored(paper.platform).filter((stored) => /preview/i.test(stored))).toEqual([]);
  });
});

describe("an unsaved text", () => {
  it("is rendered as its page would be, and nothing of it is kept", async () => {
    const before = await env.DB.prepare(
      "select (select count(*) from articles) + (select count(*) from revisions) + (select count(*) from tags) as n",
    ).first();
    const { status, json } = await paper.call("POST", "/preview?format=json", {
      title: "Not yet saved",
      section: "city",
      tags: ["Brand new"],
      authors: ["mara-quill"],
      body: "She *said* so.\n\n<script>alert(1)</script>\n\n![](https://elsewhere.example/x.png)",
    });
    expect(status).toBe(200);
    for (const shown of [
      "Not yet saved",
      "<em>said</em>",
      "Brand new",
      "Mara Quill",
      'class="preview"',
    ])
      expect(json.html).toContain(shown);
    expect(json.html).not.toContain("<script>");
    expect(json.notes).toHaveLength(1);
    expect(json.issues).toEqual([{ path: "body", message: expect.stringContaining("alt text") }]);
    const after = await env.DB.prepare(
      "select (select count(*) from articles) + (select count(*) from revisions) + (select count(*) from tags) as n",
    ).first();
    expect(after).toEqual(before);
  });

  it("of a story that is there is laid over what it says", async () => {
    const { id } = await draft({ tags: ["Tides"] });
    const { json } = await paper.call("POST", "/preview?format=json", {
      article: id,
      title: "High water",
    });
    expect(json.html).toContain("High water");
    expect(json.html).toContain("It fell.");
    expect(json.html).toContain("Tides");
    expect((await paper.call("GET", `/articles/${id}`)).json.title).toBe("Low water");
  });

  it("that cannot be a page is told what is missing, field by field", async () => {
    const wrong = await paper.call("POST", "/preview", { authors: ["nobody"], slug: "No" });
    expect(wrong.status).toBe(422);
    expect(wrong.json.errors.map(({ path }: { path: string }) => path).sort()).toEqual([
      "authors.0",
      "section",
      "slug",
      "title",
    ]);
    expect((await paper.call("POST", "/preview", { article: "none", title: "T" })).status).toBe(
      404,
    );
  });
});
