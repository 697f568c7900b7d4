import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { call, openNewsroom, publish, visit } from "./support/newsroom.ts";

// What the masthead and the footer lead to, when editors choose it.

beforeEach(openNewsroom);

const force = { "If-Match": "*" };

async function choose(settings: object) {
  const { status, json, text } = await call("PATCH", "/settings", { body: settings });
  expect(status, text).toBe(200);
  return json;
}

async function makePage(title: string, fields: object = {}) {
  const body = { title, body: "Words.", ...fields };
  const { status, json, text } = await call("POST", "/pages", { body });
  expect(status, text).toBe(201);
  return json;
}

/** Where every page leads, whatever is chosen. */
const ALWAYS = /^\/(?:search|(?:city\/)?feed\.xml)$/;

/** The links of the masthead's menu, or of the footer, on a page, but for what always stands there. */
async function linksIn(where: "sections" | "colophon", path = "/") {
  const { text } = await visit(path);
  const part = new RegExp(`class="${where}".*?<ul>(.*?)</ul>`, "s").exec(text)?.[1] ?? "";
  return [...part.matchAll(/<a href="([^"]*)"([^>]*)>(.*?)<\/a>/g)].flatMap(
    ([, href = "", more, label]) => (ALWAYS.test(href) ? [] : [`${href} ${label}${more}`]),
  );
}

describe("the masthead's menu", () => {
  it("is every section until somebody chooses, and again when it is null", async () => {
    const all = ["/city City", "/culture Culture"];
    expect(await linksIn("sections")).toEqual(all);
    await choose({ menu: [{ section: "culture" }] });
    expect(await linksIn("sections")).toEqual(["/culture Culture"]);
    await choose({ menu: null });
    expect(await linksIn("sections")).toEqual(all);
  });

  it("has sections under labels of its own, links, and where readers are", async () => {
    const menu = [
      { section: "culture", label: "Stages" },
      { href: "/archive", label: "All <of> it" },
      { href: "https://elsewhere.example/shop?x=1&y=2", label: "Shop" },
      { href: "mailto:desk@ledger.example", label: "Write to us" },
      { section: "city", label: null },
      { href: "/", label: "Front" },
    ];
    const said = await choose({ menu });
    expect(said.menu).toEqual([{ section: "culture", label: "Stages" }, ...menu.slice(1)]);
    expect(await linksIn("sections", "/archive")).toEqual([
      "/culture Stages",
      '/archive All &lt;of&gt; it aria-current="page"',
      "https://elsewhere.example/shop?x=1&amp;y=2 Shop",
      "mailto:desk@ledger.example Write to us",
      "/city City",
      "/ Front",
    ]);
    await publish({ title: "Tides" });
    const current = async (path: string) =>
      (await linksIn("sections", path)).filter((link) => link.includes("aria-current"));
    expect(await current("/city")).toEqual(['/city City aria-current="page"']);
    expect(await current("/city/tides")).toEqual(['/city City aria-current="true"']);
    expect(await current("/")).toEqual(['/ Front aria-current="page"']);
  });

  it("follows a section that is called otherwise, and leaves out one that is deleted or not seen", async () => {
    await call("PUT", "/sections/depths", { body: { name: "Depths", position: 3 } });
    await choose({
      menu: [{ section: "culture" }, { section: "depths" }, { href: "/city", label: "Town" }],
    });
    expect(await linksIn("sections")).toEqual(["/culture Culture", "/city Town"]);
    await call("PATCH", "/sections/culture", { body: { slug: "stages", name: "Stages" } });
    await call("PATCH", "/sections/city", { body: { slug: "town" } });
    await call("PATCH", "/sections/depths", { body: { listed: true } });
    expect(await linksIn("sections")).toEqual(["/stages Stages", "/depths Depths", "/town Town"]);
    // As it was received it is what it was.
    expect((await choose((await call("GET", "/settings")).json)).edge).toBe("none");
    await call("DELETE", "/sections/depths");
    expect(await linksIn("sections")).toEqual(["/stages Stages", "/town Town"]);
    const { json } = await call("GET", "/settings");
    expect(json.menu).toEqual([
      { section: "stages", label: null },
      { section: "town", label: "Town" },
    ]);
  });

  it("leads to a page while that is live, wherever it is, and to none that is not", async () => {
    const menu = [{ href: "/about", label: "About" }, { section: "city" }];
    await choose({ menu, footer: menu });
    const bare = await visit("/");
    expect(await linksIn("sections")).toEqual(["/city City"]);
    const page = await makePage("About");
    // A draft is as if it had never been written.
    expect((await visit("/")).text).toBe(bare.text);
    const at = `/pages/${page.id}`;
    await call("POST", `${at}/publish`, { headers: force });
    expect(await linksIn("sections")).toEqual(["/about About", "/city City"]);
    expect(await linksIn("colophon", "/city")).toEqual([
      "/about About",
      "/city City",
      "# Back to the top",
    ]);
    expect(await linksIn("sections", "/about")).toEqual([
      '/about About aria-current="page"',
      "/city City",
    ]);
    await call("PATCH", at, { body: { slug: "who-we-are", status: "published" }, headers: force });
    expect(await linksIn("sections")).toEqual(["/who-we-are About", "/city City"]);
    await call("POST", `${at}/unpublish`, { headers: force });
    expect((await visit("/")).text).toBe(bare.text);
  });
});

