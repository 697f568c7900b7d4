import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { docidsOf } from "../../src/domain/search/docid.ts";
import { prepare } from "../../src/domain/search/prepared.ts";
import { learnStems, stemmerOf } from "../../src/domain/search/stems.ts";
import { indexStories } from "../../src/editor/indexing.ts";
import { openDatabase } from "../../src/store/batch.d1.ts";
import { note } from "../../src/store/notes.d1.ts";
import { writeTexts } from "../../src/store/words.d1.ts";
import { away } from "../door/stocked.ts";
import { openPaper } from "../support/paper.ts";
import { call, deskAt, keyFor, openNewsroom, publish, rowsOf, write } from "../support/newsroom.ts";
import { editorsFind, foundBy, indexed, knows, settle } from "./found.ts";

const any = { "If-Match": "*" };
const MINUTE = 60_000;

beforeEach(openNewsroom);

describe("the index", () => {
  it("follows what authors and tags are called, and what is merged, some stories at a time", async () => {
    await call("PUT", "/tags/fog", { body: { name: "Fog" } });
    await call("PUT", "/tags/mist", { body: { name: "Mist" } });
    const items = Array.from({ length: 60 }, (_, n) => ({
      key: String(n),
      title: `Story ${n}`,
      section: "city",
      authors: ["jonas-field"],
      tags: [n < 30 ? "fog" : "mist"],
      status: n % 2 === 0 ? "published" : "draft",
    }));
    expect((await call("POST", "/imports", { body: { source: "wire", items } })).status).toBe(200);
    await settle();
    const heads = async (word: string) =>
      (await call("GET", `/search?q=${word}&limit=50`)).json.items.length;
    expect([await heads("fog"), (await foundBy("fog")).length]).toEqual([30, 15]);
    await call("PATCH", "/authors/jonas-field", { body: { name: "Jonas Meadow" } });
    await call("PATCH", "/tags/fog", { body: { name: "Haar" } });
    await settle();
    expect([
      await heads("meadow"),
      await heads("jonas+field"),
      await heads("haar"),
      await heads("fog"),
    ]).toEqual([50, 0, 30, 0]);
    expect((await foundBy("haar")).length).toBe(15);
    await call("POST", "/tags/fog/merge", { body: { into: "mist" } });
    await settle();
    expect([await heads("haar"), await heads("mist")]).toEqual([0, 50]);
    expect(await rowsOf("outbox where kind = 'index' and done_at is null")).toBe(0);
  }, 120_000);

  it("follows the site's language, by which stories without one of their own are stemmed", async () => {
    const items = Array.from({ length: 30 }, (_, n) => ({
      key: String(n),
      title: `Häuser ${n}`,
      section: "city",
      status: "published",
    }));
    await call("POST", "/imports", { body: { source: "wire", items } });
    await settle();
    expect(await foundBy("haus 7")).toEqual([]);
    await call("PATCH", "/settings", { body: { language: "de" } });
    await settle();
    expect(await foundBy("haus 27")).toEqual(["Häuser 27"]);
    expect(await rowsOf("outbox where id = 'index:all' and done_at is null")).toBe(0);
  });

  it("goes on with a name of many stories in the next minute", async () => {
    await publish({ title: "One", authors: ["jonas-field"] });
    await settle();
    const rows = async () =>
      (await env.DB.prepare("select payload from outbox where id like 'index:author:%'").all())
        .results;
    await call("PATCH", "/authors/jonas-field", { body: { name: "Jonas Meadow" } });
    expect(await rows()).toHaveLength(1);
    await settle();
    expect(await foundBy("meadow")).toEqual(["One"]);
  });

  it("has the last word of who looked last, in whatever order they write", async () => {
    const story = await publish({ title: "Early zeppelin" });
    await settle();
    const search = openDatabase(env.SEARCH);
    const [docid = 0] = docidsOf(Date.parse(story.publishedAt), story.id);
    const prepared = { title: "late", standfirst: "", names: "", body: "", words: "" };
    const late = writeTexts("published", [{ id: story.id, docid, prepared, filed: [] }], 1);
    expect(await note(search, late)).toMatchObject({ committed: true });
    expect([await knows("published", "late"), await foundBy("zeppelin")]).toEqual([
      false,
      ["Early zeppelin"],
    ]);
    // Nor does who is late bring back what is gone.
    await call("POST", `/articles/${story.id}/unpublish`, { headers: any });
    await settle();
    await note(search, late);
    expect([await knows("published", "late"), await indexed("published")]).toEqual([false, 0]);
  });

  it("is written by whoever takes the row, however often, and is the same", async () => {
    const story = await publish({ title: "Zeppelin" });
    for (let time = 0; time < 3; time += 1)
      await indexStories(deskAt(Date.now()), [story.id, "nobody"]);
    expect([await indexed("published"), await indexed("head"), await foundBy("zeppelin")]).toEqual([
      1,
      1,
      ["Zeppelin"],
    ]);
  });

  it("has room for stories of one second, and for what was published before there were clocks", async () => {
    const items = Array.from({ length: 100 }, (_, n) => ({
      key: String(n),
      title: `Zeppelin ${n}`,
      section: "city",
      status: "published",
      publishedAt:
        n < 98
          ? "2026-05-01T00:00:00Z"
          : n === 98
            ? "1970-01-01T00:00:00Z"
            : "2001-01-01T00:00:00Z",
    }));
    const imported = await call("POST", "/imports", { body: { source: "wire", items } });
    expect(imported.status, imported.text).toBe(200);
    await settle();
    expect([await indexed("published"), await indexed("head")]).toEqual([100, 100]);
    const { results } = await env.SEARCH.prepare(
      "select docid from published_texts order by docid",
    ).all<{ docid: number }>();
    expect(results.every(({ docid }) => Number.isSafeInteger(docid))).toBe(true);
  });

  it("takes in English no word for another that only begins like it", async () => {
    await learnStems();
    const stemOf = stemmerOf("en");
    const stems = (words: string) => new Set(words.split(" ").map((word) => stemOf?.(word)));
    for (const words of ["news new", "one on", "used us", "age ag", "bias bia"])
      expect([words, stems(words).size]).toEqual([words, 2]);
    for (const words of [
      "use uses used using",
      "one ones",
      "die dies died",
      "age aged ages",
      "go going",
      "ad ads",
      "it its",
      "tram trams",
    ])
      expect([words, stems(words).size]).toEqual([words, 1]);
  });

  it("has of a story no more than D1 takes, whatever its letters stand for", async () => {
    await learnStems();
    // One letter, which is eighteen without its ligature.
    const html = `<p>${"\ufdfa".repeat(120_000)}</p>`;
    const { body } = prepare({ title: "T", standfirst: null, names: [], html, language: "ar" });
    expect(new TextEncoder().encode(body).length).toBeLessThan(1_500_000);
  });

  it("tries again a minute later what failed, and leaves the act as it is", async () => {
    const broken = { read: () => Promise.reject(new Error("away")) } as never;
    const desk = deskAt(Date.now() + MINUTE);
    await publish({ title: "Zeppelin" });
    await env.DB.prepare(
      "update outbox set done_at = null, leased_until = null where kind = 'index'",
    ).run();
    const { indexDue } = await import("../../src/editor/indexing.ts");
    await indexDue({ ...desk, store: { ...desk.store, search: broken } });
    expect(
      await rowsOf(
        `outbox where kind = 'index' and done_at is null and due_at = ${desk.clock() + MINUTE}`,
      ),
    ).toBe(1);
    await indexDue(desk);
    expect(await rowsOf("outbox where kind = 'index' and done_at is null")).toBe(1);
    await indexDue(deskAt(Date.now() + 3 * MINUTE));
    expect(await foundBy("zeppelin")).toEqual(["Zeppelin"]);
  });

  it("has nothing of a story that the law removed, at once, until it is brought back", async () => {
    const story = await publish({ title: "Libel", body: "Of the zeppelin." });
    await settle();
    expect([await knows("published", "zeppelin"), await knows("head", "zeppelin")]).toEqual([
      true,
      true,
    ]);
    await call("POST", `/articles/${story.id}/remove`, {
      body: { reason: "A court." },
      headers: any,
    });
    expect([await knows("published", "zeppelin"), await knows("head", "zeppelin")]).toEqual([
      false,
      false,
    ]);
    await settle();
    expect([await foundBy("zeppelin"), await editorsFind("q=zeppelin")]).toEqual([[], []]);
    await call("POST", `/articles/${story.id}/restore`, { headers: any });
    await settle();
    expect([await foundBy("zeppelin"), await editorsFind("q=zeppelin")]).toEqual([[], ["Libel"]]);
  });

  it("forgets what left the bin for good", async () => {
    const story = await write({ title: "Zeppelin" });
    await call("DELETE", `/articles/${story.id}`, { headers: any });
    await settle();
    expect(await editorsFind("q=zeppelin")).toEqual(["Zeppelin"]);
    await env.DB.prepare("update articles set binned_at = 1").run();
    await settle();
    await settle();
    expect([await rowsOf("articles"), await indexed("head")]).toEqual([0, 0]);
  });
});

