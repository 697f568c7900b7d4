import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { tick } from "../src/cron.ts";
import { createStory } from "../src/editor/articles/commands.ts";
import { fileEntry } from "../src/editor/directory/commands.ts";
import {
  call,
  deskAt,
  keyFor,
  openNewsroom,
  ORIGIN,
  publish,
  storeAfter,
  upload,
  visit,
} from "./support/newsroom.ts";
import { pictures } from "./support/pictures.ts";
import { elements, linkedData, links } from "./views/sample.ts";

// Pages that are no stories: about, contact, imprint.

beforeEach(openNewsroom);

const force = { "If-Match": "*" };
const MINUTE = 60_000;
const HOSTILE = `</script><b onclick="x">"'&\u200f${"🗞é".repeat(80)}`;

async function make(fields: object = {}) {
  const body = { title: "About", body: "We print *the truth*.", ...fields };
  const { status, json, text } = await call("POST", "/pages", { body });
  expect(status, text).toBe(201);
  return json;
}

const makeLive = (fields: object = {}) => make({ status: "published", ...fields });
const patch = (id: string, body: object) => call("PATCH", `/pages/${id}`, { body, headers: force });
const act = (id: string, verb: string, body?: object) =>
  call("POST", `/pages/${id}/${verb}`, { ...(body && { body }), headers: force });
const statusOf = async (path: string) => (await visit(path)).status;
const wrongIn = ({ json }: { json: { errors?: { path: string }[] } }) =>
  json.errors?.map(({ path }) => path);

