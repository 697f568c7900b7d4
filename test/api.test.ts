import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { call, keyFor, openNewsroom, publish, rowsOf, visit, write } from "./support/newsroom.ts";

beforeEach(openNewsroom);

const force = { "If-Match": "*" };
const pathsOf = (json: { errors: { path: string }[] }) => json.errors.map(({ path }) => path);

/** A secret may have underscores of its own. */
function partsOf(key: string): { id: string; secret: string } {
  const [, id = "", secret = ""] = /^bs_([a-z0-9]+)_(.+)$/.exec(key) ?? [];
  return { id, secret };
}

describe("a body with HTML", () => {
  const body = "One\n\n<font>two</font> <b>three</b>";
  const notes = [{ path: "body", line: 3, message: "<font> was left out; its words stay." }];

  it("is told what was left out of it, whenever one is saved", async () => {
    const created = await call("POST", "/articles", {
      body: { title: "A", section: "city", body },
    });
    expect(created.json.notes).toEqual(notes);
    const id = String(created.json.id);
    expect((await call("GET", `/articles/${id}`)).json).not.toHaveProperty("notes");
    const publishing = { headers: force, body: { body: `${body}!`, status: "published" } };
    expect((await call("PATCH", `/articles/${id}`, publishing)).json.notes).toEqual(notes);
    const whole = { headers: force, body: { body: "One" } };
    expect((await call("PATCH", `/articles/${id}`, whole)).json.notes).toEqual([]);
    expect(
      (await call("POST", `/articles/${id}/publish`, { headers: force })).json,
    ).not.toHaveProperty("notes");
  });

  it("is told the same by imports, also by a check, and by none that writes nothing", async () => {
    const items = [{ key: "a", title: "A", section: "city", body }];
    const send = async (query = "") =>
      (await call("POST", `/imports${query}`, { body: { source: "test", items } })).json.items as {
        notes: unknown;
      }[];
    expect((await send("?check=true"))[0]?.notes).toEqual(notes);
    expect((await send())[0]?.notes).toEqual(notes);
    expect((await send())[0]?.notes).toEqual([]);
    const single = { title: "B", section: "city", body };
    expect((await call("PUT", "/imports/test/b", { body: single })).json.notes).toEqual(notes);
  });
});

