import { beforeEach, describe, expect, it } from "vitest";
import { learnScripts, numbered, slugify, tagSlugOf } from "../src/domain/slugs.ts";
import { SLUG, SLUG_LENGTH } from "../src/domain/paths.ts";
import { call, openNewsroom, publish, upload, visit, write } from "./support/newsroom.ts";
import { pictures } from "./support/pictures.ts";

// What stories and tags are called in addresses when nobody writes a slug.

beforeEach(openNewsroom);

const force = { "If-Match": "*" };
const patch = (id: string, body: object) =>
  call("PATCH", `/articles/${id}`, { body, headers: force });
const post = (title: string, fields: object = {}) =>
  call("POST", "/articles", { body: { title, section: "city", ...fields } });

describe("a headline", () => {
  it.each([
    ["Мост открыт", "most-otkryt"],
    ["Ελλάδα και Αθήνα", "ellada-kai-athina"],
    ["افتتاح الجسر", "afttah-aljsr"],
    ["Ærø — Łódź’s Größe", "aero-lodzs-grosse"],
    ["Über den Fluß", "uber-den-fluss"],
    ["Café «Мир» opens", "cafe-mir-opens"],
    ["Tokyo 東京", "tokyo"],
    ["24 hours", "24-hours"],
    ["Köprü açıldı, İzmir’de", "kopru-acildi-izmirde"],
    ["Veðrið í Reykjavík", "vedrid-i-reykjavik"],
    ["Bakı şəhəri", "baki-seheri"],
    ["Ħal Għaxaq", "hal-ghaxaq"],
    ["Ɗan Ƙasa ɓera", "dan-kasa-bera"],
    ["Façade №5", "facade-no5"],
    ["Donau\u00addampf", "donaudampf"],
    ["کتاب\u200cها", "ktabha"],
    ["ＴＯＫＹＯ", "tokyo"],
    ["橋が3つ開通", ""],
    ["新宿のiPhone 17発売", ""],
    ["橋が開通", ""],
    ["?!", ""],
  ])("%s makes the slug %s", async (title, slug) => {
    await learnScripts([title]);
    expect(slugify(title)).toBe(slug);
  });

  it.each(["橋が3つ開通", "सेतु खुला", "—"])(
    "that no letters can be found for, like %s, leaves the story its id",
    async (title) => {
      const story = await publish({ title });
      expect(story.slug).toBe(story.id);
      expect(story.slug).toMatch(SLUG);
      expect((await visit(`/city/${story.id}`)).status).toBe(200);
    },
  );

  it("does not move a story when it changes", async () => {
    const live = await publish({ title: "Weather" });
    const patched = await patch(live.id, { title: "Storm", status: "published" });
    expect(patched.json).toMatchObject({ slug: "weather", url: live.url });
  });
});

