import { beforeEach, describe, expect, it } from "vitest";
import {
  call,
  keyFor,
  linksOf,
  openNewsroom,
  publish,
  rowsOf,
  visit,
  write,
} from "./support/newsroom.ts";

beforeEach(openNewsroom);

describe("a publication", () => {
  it("makes three round trips: what is there, what stands around it, and the commit", async () => {
    const { id } = await write({ tags: ["trams"] });
    const headers = { "If-Match": "*" };
    for (const verb of ["publish", "unpublish"]) {
      const acted = await call("POST", `/articles/${id}/${verb}`, { headers });
      expect([verb, acted.json.edge]).toEqual([verb, "live"]);
      expect(acted.headers.get("Server-Timing")).toMatch(/trips=3 /);
    }
  });
});

describe("an editor", () => {
  it("keeps a draft from readers until it is published", async () => {
    const story = await write();
    expect(story).toMatchObject({
      status: "draft",
      slug: "trams-return-to-the-harbour",
      edge: "none",
    });
    expect((await visit("/city/trams-return-to-the-harbour")).status).toBe(404);

    const published = await call("POST", `/articles/${story.id}/publish`, {
      headers: { "If-Match": '"1"' },
    });
    expect(published.status).toBe(200);
    expect(published.json).toMatchObject({ status: "published", publishedRevision: 1, version: 2 });

    const page = await visit("/city/trams-return-to-the-harbour");
    expect(page.status).toBe(200);
    expect(page.text).toContain("Trams return to the harbour");
    for (const list of [
      "/",
      "/city",
      "/authors/mara-quill",
      "/archive/" + published.json.publishedAt.slice(0, 7).replace("-", "/"),
    ]) {
      expect(linksOf((await visit(list)).text), list).toContain(
        "/city/trams-return-to-the-harbour",
      );
    }
  });

  it("sees the newest story first on the front", async () => {
    await publish({ title: "Older story", publishedAt: "2026-11-01T08:00:00Z" });
    await publish({ title: "Newest story", publishedAt: "2026-11-03T08:00:00Z" });
    await publish({ title: "Story between", publishedAt: "2026-11-02T08:00:00Z" });
    const stories = linksOf((await visit("/")).text).filter((link) => /^\/city\/.+/.test(link));
    expect([...new Set(stories)]).toEqual([
      "/city/newest-story",
      "/city/story-between",
      "/city/older-story",
    ]);
  });

  it("is asked for the version, and told the current state when it is stale", async () => {
    const story = await write();
    const body = { title: "Trams return at last" };
    expect((await call("PATCH", `/articles/${story.id}`, { body })).status).toBe(428);
    expect(
      (await call("PATCH", `/articles/${story.id}`, { body, headers: { "If-Match": 'W/"1"' } }))
        .status,
    ).toBe(200);

    const stale = await call("PATCH", `/articles/${story.id}`, {
      body: { title: "Mine" },
      headers: { "If-Match": '"1"' },
    });
    expect(stale.status).toBe(412);
    expect(stale.headers.get("ETag")).toBe('"2"');
    expect(stale.json.current).toMatchObject({ title: "Trams return at last", version: 2 });
    expect(stale.json.changed).toEqual(["title"]);

    const listed = await call("PATCH", `/articles/${story.id}`, {
      body: { title: "Mine" },
      headers: { "If-Match": '"7", "2"' },
    });
    expect(listed.json).toMatchObject({ title: "Mine", version: 3 });
    const forced = await call("PATCH", `/articles/${story.id}`, {
      body: { title: "Forced" },
      headers: { "If-Match": "*" },
    });
    expect(forced.status).toBe(200);
  });

  it("changes nothing that readers see by editing a published story, until it is published again", async () => {
    const story = await publish({ body: "First words." });
    const before = await visit("/city/trams-return-to-the-harbour");
    const headers = { "If-Match": "*" };
    const edited = await call("PATCH", `/articles/${story.id}`, {
      body: { body: "Second words." },
      headers,
    });
    expect(edited.json).toMatchObject({ revision: 2, publishedRevision: 1, status: "published" });
    const still = await visit("/city/trams-return-to-the-harbour");
    expect(still.text).toBe(before.text);
    expect([...still.headers]).toEqual([...before.headers]);

    const again = await call("PATCH", `/articles/${story.id}`, {
      body: { status: "published" },
      headers,
    });
    expect(again.json).toMatchObject({ revision: 2, publishedRevision: 2 });
    expect(again.json.updatedAt).not.toBeNull();
    expect((await visit("/city/trams-return-to-the-harbour")).text).toContain("Second words.");
  });

  it("leaves updatedAt alone with an immaterial change, and a later material one tells again", async () => {
    const story = await publish({ body: "Frist words." });
    const headers = { "If-Match": "*" };
    const fix = { body: "First words.", material: false, status: "published" };
    expect(
      (await call("PATCH", `/articles/${story.id}`, { body: fix, headers })).json.updatedAt,
    ).toBeNull();
    await call("PATCH", `/articles/${story.id}`, { body: { body: "Other words." }, headers });
    const small = { standfirst: "Small.", material: false, status: "published" };
    expect(
      (await call("PATCH", `/articles/${story.id}`, { body: small, headers })).json.updatedAt,
    ).not.toBeNull();
  });

  it("moves a story as often as they like, and readers hop once", async () => {
    const story = await publish({ slug: "first" });
    const headers = { "If-Match": "*" };
    for (const move of [{ slug: "second" }, { slug: "third" }, { section: "culture" }]) {
      await call("PATCH", `/articles/${story.id}`, {
        body: { ...move, status: "published" },
        headers,
      });
    }
    for (const former of ["/city/first", "/city/second", "/city/third"]) {
      const moved = await visit(former);
      expect([moved.status, moved.headers.get("Location")], former).toEqual([
        301,
        "/culture/third",
      ]);
      expect((await visit(`${former}.md`)).headers.get("Location")).toBe("/culture/third.md");
    }
    expect((await visit("/culture/third")).status).toBe(200);
    expect(linksOf((await visit("/city")).text)).not.toContain("/culture/third");
  });

  it("withdraws a story: 410 at every address it ever had, and gone from every list", async () => {
    const story = await publish({ slug: "first", tags: ["trams"] });
    const headers = { "If-Match": "*" };
    await call("PATCH", `/articles/${story.id}`, {
      body: { slug: "second", status: "published" },
      headers,
    });
    const withdrawn = await call("POST", `/articles/${story.id}/unpublish`, { headers });
    expect(withdrawn.json).toMatchObject({ status: "withdrawn", publishedRevision: null });
    for (const path of ["/city/first", "/city/second", "/city/second.md"]) {
      expect((await visit(path)).status, path).toBe(410);
    }
    expect((await visit("/")).text).not.toContain("/city/second");
    expect((await visit("/tags/trams")).status).toBe(404);
    expect((await visit("/authors/mara-quill")).status).toBe(404);

    const back = await call("POST", `/articles/${story.id}/publish`, { headers });
    expect(back.json.publishedAt).toBe(story.publishedAt);
    expect((await visit("/city/second")).status).toBe(200);
  });

  it("deletes a story to the bin and brings it back unpublished", async () => {
    const story = await publish();
    const headers = { "If-Match": "*" };
    expect((await call("DELETE", `/articles/${story.id}`)).status).toBe(428);
    expect((await call("DELETE", `/articles/${story.id}`, { headers })).json.status).toBe("binned");
    expect((await visit("/city/trams-return-to-the-harbour")).status).toBe(410);
    const edit = { status: "published" };
    const published = await call("PATCH", `/articles/${story.id}`, { body: edit, headers });
    expect(published.status).toBe(409);
    const renamed = await call("PATCH", `/articles/${story.id}`, { body: { slug: "x" }, headers });
    expect(renamed.json).toMatchObject({ status: "binned", slug: "x" });
    const restored = await call("POST", `/articles/${story.id}/restore`, { headers });
    expect(restored.json).toMatchObject({ status: "withdrawn", title: story.title });
    expect((await visit("/city/trams-return-to-the-harbour")).status).toBe(410);
  });

  it("gets 409 for a URL that another story has or wants, and may take it once it is free", async () => {
    const first = await publish({ slug: "tides" });
    const again = { title: "Tides", section: "city", slug: "tides" };
    const refused = await call("POST", "/articles", { body: again });
    expect(refused.status).toBe(409);
    expect(refused.json.errors[0].path).toBe("slug");
    await call("DELETE", `/articles/${first.id}`, { headers: { "If-Match": "*" } });
    expect(
      (await call("POST", "/articles", { body: { ...again, status: "published" } })).status,
    ).toBe(201);
    expect((await visit("/city/tides")).status).toBe(200);
    const restored = await call("POST", `/articles/${first.id}/restore`, {
      headers: { "If-Match": "*" },
    });
    expect(restored.status).toBe(409);
  });

  it("may retry a POST with its Idempotency-Key and gets the first answer", async () => {
    const body = { title: "Once only", slug: "once", section: "city", status: "published" };
    const headers = { "Idempotency-Key": "press-17" };
    const answers = await Promise.all(
      [1, 2, 3].map(() => call("POST", "/articles", { body, headers })),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(answers.map(({ json }) => json.id)).size).toBe(1);
    expect(await rowsOf("articles")).toBe(1);
    const other = await call("POST", "/articles", { body: { ...body, title: "Another" }, headers });
    expect(other.status).toBe(422);
    expect(other.json.errors[0].path).toBe("Idempotency-Key");
  });

  it("arranges the front: the lead, the pinned, then the newest, none of them twice", async () => {
    const old = await publish({ title: "Old lead", publishedAt: "2026-01-01T00:00:00Z" });
    const pinned = await publish({ title: "Pinned piece", publishedAt: "2026-02-01T00:00:00Z" });
    await publish({ title: "Newest piece" });
    const draft = await write({ title: "Not out yet" });
    const placed = await call("PUT", "/front", {
      body: { lead: old.id, pinned: [draft.id, pinned.id] },
      headers: { "If-Match": "*" },
    });
    expect(placed.status).toBe(200);
    const stories = linksOf((await visit("/")).text).filter((link) => /^\/city\/.+/.test(link));
    expect([...new Set(stories)]).toEqual([
      "/city/old-lead",
      "/city/pinned-piece",
      "/city/newest-piece",
    ]);
    const wrong = await call("PUT", "/front", {
      body: { lead: "nobody", pinned: [pinned.id, "nothing"] },
      headers: { "If-Match": "*" },
    });
    expect(wrong.json.errors.map(({ path }: { path: string }) => path)).toEqual([
      "lead",
      "pinned.1",
    ]);
  });

  it("sends old paths elsewhere: exact, by prefix, and gone", async () => {
    const story = await publish({ slug: "first" });
    await call("POST", "/redirects", { body: { from: "/about-us", to: "/city" } });
    await call("POST", "/redirects", { body: { from: "/old", kind: "prefix", to: "/city" } });
    await call("POST", "/redirects", { body: { from: "/libel", kind: "gone" } });
    await call("POST", "/redirects", { body: { from: "/older", to: "/about-us" } });
    await call("PATCH", `/articles/${story.id}`, {
      body: { slug: "second", status: "published" },
      headers: { "If-Match": "*" },
    });
    const leads = async (path: string) => (await visit(path)).headers.get("Location");
    expect(await leads("/about-us")).toBe("/city");
    expect(await leads("/older")).toBe("/city");
    expect(await leads("/old/first")).toBe("/city/second");
    expect(await leads("/old/deep/er")).toBe("/city/deep/er");
    expect((await visit("/libel")).status).toBe(410);
    expect((await visit("/oldest/first")).status).toBe(404);

    await call("POST", "/redirects", {
      body: { from: "/straße", to: "https://münchen.example/ä" },
    });
    expect(await leads("/straße")).toBe("https://xn--mnchen-3ya.example/%C3%A4");
    await call("POST", "/redirects", { body: { from: "/city", to: "/culture" } });
    const circle = await call("POST", "/redirects", {
      body: { from: "/x", kind: "prefix", to: "/x/y" },
    });
    expect(circle.status).toBe(422);
    const onStory = await call("POST", "/redirects", {
      body: { from: "/city/second", to: "/city" },
    });
    expect(onStory.status).toBe(409);
    const { json } = await call("GET", "/redirects");
    for (const { id } of json.items)
      expect((await call("DELETE", `/redirects/${id}`)).status).toBe(204);
    expect((await visit("/about-us")).status).toBe(404);
  });
});

