import { beforeEach, describe, expect, it } from "vitest";
import { editorsFind, settle } from "../search/found.ts";
import { call, keyFor, openNewsroom, write } from "../support/newsroom.ts";

// What a response says that its reader may do, and what of a list is theirs.

beforeEach(openNewsroom);

const any = { "If-Match": "*" };
const ALL = ["revise", "publish", "submit", "return", "assign", "note", "preview", "remove"];

/** The call by which each is done, which changes nothing: the version that it means is an old one, or its body is wrong. */
const CALLS: Record<string, [method: string, below: string, body?: object]> = {
  revise: ["PATCH", "", {}],
  publish: ["POST", "/publish"],
  submit: ["POST", "/submit"],
  return: ["POST", "/return", {}],
  assign: ["POST", "/assign", {}],
  note: ["POST", "/notes", {}],
  preview: ["POST", "/previews", { revision: 99 }],
  remove: ["POST", "/remove", {}],
};

describe("what a caller may do to a story", () => {
  it.each(["/articles", "/pages"])(
    "is what they are not refused, in every response of %s",
    async (base) => {
      const section = base === "/articles" ? { section: "city" } : {};
      const made = async (key: string) =>
        (await call("POST", base, { body: { title: "A story", ...section }, key })).json;
      const keys = {
        contributor: await keyFor("contributor", "mara-quill"),
        author: await keyFor("author", "jonas-field"),
        editor: await keyFor("editor"),
      };
      for (const [role, key] of Object.entries(keys))
        for (const owner of [key, keys.editor])
          for (const state of ["draft", "published"]) {
            const { id } = await made(owner);
            if (state === "published")
              await call("POST", `${base}/${id}/publish`, { headers: any });
            const read = await call("GET", `${base}/${id}`, { key });
            // Who may not see it is told nothing of it.
            if (read.status === 404) continue;
            const expected: string[] = [];
            for (const [deed, [method, below, body]] of Object.entries(CALLS)) {
              const headers = { "If-Match": '"0"' };
              const told = await call(method, `${base}/${id}${below}`, {
                key,
                headers,
                ...(body && { body }),
              });
              expect([403, 412, 422], `${deed} ${told.text}`).toContain(told.status);
              if (told.status !== 403) expected.push(deed);
            }
            const of = `${role} ${owner === key} ${state}`;
            expect(read.json.may, of).toEqual(expected);
            const listed = (await call("GET", base, { key })).json.items[0];
            expect([listed.id, listed.may], of).toEqual([id, expected]);
          }
    },
  );

  it("is said after a write, too, and of what is there when the version was an old one", async () => {
    const mara = await keyFor("contributor", "mara-quill");
    const story = await write({}, mara);
    expect(story.may).toEqual(["revise", "submit", "return", "note", "preview"]);
    const desk = await keyFor("editor");
    const out = await call("POST", `/articles/${story.id}/publish`, { headers: any, key: desk });
    expect(out.json.may).toEqual(ALL);
    expect((await call("GET", `/articles/${story.id}`, { key: mara })).json.may).toEqual(["note"]);
    const stale = await call("PATCH", `/articles/${story.id}`, {
      body: { title: "Late" },
      headers: { "If-Match": '"1"' },
      key: desk,
    });
    expect([stale.status, stale.json.current.may]).toEqual([412, ALL]);
  });

  it("is not to bring back what the law took, for who could not have removed it", async () => {
    const mara = await keyFor("author", "mara-quill");
    const { id } = await write({}, mara);
    const remove = { headers: any, body: { reason: "Order 7/26" } };
    const removed = await call("POST", `/articles/${id}/remove`, remove);
    expect([removed.status, removed.json.may]).toEqual([200, ALL]);
    expect((await call("GET", `/articles/${id}`, { key: mara })).json.may).not.toContain("revise");
    const restored = await call("POST", `/articles/${id}/restore`, { headers: any, key: mara });
    expect(restored.status).toBe(403);
  });

  it("may be sent back by somebody else, and moves nothing", async () => {
    const mara = await keyFor("contributor", "mara-quill");
    const story = await write({}, mara);
    const send = (may: unknown) =>
      call("PATCH", `/articles/${story.id}`, { body: { ...story, may }, headers: any });
    const back = await send(story.may);
    expect([back.status, back.json.version, back.json.may]).toEqual([200, 1, ALL]);
    expect((await send("everything")).status).toBe(422);
  });
});