describe("bad input", () => {
  it("is told about all at once, each problem with its path", async () => {
    const body = {
      title: "  ",
      slug: "Not A Slug",
      section: "nowhere",
      authors: ["mara-quill", "nobody"],
      tags: ["fine", "not\u0000fine"],
      hero: { src: "javascript:alert(1)", alt: 7 },
      language: "klingon!",
      canonicalUrl: "ftp://elsewhere.example",
      publishedAt: "yesterday",
      translationOf: "no-such-story",
      headline: "unknown field",
      seo: { keywords: "unknown" },
      body: `${"> ".repeat(200)}deep`,
    };
    const { status, json, headers } = await call("POST", "/articles", { body });
    expect(status).toBe(422);
    expect(headers.get("Content-Type")).toBe("application/problem+json");
    expect(new Set(pathsOf(json))).toEqual(
      new Set([
        "title",
        "slug",
        "section",
        "authors.1",
        "tags.1",
        "hero.src",
        "hero.alt",
        "language",
        "canonicalUrl",
        "publishedAt",
        "translationOf",
        "headline",
        "seo.keywords",
        "body",
      ]),
    );
    expect(await rowsOf("articles")).toBe(0);
  });

  it.each([
    ["a body that is not JSON", "{", {}, 400],
    ["a body that is not UTF-8 JSON", "", {}, 400],
    ["a list where an object is wanted", "[]", {}, 422],
    ["null where an object is wanted", "null", {}, 422],
    ["another media type", "{}", { "Content-Type": "text/plain" }, 415],
    ["more than a mebibyte", JSON.stringify({ body: "x".repeat(1024 * 1024) }), {}, 413],
  ])("%s is refused", async (_, body, headers, status) => {
    const answer = await call("POST", "/articles", { body, headers });
    expect(answer.status, answer.text).toBe(status);
    expect(answer.json.status).toBe(status);
    expect(answer.json.instance).toBe("/api/v1/articles");
  });

  it("is told what was wanted, and what came instead", async () => {
    const hero = { src: "/pictures/tram.jpg", width: 0.5, height: 0, focalPoint: "north" };
    const wrong = { title: 7, tags: "bridge", hero, seo: [], translationOf: "x".repeat(101) };
    const { json } = await call("POST", "/articles", { body: wrong });
    expect(json.errors).toEqual([
      { path: "title", message: "title must be a text, got 7." },
      { path: "section", message: "section is missing." },
      { path: "tags", message: "tags must be a list, got a text." },
      {
        path: "hero.focalPoint",
        message:
          "hero.focalPoint must be one of top-left, top, top-right, left, center, right, bottom-left, bottom, bottom-right.",
      },
      { path: "hero.width", message: "hero.width must be a whole number, got 0.5." },
      { path: "hero.height", message: "hero.height must be at least 1." },
      { path: "translationOf", message: "translationOf must be at most 100 characters." },
      { path: "seo", message: "seo must be an object, got a list." },
    ]);
    const bodiless = await call("POST", "/keys/nobody/rotate", { body: [] });
    expect(bodiless.json.errors).toEqual([
      { path: "", message: "The body must be an object, got a list." },
    ]);
  });

  it("is kept with each letter and its marks as one character", async () => {
    const { json } = await call("POST", "/articles", {
      body: {
        title: "Cafe\u0301 at the Gate",
        section: "city",
        standfirst: "e\u0301",
        body: "e\u0301",
      },
    });
    // What was written as Markdown stays as it was written: only its page has it otherwise.
    expect([json.title, json.standfirst, json.body]).toEqual(["Café at the Gate", "é", "e\u0301"]);
  });

  it("is refused wherever it stands: times, states, filters, cursors, paths", async () => {
    const story = await write();
    const patch = (body: object) =>
      call("PATCH", `/articles/${story.id}`, { body, headers: force });
    expect(pathsOf((await patch({ publishedAt: "2999-01-01T00:00:00Z" })).json)).toEqual([
      "publishedAt",
    ]);
    expect(pathsOf((await patch({ publishedAt: "1969-12-31T23:59:59Z" })).json)).toEqual([
      "publishedAt",
    ]);
    expect(pathsOf((await patch({ expiresAt: "2020-01-01T00:00:00Z" })).json)).toEqual([
      "expiresAt",
    ]);
    expect(pathsOf((await patch({ status: "withdrawn" })).json)).toEqual(["status"]);
    expect(pathsOf((await patch({ title: null })).json)).toEqual(["title"]);
    expect(pathsOf((await patch({ body: 7, section: "x" })).json).sort()).toEqual([
      "body",
      "section",
    ]);
    const late = {
      title: "Late",
      section: "city",
      status: "scheduled",
      scheduledFor: "2020-01-01T00:00:00Z",
    };
    expect(pathsOf((await call("POST", "/articles", { body: late })).json)).toEqual([
      "scheduledFor",
    ]);
    const never = { title: "Never", section: "city", status: "scheduled" };
    expect(pathsOf((await call("POST", "/articles", { body: never })).json)).toEqual([
      "scheduledFor",
    ]);
    expect(
      pathsOf((await call("GET", "/articles?limit=101&status=gone&colour=red")).json).sort(),
    ).toEqual(["colour", "limit", "status"]);
    expect(pathsOf((await call("GET", "/articles?cursor=nonsense")).json)).toEqual(["cursor"]);
    expect(
      pathsOf((await call("PUT", "/sections/authors", { body: { name: "Authors" } })).json),
    ).toEqual(["slug"]);
    expect(
      pathsOf((await call("PATCH", "/settings", { body: { timeZone: "Mars/Olympus" } })).json),
    ).toEqual(["timeZone"]);
    expect(
      (await call("PATCH", `/articles/${story.id}`, { body: {}, headers: { "If-Match": "3" } }))
        .status,
    ).toBe(400);
    expect((await call("GET", "/nothing")).status).toBe(404);
    expect((await call("GET", "/articles/")).status).toBe(404);
    expect((await call("GET", "/articles/nobody")).status).toBe(404);
    const put = await call("PUT", "/articles", { body: {} });
    expect([put.status, put.headers.get("Allow")]).toEqual([405, "POST, GET, HEAD"]);
  });

  it("cannot publish a picture that nobody describes, though it may be saved", async () => {
    const hero = { src: "/pictures/tram.jpg" };
    const story = await write({ hero });
    const refused = await call("POST", `/articles/${story.id}/publish`, { headers: force });
    expect([refused.status, pathsOf(refused.json)]).toEqual([422, ["hero.alt"]]);
    const decorative = { hero: { ...hero, decorative: true }, status: "published" };
    expect(
      (await call("PATCH", `/articles/${story.id}`, { body: decorative, headers: force })).status,
    ).toBe(200);
  });

  it("of an unhappy state is a conflict", async () => {
    const story = await write();
    const refused = await call("POST", `/articles/${story.id}/unpublish`, { headers: force });
    expect([refused.status, refused.json.title]).toEqual([409, "Not in this state"]);
    expect((await call("POST", `/articles/${story.id}/restore`, { headers: force })).status).toBe(
      409,
    );
    await publish({ title: "In use" });
    expect((await call("DELETE", "/authors/mara-quill")).status).toBe(409);
    expect((await call("DELETE", "/sections/city")).status).toBe(409);
    expect((await call("DELETE", "/sections/culture")).status).toBe(204);
    await keyFor("author", "ines-vale");
    expect((await call("DELETE", "/authors/ines-vale")).status).toBe(409);
    expect(
      (await call("POST", "/authors", { body: { slug: "mara-quill", name: "Another" } })).status,
    ).toBe(409);
  });
});

