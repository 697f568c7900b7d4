import { beforeEach, describe, expect, it } from "vitest";
import { call, openNewsroom, ORIGIN, publish, visit } from "./support/newsroom.ts";

beforeEach(openNewsroom);

describe("a section's feed", () => {
  it("lists its newest stories as a JSON Feed, which its front names", async () => {
    await publish({ title: "Earlier", publishedAt: "2026-11-01T08:00:00Z" });
    const story = await publish({ standfirst: "At last.", language: "fr" });
    await publish({ title: "Elsewhere", section: "culture" });
    const { status, headers, json } = await visit("/city/feed.json");
    expect([status, headers.get("Content-Type")]).toEqual([
      200,
      "application/feed+json; charset=utf-8",
    ]);
    expect(json).toMatchObject({
      version: "https://jsonfeed.org/version/1.1",
      title: "City – The Ledger",
      home_page_url: `${ORIGIN}/city`,
      feed_url: `${ORIGIN}/city/feed.json`,
      language: "en",
      items: [
        {
          id: story.id,
          url: story.url,
          title: story.title,
          content_text: "At last.",
          date_published: story.publishedAt,
          authors: [{ name: "Mara Quill" }],
          language: "fr",
        },
        { title: "Earlier", content_text: "Earlier" },
      ],
    });
    expect((await visit("/city")).text).toContain(
      `<link rel="alternate" type="application/feed+json" href="${ORIGIN}/city/feed.json">`,
    );
  });

  it("takes no address that looks like it", async () => {
    await publish({ title: "Feed json", slug: "feed-json" });
    expect((await visit("/city/feed-json")).text).toContain("Feed json");
    const body = { from: "/culture/feed-json", to: "/city" };
    expect((await call("POST", "/redirects", { body })).status).toBe(201);
  });

  it("is read by other origins, stored and asked for anew like any page", async () => {
    const { headers } = await visit("/city/feed.json");
    expect(headers.get("Access-Control-Allow-Origin")).toBe("*");
    expect(headers.get("Cross-Origin-Resource-Policy")).toBe("cross-origin");
    expect(headers.get("Cloudflare-CDN-Cache-Control")).toContain("max-age=600");
    const etag = headers.get("ETag") ?? "";
    const known = await visit("/city/feed.json", { "If-None-Match": etag });
    expect([known.status, known.headers.get("Access-Control-Allow-Origin")]).toEqual([304, "*"]);
    const { status, headers: none } = await visit("/nowhere/feed.json");
    expect([status, none.get("Access-Control-Allow-Origin")]).toEqual([404, null]);
  });

  it("is no place for a redirect while its section is there", async () => {
    const to = { to: "/culture" };
    const taken = await call("POST", "/redirects", { body: { from: "/city/feed.json", ...to } });
    expect([taken.status, taken.json.errors[0].path]).toEqual([409, "from"]);
    const free = await call("POST", "/redirects", { body: { from: "/sport/feed.json", ...to } });
    expect(free.status).toBe(201);
    expect((await visit("/sport/feed.json")).headers.get("Location")).toBe("/culture");
  });
});
