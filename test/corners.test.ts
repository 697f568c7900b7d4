import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { tick } from "../src/cron.ts";
import {
  call,
  deskAt,
  keyFor,
  openNewsroom,
  publish,
  rowsOf,
  visit,
  write,
} from "./support/newsroom.ts";

// Where acts meet each other, and what must hold there.

beforeEach(openNewsroom);

const force = { "If-Match": "*" };
const MINUTE = 60_000;
const soon = (minutes: number) => new Date(Date.now() + minutes * MINUTE).toISOString();
const patch = (id: string, body: object) =>
  call("PATCH", `/articles/${id}`, { body, headers: force });
const act = (id: string, name: string, body?: object) =>
  call("POST", `/articles/${id}/${name}`, { headers: force, ...(body && { body }) });
const pathsOf = (json: { errors: { path: string }[] }) => json.errors.map(({ path }) => path);

describe("a schedule", () => {
  it("keeps its URL free: neither a story nor a redirect can take it meanwhile", async () => {
    const story = await write({ slug: "kept", status: "scheduled", scheduledFor: soon(5) });
    await patch(story.id, { slug: "another" });
    const rival = { title: "Rival", section: "city", slug: "kept", status: "published" };
    expect((await call("POST", "/articles", { body: rival })).status).toBe(409);
    const redirect = { from: "/city/kept", to: "/culture" };
    expect((await call("POST", "/redirects", { body: redirect })).status).toBe(409);
    await tick(env, deskAt(Date.now() + 6 * MINUTE));
    expect((await visit("/city/kept")).status).toBe(200);
  });

  it("that cannot be kept ends with a note, and does not hold up the others", async () => {
    await call("PUT", "/authors/nobody", { body: { name: "Nobody" } });
    const hour = { status: "scheduled", scheduledFor: soon(5) };
    const stuck = await write({ title: "Stuck", authors: ["nobody"], ...hour });
    await write({ title: "Free", ...hour });
    // Past the API, which would refuse it: a byline that is no author any more.
    await env.DB.prepare("update authors set deleted_at = 1 where slug = 'nobody'").run();
    await tick(env, deskAt(Date.now() + 6 * MINUTE));
    expect((await visit("/city/free")).status).toBe(200);
    const { json } = await call("GET", `/articles/${stuck.id}`);
    expect(json).toMatchObject({ status: "draft", scheduledFor: null });
    expect(json.reviewNote).toContain('There is no author "nobody"');
  });

  it("can be cancelled by itself: what is live stays live", async () => {
    const story = await publish({ title: "Live" });
    await patch(story.id, { title: "Next" });
    await act(story.id, "schedule", { scheduledFor: soon(5) });
    const cancelled = await act(story.id, "schedule", { scheduledFor: null });
    expect(cancelled.json).toMatchObject({
      status: "published",
      scheduledFor: null,
      publishedRevision: 1,
    });
    expect((await act(story.id, "schedule", { scheduledFor: null })).status).toBe(409);
  });

  it("lies before the story's end, or is refused; and what is past its end never goes out", async () => {
    const late = { status: "scheduled", scheduledFor: soon(10), expiresAt: soon(5) };
    const refused = await call("POST", "/articles", {
      body: { title: "Late", section: "city", ...late },
    });
    expect(pathsOf(refused.json)).toEqual(["expiresAt"]);
    const story = await write({
      title: "Short",
      status: "scheduled",
      scheduledFor: soon(5),
      expiresAt: soon(7),
    });
    expect(pathsOf((await patch(story.id, { expiresAt: soon(3) })).json)).toEqual(["expiresAt"]);
    await tick(env, deskAt(Date.now() + 9 * MINUTE));
    expect((await visit("/city/short")).status).toBe(404);
    expect((await call("GET", `/articles/${story.id}`)).json).toMatchObject({
      status: "draft",
      scheduledFor: null,
    });
  });
});

describe("a dateline", () => {
  it("of the editor's own gives way to the first publication when it is taken back", async () => {
    const story = await publish({ publishedAt: "2020-01-01T00:00:00Z" });
    const back = await patch(story.id, { publishedAt: null, status: "published" });
    expect(Date.parse(back.json.publishedAt)).toBeGreaterThan(Date.parse("2026-01-01T00:00:00Z"));
  });

  it("says that a story changed, also when it was withdrawn in between", async () => {
    const story = await publish();
    await act(story.id, "unpublish");
    const same = await act(story.id, "publish");
    expect(same.json.updatedAt).toBeNull();
    await act(story.id, "unpublish");
    await patch(story.id, { body: "All new." });
    expect((await act(story.id, "publish")).json.updatedAt).not.toBeNull();
  });

  it("listens to material: false also in the patch that only publishes", async () => {
    const story = await publish();
    await patch(story.id, { body: "Typo mended." });
    const published = await patch(story.id, { status: "published", material: false });
    expect(published.json.updatedAt).toBeNull();
  });
});