describe("a key", () => {
  it("is needed, and an outsider is told one vague thing whatever is wrong", async () => {
    const key = await keyFor("editor");
    const { id } = partsOf(key);
    const texts = new Set<string>();
    for (const wrong of [
      "",
      "nonsense",
      "bs_root_wrong",
      `bs_${id}_wrong`,
      "bs_unknown_secret",
      key.slice(0, -1),
    ]) {
      const refused = await call("GET", "/articles", { key: wrong });
      expect([wrong, refused.status]).toEqual([wrong, 401]);
      expect(refused.headers.get("WWW-Authenticate")).toContain("Bearer");
      texts.add(refused.text);
    }
    expect(texts.size).toBe(1);
    expect((await call("GET", "/articles", { key })).status).toBe(200);
  });

  it("is stored only as a hash, shown once, rotated and revoked", async () => {
    const key = await keyFor("editor");
    const { id, secret } = partsOf(key);
    const rows = JSON.stringify((await env.DB.prepare("select * from keys, audit").all()).results);
    expect(rows).toContain(id);
    expect(rows).not.toContain(secret);
    expect((await call("GET", "/keys")).text).not.toContain(secret);

    const body = { overlap: 0 };
    const rotated = (await call("POST", `/keys/${id}/rotate`, { body })).json.key;
    expect((await call("GET", "/articles", { key })).status).toBe(401);
    expect((await call("GET", "/articles", { key: rotated })).status).toBe(200);
    expect((await call("DELETE", `/keys/${id}`)).status).toBe(204);
    expect((await call("GET", "/articles", { key: rotated })).status).toBe(401);
    expect((await call("DELETE", `/keys/${id}`)).status).toBe(409);
  });

  it("has its last use recorded at most hourly", async () => {
    const key = await keyFor("editor");
    const used = async () => (await call("GET", "/keys")).json.items[0].lastUsedAt;
    expect(await used()).toBeNull();
    await call("GET", "/articles", { key });
    const first = await used();
    expect(first).not.toBeNull();
    const second = await call("GET", "/articles", { key });
    expect(second.headers.get("Server-Timing")).toContain("written=0");
    expect(await used()).toBe(first);
    const hourAgo = Date.now() - 3_600_001;
    await env.DB.prepare("update keys set last_used_at = ?").bind(hourAgo).run();
    await call("GET", "/articles", { key });
    expect(Date.parse(await used())).toBeGreaterThan(hourAgo);
  });
});