describe("what is one's own", () => {
  const titles = async (path: string, key: string): Promise<string[]> => {
    const { status, json } = await call("GET", path, { key });
    expect(status, path).toBe(200);
    return json.items.map(({ title }: { title: string }) => title);
  };

  it("is what they made, what is under their byline, and what is assigned to it, newest first", async () => {
    const mara = await keyFor("author", "mara-quill");
    const made = await write({ title: "Made" }, mara);
    const byline = { authors: ["jonas-field"] };
    await call("PATCH", `/articles/${made.id}`, { body: byline, headers: any });
    await write({ title: "Bylined", authors: ["jonas-field", "mara-quill"], tags: ["trams"] });
    await write({ title: "Nobody's", authors: ["jonas-field"] });
    const { id } = await write({
      title: "Assigned",
      authors: ["jonas-field"],
      status: "published",
    });
    await call("POST", `/articles/${id}/assign`, { body: { author: "mara-quill" }, headers: any });
    // For more than one reason, and once in the list.
    await write({ title: "Made and bylined", authors: ["mara-quill"], tags: ["trams"] }, mara);
    const own = ["Made and bylined", "Assigned", "Bylined", "Made"];
    expect(await titles("/articles?mine=true", mara)).toEqual(own);
    expect(await titles("/articles?mine=false", mara)).toHaveLength(5);
    const among = async (query: string) => titles(`/articles?mine=true&${query}`, mara);
    expect(await among("status=published")).toEqual(["Assigned"]);
    expect(await among("tag=trams")).toEqual(["Made and bylined", "Bylined"]);
    expect(await among("author=jonas-field")).toEqual(["Assigned", "Bylined", "Made"]);
    await settle();
    const found = [await among("q=made"), await editorsFind("q=made&mine=true", mara)];
    for (const some of found) expect(some.toSorted()).toEqual(["Made", "Made and bylined"]);
    expect(await among("q=nobody")).toEqual([]);

    const seen: string[] = [];
    let cursor = "";
    do {
      const path = `/articles?mine=true&limit=1${cursor && `&cursor=${cursor}`}`;
      const { json } = await call("GET", path, { key: mara });
      seen.push(...json.items.map(({ title }: { title: string }) => title));
      cursor = json.next ?? "";
    } while (cursor !== "");
    expect(seen).toEqual(own);
  });

  it("is for a key without a byline what it made", async () => {
    const key = await keyFor("editor");
    await write({ title: "Bylined", authors: ["mara-quill"] });
    await write({ title: "Made", authors: ["mara-quill"] }, key);
    expect(await titles("/articles?mine=true", key)).toEqual(["Made"]);
    await settle();
    expect(await titles("/articles?mine=true&q=made", key)).toEqual(["Made"]);
  });

  it("is of pages what they made and what is assigned to them", async () => {
    const mara = await keyFor("contributor", "mara-quill");
    const make = async (title: string, key?: string) =>
      (await call("POST", "/pages", { body: { title }, ...(key && { key }) })).json;
    await make("Made", mara);
    await make("Another's");
    const { id } = await make("Assigned");
    await call("POST", `/pages/${id}/assign`, { body: { author: "mara-quill" }, headers: any });
    await write({ title: "A story" }, mara);
    expect(await titles("/pages?mine=true", mara)).toEqual(["Assigned", "Made"]);
    expect(await titles("/articles?mine=true", mara)).toEqual(["A story"]);
  });
});
