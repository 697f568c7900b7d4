import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { listed } from "../../src/editor/articles/listing.ts";
import { findStories } from "../../src/editor/search/finding.ts";
import { call, deskAt, keyFor, openNewsroom, publish, write } from "../support/newsroom.ts";
import { openPaper } from "../support/paper.ts";
import { editorsFind, settle } from "./found.ts";

const any = { "If-Match": "*" };

beforeEach(openNewsroom);

async function inList(query: string, key?: string): Promise<string[]> {
  const { status, json } = await call(
    "GET",
    `/articles?${query}`,
    key === undefined ? {} : { key },
  );
  expect([query, status, json]).toEqual([query, 200, expect.anything()]);
  return json.items.map(({ title }: { title: string }) => title);
}

describe("what editors find", () => {
  it("is what they are at, of every status, with the lines around the words", async () => {
    await publish({ title: "Out zeppelin" });
    const draft = await write({
      title: "A draft",
      body: "Before.\n\nThe zeppelins *land* here. After.",
    });
    const binned = await write({ title: "Binned zeppelin" });
    await call("DELETE", `/articles/${binned.id}`, { headers: any });
    await settle();
    expect((await editorsFind("q=zeppelin")).sort()).toEqual([
      "A draft",
      "Binned zeppelin",
      "Out zeppelin",
    ]);
    const { json } = await call("GET", "/search?q=zeppelin&status=draft");
    expect(json.items).toHaveLength(1);
    expect(json.items[0]).toMatchObject({ id: draft.id, status: "draft", version: 1 });
    expect(json.items[0]).not.toHaveProperty("body");
    expect(json.items[0].excerpt).toEqual([
      { text: "Before. · The ", isMatch: false },
      { text: "zeppelins", isMatch: true },
      { text: " land here. After.", isMatch: false },
    ]);
  });

  it("is narrowed as their lists are, and a name that is nobody's finds nothing", async () => {
    await write({
      title: "Zeppelin one",
      authors: ["jonas-field"],
      tags: ["Air"],
      section: "culture",
    });
    const two = await write({ title: "Zeppelin two" });
    await call("POST", `/articles/${two.id}/submit`, { headers: any });
    await call("POST", `/articles/${two.id}/assign`, {
      body: { author: "ines-vale" },
      headers: any,
    });
    await settle();
    for (const [query, titles] of [
      ["section=culture", ["Zeppelin one"]],
      ["author=jonas-field", ["Zeppelin one"]],
      ["tag=air", ["Zeppelin one"]],
      ["author=jonas-field&tag=air&section=culture&status=draft", ["Zeppelin one"]],
      ["author=mara-quill", ["Zeppelin two"]],
      ["status=inReview", ["Zeppelin two"]],
      ["review=waiting", ["Zeppelin two"]],
      ["assignee=ines-vale", ["Zeppelin two"]],
      ["tag=nothing", []],
      ["author=nobody", []],
    ] as [string, string[]][]) {
      expect([query, await editorsFind(`q=zeppelin&${query}`)]).toEqual([query, titles]);
      expect([query, await inList(`q=zeppelin&${query}`)]).toEqual([query, titles]);
      expect([query, await inList(query)]).toEqual([query, titles]);
    }
  });

  it("is for a contributor what is out, and what is theirs", async () => {
    const mine = await keyFor("contributor", "jonas-field");
    const unbound = await keyFor("contributor");
    const live = await publish({ title: "Out zeppelin" });
    await write({ title: "Another's zeppelin" });
    await write({ title: "Their zeppelin", authors: ["jonas-field"] });
    await write({ title: "Made zeppelin", authors: [] }, unbound);
    await settle();
    for (const find of [editorsFind, inList]) {
      expect((await find("q=zeppelin", mine)).sort()).toEqual(["Out zeppelin", "Their zeppelin"]);
      expect((await find("q=zeppelin", unbound)).sort()).toEqual(["Made zeppelin", "Out zeppelin"]);
    }
    // What is being written at a story that is out is not for them, however far behind the index is.
    const { SEARCH: _, ...blind } = env;
    await openPaper(blind).call(
      "PATCH",
      `/articles/${live.id}`,
      { title: "Zeppelin in secret" },
      any,
    );
    for (const find of [editorsFind, inList])
      expect(await find("q=zeppelin", mine)).toEqual(["Their zeppelin"]);
    await settle();
    for (const find of [editorsFind, inList]) expect(await find("q=secret", mine)).toEqual([]);
  });

  it("is for a contributor with a byline also the pages that their key made", async () => {
    const mine = await keyFor("contributor", "jonas-field");
    const page = { title: "Zeppelin rules", slug: "rules" };
    expect((await call("POST", "/pages", { key: mine, body: page })).status).toBe(201);
    await call("POST", "/pages", { body: { title: "Zeppelin plans", slug: "plans" } });
    await settle();
    expect(await editorsFind("q=zeppelin&form=page", mine)).toEqual(["Zeppelin rules"]);
    const { json } = await call("GET", "/pages?q=zeppelin", { key: mine });
    expect(json.items).toMatchObject([{ title: "Zeppelin rules" }]);
  });

  it("tells a contributor nothing of what is planned with others' stories, not even that there is more", async () => {
    const keys = [await keyFor("contributor", "jonas-field"), await keyFor("contributor")];
    for (const title of ["Zeppelin one", "Zeppelin two"]) {
      const { id } = await publish({ title });
      await call("POST", `/articles/${id}/assign`, { body: { author: "ines-vale" }, headers: any });
    }
    await settle();
    for (const key of keys) {
      const { json } = await call("GET", "/search?q=zeppelin&limit=1&assignee=ines-vale", { key });
      expect(json).toEqual({ items: [], next: null });
    }
    expect(await editorsFind("q=zeppelin&assignee=ines-vale")).toHaveLength(2);
  });

  it("is for a contributor what is out when it is read, whatever is written meanwhile", async () => {
    const actor = { id: "key:1", name: "C", role: "contributor", author: null } as const;
    const story = await publish({ title: "Out zeppelin", body: "Words." });
    const edit = () =>
      call("PATCH", `/articles/${story.id}`, {
        body: { title: "A secret zeppelin", body: "A secret." },
        headers: any,
      });
    for (const before of [1, 2, 3])
      for (const how of ["search", "list by words", "list"]) {
        await call("POST", `/articles/${story.id}/discard`, { headers: any });
        await settle();
        const desk = deskAt(Date.now(), { actor });
        let reads = 0;
        const { db } = desk.store;
        const read: typeof db.read = async (...queries) => {
          reads += 1;
          if (reads === before) await edit();
          return db.read(...queries);
        };
        const context = { ...desk, store: { ...desk.store, db: { ...db, read } } };
        const filter = { form: "story" } as const;
        const told =
          how === "search"
            ? await findStories(context, { ...filter, q: "zeppelin" }, { from: 0, limit: 20 })
            : await listed(context, how === "list" ? filter : { ...filter, q: "zeppelin" }, {
                before: null,
                limit: 20,
              });
        expect([before, how, JSON.stringify(told)]).toEqual([
          before,
          how,
          expect.not.stringContaining("secret"),
        ]);
      }
  });

  it("comes in pages: of a search best first, of a list newest first, each story once", async () => {
    const items = Array.from({ length: 45 }, (_, n) => ({
      key: String(n),
      title: `Zeppelin ${n}`,
      section: "city",
    }));
    await call("POST", "/imports", { body: { source: "wire", items } });
    await settle();
    for (const path of ["/search", "/articles"]) {
      const seen: string[] = [];
      let cursor = "";
      do {
        const { json } = await call(
          "GET",
          `${path}?q=zeppelin&limit=20${cursor && `&cursor=${cursor}`}`,
        );
        seen.push(...json.items.map(({ id }: { id: string }) => id));
        cursor = json.next ?? "";
      } while (cursor !== "");
      expect([path, seen.length, new Set(seen).size]).toEqual([path, 45, 45]);
    }
  });

  it("goes on as a list that is read through when the index goes away between its pages, and back", async () => {
    const items = Array.from({ length: 45 }, (_, n) => ({
      key: String(n),
      title: `Zeppelin ${n}`,
      section: "city",
    }));
    await call("POST", "/imports", { body: { source: "wire", items } });
    await settle();
    const { SEARCH: _, ...blind } = env;
    const without = openPaper(blind);
    const seen = new Set<string>();
    let cursor = "";
    for (let page = 0; page < 9; page += 1) {
      const path = `/articles?q=zeppelin&limit=20${cursor && `&cursor=${cursor}`}`;
      const { json } = page === 1 ? await without.call("GET", path) : await call("GET", path);
      for (const { id } of json.items) seen.add(id);
      cursor = json.next ?? "";
      if (cursor === "") break;
    }
    // All were made in one second, of which either list has its own order: nothing is passed over.
    expect([seen.size, cursor]).toEqual([45, ""]);
  });

  it("is found however its letters are composed, in what is asked and in what is written", async () => {
    await write({ title: "서울에서 온 편지", body: `Words. ${"부산".normalize("NFD")}` });
    await settle();
    for (const word of ["서울", "서울".normalize("NFD"), "부산", "부산".normalize("NFD")])
      expect(await editorsFind(`q=${encodeURIComponent(word)}`)).toEqual(["서울에서 온 편지"]);
    const asked = encodeURIComponent("서울".normalize("NFD"));
    expect(await inList(`q=${asked}`)).toEqual(["서울에서 온 편지"]);
  });

  it("refuses what has no word in it, and says so without an index", async () => {
    const refused = await call("GET", "/search?q=-x");
    expect([refused.status, refused.json.errors[0].path]).toEqual([422, "q"]);
    expect((await call("GET", "/search")).status).toBe(422);
    expect((await call("GET", "/articles?q=%3F")).json.items).toEqual([]);
    const { SEARCH: _, ...blind } = env;
    const away = await openPaper(blind).call("GET", "/search?q=x");
    expect([away.status, away.json.detail]).toEqual([503, expect.stringContaining("SEARCH")]);
  });
});