describe("a page that is no story", () => {
  it("stands at its slug with what it says, and no date, byline, section, neighbours or feed", async () => {
    await publish();
    const page = await makeLive({ standfirst: "Who we are.", seo: { description: "All of us." } });
    expect(page).toMatchObject({
      url: `${ORIGIN}/about`,
      slug: "about",
      status: "published",
      edge: "live",
    });
    for (const field of ["section", "tags", "authors", "corrections", "translationOf"])
      expect(page).not.toHaveProperty(field);
    const { status, text, headers } = await visit("/about");
    expect(status).toBe(200);
    for (const part of ["<h1", ">About<", "Who we are.", "<em>the truth</em>"])
      expect(text).toContain(part);
    for (const selector of ["time", "article .kicker", ".byline", ".neighbours", ".more"])
      expect([selector, (await elements(text, selector)).length]).toEqual([selector, 0]);
    expect(text).not.toMatch(/feed\.json|article:published_time|rel="(?:prev|next)"/);
    expect(await links(text, "canonical")).toEqual([`${ORIGIN}/about`]);
    expect(await links(text, "alternate")).toEqual([`${ORIGIN}/about.md`]);
    expect(text).toContain('<meta name="description" content="All of us."/>');
    expect(await linkedData(text)).toEqual({
      "@context": "https://schema.org",
      "@type": "AboutPage",
      name: "About",
      description: "All of us.",
      url: `${ORIGIN}/about`,
      inLanguage: "en",
      isPartOf: { "@type": "WebSite", name: "The Ledger", url: ORIGIN },
    });
    expect(headers.get("Last-Modified")).not.toBeNull();
  });

  it("has a Markdown twin", async () => {
    await makeLive({
      standfirst: "Who *we* are.",
      language: "de",
      canonicalUrl: "https://elsewhere.example/a",
    });
    const { text, headers } = await visit("/about.md");
    expect(headers.get("Content-Type")).toBe("text/markdown; charset=utf-8");
    expect(text).toBe(
      `---\ntitle: "About"\nstandfirst: "Who *we* are."\nurl: "${ORIGIN}/about"\ncanonical: "https://elsewhere.example/a"\nlanguage: "de"\n---\n\n# About\n\nWho \\*we\\* are.\n\nWe print *the truth*.\n`,
    );
  });

  it("is in no list, no month and no feed, and no story is beside it", async () => {
    const story = await publish({ title: "Tides" });
    const paths = [
      "/",
      "/city",
      "/archive",
      "/city/tides",
      "/city/feed.json",
      "/corrections",
      `/archive/${story.publishedAt.slice(0, 7).replace("-", "/")}`,
    ];
    const before = await Promise.all(paths.map((path) => visit(path)));
    const page = await makeLive({ title: "Unheard of" });
    for (const [index, path] of paths.entries())
      expect([path, (await visit(path)).text]).toEqual([path, before[index]?.text]);
    expect((await call("GET", "/articles")).json.items.map(({ id }: { id: string }) => id)).toEqual(
      [story.id],
    );
    expect((await call("GET", "/pages")).json.items.map(({ id }: { id: string }) => id)).toEqual([
      page.id,
    ]);
    expect((await call("GET", "/pages?q=unheard&status=published")).json.items).toHaveLength(1);
    expect((await call("GET", "/pages?section=city")).status).toBe(422);
    const front = await call("PUT", "/front", { body: { lead: page.id }, headers: force });
    expect([front.status, wrongIn(front)]).toEqual([422, ["lead"]]);
    const translation = { title: "T", section: "city", translationOf: page.id };
    expect(wrongIn(await call("POST", "/articles", { body: translation }))).toEqual([
      "translationOf",
    ]);
  });

  it("is not there among stories, nor a story among pages", async () => {
    const [story, page] = [await publish(), await makeLive()];
    for (const path of [
      "",
      "/revisions",
      "/notes",
      "/previews",
      "/presence",
      "/revisions/1",
      "/revisions/1..head/diff",
    ]) {
      expect([path, (await call("GET", `/articles/${page.id}${path}`)).status]).toEqual([
        path,
        404,
      ]);
      expect([path, (await call("GET", `/pages/${story.id}${path}`)).status]).toEqual([path, 404]);
      expect([path, (await call("GET", `/pages/${page.id}${path}`)).status]).toEqual([path, 200]);
    }
    for (const verb of [
      "publish",
      "unpublish",
      "submit",
      "discard",
      "remove",
      "presence",
      "previews",
    ]) {
      const body = verb === "remove" ? { reason: "R." } : undefined;
      const told = await call("POST", `/articles/${page.id}/${verb}`, {
        headers: force,
        ...(body && { body }),
      });
      expect([verb, told.status]).toEqual([verb, 404]);
    }
    expect((await act(story.id, "unpublish")).json.detail).toBe(`There is no page "${story.id}".`);
    expect(await statusOf("/about")).toBe(200);
    expect(
      (
        await call("POST", `/pages/${page.id}/corrections`, {
          body: { text: "X." },
          headers: force,
        })
      ).status,
    ).toBe(404);
  });

  it("takes no field that only a story has, and every mistake is told", async () => {
    const fields = {
      section: "city",
      tags: ["a"],
      authors: ["mara-quill"],
      publishedAt: "2026-01-01T00:00:00Z",
      corrections: [],
    };
    const refused = await call("POST", "/pages", {
      body: { title: "", slug: "Bad Slug", ...fields },
    });
    expect(refused.status).toBe(422);
    expect(wrongIn(refused)?.sort()).toEqual([...Object.keys(fields), "slug", "title"].sort());
    const page = await make();
    expect(wrongIn(await patch(page.id, { section: "city", material: false }))?.sort()).toEqual([
      "material",
      "section",
    ]);
    expect((await patch(page.id, { url: "/x" })).json.errors[0].message).toContain(
      "It follows from the slug.",
    );
    // As it was answered it is taken, whole.
    const { json } = await call("GET", `/pages/${page.id}`);
    expect((await patch(page.id, json)).json.version).toBe(page.version);
  });

  it("is safe whatever it says", async () => {
    await makeLive({
      title: HOSTILE,
      slug: "hostile",
      standfirst: HOSTILE,
      body: `# ${HOSTILE}\n\n<script>alert(1)</script>`,
    });
    const { text } = await visit("/hostile");
    expect(text).not.toMatch(/<script(?! type="application\/ld\+json")|onclick="x"|<b /);
    expect((await linkedData(text)).name).toBe(HOSTILE);
    expect((await visit("/hostile.md")).status).toBe(200);
  });
});