describe("a redirect", () => {
  const redirect = (body: object) => call("POST", "/redirects", { body });
  const leads = async (path: string) => {
    const { status, headers } = await visit(path);
    return status === 301 ? headers.get("Location") : status;
  };

  it("never sends readers in circles", async () => {
    for (const to of ["/loop", "/LOOP", "/loop/", "/loop?x=1", "https://ledger.example/loop"]) {
      expect(pathsOf((await redirect({ from: "/loop", to })).json), to).toEqual(["to"]);
    }
    await redirect({ from: "/one", kind: "prefix", to: "/two" });
    await redirect({ from: "/two", kind: "prefix", to: "/three" });
    const round = await redirect({ from: "/three", kind: "prefix", to: "/one" });
    expect([round.status, pathsOf(round.json)]).toEqual([422, ["to"]]);
    await redirect({ from: "/three/b", to: "/city" });
    expect(await leads("/one/a")).toBe("/three/a");
    expect(await leads("/one/b")).toBe("/city");
  });

  it("hops once from an exact path through a prefix to a story that moved", async () => {
    const story = await publish({ slug: "old" });
    await patch(story.id, { slug: "new", status: "published" });
    await redirect({ from: "/blog", kind: "prefix", to: "/city" });
    await redirect({ from: "/best", to: "/blog/old" });
    expect(await leads("/best")).toBe("/city/new");
  });

  it("says where it leads in a header that can be sent, whatever was typed", async () => {
    for (const to of ["/x\u0000y", "/x\ny", "//evil.example", "javascript:alert(1)", "/a\\b"]) {
      expect((await redirect({ from: "/odd", to })).status, JSON.stringify(to)).toBe(422);
    }
    for (const from of ["/x\u0000y", "/s\ud800", "/a/../b", "/", "/UPPER", "/a/"]) {
      expect((await redirect({ from, to: "/city" })).status, JSON.stringify(from)).toBe(422);
    }
    expect((await redirect({ from: "/日本", to: "/città" })).status).toBe(201);
    expect(await leads("/%E6%97%A5%E6%9C%AC")).toBe("/citt%C3%A0");
    const { items } = (await call("GET", "/redirects")).json;
    expect((await call("DELETE", `/redirects/${items[0].id}`)).status).toBe(204);
  });

  it("works for paths that end in .md, and deeper than any story", async () => {
    await redirect({ from: "/docs/a.md", to: "/city" });
    await redirect({ from: "/docs/b.md", kind: "gone" });
    await redirect({ from: "/wiki", kind: "prefix", to: "/culture" });
    expect(await leads("/docs/a.md")).toBe("/city");
    expect(await leads("/docs/b.md")).toBe(410);
    expect(await leads("/wiki/a/b.md")).toBe("/culture/a/b.md");
  });

  it("over a story's former path gives it back when it is deleted", async () => {
    const story = await publish({ slug: "first" });
    await patch(story.id, { slug: "second", status: "published" });
    const { json } = await redirect({ from: "/city/first", to: "/culture" });
    expect(await leads("/city/first")).toBe("/culture");
    await call("DELETE", `/redirects/${json.id}`);
    expect(await leads("/city/first")).toBe("/city/second");
  });

  it("replaced by one of another kind leaves nothing behind", async () => {
    const { json } = await redirect({ from: "/old", to: "/city" });
    const body = { kind: "prefix", to: "/city" };
    expect((await call("PUT", `/redirects/${json.id}`, { body })).status).toBe(200);
    expect(await leads("/old")).toBe(404);
    expect(await leads("/old/x")).toBe("/city/x");
    expect(await rowsOf("paths where kind <> 'article'")).toBe(1);
  });

  it("is refused where a section or a story stands", async () => {
    const draft = await write({ slug: "wanted" });
    expect((await redirect({ from: "/city", to: "/culture" })).status).toBe(409);
    expect((await redirect({ from: "/city/wanted", to: "/culture" })).status).toBe(409);
    expect((await patch(draft.id, { status: "published" })).status).toBe(200);
  });

  it("is listed page by page, however long its path", async () => {
    for (const n of [1, 2, 3]) await redirect({ from: `/${"x".repeat(900)}${n}`, to: "/city" });
    const first = (await call("GET", "/redirects?limit=1")).json;
    const second = await call("GET", `/redirects?limit=1&cursor=${first.next}`);
    expect(second.json.items).toHaveLength(1);
    expect(second.json.items[0].from).not.toBe(first.items[0].from);
  });
});