describe("a list by an author or a tag", () => {
  it("has what editors are at: other names, what is discarded, what is merged, what is brought back", async () => {
    const story = await publish({ title: "One", tags: ["Air"] });
    expect([await inList("tag=air"), await inList("author=mara-quill")]).toEqual([
      ["One"],
      ["One"],
    ]);
    const at = `/articles/${story.id}`;
    await call("PATCH", at, { body: { tags: ["Sea"], authors: ["jonas-field"] }, headers: any });
    expect([
      await inList("tag=air"),
      await inList("tag=sea"),
      await inList("author=jonas-field"),
    ]).toEqual([[], ["One"], ["One"]]);
    await call("POST", `${at}/discard`, { headers: any });
    expect([
      await inList("tag=air"),
      await inList("tag=sea"),
      await inList("author=mara-quill"),
    ]).toEqual([["One"], [], ["One"]]);
    await call("POST", "/tags", { body: { slug: "sky", name: "Sky" } });
    await call("POST", "/tags/air/merge", { body: { into: "sky" } });
    expect([await inList("tag=air"), await inList("tag=sky")]).toEqual([[], ["One"]]);
    await call("PATCH", "/tags/sky", { body: { slug: "heaven" } });
    expect([await inList("tag=sky"), await inList("tag=heaven")]).toEqual([[], ["One"]]);
    await call("DELETE", at, { headers: any });
    expect([await inList("tag=heaven"), await inList("tag=heaven&status=binned")]).toEqual([
      ["One"],
      ["One"],
    ]);
  });
});
