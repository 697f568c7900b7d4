import { env, exports } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { tick } from "../src/cron.ts";
import { publishStory } from "../src/editor/articles/commands.ts";
import { makeDueForms } from "../src/editor/forms.ts";
import { openEditor } from "../src/store/open.ts";
import { offeredForms, offerOf, WIDTHS } from "../src/domain/media.ts";
import { openPictures } from "../src/store/media.r2.ts";
import { pictures } from "./support/pictures.ts";
import {
  call,
  deskAt,
  keyFor,
  openNewsroom,
  ORIGIN,
  publish,
  ROOT_KEY,
  rowsOf,
  upload,
  visit,
  write,
} from "./support/newsroom.ts";

// Pictures, from the editor's upload to the reader's phone.

beforeEach(openNewsroom);

const force = { "If-Match": "*" };
const act = (id: string, name: string, body?: object) =>
  call("POST", `/articles/${id}/${name}`, { headers: force, ...(body && { body }) });
const patch = (id: string, body: object) =>
  call("PATCH", `/articles/${id}`, { body, headers: force });

async function uploaded(bytes = pictures.png, query: Record<string, string> = {}) {
  const { status, json } = await upload(bytes, {
    name: "Gate at night.PNG",
    alt: "A gate.",
    ...query,
  });
  expect(status, JSON.stringify(json)).toBe(201);
  return json;
}

async function keysBelow(prefix: string): Promise<string[]> {
  return (await env.MEDIA.list({ prefix })).objects.map(({ key }) => key);
}

async function bytesAt(path: string) {
  const response = await exports.default.fetch(ORIGIN + path);
  return { status: response.status, headers: response.headers, bytes: await response.bytes() };
}