describe("an import", () => {
  const importOne = (key: string, body: object) => call("PUT", `/imports/test/${key}`, { body });

  it("of a draft touches nothing that is public", async () => {
    const live = await publish({ slug: "first" });
    await patch(live.id, { slug: "second", status: "published" });
    const draft = {
      title: "Draft",
      section: "city",
      status: "draft",
      redirectFrom: ["/city/first", "/old/x"],
    };
    expect((await importOne("a", draft)).status).toBe(200);
    expect((await visit("/city/first")).headers.get("Location")).toBe("/city/second");
    expect((await visit("/old/x")).status).toBe(404);
  });

  it("that makes a story a draft takes it back, also from the schedule", async () => {
    const story = { title: "Planned", section: "city" };
    const { json } = await importOne("a", { ...story, status: "draft" });
    await act(json.id, "schedule", { scheduledFor: soon(5) });
    await importOne("a", { ...story, status: "draft", body: "Changed." });
    expect((await call("GET", `/articles/${json.id}`)).json).toMatchObject({
      status: "draft",
      scheduledRevision: null,
    });
  });

  it("may name a former path twice, or its own", async () => {
    const story = { title: "Own", section: "city", redirectFrom: ["/old", "/old", "/city/own"] };
    expect((await importOne("a", story)).status).toBe(200);
    expect((await visit("/old")).headers.get("Location")).toBe("/city/own");
    expect((await visit("/city/own")).status).toBe(200);
  });
});

describe("rights", () => {
  it("a contributor does not see what an editor is changing in another's live story", async () => {
    const key = await keyFor("contributor", "jonas-field");
    const story = await publish({ title: "Out" });
    expect((await call("GET", `/articles/${story.id}`, { key })).status).toBe(200);
    await patch(story.id, { title: "Secret headline" });
    expect((await call("GET", `/articles/${story.id}`, { key })).status).toBe(404);
    expect((await call("GET", "/articles?q=secret", { key })).json.items).toEqual([]);
  });

  it("a contributor lists exactly what they can read", async () => {
    const key = await keyFor("contributor", "jonas-field");
    const own = await write({ authors: undefined }, key);
    await patch(own.id, { authors: ["mara-quill"] });
    expect((await call("GET", `/articles/${own.id}`, { key })).status).toBe(404);
    expect((await call("GET", "/articles", { key })).json.items).toEqual([]);
  });

  it("a key is bound to an author only where that binds", async () => {
    const body = { name: "x", role: "editor", author: "jonas-field" };
    expect(pathsOf((await call("POST", "/keys", { body })).json)).toEqual(["author"]);
  });

  it("an author whose keys are all revoked, and whom no story names, can be deleted", async () => {
    const key = await keyFor("author", "ines-vale");
    expect((await call("DELETE", "/authors/ines-vale")).status).toBe(409);
    await call("DELETE", `/keys/${key.split("_")[1]}`);
    expect((await call("DELETE", "/authors/ines-vale")).status).toBe(204);
  });
});

describe("many at once", () => {
  it("twenty editors each publish their story, or are told to try again, and nothing is half-written", async () => {
    const titles = Array.from({ length: 20 }, (_, n) => `Story ${n}`);
    const stories = await Promise.all(titles.map((title) => write({ title })));
    const answers = await Promise.all(stories.map(({ id }) => act(id, "publish")));
    const published = answers.filter(({ status }) => status === 200).length;
    for (const { status, headers } of answers) {
      expect([200, 503]).toContain(status);
      if (status === 503) expect(headers.get("Retry-After")).toBe("1");
    }
    expect(published).toBeGreaterThan(0);
    expect(await rowsOf("live")).toBe(published);
    expect(await rowsOf("audit where act = 'publish'")).toBe(published);
  });

  it("deleting an author while a story names them ends with both or neither", async () => {
    for (let round = 0; round < 10; round += 1) {
      await call("PUT", `/authors/a${round}`, { body: { name: "A" } });
      const body = { title: `Story ${round}`, section: "city", authors: [`a${round}`] };
      const [deleted, written] = await Promise.all([
        call("DELETE", `/authors/a${round}`),
        call("POST", "/articles", { body }),
      ]);
      expect([204, 409]).toContain(deleted.status);
      expect([201, 422]).toContain(written.status);
      if (written.status === 201) {
        expect([200, 422]).toContain((await act(written.json.id, "publish")).status);
      }
    }
  });
});

