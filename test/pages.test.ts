import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { tick } from "../src/cron.ts";
import {
  call,
  deskAt,
  keyFor,
  openNewsroom,
  ORIGIN,
  publish,
  upload,
  visit,
} from "./support/newsroom.ts";
import { act, force, make, makeLive, patch, statusOf, wrongIn } from "./support/pages.ts";
import { pictures } from "./support/pictures.ts";
import { elements, linkedData, links } from "./views/sample.ts";

// Pages that are no stories: about, contact, imprint.

beforeEach(openNewsroom);

const HOSTILE = `</script><b onclick="x">"'&\u200f${"🗞é".repeat(80)}`;
const MINUTE = 60_000;

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
    expect(await linkedData(text)).toMatchObject({
      "@type": "AboutPage",
      name: "About",
      description: "All of us.",
      url: `${ORIGIN}/about`,
      inLanguage: "en",
      isPartOf: { "@id": `${ORIGIN}/#website` },
    });
    expect(headers.get("Last-Modified")).not.toBeNull();
  });

  it("is in the sitemap and the search while it is live, and as long as it is its own original", async () => {
    const page = await makeLive({ standfirst: "Who we are." });
    const named = async () => (await visit("/sitemaps/pages.xml")).text;
    const found = async () => (await visit("/search?q=truth")).text;
    expect(await named()).toMatch(/<loc>[^<]*\/about<\/loc><lastmod>20\d\d-/);
    await expect.poll(found).toContain('<a href="/about">About</a>');
    expect((await visit("/sitemaps/2026-11.xml")).text).not.toContain("/about");
    await patch(page.id, { canonicalUrl: "https://elsewhere.example/about", status: "published" });
    expect(await named()).not.toContain("/about");
    await act(page.id, "unpublish");
    expect(await found()).not.toContain("/about");
  });

  it("has a Markdown twin", async () => {
    await makeLive({
      standfirst: "Who *we* are.",
      language: "de",
      canonicalUrl: "https://elsewhere.example/a",
    });
    const { text, headers } = await visit("/about.md");
    expect(headers.get("Link")).toBe('<https://elsewhere.example/a>; rel="canonical"');
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

  it("has a last good copy for the hour in which the database is away, and none once it is withdrawn", async () => {
    const page = await makeLive();
    await tick(env, deskAt(Date.now()));
    const copied = async () => JSON.parse((await env.COPIES.get("page:/about")) ?? "{}");
    expect(await copied()).toMatchObject({ status: 200, body: expect.stringContaining("About") });
    await act(page.id, "unpublish");
    await tick(env, deskAt(Date.now() + MINUTE));
    expect((await copied()).status).toBe(410);
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
    const seen: { id: string }[] = (await call("GET", "/pages", { key: guest })).json.items;
    // The newest first.
    expect(seen.map(({ id }) => id)).toEqual([draft.json.id, other.id, page.id]);
    expect(
      (await call("POST", "/pages", { body: { ...body, status: "published" }, key: guest })).status,
    ).toBe(403);
  });
});
