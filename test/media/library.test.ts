import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { openThumbnail } from "../../src/editor/media/commands.ts";
import { openEditor } from "../../src/store/open.ts";
import { pictures } from "../support/pictures.ts";
import { call, deskAt, keyFor, openNewsroom, publish, upload, write } from "../support/newsroom.ts";
import { bytesAt, keysBelow, uploaded } from "./newsroom.ts";

// The library as editors look for pictures in it.

beforeEach(openNewsroom);

const anything = { "If-Match": "*" };

async function found(query: string, key?: string): Promise<string[]> {
  const { status, text, json } = await call("GET", `/media?${query}`, { ...(key && { key }) });
  expect(status, text).toBe(200);
  return json.items.map(({ name }: { name: string }) => name);
}

describe("a picture that is looked for", () => {
  it("is found by words of its name and its notes, in any case and without accents", async () => {
    await upload(pictures.png, { name: "Quay at dawn.png", alt: "A gate.", credit: "Zoë Brontë" });
    await upload(pictures.gif, { name: "two.gif", caption: "STRASSE, Ærø; the İzmir ferry" });
    await upload(pictures.webp, { name: "three.webp", alt: "Ворота ёлка. 港の門" });
    for (const [q, names] of [
      ["dawn", ["quay-at-dawn.png"]],
      ["at dawn", ["quay-at-dawn.png"]],
      ["bronte", ["quay-at-dawn.png"]],
      ["ZOË gate", ["quay-at-dawn.png"]],
      ["zoe ferry", []],
      ["straße", ["two.gif"]],
      ["aero", ["two.gif"]],
      ["ЕЛКА", ["three.webp"]],
      ["の門", ["three.webp"]],
      ["100%_", []],
      ["_-", []],
      ["\u0301\u00ad", []],
    ] as const)
      expect([q, await found(`q=${encodeURIComponent(q)}`)]).toEqual([q, names]);
    expect((await call("GET", "/media?q=")).status).toBe(422);
  });

  it("comes in pages, newest first, and a page ends where a call has looked through a thousand", async () => {
    await uploaded();
    await env.DB.prepare(
      `insert into media (hash, name, type, width, height, bytes, animated, kept, alt, decorative, focal_point, created_at, created_by, born)
       select 'h' || n, 'n' || n || '.png', 'image/png', 1, 1, 1, 0, 'k', iif(n % 700 = 3, 'Rare', null), 0, 'center', n, 'root', printf('%015d-h', n)
       from (with recursive c (n) as (select 1 union all select n + 1 from c where n < 2200) select n from c)`,
    ).run();
    const pages: string[][] = [];
    let cursor = "";
    do {
      const path = `/media?q=rare&limit=2${cursor && `&cursor=${cursor}`}`;
      const { json } = await call("GET", path);
      pages.push(json.items.map(({ name }: { name: string }) => name));
      cursor = json.next ?? "";
    } while (cursor !== "");
    expect(pages).toEqual([["n2103.png", "n1403.png"], ["n703.png"], ["n3.png"]]);
  });

  it("is for a contributor their own, or seen by readers", async () => {
    const key = await keyFor("contributor");
    const seen = await uploaded(pictures.png, { name: "seen gate.png" });
    await upload(pictures.gif, { name: "hidden gate.gif" });
    await upload(pictures.webp, { name: "own gate.webp" }, key);
    await publish({ hero: { src: seen.src } });
    expect(await found("q=gate", key)).toEqual(["own-gate.webp", "seen-gate.png"]);
    expect(await found("q=gate")).toHaveLength(3);
  });
});

describe("what shows a picture", () => {
  it("is stories, pages, the front page and the settings, what readers see first", async () => {
    const { hash, src } = await uploaded();
    const hero = { src };
    const live = await publish({ title: "Live", hero });
    const draft = await write({ title: "Draft", hero, authors: ["jonas-field"] });
    const binned = await write({ title: "Binned", hero });
    await call("DELETE", `/articles/${binned.id}`, { headers: anything });
    const page = (await call("POST", "/pages", { body: { title: "Page", hero } })).json;
    const front = { lead: { story: live.id, hero } };
    await call("PUT", "/front", { body: front, headers: anything });
    const logo = { src };
    expect((await call("PATCH", "/settings", { body: { logo } })).status).toBe(200);
    const uses = async (key?: string) =>
      (await call("GET", `/media/${hash}/uses`, { ...(key && { key }) })).json;
    const { items, more } = await uses(await keyFor("editor"));
    expect(more).toBe(false);
    expect(items.slice(0, 3)).toEqual(
      expect.arrayContaining([
        { kind: "article", id: live.id, title: "Live", status: "published", isLive: true },
        { kind: "front", id: live.id, title: "Live", status: "published", isLive: true },
        { kind: "settings", id: "logo", title: null, status: null, isLive: true },
      ]),
    );
    expect(items.slice(3)).toEqual(
      expect.arrayContaining([
        { kind: "article", id: draft.id, title: "Draft", status: "draft", isLive: false },
        { kind: "page", id: page.id, title: "Page", status: "draft", isLive: false },
      ]),
    );
    expect(items).toHaveLength(5);
    const guest = (await uses(await keyFor("contributor"))).items;
    expect(
      guest.map(({ kind, id }: { kind: string; id: string }) => [kind, id]).toSorted(),
    ).toEqual([
      ["article", live.id],
      ["settings", "logo"],
    ]);
  });

  it("is nobody's to see who may not see the picture", async () => {
    const { hash } = await uploaded();
    const key = await keyFor("contributor");
    for (const part of ["uses", "thumbnail", "original"])
      expect((await call("GET", `/media/${hash}/${part}`, { key })).status).toBe(404);
  });
});

describe("a thumbnail", () => {
  it("is a small WebP, made once, that readers cannot have", async () => {
    const { hash } = await uploaded(pictures.jpeg);
    const made = await call("GET", `/media/${hash}/thumbnail?width=160`);
    expect([made.status, made.headers.get("Content-Type")]).toEqual([200, "image/webp"]);
    const keys = await keysBelow(`forms/${hash}/`);
    expect(keys.map((key) => key.replace(/^.*\//, ""))).toEqual(["160.webp"]);
    await call("GET", `/media/${hash}/thumbnail?width=160`);
    expect(await keysBelow(`forms/${hash}/`)).toEqual(keys);
    await publish({ hero: { src: `/media/${hash}/gate-at-night.jpg`, alt: "A gate." } });
    expect((await bytesAt(`/media/${hash}/160.webp`)).status).toBe(404);
    expect((await call("GET", `/media/${hash}/thumbnail?width=161`)).status).toBe(422);
    await call("DELETE", `/media/${hash}?force=true`);
    expect((await call("GET", `/media/${hash}/thumbnail?width=160`)).status).toBe(404);
    expect(await keysBelow(`forms/${hash}/`)).toEqual([]);
  });

  it("is the picture as it is where nothing makes it smaller", async () => {
    const { hash } = await uploaded(pictures.jpeg);
    const { IMAGES: _, ...bindings } = env;
    const desk = deskAt(Date.now(), { store: openEditor(bindings) });
    const opened = await openThumbnail(desk, hash, 320);
    if (!opened.ok) throw new Error("It is there.");
    const bytes = await new Response(opened.value.body).bytes();
    const original = await call("GET", `/media/${hash}/original`);
    expect([opened.value.type, bytes.length]).toEqual([
      "image/jpeg",
      Number((await call("GET", `/media/${hash}`)).json.bytes),
    ]);
    expect(original.status).toBe(200);
    expect(await keysBelow(`forms/${hash}/`)).toEqual([]);
  });
});
