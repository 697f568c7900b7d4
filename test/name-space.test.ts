import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { tick } from "../src/cron.ts";
import { createStory } from "../src/editor/articles/commands.ts";
import { fileEntry } from "../src/editor/directory/commands.ts";
import { call, deskAt, openNewsroom, ORIGIN, storeAfter, visit } from "./support/newsroom.ts";
import { act, force, make, makeLive, patch, statusOf, wrongIn } from "./support/pages.ts";

// Who may be called what among pages and sections, and what comes of imports of both forms.

beforeEach(openNewsroom);

const MINUTE = 60_000;

describe("the one name space of pages and sections", () => {
  const create = (fields: object) => call("POST", "/pages", { body: { title: "Page", ...fields } });

  it("keeps a page from what a section has or had, from what is the site's own, and from a redirect", async () => {
    await call("PATCH", "/sections/culture", { body: { slug: "stages" } });
    await call("POST", "/redirects", { body: { from: "/plan", to: "/city" } });
    const refusals: [string, number, RegExp][] = [
      ["city", 409, /^A section has, or had, \/city/],
      ["stages", 409, /section/],
      ["culture", 409, /section/],
      ["archive", 422, /"archive" is a page of the site itself/],
      ["search", 422, /page of the site itself/],
      ["plan", 409, /^A redirect stands at \/plan/],
    ];
    for (const [slug, status, message] of refusals) {
      const refused = await create({ slug });
      expect([slug, refused.status, wrongIn(refused)]).toEqual([slug, status, ["slug"]]);
      expect(refused.json.errors[0].message).toMatch(message);
    }
    const page = await makeLive();
    for (const [slug, status] of refusals)
      expect([slug, (await patch(page.id, { slug, status: "published" })).status]).toEqual([
        slug,
        status,
      ]);
    expect(await statusOf("/about")).toBe(200);
  });

  it("gives a slug that nobody wrote a number where its path is held", async () => {
    await makeLive();
    expect((await create({ title: "About" })).json.slug).toBe("about-2");
    expect((await create({ title: "City" })).json.slug).toBe("city-2");
    expect((await create({ title: "Archive" })).json.slug).toBe("archive-2");
    expect((await create({ title: "Archive" })).json.slug).toBe("archive-3");
    expect((await create({ title: "橋が開通" })).status).toBe(201);
  });

  it("keeps a section from what a page has, wants or will have", async () => {
    await makeLive({ slug: "live" });
    await make({ slug: "draft" });
    const scheduled = await make({ slug: "soon" });
    await act(scheduled.id, "schedule", { scheduledFor: "2999-01-01T00:00:00Z" });
    await patch(scheduled.id, { slug: "later" });
    for (const slug of ["live", "draft", "soon", "later"]) {
      const tries = [
        await call("POST", "/sections", { body: { slug, name: "S" } }),
        await call("PUT", `/sections/${slug}`, { body: { name: "S" } }),
        await call("PATCH", "/sections/city", { body: { slug } }),
      ];
      for (const refused of tries) {
        expect([slug, refused.status, wrongIn(refused)]).toEqual([slug, 409, ["slug"]]);
        expect(refused.json.detail).toMatch(/page/);
      }
    }
    expect((await call("PUT", "/tags/live", { body: { name: "A tag" } })).status).toBe(201);
    const redirect = await call("POST", "/redirects", { body: { from: "/live", to: "/city" } });
    expect([redirect.status, redirect.json.detail]).toEqual([409, "A page has or wants /live."]);
    expect(
      (await call("POST", "/redirects", { body: { from: "/draft.md", to: "/city" } })).status,
    ).toBe(409);
    // What is in the bin holds nothing: then its address is free, and its own return is not.
    const { json: binned } = await call("GET", "/pages?status=draft");
    await call("DELETE", `/pages/${binned.items[0].id}`, { headers: force });
    expect((await call("PUT", "/sections/draft", { body: { name: "S" } })).status).toBe(201);
    expect((await act(binned.items[0].id, "restore")).status).toBe(409);
  });

  it("leads to the section where a page was before it, when that is called otherwise", async () => {
    const moved = await makeLive({ slug: "moved" });
    await patch(moved.id, { slug: "elsewhere", status: "published" });
    const binned = await makeLive({ slug: "binned" });
    await call("DELETE", `/pages/${binned.id}`, { headers: force });
    for (const slug of ["moved", "binned"]) {
      await call("POST", "/sections", { body: { slug, name: "S", listed: true } });
      expect([slug, await statusOf(`/${slug}`)]).toEqual([slug, 200]);
      await call("PATCH", `/sections/${slug}`, { body: { slug: `${slug}-on` } });
    }
    await tick(env, deskAt(Date.now() + 31 * 24 * 60 * MINUTE));
    for (const path of ["/moved", "/binned", "/moved/feed.xml"]) {
      const { status, headers } = await visit(path);
      expect([status, headers.get("Location")]).toEqual([
        301,
        path.replace(/^\/\w+/, (found) => `${found}-on`),
      ]);
    }
    expect((await visit("/moved.md")).headers.get("Location")).toBe("/elsewhere.md");
  });

  it("is kept when a section comes between a page's reading and its writing", async () => {
    const store = storeAfter(() => call("PUT", "/sections/about", { body: { name: "About" } }));
    const desk = { ...deskAt(Date.now(), { store }), form: "page" as const };
    const made = await createStory(desk, { fields: { title: "Page", slug: "about" }, issues: [] });
    expect(made).toMatchObject({
      ok: false,
      problem: { kind: "taken", issues: [{ path: "slug" }] },
    });
    expect((await call("GET", "/pages")).json.items).toEqual([]);
  });

  it("is kept when a page comes between a section's reading and its writing, and be it a draft", async () => {
    const section = { slug: "about", name: "About", description: null, position: 1, listed: true };
    for (const [slug, status] of [
      ["about", "draft"],
      ["us", "published"],
    ] as const) {
      const desk = deskAt(Date.now(), { store: storeAfter(() => make({ slug, status })) });
      const fields = { ...section, slug };
      const made = await fileEntry(desk, "section", { how: "create" }, { fields, issues: [] });
      expect(made).toMatchObject({
        ok: false,
        problem: { kind: "taken", issues: [{ path: "slug" }] },
      });
    }
    const renaming = deskAt(Date.now(), { store: storeAfter(() => make({ slug: "imprint" })) });
    const how = { how: "patch", named: "city" } as const;
    const fields = { ...section, slug: "imprint" };
    const renamed = await fileEntry(renaming, "section", how, { fields, issues: [] });
    expect(renamed).toMatchObject({ ok: false, problem: { kind: "taken" } });
    expect([await statusOf("/us"), await statusOf("/city")]).toEqual([200, 200]);
  });

  it("is kept when a page's hour comes and a section has its path by then", async () => {
    const page = await make({ slug: "first" });
    const hour = Date.now() + 5 * MINUTE;
    await act(page.id, "schedule", { scheduledFor: new Date(hour).toISOString() });
    await patch(page.id, { slug: "second" });
    // As an older version of the Worker would: it knows of no pages.
    await env.DB.prepare(
      "insert into sections (id, slug, name, position) values ('f', 'first', 'First', 9)",
    ).run();
    await tick(env, deskAt(hour));
    const { json } = await call("GET", `/pages/${page.id}`);
    expect([json.status, json.reviewNote]).toEqual([
      "draft",
      expect.stringMatching(/A section has, or had, \/first/),
    ]);
  });
});