describe("a contributor", () => {
  it("writes drafts under their own byline, and nothing else", async () => {
    const key = await keyFor("contributor", "jonas-field");
    const own = await write({ title: "Mine", authors: undefined }, key);
    expect(own.authors).toEqual(["jonas-field"]);
    const body = { title: "Also mine", section: "city", status: "published" };
    expect((await call("POST", "/articles", { body, key })).status).toBe(403);
    const stranger = { title: "Not mine", section: "city", authors: ["mara-quill"] };
    expect(pathsOf((await call("POST", "/articles", { body: stranger, key })).json)).toEqual([
      "authors",
    ]);
    const asked = { key, headers: force };
    expect(
      (await call("PATCH", `/articles/${own.id}`, { ...asked, body: { title: "Mine still" } }))
        .status,
    ).toBe(200);
    const sneaky = { ...asked, body: { status: "published" } };
    expect((await call("PATCH", `/articles/${own.id}`, sneaky)).status).toBe(403);
    const later = { ...asked, body: { scheduledFor: "2999-01-01T00:00:00Z" } };
    expect((await call("POST", `/articles/${own.id}/schedule`, later)).status).toBe(403);
    expect((await call("POST", `/articles/${own.id}/publish`, asked)).status).toBe(403);
  });

  it("does not learn that another's draft exists", async () => {
    const key = await keyFor("contributor", "jonas-field");
    const draft = await write();
    const known = await call("GET", `/articles/${draft.id}`, { key });
    const unknown = await call("GET", "/articles/0123456789abcdef", { key });
    expect([known.status, unknown.status]).toEqual([404, 404]);
    expect(known.json.detail.replace(draft.id, "x")).toBe(
      unknown.json.detail.replace("0123456789abcdef", "x"),
    );
    const patch = { key, headers: force, body: { title: "x" } };
    expect((await call("PATCH", `/articles/${draft.id}`, patch)).status).toBe(404);
    expect((await call("DELETE", `/articles/${draft.id}`, { key, headers: force })).status).toBe(
      404,
    );
    expect((await call("GET", "/articles", { key })).json.items).toEqual([]);
    await publish({ title: "Out" });
    expect((await call("GET", "/articles", { key })).json.items).toHaveLength(1);
  });
});

describe("an author", () => {
  it("publishes their own stories and reads, but does not touch, others'", async () => {
    const key = await keyFor("author", "jonas-field");
    const own = await write({ title: "Mine", authors: ["jonas-field", "ines-vale"] }, key);
    expect(
      (await call("POST", `/articles/${own.id}/publish`, { key, headers: force })).status,
    ).toBe(200);
    const other = await write();
    expect((await call("GET", `/articles/${other.id}`, { key })).status).toBe(200);
    expect(
      (await call("PATCH", `/articles/${other.id}`, { key, headers: force, body: { title: "x" } }))
        .status,
    ).toBe(403);
    expect((await call("DELETE", `/articles/${other.id}`, { key, headers: force })).status).toBe(
      403,
    );
    const leave = { key, headers: force, body: { authors: ["ines-vale"] } };
    expect((await call("PATCH", `/articles/${own.id}`, leave)).status).toBe(422);
  });

  it("does not run the paper", async () => {
    const key = await keyFor("author", "jonas-field");
    const tries: [string, string, object][] = [
      ["PUT", "/front", { lead: null }],
      ["PUT", "/authors/x", { name: "X" }],
      ["PUT", "/sections/x", { name: "X" }],
      ["PUT", "/tags/x", { name: "X" }],
      ["POST", "/redirects", { from: "/x", to: "/" }],
      ["PATCH", "/settings", { title: "X" }],
      ["POST", "/keys", { name: "X", role: "admin" }],
      ["PUT", "/imports/press/x", { title: "X", section: "city" }],
    ];
    for (const [method, path, body] of tries)
      expect((await call(method, path, { key, body })).status, path).toBe(403);
    for (const path of ["/keys", "/audit"])
      expect((await call("GET", path, { key })).status, path).toBe(403);
    expect(
      (await call("PATCH", "/settings", { key: await keyFor("editor"), body: { title: "X" } }))
        .status,
    ).toBe(403);
  });
});