describe("the life of a page", () => {
  it("has drafts, revisions, review, notes and presence like a story's", async () => {
    const page = await make({ reason: "First." });
    expect([page.status, await statusOf("/about"), await statusOf("/about.md")]).toEqual([
      "draft",
      404,
      404,
    ]);
    expect((await call("PATCH", `/pages/${page.id}`, { body: { title: "X" } })).status).toBe(428);
    const stale = await call("PATCH", `/pages/${page.id}`, {
      body: { title: "X" },
      headers: { "If-Match": '"9"' },
    });
    expect([stale.status, stale.json.current.title]).toEqual([412, "About"]);
    expect(stale.json.current).not.toHaveProperty("section");
    await patch(page.id, { body: "We print *nothing but* the truth." });
    const { json: revisions } = await call("GET", `/pages/${page.id}/revisions`);
    expect(revisions.items.map(({ revision }: { revision: number }) => revision)).toEqual([2, 1]);
    const { json: first } = await call("GET", `/pages/${page.id}/revisions/1`);
    expect(first.body).toBe("We print *the truth*.");
    for (const field of ["section", "authors", "publishedAt"])
      expect(first).not.toHaveProperty(field);
    const { json: diff } = await call("GET", `/pages/${page.id}/revisions/1..2/diff`);
    expect(diff.fields.map(({ field }: { field: string }) => field)).toEqual(["body"]);
    expect((await act(page.id, "revisions/1/restore")).json).toMatchObject({
      body: first.body,
      revision: 3,
    });
    expect((await act(page.id, "submit", { note: "Please read." })).json.status).toBe("inReview");
    expect((await call("GET", "/pages?review=waiting")).json.items).toHaveLength(1);
    expect((await call("GET", "/articles?review=waiting")).json.items).toHaveLength(0);
    expect((await act(page.id, "return", { note: "Shorter." })).json.reviewNote).toBe("Shorter.");
    expect((await act(page.id, "assign", { author: "ines-vale" })).json.assignee).toBe("ines-vale");
    expect((await act(page.id, "notes", { text: "Ask." })).status).toBe(201);
    expect((await act(page.id, "presence")).json.items).toHaveLength(1);
    expect((await act(page.id, "publish")).json.edge).toBe("live");
    await patch(page.id, { title: "Not yet" });
    expect((await visit("/about")).text).not.toContain("Not yet");
    expect((await act(page.id, "discard")).json.title).toBe("About");
    const { json: audit } = await call("GET", `/audit?subject=article:${page.id}`);
    expect(audit.items.length).toBeGreaterThan(5);
  });

  it("goes out at its hour and expires at another", async () => {
    const now = Date.now();
    const page = await make();
    const [goesOut, ends] = [now + 5 * MINUTE, now + 10 * MINUTE];
    expect((await patch(page.id, { expiresAt: new Date(ends).toISOString() })).status).toBe(200);
    const scheduled = await act(page.id, "schedule", {
      scheduledFor: new Date(goesOut).toISOString(),
    });
    expect(scheduled.json.status).toBe("scheduled");
    await tick(env, deskAt(goesOut - 1));
    expect(await statusOf("/about")).toBe(404);
    await tick(env, deskAt(goesOut));
    expect(await statusOf("/about")).toBe(200);
    await tick(env, deskAt(ends));
    expect([await statusOf("/about"), await statusOf("/about.md")]).toEqual([410, 410]);
  });

  it("has previews, of what is saved and of what is not", async () => {
    const page = await makeLive({ hero: null });
    await patch(page.id, { title: "About, soon" });
    const { json: link } = await act(page.id, "previews", {});
    const preview = await visit(new URL(link.url).pathname);
    expect(preview.headers.get("X-Robots-Tag")).toContain("noindex");
    expect(preview.text).toContain("About, soon");
    expect(preview.text).not.toMatch(/<time|rel="canonical"/);
    expect((await visit("/about")).text).not.toContain("About, soon");
    await call("DELETE", `/pages/${page.id}/previews/${link.id}`);
    expect(await statusOf(new URL(link.url).pathname)).toBe(404);
    const see = (body: object) => call("POST", "/preview?format=json", { body });
    expect((await see({ form: "page", title: "Unsaved", body: "New." })).json.html).toContain(
      "Unsaved",
    );
    expect((await see({ article: page.id, title: "Other" })).json.html).toContain("Other");
    expect(wrongIn(await see({ form: "page", title: "X", section: "city" }))).toEqual(["section"]);
    expect(wrongIn(await see({ title: "X" }))).toEqual(["section"]);
  });

  it("ends in the bin and comes back, or is gone for good", async () => {
    const page = await makeLive();
    expect((await call("DELETE", `/pages/${page.id}`, { headers: force })).json.status).toBe(
      "binned",
    );
    expect(await statusOf("/about")).toBe(410);
    const heir = await makeLive({ title: "About anew", slug: "about" });
    const taken = await act(page.id, "restore");
    expect([taken.status, taken.json.slug]).toEqual([200, "about-2"]);
    expect((await visit("/about")).text).toContain("About anew");
    await act(heir.id, "remove", { reason: "A court." });
    expect([
      await statusOf("/about"),
      (await call("GET", `/pages/${heir.id}`)).json.status,
    ]).toEqual([410, "binned"]);
    expect(
      wrongIn(await call("POST", "/pages", { body: { title: "Again", slug: "about" } })),
    ).toEqual(["slug"]);
  });

  it("leads from every address that it had, in one hop", async () => {
    const page = await makeLive();
    for (const slug of ["about-us", "who-we-are"])
      await patch(page.id, { slug, status: "published" });
    for (const path of ["/about", "/about-us"]) {
      const { status, headers } = await visit(path);
      expect([path, status, headers.get("Location")]).toEqual([path, 301, "/who-we-are"]);
      expect((await visit(`${path}.md`)).headers.get("Location")).toBe("/who-we-are.md");
    }
    await call("POST", "/redirects", { body: { from: "/us", to: "/about" } });
    expect((await visit("/us")).headers.get("Location")).toBe("/who-we-are");
    await act(page.id, "unpublish");
    for (const path of ["/about", "/about-us", "/who-we-are", "/about.md"])
      expect([path, await statusOf(path)]).toEqual([path, 410]);
  });

  it("is seen with its pictures, and they are gone with it", async () => {
    const { json: picture } = await upload(pictures.png, { name: "gate.png", alt: "A gate." });
    const page = await make({ hero: { src: picture.src }, body: `![A gate](${picture.src})` });
    expect(await statusOf(picture.src)).toBe(404);
    await act(page.id, "publish");
    expect(await statusOf(picture.src)).toBe(200);
    expect((await visit("/about")).text).toContain(`property="og:image" content="${ORIGIN}/media/`);
    const used = await call("DELETE", `/media/${picture.hash}`);
    expect([used.status, used.json.errors]).toEqual([
      409,
      [{ path: `pages.${page.id}`, message: `The live page ${page.id} shows it.` }],
    ]);
    await act(page.id, "unpublish");
    expect(await statusOf(picture.src)).toBe(410);
    // A story that shows it, too, keeps it there.
    await act(page.id, "publish");
    await publish({ hero: { src: picture.src } });
    await act(page.id, "unpublish");
    expect(await statusOf(picture.src)).toBe(200);
  });

  it("is rendered anew where an older renderer made it", async () => {
    const page = await makeLive();
    await env.DB.prepare(
      "update revisions set renderer = 0, html = '<p>Old.</p>' where article_id = ?",
    )
      .bind(page.id)
      .run();
    expect((await visit("/about")).text).toContain("Old.");
    const { json } = await call("POST", "/rerender");
    expect(json.changed).toEqual([`${ORIGIN}/about`]);
    expect((await visit("/about")).text).toContain("<em>the truth</em>");
  });

  it("is whose who made it, or whom it is assigned to", async () => {
    const mara = await keyFor("author", "mara-quill");
    const body = { title: "Mine", body: "Words." };
    const { json: page } = await call("POST", "/pages", { body, key: mara });
    expect(
      (await call("POST", `/pages/${page.id}/publish`, { key: mara, headers: force })).status,
    ).toBe(200);
    const other = await make();
    const publishing = () =>
      call("POST", `/pages/${other.id}/publish`, { key: mara, headers: force });
    const refused = await publishing();
    expect([refused.status, refused.json.detail]).toEqual([
      403,
      expect.stringMatching(/^To publish a page is for/),
    ]);
    await act(other.id, "assign", { author: "mara-quill" });
    expect((await publishing()).status).toBe(200);
    const guest = await keyFor("contributor", "jonas-field");
    const draft = await call("POST", "/pages", { body: { title: "Of a guest" }, key: guest });
    expect(
      (await call("GET", "/pages", { key: guest })).json.items
        .map(({ id }: { id: string }) => id)
        .sort(),
    ).toEqual([page.id, other.id, draft.json.id].sort());
    expect(
      (await call("POST", "/pages", { body: { ...body, status: "published" }, key: guest })).status,
    ).toBe(403);
  });
});

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

  it("is kept when a page comes between a section's reading and its writing", async () => {
    const page = () => makeLive();
    const desk = deskAt(Date.now(), { store: storeAfter(page) });
    const entry = { slug: "about", name: "About", description: null, position: 1, listed: true };
    const made = await fileEntry(desk, "section", { how: "create" }, { fields: entry, issues: [] });
    expect(made).toMatchObject({
      ok: false,
      problem: { kind: "taken", issues: [{ path: "slug" }] },
    });
    expect(await statusOf("/about")).toBe(200);
    const renaming = deskAt(Date.now(), { store: storeAfter(() => makeLive({ slug: "us" })) });
    const fields = { ...entry, slug: "us", name: "City" };
    const renamed = await fileEntry(
      renaming,
      "section",
      { how: "patch", named: "city" },
      { fields, issues: [] },
    );
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
