import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { KINDS } from "../../src/domain/kinds.ts";
import { call, openNewsroom, publish, visit, write } from "../support/newsroom.ts";
import { elements, linkedData } from "../views/sample.ts";

// A story says what it is: in its kicker, to search engines, to editors as a filter. What somebody paid for says so everywhere.

beforeEach(openNewsroom);

const force = { "If-Match": "*" };
const patch = (id: string, body: object) =>
  call("PATCH", `/articles/${id}`, { body, headers: force });
const textIn = async (html: string, selector: string) =>
  (await elements(html, selector)).map(({ text }) => text.replace(/\s+/g, " ").trim());

const PAID = { kind: "sponsored", sponsor: "Harbour Hotels" };

describe("the kind of a story", { timeout: 20_000 }, () => {
  it("is news unless an editor says otherwise, and is not named then", async () => {
    const story = await publish({ title: "Plain" });
    expect(story).toMatchObject({ kind: "news", sponsor: null });
    const { text } = await visit("/city/plain");
    expect(await elements(text, ".kind")).toEqual([]);
    expect(await linkedData(text)).toMatchObject({ "@type": "NewsArticle" });
    expect((await visit("/city/plain.md")).text).toContain('\nkind: "news"\n');
  });

  it("is told beside its section, on its page and its cards, and to search engines", async () => {
    const told: [string, string, string][] = [
      ["analysis", "Analysis", "AnalysisNewsArticle"],
      ["opinion", "Opinion", "OpinionNewsArticle"],
      ["review", "Review", "ReviewNewsArticle"],
      ["feature", "Feature", "NewsArticle"],
      ["interview", "Interview", "NewsArticle"],
    ];
    for (const [kind, name, type] of told) {
      await publish({ title: `A ${kind}`, kind });
      const { text } = await visit(`/city/a-${kind}`);
      expect(await textIn(text, ".standing .kind")).toEqual([name]);
      const data = await linkedData(text);
      expect(data["@type"]).toBe(type);
      expect(data["genre"]).toBe(type === "NewsArticle" ? kind : undefined);
      expect((await visit(`/city/a-${kind}.md`)).text).toContain(`\nkind: "${kind}"\n`);
      expect(await textIn((await visit("/")).text, ".card .kind")).toContain(name);
      // Where the page is the section's own, the kicker has nothing but that.
      expect(await textIn((await visit("/city")).text, ".card .kicker")).toContain(name);
    }
    expect(told.length).toBe(KINDS.length - 2);
  });

  it("is refused when there is none such", async () => {
    const { status, json } = await call("POST", "/articles", {
      body: { title: "T", section: "city", kind: "advertorial" },
    });
    expect(status).toBe(422);
    expect(json.errors).toEqual([
      { path: "kind", message: `kind must be one of ${KINDS.join(", ")}.` },
    ]);
  });

  it("filters the editors' list, by what they are at", async () => {
    const one = await publish({ title: "One", kind: "review" });
    await publish({ title: "Two" });
    const listed = async (kind: string) => {
      const { json } = await call("GET", `/articles?kind=${kind}`);
      return (json.items as { title: string }[]).map(({ title }) => title);
    };
    expect(await listed("review")).toEqual(["One"]);
    expect(await listed("news")).toEqual(["Two"]);
    await patch(one.id, { kind: "opinion" });
    expect([await listed("review"), await listed("opinion")]).toEqual([[], ["One"]]);
    expect((await call("GET", "/articles?kind=advertorial")).status).toBe(422);
    const { results } = await env.DB.prepare(
      "explain query plan select id from articles where kind = 'news' and born < '~' order by born desc",
    ).all<{ detail: string }>();
    expect(results.map(({ detail }) => detail).join()).toContain("articles_kind");
  });

  it("is one of the fields of a revision, and comes with an import", async () => {
    const story = await publish({ title: "Said", kind: "analysis" });
    await patch(story.id, { kind: "feature" });
    const { json } = await call("GET", `/articles/${story.id}/revisions/published..head/diff`);
    expect(json.fields).toEqual([{ field: "kind", before: "analysis", after: "feature" }]);
    const body = { title: "Wired", section: "city", ...PAID };
    const imported = await call("PUT", "/imports/wire/one", { body });
    expect(imported.status).toBe(200);
    expect((await call("GET", `/articles/${imported.json.id}`)).json).toMatchObject(PAID);
    const again = await call("PUT", "/imports/wire/two", { body: { ...body, sponsor: null } });
    expect(again.json.errors).toEqual([
      {
        path: "sponsor",
        message: "sponsor must say who paid for it, since its kind is sponsored.",
      },
    ]);
  });
});