describe("an upload", () => {
  it("answers what the bytes are, and the address to write in stories", async () => {
    const { status, json, headers } = await upload(pictures.jpeg, {
      name: "C:\\Pictures\\Harbour gate (1).jpeg",
      alt: "The gate, shut.",
      credit: "Picture desk",
      focalPoint: "top-left",
    });
    expect(status).toBe(201);
    expect(headers.get("Location")).toBe(`/api/v1/media/${json.hash}`);
    expect(json).toMatchObject({
      src: `/media/${json.hash}/harbour-gate-1.jpg`,
      url: `${ORIGIN}/media/${json.hash}/harbour-gate-1.jpg`,
      type: "image/jpeg",
      alt: "The gate, shut.",
      credit: "Picture desk",
      caption: null,
      decorative: false,
      focalPoint: "top-left",
      created: true,
      removedAt: null,
    });
    expect(json.width).toBeGreaterThan(0);
    expect((await call("GET", `/media/${json.hash}`)).json.src).toBe(json.src);
  });

  it("goes by the bytes and not by what it calls itself", async () => {
    const { json } = await upload(pictures.gif, { name: "320.jpg" }, ROOT_KEY, "text/plain");
    expect(json).toMatchObject({ type: "image/gif", name: "picture-320.gif" });
  });

  it("can be a form", async () => {
    const form = new FormData();
    form.append("file", new File([pictures.webp], "Quay.webp", { type: "image/webp" }));
    form.append("alt", "A quay.");
    form.append("decorative", "false");
    const response = await exports.default.fetch(`${ORIGIN}/api/v1/media`, {
      method: "POST",
      headers: { Authorization: `Bearer ${ROOT_KEY}` },
      body: form,
    });
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({ name: "quay.webp", alt: "A quay." });
  });

  it("of a picture that is there already writes nothing and leaves its notes alone", async () => {
    const first = await uploaded();
    const rows = await rowsOf("audit");
    const { status, json } = await upload(pictures.png, { name: "other.png", alt: "Other." });
    expect(status).toBe(200);
    expect(json).toMatchObject({ src: first.src, alt: "A gate.", created: false });
    expect(await rowsOf("audit")).toBe(rows);
  });

  it("loses its place and device before it is hashed and kept", async () => {
    const { json } = await upload(pictures.jpegFromPhone, { name: "phone.jpg" });
    const [key = ""] = await keysBelow(`originals/${json.hash}/`);
    const kept = await (await env.MEDIA.get(key))?.bytes();
    expect(kept?.length).toBe(json.bytes);
    expect(new TextDecoder("latin1").decode(kept)).not.toMatch(/GPS|Canon|Apple|iPhone/i);
    const again = await upload(kept ?? new Uint8Array());
    expect(again.json.hash).toBe(json.hash);
  });

  it.each([
    ["an SVG", new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>'), 415],
    ["text", new TextEncoder().encode("no picture at all"), 415],
    ["a JSON body", new TextEncoder().encode('{"alt": "x"}'), 415],
    ["nothing", new Uint8Array(), 422],
    ["a picture cut short", pictures.jpeg.subarray(0, pictures.jpeg.length / 2), 422],
    ["more than 10 MiB", new Uint8Array(10 * 1024 * 1024 + 1), 413],
  ])("of %s is refused, and nothing is kept", async (_what, bytes, status) => {
    const refused = await upload(bytes);
    expect(refused.status).toBe(status);
    expect(refused.json.detail).toBeTruthy();
    expect(await rowsOf("media")).toBe(0);
    expect((await env.MEDIA.list()).objects).toEqual([]);
  });

  it("that is a form is taken at its word, or refused by the part that is wrong", async () => {
    const form = new FormData();
    form.append("file", new File([pictures.png], "one.png"));
    form.append("file", new File([pictures.gif], "two.gif"));
    form.append("alt", new File(["Text in a file"], "alt.txt"));
    form.append("credit", "One");
    form.append("credit", "Another");
    const response = await exports.default.fetch(`${ORIGIN}/api/v1/media?caption=Beside`, {
      method: "POST",
      headers: { Authorization: `Bearer ${ROOT_KEY}` },
      body: form,
    });
    expect(response.status).toBe(422);
    const { errors } = await response.json<{ errors: { path: string }[] }>();
    expect(errors.map(({ path }) => path)).toEqual(["file", "alt", "credit", "caption"]);
  });

  it("with an archive among its pixels is refused", async () => {
    const end = new Uint8Array(22);
    end.set([0x50, 0x4b, 0x05, 0x06]);
    const { status, json } = await upload(withinPixels(pictures.jpeg, end));
    expect([status, json.detail]).toEqual([415, expect.stringContaining("archive")]);
    const script = pictures.gif.slice();
    script.set(new TextEncoder().encode("/*"), 6);
    expect((await upload(script)).status).toBe(415);
  });

  it("names every wrong field", async () => {
    const { status, json } = await upload(pictures.png, {
      decorative: "perhaps",
      focalPoint: "middle",
      colour: "red",
    });
    expect(status).toBe(422);
    expect(json.errors.map(({ path }: { path: string }) => path).sort()).toEqual([
      "colour",
      "decorative",
      "focalPoint",
    ]);
  });

  it("needs a key, and any role will do", async () => {
    expect((await upload(pictures.png, {}, "bs_nobody_nothing")).status).toBe(401);
    expect((await upload(pictures.png, {}, await keyFor("contributor", "mara-quill"))).status).toBe(
      201,
    );
  });
});

/** A JPEG with these bytes at the end of its last scan, before the marker that ends it. */
function withinPixels(jpeg: Uint8Array, hidden: Uint8Array): Uint8Array {
  return new Uint8Array([...jpeg.subarray(0, -2), ...hidden, ...jpeg.subarray(-2)]);
}

describe("a picture's address", () => {
  it("is nothing to readers until a live story shows it, and gone when that is pulled", async () => {
    const picture = await uploaded();
    const absent = await visit(picture.src);
    expect(absent.status).toBe(404);
    // Not a byte tells an uploaded picture from one that never was.
    const never = await visit(`/media/${"a".repeat(32)}/gate-at-night.png`);
    expect(absent.text).toBe(never.text);
    const story = await write({ hero: { src: picture.src } });
    expect((await bytesAt(picture.src)).status).toBe(404);
    await act(story.id, "publish");
    const shown = await bytesAt(picture.src);
    expect(shown.status).toBe(200);
    expect(shown.headers.get("Content-Type")).toBe("image/png");
    expect(shown.bytes.length).toBe(picture.bytes);
    await act(story.id, "unpublish");
    expect((await bytesAt(picture.src)).status).toBe(410);
    await act(story.id, "publish");
    expect((await bytesAt(picture.src)).status).toBe(200);
  });

  describe("that opens a story", () => {
    const wanted = (json: { width: number }) =>
      offeredForms({ width: json.width, animated: false }).map(
        ({ width, format }) => `${width}.${format}`,
      );
    const made = async (hash: string) =>
      (await keysBelow(`forms/${hash}/`)).map((key) => key.replace(/^.*\//, ""));
    const pending = async () =>
      (
        await env.DB.prepare(
          "select payload ->> 'hash' as hash, due_at from outbox where kind = 'form' and done_at is null",
        ).all<{ hash: string; due_at: number }>()
      ).results;
    const broken = {
      input() {
        throw new Error("Over the quota");
      },
    } as unknown as ImagesBinding;

    it("has every form that pages offer once the story is published", async () => {
      const picture = await uploaded(pictures.jpeg);
      const story = await write({ hero: { src: picture.src } });
      expect(await made(picture.hash)).toEqual([]);
      await act(story.id, "publish");
      // The first ones at once, all of them by the next tick.
      expect(await made(picture.hash)).toContain("320.avif");
      await tick(env, deskAt(Date.now() + 31_000));
      expect(await pending()).toEqual([]);
      expect((await made(picture.hash)).toSorted()).toEqual(wanted(picture).toSorted());
      for (const address of offerOf(picture.hash, picture.width).modern.matchAll(/\/media\S+/g))
        expect(wanted(picture)).toContain(address[0].replace(/^.*\//, ""));
      // What is there is not made again, nor asked for again by another edit.
      const [key = ""] = await keysBelow(`forms/${picture.hash}/`);
      await env.MEDIA.put(key, "made before");
      await patch(story.id, { title: "Another headline", status: "published" });
      await act(story.id, "unpublish");
      await act(story.id, "publish");
      expect(await (await env.MEDIA.get(key))?.text()).toBe("made before");
    });

    it("has them by the tick that publishes on schedule, and not before", async () => {
      const picture = await uploaded(pictures.jpeg);
      const story = await write({ hero: { src: picture.src } });
      const hour = Date.now() + 60_000;
      await act(story.id, "schedule", { scheduledFor: new Date(hour).toISOString() });
      await tick(env, deskAt(hour - 1000));
      expect(await made(picture.hash)).toEqual([]);
      await tick(env, deskAt(hour));
      expect((await made(picture.hash)).toSorted()).toEqual(wanted(picture).toSorted());
    });

    it("has them later when Images refuses, or when time is over", async () => {
      const picture = await uploaded(pictures.jpeg);
      const story = await write({ hero: { src: picture.src } });
      const store = openEditor({ ...env, IMAGES: broken });
      const desk = deskAt(Date.now(), { store, hurried: true });
      const target = { id: story.id, ifMatch: "*", right: "publish a story" } as const;
      expect(await publishStory(desk, target, { fields: {}, issues: [] })).toMatchObject({
        ok: true,
      });
      const [left] = await pending();
      expect(left?.hash).toBe(picture.hash);
      const due = left?.due_at ?? 0;
      expect(due).toBeGreaterThan(Date.now() + 60_000);
      // Where there is no time at all, that is no attempt.
      let late = due;
      for (let n = 0; n < 6; n += 1) {
        await makeDueForms(deskAt(due, { clock: () => (late += 11_000) }));
        late += 60_000;
      }
      expect(await made(picture.hash)).toEqual([]);
      const rows = await env.DB.prepare("select attempts from outbox where kind = 'form'").all();
      expect(rows.results).toEqual([{ attempts: 0 }]);
      // A clock that jumps is past its time after the first form.
      let now = late;
      await makeDueForms(deskAt(due, { clock: () => (now += 4000) }));
      expect((await made(picture.hash)).length).toBeGreaterThan(0);
      expect((await made(picture.hash)).length).toBeLessThan(wanted(picture).length);
      await makeDueForms(deskAt(now));
      expect((await made(picture.hash)).toSorted()).toEqual(wanted(picture).toSorted());
      expect(await pending()).toEqual([]);
    });

    it("is left to its readers when Images refuses five times", async () => {
      const picture = await uploaded();
      await publish({ hero: { src: picture.src } });
      await env.DB.prepare("update outbox set done_at = null, leased_until = null").run();
      await env.MEDIA.delete(await keysBelow(`forms/${picture.hash}/`));
      const store = openEditor({ ...env, IMAGES: broken });
      let tries = 0;
      for (let now = Date.now(); (await pending()).length > 0; now += 10 * 60_000, tries += 1)
        await makeDueForms(deskAt(now, { store }));
      expect(tries).toBe(5);
      expect(await made(picture.hash)).toEqual([]);
    });
  });

  it("is kept a day by browsers, tagged for the edge, and answers 304", async () => {
    const picture = await uploaded();
    await publish({ hero: { src: picture.src } });
    const { headers } = await bytesAt(picture.src);
    expect(headers.get("Cache-Control")).toBe("public, max-age=86400, immutable");
    expect(headers.get("Accept-Ranges")).toBe("bytes");
    expect(headers.get("Cache-Tag")).toContain(`media:${picture.hash}`);
    expect(headers.get("Cross-Origin-Resource-Policy")).toBe("cross-origin");
    expect(headers.get("Content-Security-Policy")).toContain("sandbox");
    const etag = headers.get("ETag") ?? "";
    expect((await visit(picture.src, { "If-None-Match": etag })).status).toBe(304);
  });

  it("of each fixed width is made once, never wider than it was, and kept", async () => {
    const picture = await uploaded(pictures.jpeg);
    await publish({ hero: { src: picture.src } });
    const path = `/media/${picture.hash}/320.webp`;
    const first = await bytesAt(path);
    expect(first.status).toBe(200);
    expect(first.headers.get("Content-Type")).toBe("image/webp");
    expect(new TextDecoder("latin1").decode(first.bytes.subarray(8, 12))).toBe("WEBP");
    expect(first.headers.get("ETag")).toMatch(/^W\//);
    const keys = await keysBelow(`forms/${picture.hash}/`);
    const key = keys.find((each) => each.endsWith("/320.webp")) ?? "";
    expect(await (await env.MEDIA.get(key))?.bytes()).toEqual(first.bytes);
    await env.MEDIA.put(key, "made before", { httpMetadata: { contentType: "image/webp" } });
    expect(new TextDecoder().decode((await bytesAt(path)).bytes)).toBe("made before");
  });

  it("of any other width, format or name is none", async () => {
    const picture = await uploaded();
    await publish({ hero: { src: picture.src } });
    for (const name of ["333.jpg", "320.png", "0320.jpg", "other.png", "320.jpeg"]) {
      expect((await visit(`/media/${picture.hash}/${name}`)).status, name).toBe(404);
    }
  });

  it("comes and goes with its story at the edge, too", async () => {
    const picture = await uploaded();
    const story = await publish({ hero: { src: picture.src } });
    const purges = async () =>
      (
        await env.DB.prepare(
          "select payload from outbox where kind = 'purge' order by created_at desc, rowid desc",
        ).all()
      ).results.map(({ payload }) => String(payload));
    expect((await purges())[0]).toContain(`media:${picture.hash}`);
    await patch(story.id, { title: "Another headline", status: "published" });
    expect((await purges())[0]).not.toContain("media:");
    await act(story.id, "unpublish");
    expect((await purges())[0]).toContain(`media:${picture.hash}`);
  });
});

describe("a story's pictures", () => {
  it("are offered in sizes, with width and height, the first one first", async () => {
    const picture = await uploaded(pictures.jpeg, { caption: "Shut.", credit: "Picture desk" });
    const { url } = await publish({
      title: "Shut",
      hero: { src: picture.src },
      body: `One.\n\n![The gate again](${picture.src} "From the quay")\n\nTwo.`,
    });
    const { text } = await visit(new URL(url).pathname);
    const [hero = "", inBody = ""] = text.match(/<picture>.*?<\/picture>/gs) ?? [];
    for (const markup of [hero, inBody]) {
      expect(markup).toContain('<source type="image/avif" srcset="/media/');
      expect(markup).toMatch(/<img[^>]* srcset="[^"]+\.jpg \d+w/);
      expect(markup).toMatch(/<img[^>]* sizes="[^"]+"/);
    }
    // One so small is shown at twice its size where it has the place to itself.
    const twice = `width="${2 * picture.width}" height="${2 * picture.height}"`;
    expect(hero).toContain(twice);
    expect(inBody).toContain(`width="${picture.width}" height="${picture.height}"`);
    expect(hero).toContain('fetchpriority="high"');
    expect(hero).not.toContain("lazy");
    expect(inBody).toContain('loading="lazy"');
    expect(text).toContain("From the quay");
    expect(text.match(/<small class="credit">Picture desk<\/small>/g)).toHaveLength(2);
    expect(text).toMatch(/property="og:image" content="https:\/\/[^"]+\/1200\.jpg"/);
  });

  it("take from the library what the story does not say itself", async () => {
    const picture = await uploaded(pictures.png, {
      caption: "The gate.",
      credit: "Desk",
      focalPoint: "top",
    });
    const { hero } = await write({
      hero: { src: picture.url, caption: null, width: 9, height: 9 },
    });
    expect(hero).toEqual({
      src: picture.src,
      alt: "A gate.",
      decorative: false,
      caption: null,
      credit: "Desk",
      width: picture.width,
      height: picture.height,
      focalPoint: "top",
    });
    const described = await call("PATCH", `/media/${picture.hash}`, {
      body: { credit: "Archive" },
    });
    expect(described.json).toMatchObject({ credit: "Archive", alt: "A gate." });
    expect((await write({ title: "Next", hero: { src: picture.src } })).hero.credit).toBe(
      "Archive",
    );
  });

  it("must be in the library", async () => {
    const src = `/media/${"b".repeat(32)}/no.png`;
    const { status, json } = await call("POST", "/articles", {
      body: { title: "No", section: "city", hero: { src }, body: `![No](${src})` },
    });
    expect(status).toBe(422);
    expect(json.errors).toEqual([
      { path: "hero.src", message: `There is no picture ${src}; upload it first (POST /media).` },
      { path: "body", message: `There is no picture ${src}; upload it first (POST /media).` },
    ]);
  });

  it("are of the library however their address is written", async () => {
    const { hash, src } = await uploaded();
    for (const [n, written] of [
      src,
      `//ledger.example${src}`,
      `../media/${hash}/x.png`,
    ].entries()) {
      await publish({ title: `Story ${n}`, body: `![Gate](${written})` });
      expect((await visit(`/city/story-${n}`)).text, written).toContain(`/media/${hash}/320.jpg`);
    }
    expect(await rowsOf("live_pictures")).toBe(3);
  });

  it("are checked as they will be shown, also when nothing else has changed", async () => {
    const { src, hash } = (await upload(pictures.png, { name: "plain.png" })).json;
    const story = await write({ body: `![](${src})` });
    await call("PATCH", `/media/${hash}`, { body: { alt: "A gate." } });
    expect((await act(story.id, "publish")).status).toBe(422);
    const saved = await patch(story.id, { status: "published" });
    expect([saved.status, saved.json.revision]).toEqual([200, 2]);
    expect((await visit("/city/trams-return-to-the-harbour")).text).toContain('alt="A gate."');
    expect(
      await rowsOf(
        "live l join revisions r on r.article_id = l.article_id and r.n = l.revision where r.undescribed is not null",
      ),
    ).toBe(0);
  });

  it("that nobody sees a sign in are not described", async () => {
    const { src } = await uploaded(pictures.png, { alt: "" });
    const body = { title: "T", section: "city", hero: { src, alt: "\u200b\u2060" } };
    const { status, json } = await call("POST", "/articles", { body });
    expect([status, json.errors[0].path]).toEqual([422, "hero.alt"]);
  });

  it("that move are shown whole, but to who asked for less motion", async () => {
    const { src, animated, hash } = await uploaded(pictures.webpAnimated, { alt: "It moves." });
    expect(animated).toBe(true);
    await publish({ title: "Moves", hero: { src }, body: `![Again](${src})` });
    const { text } = await visit("/city/moves");
    const [hero = "", inBody = ""] = text.match(/<picture>.*?<\/picture>/gs) ?? [];
    for (const markup of [hero, inBody]) {
      expect(markup).toContain(
        `<source media="(prefers-reduced-motion: reduce)" srcset="/media/${hash}/320.jpg`,
      );
      expect(markup).toContain(`<img src="${src}"`.replace("<img src", "src"));
    }
    const still = await bytesAt(`/media/${hash}/320.jpg`);
    expect(still.headers.get("Content-Type")).toBe("image/jpeg");
  });

  it("need alt text, or a blank that says they are decorative, before they are published", async () => {
    const { src, hash } = (await upload(pictures.png, { name: "plain.png" })).json;
    const story = await write({ body: `![](${src})\n\n![](https://elsewhere.example/x.jpg)` });
    const refused = await act(story.id, "publish");
    expect(refused.status).toBe(422);
    expect(refused.json.errors).toMatchObject([{ path: "body" }]);
    expect(refused.json.errors[0].message).toContain(src);
    const scheduledFor = new Date(Date.now() + 60_000).toISOString();
    expect((await act(story.id, "schedule", { scheduledFor })).status).toBe(422);
    const blank = `![ ](${src})\n\n![ ](https://elsewhere.example/x.jpg)`;
    expect((await patch(story.id, { body: blank, status: "published" })).status).toBe(200);
    expect((await visit("/city/trams-return-to-the-harbour")).text).toContain('alt=""');
    const { hero } = await write({ title: "Hero", hero: { src } });
    expect(hero).toMatchObject({ alt: null, decorative: false });
    await call("PATCH", `/media/${hash}`, { body: { decorative: true } });
    const decorated = await publish({ title: "Decorated", hero: { src }, body: `![](${src})` });
    expect(decorated.hero.decorative).toBe(true);
  });
});

describe("a picture in use", () => {
  it("is not deleted but by force, which names who shows it first", async () => {
    const picture = await uploaded();
    const live = await publish({ title: "Live", hero: { src: picture.src } });
    const draft = await write({ title: "Draft", body: `![Gate](${picture.src})` });
    const kept = await call("DELETE", `/media/${picture.hash}`);
    expect(kept.status).toBe(409);
    expect(kept.json.errors.map(({ path }: { path: string }) => path)).toEqual([
      `articles.${live.id}`,
      `articles.${draft.id}`,
    ]);
    expect((await bytesAt(picture.src)).status).toBe(200);
    expect((await call("DELETE", `/media/${picture.hash}?force=true`)).status).toBe(204);
    expect((await bytesAt(picture.src)).status).toBe(410);
    expect((await visit(`/media/${picture.hash}/320.avif`)).status).toBe(410);
    expect((await env.MEDIA.list()).objects).toEqual([]);
    expect((await call("GET", `/media/${picture.hash}`)).json.removedAt).not.toBeNull();
  });

  it("is one that readers see although the newest revision has it no more, and none that is in the bin", async () => {
    const picture = await uploaded();
    const story = await publish({ hero: { src: picture.src } });
    await patch(story.id, { hero: null });
    expect((await call("DELETE", `/media/${picture.hash}`)).status).toBe(409);
    await act(story.id, "unpublish");
    expect((await call("DELETE", `/media/${picture.hash}`)).status).toBe(204);
    const binned = await uploaded(pictures.gif);
    const { id } = await write({ title: "Binned", hero: { src: binned.src } });
    await call("DELETE", `/articles/${id}`, { headers: force });
    expect((await call("DELETE", `/media/${binned.hash}`)).status).toBe(204);
  });

  it("and taken down cannot be published again until it is uploaded again", async () => {
    const picture = await uploaded();
    const story = await publish({ hero: { src: picture.src } });
    const later = await write({
      title: "Later",
      hero: { src: picture.src },
      status: "scheduled",
      scheduledFor: new Date(Date.now() + 60_000).toISOString(),
    });
    await call("DELETE", `/media/${picture.hash}?force=true`);
    const refused = await patch(story.id, { title: "New", status: "published" });
    expect(refused.status).toBe(422);
    expect(refused.json.errors).toMatchObject([{ path: "hero.src" }]);
    await tick(env, deskAt(Date.now() + 2 * 60_000));
    expect((await call("GET", `/articles/${later.id}`)).json.reviewNote).toContain("taken down");
    expect((await upload(pictures.png)).json).toMatchObject({
      created: true,
      removedAt: null,
      src: picture.src,
    });
    expect((await bytesAt(picture.src)).status).toBe(200);
    expect((await patch(story.id, { title: "New", status: "published" })).status).toBe(200);
  });

  it("only by drafts leaves no trace for readers when it is deleted", async () => {
    const picture = await uploaded();
    await write({ hero: { src: picture.src } });
    expect((await call("DELETE", `/media/${picture.hash}`)).status).toBe(409);
    expect((await call("DELETE", `/media/${picture.hash}?force=true`)).status).toBe(204);
    expect((await bytesAt(picture.src)).status).toBe(404);
  });

  it("and taken down is brought back by editors only", async () => {
    const picture = await uploaded();
    await publish({ hero: { src: picture.src } });
    await call("DELETE", `/media/${picture.hash}?force=true`);
    for (const role of ["contributor", "author"]) {
      const again = await upload(pictures.png, {}, await keyFor(role, "mara-quill"));
      expect(again.status, role).toBe(403);
    }
    expect((await bytesAt(picture.src)).status).toBe(410);
    expect(await keysBelow("")).toEqual([]);
  });

  it("by nothing any more is simply deleted, twice if need be", async () => {
    const picture = await uploaded();
    const story = await publish({ hero: { src: picture.src } });
    await patch(story.id, { hero: null, status: "published" });
    expect((await call("DELETE", `/media/${picture.hash}`)).status).toBe(204);
    expect((await bytesAt(picture.src)).status).toBe(410);
    expect((await call("DELETE", `/media/${picture.hash}`)).status).toBe(204);
  });
});

describe("the paper's logo", () => {
  it("is a picture of the library that readers get while it is set", async () => {
    const { src, hash, width, height } = await uploaded(pictures.pngWithAlpha, {
      name: "sign.png",
    });
    expect((await bytesAt(src)).status).toBe(404);
    const { json } = await call("PATCH", "/settings", { body: { logo: { src } } });
    expect(json.logo).toEqual({ src, width, height });
    expect((await bytesAt(src)).status).toBe(200);
    expect((await visit("/")).text).toContain(`<img class="sign" src="${src}" alt=""`);
    const kept = await call("DELETE", `/media/${hash}`);
    expect(kept.json.errors).toEqual([
      { path: "settings.logo", message: "It is the paper's logo." },
    ]);
    await call("PATCH", "/settings", { body: { logo: null } });
    expect((await bytesAt(src)).status).toBe(410);
  });

  it("taken down is no logo any more", async () => {
    const { src, hash } = await uploaded();
    await call("PATCH", "/settings", { body: { logo: { src } } });
    expect((await call("DELETE", `/media/${hash}?force=true`)).status).toBe(204);
    expect((await call("GET", "/settings")).json.logo).toBeNull();
    expect((await visit("/")).text).not.toContain('class="sign"');
    expect((await bytesAt(src)).status).toBe(410);
    const again = await call("PATCH", "/settings", { body: { logo: { src } } });
    expect(again.status).toBe(422);
    expect(again.json.errors[0].path).toBe("logo.src");
  });
});

describe("the library", () => {
  it("lists pictures newest first, page by page", async () => {
    const one = await uploaded(pictures.png);
    const two = await uploaded(pictures.jpeg);
    const three = await uploaded(pictures.gif);
    const first = await call("GET", "/media?limit=2");
    const next = await call("GET", `/media?limit=2&cursor=${first.json.next}`);
    const listed = [...first.json.items, ...next.json.items].map(({ hash }) => hash);
    expect(new Set(listed)).toEqual(new Set([one.hash, two.hash, three.hash]));
    expect(listed).toHaveLength(3);
    expect(next.json.next).toBeNull();
  });

  it("tells a contributor nothing of another's picture that readers do not see", async () => {
    const { hash } = await uploaded(pictures.png, { alt: "A scoop.", credit: "Desk" });
    const key = await keyFor("contributor", "mara-quill");
    const { status, json } = await upload(pictures.png, {}, key);
    expect([status, json]).toEqual([
      200,
      expect.objectContaining({ hash, alt: null, credit: null }),
    ]);
    const draft = await write({ hero: { src: json.src }, body: `![](${json.src})` }, key);
    expect(draft.hero).toMatchObject({ alt: null, credit: null });
  });

  it("keeps what several editors say of a picture at once", async () => {
    const { hash } = await uploaded();
    const said = { alt: "Another.", caption: "Shut.", credit: "Desk", focalPoint: "top" };
    await Promise.all(
      Object.entries(said).map(([name, value]) =>
        call("PATCH", `/media/${hash}`, { body: { [name]: value } }),
      ),
    );
    expect((await call("GET", `/media/${hash}`)).json).toMatchObject(said);
    await call("PATCH", `/media/${hash}`, { body: { caption: null } });
    expect((await call("GET", `/media/${hash}`)).json.caption).toBeNull();
  });

  it("shows a contributor what readers see and what they sent, and lets them change only that", async () => {
    const hidden = await uploaded(pictures.png);
    const shown = await uploaded(pictures.jpeg);
    await publish({ hero: { src: shown.src } });
    const key = await keyFor("contributor", "mara-quill");
    const own = (await upload(pictures.gif, { name: "own.gif" }, key)).json;
    const { json } = await call("GET", "/media", { key });
    expect(new Set(json.items.map(({ hash }: { hash: string }) => hash))).toEqual(
      new Set([shown.hash, own.hash]),
    );
    expect((await call("GET", `/media/${hidden.hash}`, { key })).status).toBe(404);
    expect((await call("GET", `/media/${hidden.hash}/original`, { key })).status).toBe(404);
    const body = { alt: "Mine." };
    expect((await call("PATCH", `/media/${shown.hash}`, { key, body })).status).toBe(403);
    expect((await call("PATCH", `/media/${own.hash}`, { key, body })).json.alt).toBe("Mine.");
    expect((await call("DELETE", `/media/${own.hash}`, { key })).status).toBe(403);
  });

  it("gives editors the bytes of a picture that readers do not see, and stores them nowhere", async () => {
    const picture = await uploaded();
    const response = await exports.default.fetch(
      `${ORIGIN}/api/v1/media/${picture.hash}/original`,
      {
        headers: { Authorization: `Bearer ${ROOT_KEY}` },
      },
    );
    expect(response.headers.get("Content-Type")).toBe("image/png");
    expect(response.headers.get("Cache-Control")).toContain("no-store");
    expect((await response.bytes()).length).toBe(picture.bytes);
  });
});

describe("takedowns and uploads at once", () => {
  it("leave a picture whole or gone, and nothing of it behind", async () => {
    const { hash, src } = await uploaded();
    await publish({ hero: { src } });
    for (let round = 0; round < 6; round += 1) {
      const [, , one, , other] = await Promise.all([
        upload(pictures.png),
        call("DELETE", `/media/${hash}?force=true`),
        bytesAt(`/media/${hash}/320.webp`),
        upload(pictures.png),
        bytesAt(`/media/${hash}/480.webp`),
      ]);
      for (const { status } of [one, other]) expect([200, 410]).toContain(status);
      const { json } = await call("GET", `/media/${hash}`);
      const there = await bytesAt(src);
      expect(there.status).toBe(json.removedAt === null ? 200 : 410);
      const originals = await keysBelow("originals/");
      expect(originals).toHaveLength(json.removedAt === null ? 1 : 0);
      if (json.removedAt !== null) expect(await keysBelow("forms/")).toEqual([]);
    }
  });
});

describe("the sizes on offer", () => {
  it.each([
    [200, [320], [200]],
    [320, [320], [320]],
    [900, [320, 480, 720, 960], [320, 480, 720, 900]],
    [1600, [320, 480, 720, 960, 1200, 1920], [320, 480, 720, 960, 1200, 1600]],
    [4000, [...WIDTHS], [...WIDTHS]],
  ])("of a picture %i pixels wide end with the one that shows it whole", (width, asked, told) => {
    const { plain, modern, src } = offerOf("h", width);
    expect(plain).toBe(asked.map((each, n) => `/media/h/${each}.jpg ${told[n]}w`).join(", "));
    expect(modern.includes("1920.avif")).toBe(false);
    expect(src).toBe(`/media/h/${Math.min(960, asked.at(-1) ?? 0)}.jpg`);
  });
});

describe("the bucket", () => {
  const original = { hash: "h".repeat(32), kept: "once", type: "image/jpeg" };
  const form = { width: 320, format: "webp" } as const;
  const bytesOf = async (found: { body: ReadableStream<Uint8Array> } | null) =>
    found && (await new Response(found.body).bytes());

  it("without Images gives the original for every form", async () => {
    const kept = openPictures(env.MEDIA, undefined);
    await kept.keep(original, pictures.jpeg);
    const sized = await kept.sized(original, form);
    expect(sized).toMatchObject({ type: "image/jpeg", as: "original" });
    expect(await bytesOf(sized)).toEqual(pictures.jpeg);
  });

  it("gives the original for a moment when a form cannot be made, and does not keep that", async () => {
    const kept = openPictures(env.MEDIA, env.IMAGES);
    const unreadable = new TextEncoder().encode("not what it was");
    await kept.keep(original, unreadable);
    const sized = await kept.sized(original, form);
    expect(sized).toMatchObject({ type: "image/jpeg", as: "original for now" });
    expect(await bytesOf(sized)).toEqual(unreadable);
    expect((await env.MEDIA.list({ prefix: "forms/" })).objects).toEqual([]);
  });

  it("deletes a picture with all its forms", async () => {
    const kept = openPictures(env.MEDIA, env.IMAGES);
    await kept.keep(original, pictures.jpeg);
    for (const width of [320, 480]) await bytesOf(await kept.sized(original, { ...form, width }));
    expect((await env.MEDIA.list()).objects).toHaveLength(3);
    await kept.remove(original);
    expect((await env.MEDIA.list()).objects).toEqual([]);
    expect(await kept.sized(original, form)).toBeNull();
    expect(await kept.original(original)).toBeNull();
  });
});
