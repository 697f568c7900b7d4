import { beforeEach, describe, expect, it } from "vitest";
import { call, openNewsroom, publish, visit } from "./support/newsroom.ts";

beforeEach(openNewsroom);

const force = { "If-Match": "*" };
const post = (body: object) => call("POST", "/pages", { body });

async function makePage(fields: object = {}) {
  const { status, json, text } = await post({
    title: "About",
    body: "We print *the truth*.",
    status: "published",
    ...fields,
  });
  expect(status, text).toBe(201);
  return json;
}

describe("a page that is no story", () => {
  it("stands at its slug, with no date, byline or section", async () => {
    const page = await makePage({ standfirst: "Who we are." });
    const { status, text } = await visit("/about");
    expect(status, text).toBe(200);
    expect(page.url).toMatch(/\/about$/);
  });
  it("has life", async () => {
    const page = await makePage();
    expect((await visit("/about.md")).text).toContain("We print *the truth*.");
    const patched = await call("PATCH", `/pages/${page.id}`, {
      body: { slug: "about-us", status: "published" },
      headers: force,
    });
    expect(patched.status, patched.text).toBe(200);
    expect((await visit("/about")).status).toBe(301);
    expect((await visit("/about")).headers.get("Location")).toBe("/about-us");
    expect((await visit("/about.md")).headers.get("Location")).toBe("/about-us.md");
    await call("POST", `/pages/${page.id}/unpublish`, { headers: force });
    expect((await visit("/about-us")).status).toBe(410);
    expect((await visit("/about-us.md")).status).toBe(410);
    expect((await call("GET", `/articles/${page.id}`)).status).toBe(404);
    expect((await call("GET", "/articles")).json.items).toEqual([]);
    expect((await call("GET", "/pages")).json.items.length).toBe(1);
    await publish();
  });
});