describe("what somebody paid for", { timeout: 20_000 }, () => {
  it("says who, and nothing else has a sponsor", async () => {
    const refused = async (fields: object) => {
      const body = { title: "T", section: "city", ...fields };
      const { status, json } = await call("POST", "/articles", { body });
      expect(status).toBe(422);
      return (json.errors as { path: string; message: string }[]).map(
        ({ path, message }) => `${path}: ${message}`,
      );
    };
    expect(await refused({ kind: "sponsored" })).toEqual([
      "sponsor: sponsor must say who paid for it, since its kind is sponsored.",
    ]);
    expect(await refused({ sponsor: "Harbour Hotels" })).toEqual([
      'sponsor: sponsor only goes with kind "sponsored", and it is "news".',
    ]);
    expect(await refused({ kind: "opinion", sponsor: "Harbour Hotels" })).toEqual([
      'sponsor: sponsor only goes with kind "sponsored", and got "opinion".',
    ]);
    const story = await write(PAID);
    expect((await patch(story.id, { sponsor: null })).json.errors[0].path).toBe("sponsor");
    expect((await patch(story.id, { kind: "news" })).json).toMatchObject({
      kind: "news",
      sponsor: null,
    });
    // Nor does it come back as what it was without being told.
    expect((await patch(story.id, { kind: "sponsored" })).status).toBe(422);
  });

  it("is called an advertisement on its page, wherever it is shown, and where its headline goes alone", async () => {
    await publish({ title: "Before", publishedAt: "2026-03-01T08:00:00Z" });
    const paid = { ...PAID, tags: ["hotels"], publishedAt: "2026-03-02T08:00:00Z" };
    const story = await publish({ title: "Rooms", ...paid });
    await publish({ title: "After", tags: ["hotels"], related: [story.id] });
    const correction = { body: { text: "It has ten." }, headers: force };
    await call("POST", `/articles/${story.id}/corrections`, correction);
    const { text } = await visit("/city/rooms");
    expect(await textIn(text, ".standing .paid")).toEqual([
      "Advertisement Paid for by Harbour Hotels",
    ]);
    expect(text).toContain("<title>Advertisement: Rooms – The Ledger</title>");
    const [shared] = await elements(text, 'meta[property="og:title"]');
    expect(shared?.attributes.content).toBe("Advertisement: Rooms");
    expect(await linkedData(text)).toMatchObject({
      "@type": "AdvertiserContentArticle",
      headline: "Rooms",
      sponsor: { "@type": "Organization", name: "Harbour Hotels" },
    });
    for (const path of ["/", "/city", "/tags/hotels", "/authors/mara-quill", "/city/after"]) {
      const page = (await visit(path)).text;
      expect([path, await textIn(page, ".card .paid")]).toEqual([
        path,
        ["Advertisement Paid for by Harbour Hotels"],
      ]);
    }
    expect(await textIn((await visit("/city/before")).text, ".neighbours .paid")).toEqual([
      "Advertisement",
    ]);
    expect(await textIn((await visit("/corrections")).text, ".errata .paid")).toEqual([
      "Advertisement",
    ]);
    const feed = (await visit("/city/feed.json")).json.items as { title: string }[];
    expect(feed.map(({ title }) => title)).toEqual(["After", "Advertisement: Rooms", "Before"]);
    expect((await visit("/llms.txt")).text).toMatch(
      /\n- \[Advertisement: Rooms\]\(.*\n- \[Before\]/,
    );
    const twin = (await visit("/city/rooms.md")).text;
    expect(twin).toContain('\nkind: "sponsored"\nsponsor: "Harbour Hotels"\n');
    expect(twin).toContain("\n**Advertisement: Paid for by Harbour Hotels**\n");
  });

  it("is called so on the picture that it is shared with, and by nobody a news article", async () => {
    const story = await publish({ title: "Rooms", kind: "opinion", authors: [] });
    await publish({ title: "Chambres", ...PAID, translationOf: story.id, language: "fr" });
    const card = `/share/${story.id}.png`;
    const alt = async () =>
      (await elements((await visit("/city/rooms")).text, 'meta[property="og:image:alt"]'))[0]
        ?.attributes.content;
    const before = [(await visit(card)).headers.get("ETag"), await alt()];
    expect((await patch(story.id, { ...PAID, status: "published" })).status).toBe(200);
    expect(await alt()).toBe("The Ledger: Advertisement: Rooms");
    expect([(await visit(card)).headers.get("ETag"), await alt()]).not.toContain(before[0]);
    for (const path of ["/city/rooms", "/city/chambres"])
      expect((await visit(path)).text).not.toContain('"NewsArticle"');
    expect(await linkedData((await visit("/city/rooms")).text)).not.toHaveProperty("author");
  });

  it("is called so in the story's language", async () => {
    await publish({ title: "Zimmer", language: "de", ...PAID });
    const { text } = await visit("/city/zimmer");
    expect(await textIn(text, ".standing .paid")).toEqual(["Anzeige Bezahlt von Harbour Hotels"]);
    expect(text).toContain("<title>Anzeige: Zimmer – The Ledger</title>");
    // A card stands in the paper's own.
    expect(await textIn((await visit("/")).text, ".card .paid")).toEqual([
      "Advertisement Paid for by Harbour Hotels",
    ]);
  });

  const BODY =
    "[Out](https://hotels.example/), [home](/city), <a href='https://hotels.example/b'>b</a>.\n\nhttps://www.youtube.com/watch?v=abcdefghijk\n\n<iframe src='https://player.example/1'></iframe>";
  const relsOf = async (path: string) => {
    const links = await elements((await visit(path)).text, ".prose a:not(.anchor)");
    return links.map(({ attributes }) => attributes.rel ?? null);
  };
  const sponsored = "sponsored noopener";

  it("marks every link off the site as sponsored, as long as it is paid for", async () => {
    const story = await publish({ title: "Rooms", ...PAID, body: BODY });
    const paid = [sponsored, null, sponsored, sponsored, sponsored];
    expect(await relsOf("/city/rooms")).toEqual(paid);
    await patch(story.id, { kind: "news", status: "published" });
    const plain = ["noopener", null, "noopener", "noopener", "noopener"];
    expect(await relsOf("/city/rooms")).toEqual(plain);
    await patch(story.id, { ...PAID, status: "published" });
    expect(await relsOf("/city/rooms")).toEqual(paid);
    // Also when the body is rendered anew.
    await env.DB.prepare("update revisions set renderer = 0, html = ''").run();
    await call("POST", "/rerender");
    expect(await relsOf("/city/rooms")).toEqual(paid);
  });

  it("is looked at so before it is saved", async () => {
    const body = { title: "Rooms", section: "city", ...PAID, body: BODY };
    const { json } = await call("POST", "/preview?format=json", { body });
    expect(json.html).toContain(`href="https://hotels.example/" rel="${sponsored}"`);
    expect(await textIn(json.html as string, ".standing .paid")).toEqual([
      "Advertisement Paid for by Harbour Hotels",
    ]);
  });

  it("cannot be made to look like something else by its sponsor's name", async () => {
    const sponsor = '</strong><script>"&\u2066x\u2069';
    await publish({ title: "Rooms", kind: "sponsored", sponsor });
    const { text } = await visit("/city/rooms");
    expect(await textIn(text, ".standing .paid strong")).toEqual(["Advertisement"]);
    expect(await elements(text, ".standing script")).toEqual([]);
    expect((await linkedData(text)).sponsor).toMatchObject({ name: sponsor });
  });
});