describe("the index that is built anew", () => {
  it("comes from nothing, some stories a call, and loses what is not there any more", async () => {
    for (let n = 0; n < 5; n += 1) await publish({ title: `Zeppelin ${n}`, slug: `z-${n}` });
    await settle();
    for (const table of ["published_words", "published_texts", "head_words", "head_texts"])
      await env.SEARCH.prepare(`delete from ${table}`).run();
    const strange = { title: "zeppelin", standfirst: "", names: "", body: "", words: "" };
    const text = { id: "mmmm", docid: 7, prepared: strange, filed: [] };
    await note(openDatabase(env.SEARCH), writeTexts("published", [text], 1));
    let cursor = "";
    let told = { indexed: 0, removed: 0 };
    do {
      const { status, json } = await call(
        "POST",
        `/reindex?limit=2${cursor && `&cursor=${cursor}`}`,
      );
      expect(status).toBe(200);
      told = { indexed: told.indexed + json.indexed, removed: told.removed + json.removed };
      cursor = json.next ?? "";
    } while (cursor !== "");
    expect(told).toEqual({ indexed: 5, removed: 1 });
    expect([await indexed("published"), await indexed("head")]).toEqual([5, 5]);
    expect((await foundBy("zeppelin")).length).toBe(5);
  });

  it("loses however much is not there any more", async () => {
    await publish({ title: "Zeppelin" });
    await settle();
    for (const table of ["published_texts", "head_texts"])
      await env.SEARCH.prepare(
        `insert into ${table} (id, docid, turn)
        with recursive n (i) as (select 1 union all select i + 1 from n where i < 2500)
        select 'zz' || i, i, 1 from n union all select '0' || i, i + 3000, 1 from n`,
      ).run();
    let cursor = "";
    do {
      const { json } = await call("POST", `/reindex?limit=100${cursor && `&cursor=${cursor}`}`);
      cursor = json.next ?? "";
    } while (cursor !== "");
    expect([await indexed("published"), await indexed("head")]).toEqual([1, 1]);
  });

  it("is never without a story meanwhile", async () => {
    await publish({ title: "Zeppelin" });
    await settle();
    const [, ...seen] = await Promise.all([
      call("POST", "/reindex"),
      ...Array.from({ length: 8 }, () => foundBy("zeppelin")),
    ]);
    for (const headlines of seen) expect(headlines).toEqual(["Zeppelin"]);
  });

  it("waits for a database that is away, or has no tables yet", async () => {
    const broken = { ...env, SEARCH: away("D1_ERROR: no such table: published_texts") };
    expect((await openPaper(broken).call("POST", "/reindex")).status).toBe(503);
  });

  it("is for admins, and takes no cursor that is none", async () => {
    const key = await keyFor("editor");
    expect((await call("POST", "/reindex", { key })).status).toBe(403);
    expect((await call("POST", "/reindex?cursor=x")).status).toBe(422);
  });
});
