import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { StoryState } from "../src/domain/article.ts";
import { openDatabase } from "../src/store/batch.d1.ts";
import { storiesQuery, writeStories } from "../src/store/articles.d1.ts";
import { commit } from "../src/store/commit.d1.ts";
import { findPreview } from "../src/store/previews.d1.ts";
import { revisionQuery } from "../src/store/revisions.d1.ts";
import {
  call,
  openNewsroom,
  ORIGIN,
  publish,
  rowsOf,
  upload,
  visit,
  write,
} from "./support/newsroom.ts";
import { pictures } from "./support/pictures.ts";

beforeEach(openNewsroom);

async function stateOf(id: string): Promise<StoryState> {
  const [[story]] = await openDatabase(env.DB).read(storiesQuery([id]));
  if (!story) throw new Error(`There is no story ${id}`);
  return story;
}

async function revisionOf(id: string, n: number) {
  const [[revision]] = await openDatabase(env.DB).read(revisionQuery(id, n));
  return revision;
}

describe("a revision", () => {
  it("is kept with ids and read with slugs, whatever these are called by then", async () => {
    const story = await write({ tags: ["Night trams"], authors: ["mara-quill", "jonas-field"] });
    const row = await env.DB.prepare("select content from revisions").first<{ content: string }>();
    const content = JSON.parse(row?.content ?? "") as Record<string, unknown>;
    const { results } = await env.DB.prepare(
      "select id from sections where slug = 'city' union all select id from tags where slug = 'night-trams' union all select id from authors where slug in ('mara-quill', 'jonas-field')",
    ).all<{ id: string }>();
    const ids = [content["section"], content["tags"], content["authors"]].flat();
    expect(new Set(ids)).toEqual(new Set(results.map(({ id }) => id)));
    expect(ids).toHaveLength(4);
    expect(content).not.toHaveProperty("body");
    await env.DB.prepare("update sections set slug = 'town' where slug = 'city'").run();
    expect(await revisionOf(story.id, 1)).toMatchObject({
      section: "town",
      tags: ["night-trams"],
      authors: ["mara-quill", "jonas-field"],
    });
  });

  it("is continued by a save that says so, and begun by every other", async () => {
    const { json: picture } = await upload(pictures.png, { alt: "A tram" });
    const { id } = await write({ body: `![A tram](${picture.src})` });
    const before = await stateOf(id);
    const head = {
      ...before.head,
      title: "Trams, again",
      body: "They rang.",
      pictures: [],
      words: 2,
    };
    const article = { ...before.article, version: 2 };
    const after = { article, head, live: null };
    const change = { before, after, html: "<p>They rang.</p>" };
    expect(await commit(openDatabase(env.DB), writeStories([change], 5))).toMatchObject({
      committed: true,
    });
    expect(await rowsOf(`revisions where article_id = '${id}'`)).toBe(1);
    expect(await rowsOf(`revision_pictures where article_id = '${id}'`)).toBe(0);
    expect((await stateOf(id)).head).toEqual(head);
    expect(await rowsOf("revisions where html = '<p>They rang.</p>'")).toBe(1);

    // Whoever read the version before comes too late.
    const late = await commit(openDatabase(env.DB), writeStories([change], 6));
    expect(late).toMatchObject({ committed: false, lost: "version" });
    const body = { title: "Trams, a third time", reason: "They came." };
    await call("PATCH", `/articles/${id}`, { body, headers: { "If-Match": "*" } });
    expect(await rowsOf(`revisions where article_id = '${id}'`)).toBe(2);
  });

  it("makes a story's page, live or not", async () => {
    const story = await publish({ tags: ["trams"], standfirst: "At last.", body: "They *rang*." });
    const body = { title: "Trams stay away", authors: ["ines-vale"], tags: ["strikes"] };
    await call("PATCH", `/articles/${story.id}`, { body, headers: { "If-Match": "*" } });
    const now = Date.now();
    const db = openDatabase(env.DB);
    const live = await findPreview(db, { id: story.id, n: 1, now, origin: ORIGIN });
    expect(live?.page.story).toMatchObject({
      title: "Trams return to the harbour",
      path: "/city/trams-return-to-the-harbour",
      section: { slug: "city", name: "City" },
      html: "<p>They <em>rang</em>.</p>\n",
      authors: [{ slug: "mara-quill", name: "Mara Quill", bio: "Covers the harbour." }],
      tags: [{ slug: "trams", name: "Trams" }],
      publishedAt: Date.parse(story.publishedAt),
    });
    expect(
      (await findPreview(db, { id: story.id, n: 2, now, origin: ORIGIN }))?.page.story,
    ).toMatchObject({
      title: "Trams stay away",
      standfirst: "At last.",
      authors: [{ name: "Ines Vale" }],
      tags: [{ name: "Strikes" }],
    });
    expect(await findPreview(db, { id: story.id, n: 3, now, origin: ORIGIN })).toBeNull();
    const draft = await write({ title: "A draft" });
    expect(
      (await findPreview(db, { id: draft.id, n: 1, now, origin: ORIGIN }))?.page.story.publishedAt,
    ).toBe(now);
    expect((await visit("/city/trams-return-to-the-harbour")).text).not.toContain("stay away");
  });
});