describe("a default address that is taken", () => {
  it("gets a number, and one that was written is refused", async () => {
    await publish({ title: "Weather" });
    await write({ title: "Weather in April" });
    await write({ title: "Anything", slug: "weather-3" });
    const slugs = [];
    for (let n = 0; n < 3; n += 1) slugs.push((await write({ title: "Weather" })).slug);
    expect(slugs).toEqual(["weather-2", "weather-4", "weather-5"]);
    const written = await post("Weather", { slug: "weather" });
    expect([written.status, written.json.errors[0].path]).toEqual([409, "slug"]);
  });

  it("counts on where a redirect, a schedule and a live story's past draft stand", async () => {
    const scheduledFor = new Date(Date.now() + 3_600_000).toISOString();
    const scheduled = await write({ title: "Weather", status: "scheduled", scheduledFor });
    await patch(scheduled.id, { slug: "another" });
    const redirect = { from: "/city/weather-2", to: "/city" };
    expect((await call("POST", "/redirects", { body: redirect })).status).toBe(201);
    const live = await publish({ title: "Weather", slug: "weather-3" });
    await patch(live.id, { slug: "moved-on" });
    const later = await write({
      title: "Rain",
      status: "scheduled",
      scheduledFor,
      slug: "weather-4",
    });
    await patch(later.id, { slug: "rain" });
    expect((await write({ title: "Weather" })).slug).toBe("weather-5");
  });

  it("is found by everybody who writes it at once", async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => post("Tides")));
    expect(all.map(({ status }) => status)).toEqual(Array(20).fill(201));
    const slugs = all.map(({ json }) => json.slug);
    expect(new Set(slugs).size).toBe(20);
    expect(slugs).toContain("tides");
    expect(slugs).toContain("tides-2");
  });

  it("stays within the length of a slug", async () => {
    const title = `${"long ".repeat(19)}title`;
    const [first, second] = [await write({ title }), await write({ title })];
    expect(first.slug).toHaveLength(SLUG_LENGTH);
    expect(second.slug).toMatch(/^(?:long-){18}long-2$/);
    expect(second.slug).toMatch(SLUG);
    expect((await write({ title })).slug).toMatch(/-3$/);
    expect(numbered("a".repeat(SLUG_LENGTH), 99_999)).toHaveLength(SLUG_LENGTH);
  });

  it("gets one when its story moves to a section where it is taken, or comes back from the bin", async () => {
    await publish({ title: "Weather", section: "culture" });
    const live = await publish({ title: "Weather" });
    const moved = await patch(live.id, { section: "culture", status: "published" });
    expect(moved.json).toMatchObject({ slug: "weather-2", section: "culture" });
    expect((await visit("/city/weather")).headers.get("Location")).toMatch(/culture.weather-2$/);
    expect((await patch(live.id, { slug: "weather" })).status).toBe(409);

    const binned = await publish({ title: "Storm", body: "It *blew*." });
    await call("DELETE", `/articles/${binned.id}`, { headers: force });
    // Only who asks for it by name gets the address of what was there once.
    await publish({ title: "Storm", slug: "storm" });
    const restored = await call("POST", `/articles/${binned.id}/restore`, { headers: force });
    expect(restored.json).toMatchObject({ status: "withdrawn", slug: "storm-2" });
    await call("POST", `/articles/${binned.id}/publish`, { headers: force });
    expect((await visit("/city/storm-2")).text).toContain("It <em>blew</em>.");
  });

  it("that an editor wrote is refused at every door", async () => {
    const written = await write({ title: "Storm", slug: "gale" });
    await call("DELETE", `/articles/${written.id}`, { headers: force });
    await write({ title: "Gale", slug: "gale" });
    const restored = await call("POST", `/articles/${written.id}/restore`, { headers: force });
    expect(restored.status).toBe(409);
    await write({ title: "Rain", slug: "drizzle", section: "culture" });
    const other = await write({ title: "Rain", slug: "drizzle" });
    expect((await patch(other.id, { section: "culture" })).status).toBe(409);
  });

  it("is told from one that was written, whatever they look like", async () => {
    await write({ title: "Rain", slug: "budget-2026", section: "culture" });
    const written = await write({ title: "Budget", slug: "budget-2026" });
    expect((await patch(written.id, { section: "culture" })).status).toBe(409);
    await write({ title: "Fair", section: "culture" });
    const made = await write({ title: "Fair" });
    await patch(made.id, { title: "The fair opens" });
    const moved = await patch(made.id, { section: "culture" });
    expect(moved.json).toMatchObject({ slug: "fair-2", title: "The fair opens" });
    // Sent back as it was answered, a slug is no more written than before; a new one is.
    await write({ title: "Fair", slug: "fair-2" });
    expect((await patch(made.id, { ...moved.json, section: "city" })).json.slug).toBe("fair-3");
    await patch(made.id, { slug: "the-fair" });
    await write({ title: "Rain", slug: "the-fair", section: "culture" });
    expect((await patch(made.id, { section: "culture" })).status).toBe(409);
  });

  it("keeps a number that its headline ends in", async () => {
    await write({ title: "Rain", slug: "line-12" });
    expect((await write({ title: "Line 12" })).slug).toBe("line-12-2");
  });

  it("keeps the year of a headline that was changed since", async () => {
    await write({ title: "Rain", slug: "world-cup-2026", section: "culture" });
    const story = await write({ title: "World Cup 2026" });
    await patch(story.id, { title: "World Cup 2026: the final" });
    const moved = await patch(story.id, { section: "culture" });
    expect(moved.json.slug).toBe("world-cup-2026-2");
  });

  it("is told from one that was written in an import, too", async () => {
    const story = { title: "Fair", section: "city", body: "A.", status: "draft" };
    const send = (key: string, fields: object) =>
      call("PUT", `/imports/desk/${key}`, { body: { ...story, ...fields } });
    expect((await send("a", {})).json.url).toMatch(/\/city\/fair$/);
    expect((await send("b", {})).json.url).toMatch(/\/city\/fair-2$/);
    await write({ title: "Fair", slug: "fair-2", section: "culture" });
    const again = await send("b", { section: "culture", title: "The fair" });
    expect(again.json.url).toMatch(/\/culture\/fair-\d$/);
    await send("c", { slug: "fair-9" });
    await write({ title: "Fair", slug: "fair-9", section: "culture" });
    expect((await send("c", { section: "culture", title: "Fair" })).status).toBe(409);
  });

  it("never takes the place of a link that leads on; who asks for it by name may", async () => {
    const first = await publish({ title: "Weather" });
    await patch(first.id, { slug: "weather-monday", status: "published" });
    const gone = await publish({ title: "Gale" });
    await call("DELETE", `/articles/${gone.id}`, { headers: force });
    expect((await publish({ title: "Weather" })).slug).toBe("weather-2");
    expect((await publish({ title: "Gale" })).slug).toBe("gale-2");
    expect((await visit("/city/weather")).headers.get("Location")).toMatch(/weather-monday$/);
    expect((await visit("/city/gale")).status).toBe(410);
    const imported = { title: "Weather", section: "city", body: "A.", status: "published" };
    const again = await call("PUT", "/imports/desk/w", { body: imported });
    expect(again.json.url).toMatch(/\/city\/weather-3$/);
    // Its own former place is nobody else's.
    expect((await patch(first.id, { slug: "weather" })).json.slug).toBe("weather");
    await patch(first.id, { slug: "weather-monday" });
    expect((await publish({ title: "Rain", slug: "weather" })).slug).toBe("weather");
    expect((await visit("/city/weather")).status).toBe(200);
  });
});