describe("an importer", () => {
  const item = (key: string, fields: Record<string, unknown> = {}) => ({
    key,
    title: `Story ${key}`,
    section: "city",
    body: "Words.",
    ...fields,
  });

  it("says what an import would do, and does nothing", async () => {
    const a = { key: "a", title: "A", section: "city" };
    const b = { key: "b", title: "B", section: "city" };
    await call("POST", "/imports", { body: { source: "press", items: [a, b] } });
    const rows = await rowsOf("audit");
    const items = [a, { ...b, title: "B again" }, { key: "c", title: "C", section: "city" }];
    const { json } = await call("POST", "/imports?check=true", {
      body: { source: "press", items },
    });
    expect(json.items).toMatchObject([
      { key: "a", changed: false, created: false, id: expect.any(String) },
      { key: "b", changed: true, created: false, id: expect.any(String) },
      { key: "c", changed: true, created: true, id: null, url: "https://ledger.example/city/c" },
    ]);
    const wrong = await call("PUT", "/imports/press/d?check=true", {
      body: { title: "D", section: "no" },
    });
    expect(wrong.status).toBe(422);
    expect(await rowsOf("audit")).toBe(rows);
    expect((await visit("/city/c")).status).toBe(404);
    expect((await visit("/city/b")).text).not.toContain("B again");
  });

  it("writes by its own keys, and the same again writes nothing", async () => {
    const body = {
      source: "press",
      items: [item("a/one", { redirectFrom: ["/blog/one"] }), item("b")],
    };
    const first = await call("POST", "/imports", { body });
    expect(first.status, first.text).toBe(200);
    expect(first.json.items).toMatchObject([
      { key: "a/one", changed: true, created: true },
      { key: "b", changed: true, created: true },
    ]);
    expect((await visit("/blog/one")).headers.get("Location")).toBe("/city/story-a-one");

    const second = await call("POST", "/imports", { body });
    expect(second.json.items.map(({ changed }: { changed: boolean }) => changed)).toEqual([
      false,
      false,
    ]);
    expect(second.headers.get("Server-Timing")).toContain("written=0");
    const changed = await call("PUT", "/imports/press/b", {
      body: { title: "Story b", section: "city", body: "Other words." },
    });
    expect(changed.json).toMatchObject({ key: "b", changed: true, created: false, edge: "live" });
    expect((await visit("/city/story-b")).text).toContain("Other words.");
  });

  it("writes all of them or none, and names every item that is wrong", async () => {
    const items = [
      item("a"),
      item("b", { section: "nowhere" }),
      item("c", { title: "", authors: ["nobody"] }),
      item("a"),
    ];
    const { status, json } = await call("POST", "/imports", { body: { source: "press", items } });
    expect(status).toBe(422);
    const paths = json.errors.map(({ path }: { path: string }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        "items.1.section",
        "items.2.title",
        "items.2.authors.0",
        "items.3.key",
      ]),
    );
    expect(await rowsOf("articles")).toBe(0);
    expect(await rowsOf("audit where subject like 'article:%'")).toBe(0);
    const taken = await call("POST", "/imports", {
      body: { source: "press", items: [item("a", { slug: "same" }), item("b", { slug: "same" })] },
    });
    expect([taken.status, taken.json.errors[0].path]).toEqual([409, "items.1.slug"]);
  });

  it("keeps what editors did since, as long as the import is the same", async () => {
    const body = { source: "press", items: [item("a")] };
    const { json } = await call("POST", "/imports", { body });
    const { id } = json.items[0];
    const edit = { title: "Edited here", status: "published" };
    await call("PATCH", `/articles/${id}`, { body: edit, headers: { "If-Match": "*" } });
    await call("POST", "/imports", { body });
    expect((await call("GET", `/articles/${id}`)).json.title).toBe("Edited here");
  });

  it("takes a hundred stories in one call", async () => {
    const items = Array.from({ length: 100 }, (_, n) =>
      item(`n${n}`, { tags: ["bulk"], authors: ["jonas-field"] }),
    );
    const { status, json } = await call("POST", "/imports", { body: { source: "press", items } });
    expect(status).toBe(200);
    expect(new Set(json.items.map(({ id }: { id: string }) => id)).size).toBe(100);
    expect(await rowsOf("live")).toBe(100);
    const over = await call("POST", "/imports", {
      body: { source: "press", items: [...items, item("more")] },
    });
    expect(over.json.errors[0].path).toBe("items");
  });
});