describe("what a page's coming and going purges", () => {
  /** The tags that every act since told the edge to invalidate. */
  const invalidated = async () => {
    const { results } = await env.DB.prepare(
      "select payload from outbox where kind = 'invalidate'",
    ).all<{ payload: string }>();
    await env.DB.prepare("delete from outbox").run();
    return new Set(results.flatMap(({ payload }) => JSON.parse(payload).tags as string[]));
  };

  it("is every page while a menu names it, by any address that it had, and else its own alone", async () => {
    await choose({ footer: [{ href: "/about", label: "About" }] });
    await invalidated();
    const other = await makePage("Other", { status: "published" });
    await call("POST", `/pages/${other.id}/unpublish`, { headers: force });
    expect(await invalidated()).toEqual(new Set());
    const at = `/pages/${(await makePage("About", { status: "published" })).id}`;
    expect(await invalidated()).toEqual(new Set(["site"]));
    await call("PATCH", at, { body: { body: "New.", status: "published" }, headers: force });
    expect(await invalidated()).toEqual(new Set());
    await call("PATCH", at, { body: { slug: "us", status: "published" }, headers: force });
    expect(await invalidated()).toEqual(new Set(["site"]));
    await call("POST", `${at}/unpublish`, { headers: force });
    expect(await invalidated()).toEqual(new Set(["site"]));
  });
});

describe("the footer", () => {
  it("has sections, archive and corrections until somebody chooses, and then what they chose", async () => {
    expect(await linksIn("colophon")).toEqual([
      "/city City",
      "/culture Culture",
      "/archive Archive",
      "/corrections Corrections",
      "# Back to the top",
    ]);
    await choose({ footer: [{ href: "/corrections", label: "What we got wrong" }] });
    expect(await linksIn("colophon")).toEqual([
      "/corrections What we got wrong",
      "# Back to the top",
    ]);
    await choose({ footer: [] });
    expect(await linksIn("colophon")).toEqual(["# Back to the top"]);
  });
});

describe("a menu that is wrong", () => {
  const long = Array.from({ length: 21 }, () => ({ section: "city" }));
  it.each([
    ["says neither", [{ label: "X" }], "menu.0.href", /is missing/],
    ["says both", [{ section: "city", href: "/city" }], "menu.0.href", /one place/],
    ["has no label", [{ section: "city" }, { href: "/archive" }], "menu.1.label", /is missing/],
    ["names no section", [{ section: "nowhere" }], "menu.0.section", /no section "nowhere"/],
    [
      "has a script",
      [{ href: "javascript:alert(1)", label: "X" }],
      "menu.0.href",
      /Got "javascript/,
    ],
    ["leads to http", [{ href: "http://a.example/", label: "X" }], "menu.0.href", /https URL/],
    ["has a query", [{ href: "/search?q=x", label: "X" }], "menu.0.href", /path on this site/],
    [
      "is of another host",
      [{ href: "//a.example/", label: "X" }],
      "menu.0.href",
      /path on this site/,
    ],
    [
      "has a subject",
      [{ href: "mailto:a@b.example?bcc=c@d.example", label: "X" }],
      "menu.0.href",
      /mailto/,
    ],
    [
      "has a long label",
      [{ section: "city", label: "x".repeat(61) }],
      "menu.0.label",
      /60 characters/,
    ],
    ["has too many", long, "menu", /at most 20/],
    ["is none", "city", "menu", /must be a list/],
    ["has a field", [{ section: "city", icon: "x" }], "menu.0.icon", /no field/],
  ])("because it %s is refused where it is wrong", async (_, menu, path, message) => {
    const { status, json } = await call("PATCH", "/settings", { body: { menu } });
    expect([status, json.errors?.map((error: { path: string }) => error.path)]).toEqual([
      422,
      [path],
    ]);
    expect(json.errors[0].message).toMatch(message);
  });
});