describe("an import", () => {
  const send = (items: object[]) =>
    call("POST", "/imports", {
      body: { source: "press", items: items.map((item) => ({ section: "city", ...item })) },
    });
  const urlsOf = (json: { items: { url: string }[] }) =>
    json.items.map(({ url }) => new URL(url).pathname);

  it("numbers default addresses, and lets what was written have its own", async () => {
    await publish({ title: "Weather", slug: "weather-2" });
    const items = [
      { key: "a", title: "Weather" },
      { key: "b", title: "Weather" },
      { key: "c", title: "Weather", slug: "weather" },
      { key: "d", title: "Мост" },
      { key: "e", title: "Мост" },
      { key: "f", title: "Rain", slug: "weather-3" },
    ];
    const { status, json } = await send(items);
    expect([status, urlsOf(json)]).toEqual([
      200,
      [
        "/city/weather-4",
        "/city/weather-5",
        "/city/weather",
        "/city/most",
        "/city/most-2",
        "/city/weather-3",
      ],
    ]);
    const again = await send(items);
    expect(again.json.items.map(({ changed }: { changed: boolean }) => changed)).toEqual(
      Array(6).fill(false),
    );
    const edited = await send([{ key: "b", title: "Weather", body: "New." }]);
    expect(urlsOf(edited.json)).toEqual(["/city/weather-5"]);
  });
});

