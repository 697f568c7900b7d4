import "../support/node-shims.ts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openStage, SECTIONS, TAGS, type Chance, type Stage } from "../support/acts.ts";
import { pictures } from "../support/pictures.ts";
import { addressesOf } from "../support/purge-property.ts";
import { openSite } from "../support/sqlite-site.ts";

// Nothing that waits for its hour interferes with what readers see: every public address answers as if it had never been written,
// byte for byte and header for header, whatever editors do with it.

const OPENING = Date.UTC(2026, 10, 25, 12);
const MINUTE = 60_000;
const ANY = { "If-Match": "*" };
const HOUR_OF = new Date(OPENING + 60 * MINUTE).toISOString();

let stage: Stage;

/** The same numbers each time. */
function chanceOf(seed: number): Chance {
  let state = seed * 7919 + 1;
  const number = (below: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  return {
    number,
    of: (list) => list[number(list.length)] as (typeof list)[number],
    some: (list, most) => list.slice(0, 1 + number(most)),
  };
}

beforeEach(async () => {
  for (const how of ["log", "warn"] as const) vi.spyOn(console, how).mockReturnValue();
  vi.useFakeTimers({ toFake: ["Date"], now: OPENING });
  const clock = {
    now: () => Date.now(),
    pass: (milliseconds: number) => void vi.setSystemTime(Date.now() + milliseconds),
  };
  stage = await openStage(await openSite({ unlimited: true }), chanceOf(3), clock);
  await settle();
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Lets the cron do what is left of what was done. */
async function settle(): Promise<void> {
  for (let ticks = 0; ticks < 2; ticks += 1) {
    stage.pass(2 * MINUTE);
    await stage.paper.tick();
    await stage.paper.platform.settled();
  }
}

async function must(method: string, path: string, body?: unknown) {
  const { status, json } = await stage.paper.call(method, path, body, ANY);
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(json)}`);
  return json;
}

/** The addresses at which something waits, and some that only it would have. */
const WAITING = [
  "/depths",
  "/depths/page/2",
  "/depths/feed.xml",
  "/depths/atom.xml",
  "/depths/feed.json",
  "/depths/archive/2026/11",
  "/depths/the-dive",
  "/depths/the-dive.md",
  "/depths/first-name",
  "/abyss",
  "/abyss/the-dive",
  "/authors/diver",
  "/authors/diver/page/2",
  "/authors/diver/feed.xml",
  "/authors/frogman",
  "/authors/frogman/feed.xml",
  "/authors/frogman/atom.xml",
  "/authors/frogman/feed.json",
  "/tags/secret-wreck",
  "/tags/wreck",
  "/tags/wreck/feed.xml",
  "/tags/wreck/atom.xml",
  "/tags/wreck/feed.json",
  "/corrections",
  "/corrections/page/2",
  "/captain",
  "/captain.md",
  "/first-captain",
  "/first-captain.md",
  "/bridge",
  "/preview/nothing",
];

/** What only it says, or says more often than others: the index of what readers see must know none of it. */
const SEARCHES = [
  "dive",
  "down",
  "wreck",
  "diver",
  "frogman",
  "secret",
  "story",
  "words",
  "changed",
].flatMap((word) => [
  `/search?q=${word}`,
  `/search?q=${word}&section=city`,
  `/search?q=${word.slice(0, 3)}`,
]);

/** What readers get at every address. */
async function faces(more: string[]): Promise<Map<string, string>> {
  const all = [...new Set([...(await addressesOf(stage)), ...WAITING, ...SEARCHES, ...more])];
  const seen = new Map<string, string>();
  for (const path of all) {
    const response = await stage.paper.made(path);
    const body = await response.arrayBuffer();
    const text = new TextDecoder().decode(body);
    seen.set(path, JSON.stringify([response.status, [...response.headers], text]));
  }
  return seen;
}

/** Everything that the newsroom can do with a story before its hour, and with what only that story has. */
async function prepare(picture: { src: string }): Promise<string> {
  await must("POST", "/sections", { slug: "depths", name: "Depths", position: 2 });
  await must("POST", "/authors", { slug: "diver", name: "A Diver", bio: "Went down." });
  const live = await stage.paper.env.DB.prepare(
    "select article_id as id from live order by place desc limit 1",
  ).first<{ id: string }>();
  const story = await must("POST", "/articles", {
    title: "The dive",
    slug: "first-name",
    section: "depths",
    authors: ["diver", "writer-0"],
    tags: ["Secret wreck", TAGS[0]],
    hero: { src: picture.src, alt: "A wreck." },
    body: `Down. ![Deep](${picture.src})`,
    translationOf: live?.id,
    corrections: [{ text: "It was deeper." }],
    kind: "sponsored",
    sponsor: "A Salvor",
    related: [live?.id],
    part: 1,
    reason: "A tip.",
  });
  const at = `/articles/${story.id}`;
  await must("PATCH", at, { slug: "the-dive", plannedWords: 900, plannedFor: HOUR_OF });
  await must("POST", `${at}/submit`, { note: "Quietly." });
  await must("POST", `${at}/return`, { note: "More quietly." });
  await must("POST", `${at}/notes`, { text: "Not a word." });
  await must("POST", `${at}/assign`, { author: "diver" });
  await must("POST", `${at}/previews`, {});
  await must("POST", `${at}/presence`);
  await must("POST", `${at}/corrections`, { text: "And darker." });
  await must("POST", `${at}/revisions/1/restore`);
  await must("PATCH", at, { slug: "the-dive" });
  await must("POST", "/preview?format=json", { article: story.id, title: "Seen by one" });
  // What only it has is called otherwise, described, put in order.
  await must("PATCH", "/sections/depths", { slug: "abyss", name: "Abyss" });
  await must("PATCH", "/sections/abyss", { slug: "depths", description: "Below.", position: 0 });
  await must("PATCH", "/authors/diver", { slug: "frogman", role: "Frogman" });
  await must("PATCH", "/tags/secret-wreck", {
    slug: "wreck",
    name: "Wreck",
    description: "Found.",
    series: true,
  });
  await must("POST", "/tags", { slug: "hull", name: "Hull" });
  await must("POST", "/tags/hull/merge", { into: "wreck" });
  await must("PATCH", `/media/${picture.src.split("/")[2]}`, { alt: "Another wreck." });
  // It is placed on the front page, in words and a row of its own, and so is a front that is to come.
  const front = await must("GET", "/front");
  const wreck = { story: story.id, title: "Found", hero: { src: picture.src, alt: "W." } };
  const rows = [...front.rows, { name: "The wreck", entries: [wreck] }];
  await must("PUT", "/front", { lead: front.lead, pinned: front.pinned, rows });
  await must("PUT", "/front", { lead: story.id, scheduledFor: HOUR_OF });
  // A live story's next version, and one that will follow.
  await must("PATCH", `/articles/${live?.id}`, { title: "Changed in secret", section: "depths" });
  await must("POST", `/articles/${live?.id}/schedule`, { scheduledFor: HOUR_OF });
  await must("PATCH", `/articles/${live?.id}`, { title: "Changed again" });
  await must("POST", `${at}/schedule`, { scheduledFor: HOUR_OF });
  await preparePage(picture);
  const other = await must("POST", "/articles", {
    title: "Binned",
    section: SECTIONS[0],
    tags: ["Secret wreck"],
  });
  await must("DELETE", `/articles/${other.id}`);
  return story.id;
}

/** The same with a page that is no story: the menu names its address already, and a live page's next version waits. */
async function preparePage(picture: { src: string }): Promise<void> {
  const page = await must("POST", "/pages", {
    title: "The captain",
    slug: "first-captain",
    standfirst: "Who she is.",
    hero: { src: picture.src, alt: "A captain." },
    body: `Her ship: ![Hers](${picture.src})`,
  });
  const at = `/pages/${page.id}`;
  await must("PATCH", at, { slug: "captain", title: "Our captain", reason: "Hers." });
  await must("POST", `${at}/submit`, { note: "Quietly." });
  await must("POST", `${at}/return`, { note: "More quietly." });
  await must("POST", `${at}/notes`, { text: "Not a word." });
  await must("POST", `${at}/assign`, { author: "frogman" });
  await must("POST", `${at}/previews`, {});
  await must("POST", `${at}/presence`);
  await must("POST", `${at}/revisions/1/restore`);
  await must("PATCH", at, { slug: "captain" });
  await must("POST", "/preview?format=json", { article: page.id, title: "Seen by one" });
  await must("POST", "/preview?format=json", { form: "page", title: "Seen by nobody" });
  const { items } = await must("GET", "/pages?status=published");
  await must("PATCH", `/pages/${items[0].id}`, { title: "Changed in secret", slug: "bridge" });
  await must("POST", `/pages/${items[0].id}/schedule`, { scheduledFor: HOUR_OF });
  await must("PATCH", `/pages/${items[0].id}`, { title: "Changed again", slug: "bridge-two" });
  await must("POST", `${at}/schedule`, { scheduledFor: HOUR_OF });
  const binned = await must("POST", "/pages", { title: "Binned", slug: "bin-me" });
  await must("DELETE", `/pages/${binned.id}`);
}

describe("a story before its hour", () => {
  it(
    "leaves every public address as if it had never been written, until its minute",
    { timeout: 90_000 },
    async () => {
      // Bytes of its own, of which readers know nothing.
      const { json: picture } = await stage.paper.upload(pictures.webp.slice(), {
        name: "wreck.webp",
        alt: "A wreck.",
      });
      const own = [picture.src, picture.src.replace(/[^/]*$/, "320.jpg")];
      await stage.paper.env.DB.prepare("delete from media where hash = ?1")
        .bind(picture.hash)
        .run();
      // Both menus name the address of a page that is to come.
      await must("PATCH", "/settings", {
        menu: [{ section: SECTIONS[0] }, { href: "/captain", label: "The captain" }],
        footer: [{ href: "/captain", label: "The captain" }],
      });
      await settle();
      const before = await faces(own);
      expect(before.get("/")).not.toContain("The captain");
      expect(before.size).toBeGreaterThan(250);
      stage.paper.platform.told.length = 0;
      await stage.paper.upload(pictures.webp.slice(), { name: "wreck.webp", alt: "A wreck." });
      const id = await prepare(picture);
      await settle();
      const after = await faces(own);
      for (const [path, face] of before) expect([path, after.get(path)]).toEqual([path, face]);
      expect(new Set(after.keys())).toEqual(new Set(before.keys()));
      // Nor can anyone tell by what is cached that something was done: nothing was purged.
      expect(stage.paper.platform.told).toEqual([]);

      // The cached 404 of its address goes as it comes.
      expect((await stage.paper.visit("/depths/the-dive")).status).toBe(404);
      stage.pass(60 * MINUTE);
      await stage.paper.tick();
      await stage.paper.platform.settled();
      const published = await stage.paper.call("GET", `/articles/${id}`);
      expect(published.json.status).toBe("published");
      const changed = [];
      for (const path of [...WAITING, ...own]) {
        const response = await stage.paper.visit(path);
        await response.arrayBuffer();
        if (response.status === 200) changed.push(path);
      }
      expect(changed).toEqual([
        "/depths",
        "/depths/feed.xml",
        "/depths/atom.xml",
        "/depths/feed.json",
        "/depths/archive/2026/11",
        "/depths/the-dive",
        "/depths/the-dive.md",
        "/authors/frogman",
        "/authors/frogman/feed.xml",
        "/authors/frogman/atom.xml",
        "/authors/frogman/feed.json",
        "/tags/wreck",
        "/tags/wreck/feed.xml",
        "/tags/wreck/atom.xml",
        "/tags/wreck/feed.json",
        "/corrections",
        "/corrections/page/2",
        "/captain",
        "/captain.md",
        "/bridge",
        ...own,
      ]);
      expect(await (await stage.paper.visit("/")).text()).toContain(">The captain</a>");
      expect(await (await stage.paper.visit("/search?q=dive")).text()).toContain(
        "/depths/the-dive",
      );
      // What it was called before its hour was never anybody's business.
      for (const path of [
        "/depths/first-name",
        "/abyss/the-dive",
        "/authors/diver",
        "/tags/secret-wreck",
        "/first-captain",
        "/first-captain.md",
        "/bridge-two",
        "/bin-me",
      ])
        expect([path, (await stage.paper.visit(path)).status]).toEqual([path, 404]);
    },
  );
});
