import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { tick } from "../../src/cron.ts";
import { pictures } from "../support/pictures.ts";
import {
  call,
  deskAt,
  keyFor,
  openNewsroom,
  publish,
  rowsOf,
  upload,
  visit,
  write,
} from "../support/newsroom.ts";
import { force, act, patch, uploaded, keysBelow, bytesAt } from "./newsroom.ts";

// Pictures in stories and in the paper's logo: what is shown of them, and what becomes of one that is in use.

beforeEach(openNewsroom);

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
    expect(text).toMatch(/property="og:image" content="https:\/\/[^"]+\/1200x630-center\.jpg"/);
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
    expect([saved.status, saved.json.publishedRevision]).toEqual([200, 1]);
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