describe("two editors at once", () => {
  it("cannot both win with one version: one 200, nineteen 412, one revision, one record", async () => {
    const story = await write({}, await keyFor("editor"));
    const [revisions, records] = [await rowsOf("revisions"), await rowsOf("audit")];
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        call("PATCH", `/articles/${story.id}`, {
          body: { title: `Title ${n}` },
          headers: { "If-Match": '"1"' },
        }),
      ),
    );
    const statuses = answers.map(({ status }) => status).sort((a, b) => a - b);
    expect(statuses).toEqual([200, ...Array.from({ length: 19 }, () => 412)]);
    expect(await rowsOf("revisions")).toBe(revisions + 1);
    expect(await rowsOf("audit")).toBe(records + 1);
  });

  it("cannot both win with an act that saves no revision, either", async () => {
    const story = await write();
    const body = { scheduledFor: "2999-01-01T00:00:00Z" };
    const asked = { body, headers: { "If-Match": '"1"' } };
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => call("POST", `/articles/${story.id}/schedule`, asked)),
    );
    const statuses = answers.map(({ status }) => status).sort((a, b) => a - b);
    expect(statuses).toEqual([200, ...Array.from({ length: 9 }, () => 412)]);
    expect(await rowsOf(`audit where act = 'schedule'`)).toBe(1);
  });

  it("publish at once and both are right, with each other as neighbours", async () => {
    const one = await write({ title: "One", publishedAt: "2026-11-01T08:00:00Z" });
    const two = await write({ title: "Two", publishedAt: "2026-11-01T09:00:00Z" });
    const answers = await Promise.all(
      [one, two].map(({ id }) =>
        call("POST", `/articles/${id}/publish`, { headers: { "If-Match": '"1"' } }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect((await visit("/city/one")).text).toMatch(
      /<a[^>]*rel="next"[^>]*href="\/city\/two"|<a[^>]*href="\/city\/two"[^>]*rel="next"/,
    );
    expect((await visit("/city/two")).text).toMatch(
      /<a[^>]*rel="prev"[^>]*href="\/city\/one"|<a[^>]*href="\/city\/one"[^>]*rel="prev"/,
    );
    expect(await rowsOf("outbox where kind = 'purge' and payload like '%list:front%'")).toBe(2);
  });

  it("cannot give two stories one URL by publishing them at once", async () => {
    const answers = await Promise.all(
      Array.from({ length: 4 }, () =>
        call("POST", "/articles", {
          body: { title: "Tides", slug: "tides", section: "city", status: "published" },
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 409, 409, 409]);
    expect(await rowsOf("live")).toBe(1);
  });
});
