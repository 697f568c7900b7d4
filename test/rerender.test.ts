import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { RENDERER } from "../src/domain/renderer.ts";
import { renderMarkdown } from "../src/text/markdown.ts";
import { rerenderStories } from "../src/editor/rerender/commands.ts";
import {
  call,
  deskAt,
  keyFor,
  openNewsroom,
  publish,
  storeAfter,
  upload,
  visit,
  write,
} from "./support/newsroom.ts";
import { pictures } from "./support/pictures.ts";

beforeEach(openNewsroom);

const force = { "If-Match": "*" };

/** Makes revisions look as an older renderer left them. */
async function age(where = "1 = 1") {
  await env.DB.prepare(
    `update revisions set renderer = ${RENDERER - 1}, html = '<p>&lt;b&gt;old&lt;/b&gt;</p>' where ${where}`,
  ).run();
}

async function htmlOf(n: number): Promise<string> {
  const row = await env.DB.prepare("select html from revisions where n = ?")
    .bind(n)
    .first<{ html: string }>();
  return row?.html ?? "";
}

describe("rendering anew", () => {
  it("makes what is live and what is being written anew, and leaves history as it was", async () => {
    const story = await publish({ title: "One", body: "<b>one</b>" });
    const second = { body: "<b>two</b>", reason: "Why not." };
    await call("PATCH", `/articles/${story.id}`, { headers: force, body: second });
    await call("PATCH", `/articles/${story.id}`, {
      headers: force,
      body: { body: "<b>three</b>" },
    });
    await age();
    const before = await visit(new URL(story.url).pathname);
    const { status, json } = await call("POST", "/rerender");
    expect(status).toBe(200);
    expect(json).toMatchObject({ rendered: 2, changed: [story.url], failed: [], next: null });
    expect(await htmlOf(1)).toBe("<p><b>one</b></p>\n");
    expect(await htmlOf(2)).toContain("old");
    expect(await htmlOf(3)).toBe("<p><b>three</b></p>\n");
    const after = await visit(new URL(story.url).pathname);
    expect(after.text).toContain("<b>one</b>");
    expect(after.headers.get("ETag")).not.toBe(before.headers.get("ETag"));
  });

  it("has nothing to do where everything was saved by this renderer", async () => {
    await publish({ title: "One", body: "<b>one</b>" });
    expect((await call("POST", "/rerender")).json).toMatchObject({ rendered: 0, next: null });
  });

  it("does it once: what is done already is passed over", async () => {
    await publish({ title: "One", body: "<b>one</b>" });
    await age();
    await call("POST", "/rerender");
    expect((await call("POST", "/rerender")).json).toEqual({
      rendered: 0,
      changed: [],
      failed: [],
      next: null,
      edge: "none",
    });
  });

  it("purges only the pages that came out otherwise", async () => {
    const one = await publish({ title: "One", body: "<b>one</b>" });
    await publish({ title: "Two", body: "two" });
    await age(`body = '<b>one</b>'`);
    await env.DB.prepare("update revisions set renderer = 0").run();
    await env.DB.prepare("delete from outbox").run();
    const { json } = await call("POST", "/rerender");
    expect(json).toMatchObject({ rendered: 2, changed: [one.url] });
    const { results } = await env.DB.prepare(
      "select payload from outbox where kind = 'purge'",
    ).all<{ payload: string }>();
    expect(results.map(({ payload }) => JSON.parse(payload) as unknown)).toMatchObject([
      { tags: [`story:${one.id}`] },
    ]);
  });

  it("shows readers the pictures that the new HTML shows, and no others", async () => {
    const [opening, inside, left] = await Promise.all(
      [pictures.png, pictures.jpeg, pictures.webp].map((bytes, n) =>
        upload(bytes, { name: `${n}`, alt: "A gate." }),
      ),
    );
    const story = await publish({
      hero: { src: opening?.json.src },
      body: `![](${inside?.json.src})\n\n<p>a`,
    });
    // As an older renderer saw it: another picture in the body, and not this one.
    for (const table of ["live_pictures", "revision_pictures"])
      await env.DB.prepare(`update ${table} set hash = ? where hash = ?`)
        .bind(left?.json.hash, inside?.json.hash)
        .run();
    await env.DB.prepare("update media set shown = 1").run();
    await age();
    await env.DB.prepare("delete from outbox").run();
    const statuses = async () =>
      Promise.all(
        [opening, inside, left].map(async (each) => (await visit(String(each?.json.src))).status),
      );
    expect(await statuses()).toEqual([200, 410, 200]);
    await call("POST", "/rerender");
    expect(await statuses()).toEqual([200, 200, 410]);
    const row = await env.DB.prepare("select payload from outbox where kind = 'purge'").first<{
      payload: string;
    }>();
    const { tags } = JSON.parse(row?.payload ?? "") as { tags: string[] };
    expect(tags.toSorted()).toEqual(
      [`media:${inside?.json.hash}`, `media:${left?.json.hash}`, `story:${story.id}`].sort(),
    );
    const copy = await env.DB.prepare("select id from outbox where kind = 'copy'").all();
    expect(copy.results).toEqual([{ id: `copy:${new URL(story.url).pathname}` }]);
  });

  it("starts over when a story is published while its draft is rendered", async () => {
    const story = await write({ title: "One", body: "<b>one</b>" });
    await age();
    const store = storeAfter(async () => {
      await call("POST", `/articles/${story.id}/publish`, { headers: force });
      expect((await visit("/city/one")).text).toContain("old");
      await env.DB.prepare("delete from outbox").run();
    });
    const outcome = await rerenderStories(deskAt(Date.now(), { store }), { after: "", limit: 9 });
    expect(outcome).toMatchObject({ ok: true, value: { changed: [story.url] } });
    expect((await visit("/city/one")).text).toContain("<b>one</b>");
    const rows = await env.DB.prepare("select payload from outbox where kind = 'purge'").all();
    expect(JSON.stringify(rows.results)).toContain(`story:${story.id}`);
  });

  it("renders what is scheduled as it was saved: its language, its pictures, its words", async () => {
    const picture = await upload(pictures.png, { name: "gate", alt: "A gate." });
    const body = `"Eins" zwei\n\n![](${picture.json.src})`;
    const story = await write({ title: "One", body, language: "de" });
    await call("POST", `/articles/${story.id}/schedule`, {
      headers: force,
      body: { scheduledFor: new Date(Date.now() + 3_600_000).toISOString() },
    });
    const later = `${body}\n\n![](https://a.example/b.png)`;
    await call("PATCH", `/articles/${story.id}`, { headers: force, body: { body: later } });
    const saved = await env.DB.prepare(
      "select n, html, words, undescribed from revisions order by n",
    ).all();
    await age();
    await env.DB.prepare("update revisions set words = 0, undescribed = null").run();
    expect((await call("POST", "/rerender")).json).toMatchObject({ rendered: 2, changed: [] });
    const after = await env.DB.prepare(
      "select n, html, words, undescribed from revisions order by n",
    ).all();
    expect(after.results).toEqual(saved.results);
    expect(await htmlOf(1)).toContain("„Eins“");
    expect(await htmlOf(1)).toContain('alt="A gate."');
  });

  it("goes on where a call ended, some stories at a time", async () => {
    for (const n of [1, 2, 3]) await write({ title: `Draft ${n}`, body: "<i>a</i>" });
    await age();
    const first = await call("POST", "/rerender?limit=2");
    expect(first.json).toMatchObject({ rendered: 2 });
    const second = await call("POST", `/rerender?limit=2&cursor=${first.json.next as string}`);
    expect(second.json).toMatchObject({ rendered: 1, next: null });
  });

  it("says which bodies it refuses now, keeps their HTML, and goes on", async () => {
    const story = await publish({ title: "One", body: "one" });
    await publish({ title: "Two", body: "two" });
    await age();
    await env.DB.prepare("update revisions set body = ? where article_id = ?")
      .bind(`${"> ".repeat(200)}deep`, story.id)
      .run();
    const { json } = await call("POST", "/rerender");
    expect(json).toMatchObject({ rendered: 1, next: null });
    expect(json.failed).toEqual([
      {
        id: story.id,
        revision: 1,
        message: "Line 1 nests 200 block quotes and lists; at most 32 are allowed",
      },
    ]);
    expect((await visit(new URL(story.url).pathname)).text).toContain("old");
  });

  it("needs an admin's key", async () => {
    const key = await keyFor("editor");
    expect((await call("POST", "/rerender", { key })).status).toBe(403);
  });

  // When this fails, bodies come out otherwise than they did: count RENDERER up, and put the new text here.
  it("is asked for whenever bodies come out otherwise", () => {
    const body = [
      '# "Top" -- a\n\nText *em* **strong** ~~del~~ `code` [a](/b "T")[^1] ![x](/i.png)',
      '![alt](/p.png "Caption")\n\nhttps://youtu.be/dQw4w9WgXcQ\n\n- [x] done\n\n|a|\n|-|\n|1|\n\n```c\nx\n```\n\n[^1]: N',
      "<p align=left>One <font>two</font> <tt>x</tt><ul><li>y</ul>\n\n<table><tr><td>z</table><h1 id=q>Q</h1>",
      '<iframe src="//player.vimeo.com/video/76979871"></iframe>',
      "> [!NOTE] Title\n> Text.\n\n> [!PULLQUOTE] Ana\n> Words.\n\n![a](/a.png) ![b](/b.png)",
      "https://x.com/ana/status/1?s=20\n\nhttps://a.example/a-report\n\nhttps://datawrapper.dwcdn.net/aBc12/",
    ].join("\n\n");
    const outcome = renderMarkdown(body, { language: "en", siteOrigin: "https://paper.example" });
    expect(RENDERER).toBe(5);
    expect(outcome.ok && outcome.value.html).toMatchSnapshot();
  });
});