describe("odd input", () => {
  it("in a language tag, a time zone or a text is refused with its path", async () => {
    const story = await write();
    for (const language of ["en-u-ca-buddhist", "de-x-foo", "x-foo", "english"]) {
      expect(pathsOf((await patch(story.id, { language })).json), language).toEqual(["language"]);
    }
    expect((await patch(story.id, { language: "PT-br" })).json.language).toBe("pt-BR");
    expect(
      pathsOf((await call("PATCH", "/settings", { body: { timeZone: "+05:30" } })).json),
    ).toEqual(["timeZone"]);
    for (const title of ["a\u2028b", "a\u202eb", "\u200b", "a\u0000b", "a\ud800b"]) {
      expect(pathsOf((await patch(story.id, { title })).json), JSON.stringify(title)).toEqual([
        "title",
      ]);
    }
    for (const body of ["a\u0000b", "a\ud800b"]) {
      expect(pathsOf((await patch(story.id, { body })).json)).toEqual(["body"]);
    }
    expect(pathsOf((await patch(story.id, { translationOf: story.id })).json)).toEqual([
      "translationOf",
    ]);
  });

  it("that turns around whatever stands behind it is refused in a name; what ends again is not", async () => {
    const name = (text: string) => call("POST", "/tags", { body: { slug: "turned", name: text } });
    for (const turned of [
      "\u2067Mara",
      "\u2069Mara",
      "\u2067a\u2066b\u2069",
      "a\u2069\u2068",
      "\u202eMara",
    ])
      expect([turned, pathsOf((await name(turned)).json)]).toEqual([turned, ["name"]]);
    const { status, json } = await name("\u2067שלום\u2069 \u2068Mara\u2069");
    expect([status, json.name]).toEqual([201, "\u2067שלום\u2069 \u2068Mara\u2069"]);
  });

  it("is told in words, not in the checker's own", async () => {
    const asked = async (path: string) => (await call("GET", path)).json.errors[0].message;
    expect(await asked("/articles?limit=0")).toBe("limit must be at least 1.");
    expect(await asked("/articles?limit=101")).toBe("limit must be at most 100.");
    expect(await asked("/articles?limit=x")).toBe("limit must be a whole number.");
    const hero = { src: "/a.jpg", width: 1.5 };
    const { json } = await call("POST", "/articles", { body: { section: "city", hero } });
    expect(json.errors).toEqual([
      { path: "title", message: "title is missing." },
      { path: "hero.width", message: "hero.width must be a whole number, got 1.5." },
    ]);
  });
});

describe("redirects of several hands", () => {
  const redirect = (body: object) => call("POST", "/redirects", { body });
  const leads = async (path: string) => {
    const { status, headers } = await visit(path);
    return status === 301 ? headers.get("Location") : status;
  };

  it("stay what their editors wrote, whatever is made or deleted beside them", async () => {
    await publish({ slug: "bridge" });
    await redirect({ from: "/blog", kind: "prefix", to: "/old-news" });
    await redirect({ from: "/old-news", kind: "prefix", to: "/city" });
    const { json } = await redirect({ from: "/old-news", to: "/culture" });
    expect(await leads("/blog/bridge")).toBe("/city/bridge");
    expect(await leads("/old-news")).toBe("/culture");
    await call("DELETE", `/redirects/${json.id}`);
    const { items } = (await call("GET", "/redirects")).json;
    expect(items.map(({ from, to }: { from: string; to: string }) => [from, to])).toEqual([
      ["/blog", "/old-news"],
      ["/old-news", "/city"],
    ]);
  });

  it("are refused where they could never act, for they would promise what they do not do", async () => {
    await publish({ slug: "bridge", tags: ["council"] });
    for (const from of [
      "/archive",
      "/archive/2026/11",
      "/api/v1/docs",
      "/city/archive/2026/11",
      "/city/page/2",
      "/authors/mara-quill",
      "/tags/council",
      "/city/bridge.md",
    ]) {
      expect((await redirect({ from, kind: "gone" })).status, from).toBe(409);
    }
    expect(
      (await redirect({ from: "/authors/former-name", to: "/authors/mara-quill" })).status,
    ).toBe(201);
    expect(await leads("/authors/former-name")).toBe("/authors/mara-quill");
  });

  it("do not overwrite each other by changing their kind, nor lead back by way of a query", async () => {
    await redirect({ from: "/dup", to: "/city" });
    const { json } = await redirect({ from: "/dup", kind: "prefix", to: "/culture" });
    const body = { kind: "exact", to: "/culture" };
    expect((await call("PUT", `/redirects/${json.id}`, { body })).status).toBe(409);
    expect(await leads("/dup")).toBe("/city");
    await redirect({ from: "/qa", to: "/qb?x=1" });
    expect((await redirect({ from: "/qb", to: "/qa" })).status).toBe(422);
  });
});