describe("lists", () => {
  it("page through every story once, newest first, narrowed by filters", async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1)
      ids.unshift((await write({ title: `Story ${n}`, tags: n % 2 ? ["odd"] : [] })).id);
    const seen: string[] = [];
    for (let cursor = ""; ;) {
      const { json } = await call("GET", `/articles?limit=2${cursor}`);
      seen.push(...json.items.map(({ id }: { id: string }) => id));
      expect(json.items[0]).not.toHaveProperty("body");
      if (json.next === null) break;
      cursor = `&cursor=${json.next}`;
    }
    expect(new Set(seen)).toEqual(new Set(ids));
    expect(seen).toHaveLength(5);
    const count = async (filter: string) =>
      (await call("GET", `/articles?${filter}`)).json.items.length;
    expect(await count("tag=odd")).toBe(2);
    // The index follows after the response.
    await expect.poll(() => count("q=STORY+3"), { timeout: 10_000 }).toBe(1);
    expect(await count("author=ines-vale")).toBe(0);
    expect(await count("author=mara-quill&section=city&status=draft")).toBe(5);
    expect(await count("status=published")).toBe(0);
  });

  it("page through authors, tags, keys and the audit", async () => {
    for (let n = 0; n < 3; n += 1) await write({ title: `S${n}`, tags: [`tag-${n}`] });
    const first = (await call("GET", "/authors?limit=2")).json;
    const rest = (await call("GET", `/authors?limit=2&cursor=${first.next}`)).json;
    expect([...first.items, ...rest.items].map(({ slug }) => slug)).toEqual([
      "ines-vale",
      "jonas-field",
      "mara-quill",
    ]);
    expect(rest.next).toBeNull();
    expect(
      (await call("GET", "/tags")).json.items.map(({ name }: { name: string }) => name),
    ).toEqual(["Tag 0", "Tag 1", "Tag 2"]);
    const page = (await call("GET", "/audit?limit=2")).json;
    const next = (await call("GET", `/audit?limit=2&cursor=${page.next}`)).json;
    expect(Number(next.items[0].id)).toBe(Number(page.items[1].id) - 1);
  });
});

describe("the audit", () => {
  it("has one record for each act, with who did what", async () => {
    const key = await keyFor("editor");
    const story = await write({}, key);
    await call("POST", `/articles/${story.id}/publish`, { key, headers: force });
    await call("DELETE", `/articles/${story.id}`, { headers: force });
    const { items } = (await call("GET", `/audit?subject=article:${story.id}`)).json;
    expect(items.map(({ act, actor }: { act: string; actor: string }) => [act, actor])).toEqual([
      ["bin", "root"],
      ["publish", `key:${partsOf(key).id}`],
      ["create draft", `key:${partsOf(key).id}`],
    ]);
  });

  it("has none for an act that changes nothing", async () => {
    const story = await publish();
    const before = await rowsOf("audit");
    const idle = [
      await call("POST", `/articles/${story.id}/publish`, { headers: force }),
      await call("PATCH", `/articles/${story.id}`, {
        headers: force,
        body: { title: story.title },
      }),
      await call("PUT", "/authors/mara-quill", {
        body: { name: "Mara Quill", role: "Reporter", bio: "Covers the harbour." },
      }),
      await call("PUT", "/sections/city", { body: { name: "City", position: 1 } }),
      await call("PATCH", "/settings", { body: { title: "The Ledger" } }),
      await call("PUT", "/front", { headers: force, body: {} }),
    ];
    for (const { status, headers } of idle) {
      expect(status).toBe(200);
      expect(headers.get("Server-Timing")).toContain("written=0");
    }
    expect(await rowsOf("audit")).toBe(before);
  });
});

describe("the API", () => {
  it("is never stored and never framed", async () => {
    for (const path of [
      "/api/v1/articles",
      "/api/v1/docs",
      "/api/v1/openapi.json",
      "/api/nothing",
    ]) {
      const { headers } = await visit(path);
      expect(headers.get("Cache-Control"), path).toBe("private, no-store, no-transform");
      expect(headers.get("Content-Security-Policy")).toContain("frame-ancestors 'none'");
    }
  });

  it("explains itself without a key", async () => {
    expect((await visit("/api/v1/openapi.json")).json.openapi).toMatch(/^3\.1\./);
    const reference = await visit("/api/v1/docs");
    expect(reference.text).toContain("POST /articles");
    expect(reference.text).not.toMatch(/<script|https?:\/\/(?!ledger\.example)/);
  });
});