describe("stories of one import", () => {
  const send = (slugs: Record<string, string>, body = "") =>
    call("POST", "/imports", {
      body: {
        source: "press",
        items: Object.entries(slugs).map(([key, slug]) => ({
          key,
          slug,
          title: `Story ${key}`,
          section: "city",
          body,
        })),
      },
    });
  const at = async (path: string) => {
    const { status, headers, text } = await visit(path);
    return status === 200 ? /<h1[^>]*>([^<]*)/.exec(text)?.[1] : headers.get("Location");
  };

  it("move on along a chain, and what was left leads on", async () => {
    await send({ a: "x", b: "y" });
    const { status } = await send({ a: "y", b: "z" });
    expect(status).toBe(200);
    expect([await at("/city/y"), await at("/city/z")]).toEqual(["Story a", "Story b"]);
    expect(await at("/city/x")).toMatch(/city.y$/);
  });

  it("change places, in whatever order they come", async () => {
    await send({ a: "x", b: "y", c: "z" });
    expect((await send({ b: "x", a: "y" })).status).toBe(200);
    expect([await at("/city/x"), await at("/city/y")]).toEqual(["Story b", "Story a"]);
    expect((await send({ a: "z", b: "y", c: "x" })).status).toBe(200);
    expect([await at("/city/x"), await at("/city/y"), await at("/city/z")]).toEqual([
      "Story c",
      "Story b",
      "Story a",
    ]);
  });

  it("cannot take the place of one that stays, or that is not among them", async () => {
    await send({ a: "x", b: "y", c: "z" });
    for (const slugs of [
      { a: "y", b: "y" },
      { a: "z", b: "q" },
    ]) {
      for (const body of ["", "Anew."]) {
        const refused = await send(slugs, body);
        expect([refused.status, refused.json.errors[0].path]).toEqual([409, "items.0.slug"]);
      }
    }
    expect([await at("/city/x"), await at("/city/y")]).toEqual(["Story a", "Story b"]);
  });
});

describe("a picture's address", () => {
  it("is made of its file's name in any script", async () => {
    const { json } = await upload(pictures.png.slice(), { name: "Мост ночью.png" });
    expect(json.name).toBe("most-nochyu.png");
  });
});

describe("a tag", () => {
  it("may be given by its name, which it then has", async () => {
    const story = await publish({ tags: ["City Hall", "trams", "C++", "Мост", "橋"] });
    const bridge = tagSlugOf("橋");
    expect(story.tags).toEqual(["city-hall", "trams", "cpp", "most", bridge]);
    expect(bridge).toMatch(SLUG);
    const names = await Promise.all(
      story.tags.map(async (slug: string) => (await call("GET", `/tags/${slug}`)).json.name),
    );
    expect(names).toEqual(["City Hall", "Trams", "C++", "Мост", "橋"]);
    expect((await visit(`/tags/${bridge}`)).text).toContain("橋");
  });

  it("that is there already keeps its name, and is named once", async () => {
    await call("PUT", "/tags/city-hall", { body: { name: "The City Hall" } });
    const story = await write({ tags: ["City hall", "city-hall"] });
    expect(story.tags).toEqual(["city-hall"]);
    expect((await call("GET", "/tags/city-hall")).json.name).toBe("The City Hall");
    const imported = await call("PUT", "/imports/press/a", {
      body: { title: "One", section: "city", tags: ["New Quay"] },
    });
    expect(imported.status).toBe(200);
    expect((await call("GET", "/tags/new-quay")).json.name).toBe("New Quay");
  });

  it("has one slug however its name is written, and another for another name", async () => {
    await learnScripts(["橋"]);
    expect(tagSlugOf("橋 ")).toBe(tagSlugOf("橋"));
    expect(tagSlugOf("ｶﾌｪ")).toBe(tagSlugOf("カフェ"));
    expect(tagSlugOf("橋")).not.toBe(tagSlugOf("港"));
    expect(tagSlugOf("a".repeat(SLUG_LENGTH))).toHaveLength(SLUG_LENGTH);
  });
});