describe("an imported story", () => {
  const importOne = (body: object) => call("PUT", "/imports/test/a", { body });

  it("keeps its former paths until it goes out, whoever publishes it", async () => {
    const draft = { title: "Drafty", section: "city", redirectFrom: ["/old/drafty"] };
    const { json } = await importOne({ ...draft, status: "draft" });
    expect((await visit("/old/drafty")).status).toBe(404);
    await act(json.id, "publish");
    expect((await visit("/old/drafty")).headers.get("Location")).toBe("/city/drafty");
    await importOne({ ...draft, redirectFrom: ["/old/drafty", "/older/drafty"] });
    expect((await visit("/older/drafty")).headers.get("Location")).toBe("/city/drafty");
  });

  it("keeps the date of a correction that is sent again", async () => {
    const story = { title: "Corrected", section: "city", corrections: [{ text: "Wrong name." }] };
    const { json } = await importOne(story);
    const dated = async () => (await call("GET", `/articles/${json.id}`)).json.corrections[0].at;
    const first = await dated();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await importOne({ ...story, body: "More." });
    expect(await dated()).toBe(first);
    const same = await patch(json.id, { corrections: story.corrections });
    expect(same.headers.get("Server-Timing")).toContain("written=0");
  });

  it("in the bin is a conflict that names its key", async () => {
    const story = { title: "Binned", section: "city" };
    const { json } = await importOne(story);
    await call("DELETE", `/articles/${json.id}`, { headers: force });
    const again = await importOne({ ...story, body: "New." });
    expect([again.status, pathsOf(again.json)]).toEqual([409, ["key"]]);
  });

  it("larger than a row of D1 is refused, whichever of its parts is large", async () => {
    const corrections = Array.from({ length: 50 }, (_, n) => ({
      text: `${n}${"漢".repeat(1990)}`,
    }));
    const body = "**a** *b* `c` <\n\n".repeat(24_000);
    const refused = await importOne({ title: "Large", section: "city", corrections, body });
    expect([refused.status, pathsOf(refused.json)]).toEqual([422, ["body"]]);
  });
});

describe("a contributor", () => {
  it("does not see what is planned", async () => {
    const key = await keyFor("contributor", "jonas-field");
    await write({ title: "Merger", tags: ["acme-merger"] });
    const story = await publish({ title: "Out", tags: ["trams"], expiresAt: soon(60) });
    const tags = (await call("GET", "/tags", { key })).json.items;
    expect(tags.map(({ slug }: { slug: string }) => slug)).toEqual(["trams"]);
    expect((await call("GET", "/front", { key })).status).toBe(403);
    expect((await call("GET", `/articles/${story.id}`, { key })).json.expiresAt).toBeNull();
  });
});

describe("a call without a body", () => {
  it("refuses one that says something", async () => {
    const story = await publish();
    expect(pathsOf((await act(story.id, "unpublish", { junk: 1 })).json)).toEqual(["junk"]);
    const asked = { headers: force, body: "not json" };
    expect((await call("DELETE", `/articles/${story.id}`, asked)).status).toBe(400);
    expect((await visit("/city/trams-return-to-the-harbour")).status).toBe(200);
  });
});

describe("a hostile body", () => {
  it.each([
    ["emphasis that never closes, 7 KB", "*a **a ".repeat(1000)],
    ["emphasis that never closes, 14 KB", "*a **a ".repeat(2000)],
    ["quotes in quotes, 8 KB", "> ".repeat(4000) + "a"],
    ["brackets, 40 KB", "[".repeat(40_000)],
    ["lists in lists", Array.from({ length: 500 }, (_, n) => `${"  ".repeat(n)}* a`).join("\n")],
  ])("of %s is a clear 422", async (_, body) => {
    const { status, json } = await call("POST", "/articles", {
      body: { title: "x", section: "city", body },
    });
    expect([status, pathsOf(json)]).toEqual([422, ["body"]]);
    expect(json.errors[0].message).toMatch(/^(Line \d+|The body) .+/);
  });
});
