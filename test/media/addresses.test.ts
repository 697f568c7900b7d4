import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { tick } from "../../src/cron.ts";
import { publishStory } from "../../src/editor/articles/commands.ts";
import { makeDueForms } from "../../src/editor/forms.ts";
import { openEditor } from "../../src/store/open.ts";
import { offeredForms, offerOf, WIDTHS } from "../../src/domain/media.ts";
import { openPictures } from "../../src/store/media.r2.ts";
import { pictures } from "../support/pictures.ts";
import { deskAt, openNewsroom, publish, visit, write } from "../support/newsroom.ts";
import { act, patch, uploaded, keysBelow, bytesAt } from "./newsroom.ts";

// Pictures, from the bucket to the reader's phone.

beforeEach(openNewsroom);

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
