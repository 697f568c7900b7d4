import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { call, openNewsroom, publish, visit } from "./support/newsroom.ts";

// The files that crawlers, agents and those who look after the web ask for.

beforeEach(openNewsroom);

const set = (body: object) => call("PATCH", "/settings", { body });
const lines = async (path: string) => (await visit(path)).text.split("\n");

describe("robots.txt", () => {
  it("opens everything but what is nobody's page, and says where the sitemaps are", async () => {
    const { text, headers } = await visit("/robots.txt");
    expect(headers.get("Content-Type")).toBe("text/plain; charset=utf-8");
    const origin = /Sitemap: (.*)\/sitemap\.xml/.exec(text)?.[1] ?? "";
    expect(text).toBe(
      `User-agent: *\nAllow: /\nDisallow: /api/\nDisallow: /preview/\n\nSitemap: ${origin}/sitemap.xml\nSitemap: ${origin}/news-sitemap.xml\n`,
    );
  });

  it("has the paper's content signals, those that it gives", async () => {
    await set({ contentSignals: { search: true, aiInput: true, aiTrain: false } });
    expect((await lines("/robots.txt"))[1]).toBe(
      "Content-Signal: search=yes, ai-input=yes, ai-train=no",
    );
    const { json } = await set({ contentSignals: { search: true } });
    expect(json.contentSignals).toEqual({ search: true, aiInput: null, aiTrain: null });
    expect((await lines("/robots.txt"))[1]).toBe("Content-Signal: search=yes");
    await set({ contentSignals: {} });
    expect((await visit("/robots.txt")).text).not.toContain("Content-Signal");
  });

  it("has further groups, and refuses a line that no crawler understands", async () => {
    const robots = "User-agent: GPTBot\r\nDisallow: /\n\n# No more.";
    expect((await set({ robots })).status).toBe(200);
    expect((await visit("/robots.txt")).text).toContain(
      "\n\nUser-agent: GPTBot\nDisallow: /\n\n# No more.\n\nSitemap: ",
    );
    for (const [wrong, told] of [
      ["Disallow: /", 'Line 1, "Disallow: /", must be a rule of robots.txt'],
      ["User-agent: *\nKeep out!", 'Line 2, "Keep out!", must be a rule'],
    ] as const) {
      const { status, json } = await set({ robots: wrong });
      expect([status, json.errors[0].path]).toEqual([422, "robots"]);
      expect(json.errors[0].message).toContain(told);
    }
  });
});