describe("an import", () => {
  const item = { key: "about", form: "page", title: "About", body: "Words." };
  const send = (...items: object[]) =>
    call("POST", "/imports", { body: { source: "press", items } });

  it("brings pages beside stories, and writes nothing the second time", async () => {
    const story = { key: "tides", title: "Tides", section: "city" };
    const first = await send(item, story);
    expect(first.json.items.map(({ url }: { url: string }) => url)).toEqual([
      `${ORIGIN}/about`,
      `${ORIGIN}/city/tides`,
    ]);
    expect([await statusOf("/about"), await statusOf("/city/tides")]).toEqual([200, 200]);
    const again = await send(item, story);
    expect(again.json.items.map(({ changed }: { changed: boolean }) => changed)).toEqual([
      false,
      false,
    ]);
    const { key: _, ...alone } = item;
    expect((await call("PUT", "/imports/press/about", { body: alone })).json.changed).toBe(false);
    expect(
      (await call("PUT", "/imports/press/about", { body: { ...alone, body: "Other." } })).json
        .changed,
    ).toBe(true);
    expect((await send({ ...item, status: "draft" })).json.items[0].changed).toBe(true);
    expect(await statusOf("/about")).toBe(410);
  });

  it("tells what a page cannot have, and that a story's key stays a story's", async () => {
    const { status, json } = await send(
      { ...item, section: "city", authors: [] },
      { key: "x", form: "leaflet", title: "X" },
    );
    expect(status).toBe(422);
    expect(json.errors.map(({ path }: { path: string }) => path)).toEqual([
      "items.0.section",
      "items.0.authors",
      "items.1.section",
      "items.1.form",
    ]);
    await send({ key: "about", title: "A story", section: "city" });
    const other = await send(item);
    expect([other.status, other.json.errors]).toEqual([
      422,
      [{ path: "items.0.key", message: expect.stringMatching(/is that of a story/) }],
    ]);
    expect(wrongIn(await send({ ...item, key: "city", slug: "city" }))).toEqual(["items.0.slug"]);
    expect(
      wrongIn(await send({ ...item, key: "a", slug: "same" }, { ...item, key: "b", slug: "same" })),
    ).toEqual(["items.1.slug"]);
    expect(wrongIn(await send({ ...item, key: "c", slug: "tags" }))).toEqual(["items.0.slug"]);
  });

  it("leads to a page from where it was elsewhere", async () => {
    await send({ ...item, redirectFrom: ["/about.html", "/info/about"] });
    expect((await visit("/info/about")).headers.get("Location")).toBe("/about");
  });
});