describe("settings of a file", () => {
  it("are in that file and in no page, so that no page is another by them", async () => {
    const others = ["/", "/robots.txt", "/security.txt"];
    const tags = async () =>
      Promise.all(others.map(async (path) => (await visit(path)).headers.get("ETag")));
    const before = await tags();
    const { json, status } = await set({
      adsTxt: "example.com, pub-1, DIRECT, f08c47fec0942fa0\n# ours\ncontact=a@example.com",
    });
    expect([status, json.edge !== "none"]).toEqual([200, true]);
    expect(await tags()).toEqual(before);
    // No page is read with them, either.
    const { results } = await env.DB.prepare("select name from public_settings").all();
    expect(results).not.toContainEqual({ name: "adsTxt" });
    expect((await visit("/ads.txt")).text).toBe(
      "example.com, pub-1, DIRECT, f08c47fec0942fa0\n# ours\ncontact=a@example.com\n",
    );
    await set({ adsTxt: null });
    expect((await visit("/ads.txt")).status).toBe(404);
    expect((await call("GET", "/settings")).json.adsTxt).toBeNull();
  });

  it("go before a redirect that stands there, which leads on while they are not set", async () => {
    const to = "https://ads.example/ours.txt";
    const redirect = await call("POST", "/redirects", { body: { from: "/ads.txt", to } });
    expect([redirect.status, redirect.text]).toEqual([201, expect.any(String)]);
    expect((await visit("/ads.txt")).headers.get("Location")).toBe(to);
    await set({ adsTxt: "example.com, 1, DIRECT" });
    expect((await visit("/ads.txt")).text).toBe("example.com, 1, DIRECT\n");
    await set({ adsTxt: null });
    expect((await visit("/ads.txt")).headers.get("Location")).toBe(to);
    const taken = { from: "/robots.txt", to };
    expect((await call("POST", "/redirects", { body: taken })).status).toBe(409);
  });

  it("are refused line by line", async () => {
    for (const [field, wrong] of [
      ["adsTxt", "# x\nexample.com, DIRECT"],
      ["appAdsTxt", "# x\n<script>alert(1)</script>"],
      ["trustTxt", "# x\nmember"],
    ] as const) {
      const { status, json } = await set({ [field]: wrong });
      expect([status, json.errors[0].path]).toEqual([422, field]);
      expect(json.errors[0].message).toMatch(/^Line 2, "/);
    }
  });
});

describe("security.txt", () => {
  it("is not there until the paper says whom to tell", async () => {
    expect((await visit("/.well-known/security.txt")).status).toBe(404);
    const security = {
      contact: ["mailto:security@example.com", "https://example.com/holes"],
      expires: "2999-01-01T00:00:00+01:00",
      preferredLanguages: ["en", "de"],
      policy: "https://example.com/policy",
    };
    const { status, json } = await set({ security });
    expect([status, json.security.expires]).toEqual([200, "2998-12-31T23:00:00.000Z"]);
    const told = await lines("/.well-known/security.txt");
    const canonical = told.find((line) => line.startsWith("Canonical: "));
    expect(told).toEqual([
      "Contact: mailto:security@example.com",
      "Contact: https://example.com/holes",
      "Expires: 2998-12-31T23:00:00.000Z",
      "Preferred-Languages: en, de",
      canonical,
      "Policy: https://example.com/policy",
      "",
    ]);
    // Sent back as it was answered.
    expect((await set({ security: json.security })).json.edge).toBe("none");
  });

  it("takes no address that is none, and no time that is past", async () => {
    const good = { contact: ["tel:+49-30-1234"], expires: "2999-01-01T00:00:00Z" };
    expect((await set({ security: good })).status).toBe(200);
    for (const [wrong, path] of [
      [{ ...good, contact: [] }, "security.contact"],
      [{ ...good, contact: ["security@example.com"] }, "security.contact.0"],
      [{ ...good, contact: ["http://example.com/"] }, "security.contact.0"],
      [{ ...good, contact: ["mailto:a@b.example\nExpires: 1"] }, "security.contact.0"],
      [{ ...good, expires: "2020-01-01T00:00:00Z" }, "security.expires"],
      [{ ...good, policy: "javascript:alert(1)" }, "security.policy"],
      [{ contact: good.contact }, "security.expires"],
    ] as const) {
      const { status, json } = await set({ security: wrong });
      expect([status, json.errors?.[0]?.path]).toEqual([422, path]);
    }
  });
});

describe("llms.txt", () => {
  it("shows an agent around: what the paper is, its sections, the newest stories as Markdown", async () => {
    await set({ title: "The [Ledger]", description: "News & <b>views</b>." });
    await publish({ title: "Trams *return*", slug: "trams", standfirst: "At last.\nReally." });
    await publish({ title: "Withdrawn", slug: "gone" });
    const { text, headers } = await visit("/llms.txt");
    expect(headers.get("Content-Type")).toBe("text/plain; charset=utf-8");
    expect(text).toMatch(/^# The \\\[Ledger\\\]\n\n> News & \\<b\\>views\\<\/b\\>\.\n\n/);
    expect(text).toMatch(
      /\n- \[Trams \\\*return\\\*\]\(https?:\/\/[^/]+\/city\/trams\.md\): At last\. Really\.\n/,
    );
    expect(text).toMatch(/\n## Sections\n\n- \[City\]\(https?:\/\/[^/]+\/city\)/);
    for (const [, path = ""] of text.matchAll(/\]\(https?:\/\/[^/]+(\/[^)]*)\)/g))
      expect([path, (await visit(path)).status]).toEqual([path, 200]);
  });

  it("speaks the paper's language", async () => {
    await set({ language: "de" });
    expect((await visit("/llms.txt")).text).toContain("Jeden Artikel gibt es auch als Markdown");
  });
});
