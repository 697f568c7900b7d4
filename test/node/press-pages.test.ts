import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readFolder } from "../../src/cli/folder/folder.ts";
import { summarise } from "../../src/cli/press/report.ts";
import { PressSite } from "./press-site.ts";

// Pages that are no stories, and the menus that name them, in a folder.

let site: PressSite;

beforeEach(async () => {
  site = await PressSite.open();
  // The server's own rules are of stories.
  site.intercept = ({ method, path: address, body }) => {
    const items = body["items"] as { key: string; form?: string }[] | undefined;
    const [only] = items ?? [];
    if (method !== "POST" || only?.form !== "page" || items?.length !== 1) return undefined;
    const said = JSON.stringify(only);
    const known = site.stored.get(only.key);
    const result = {
      key: only.key,
      id: address.includes("check") ? null : "p1",
      url: `${site.url}/about`,
      created: known === undefined,
      changed: known !== said,
      notes: [],
    };
    if (!address.includes("check")) site.stored.set(only.key, said);
    return { status: 200, body: { items: [result], edge: "live" } };
  };
});

afterEach(() => site.close());

const putPage = (front: string, body = "Words.\n", name = "about") =>
  site.put(`pages/${name}.md`, `---\n${front}---\n${body}`);

describe("a file in the folder pages", () => {
  test("that names no section is a page, and is left alone the second time", async () => {
    await putPage(
      "title: About us\nslug: about\nstandfirst: Ours.\nredirectFrom: /about.html\nseo: { description: All. }\n",
    );
    const item = await site.pressOne();
    expect(item).toEqual({
      key: "pages/about",
      form: "page",
      title: "About us",
      slug: "about",
      standfirst: "Ours.",
      redirectFrom: ["/about.html"],
      seo: { description: "All." },
      body: "Words.\n",
    });
    const second = await site.press();
    expect(second).toMatchObject({ created: 0, unchanged: 0, pages: { created: 0, unchanged: 1 } });
    expect(summarise(second, 0)).toMatch(/^no stories published; 1 page unchanged in /);
  });

  test("that names a section is a story, as is any where --section says so", async () => {
    await putPage("title: A story\nsection: city\n");
    expect(await site.pressOne()).toMatchObject({ section: "city", title: "A story" });
    await putPage("title: A story\n");
    expect(await site.pressOne({ section: "city" })).toMatchObject({ section: "city" });
  });

  test("may have a headline in its text, and must have one somewhere", async () => {
    await site.put("pages/about.md", "# About us\n\nWords.\n");
    expect(await site.pressOne()).toMatchObject({ form: "page", title: "About us" });
    await putPage("slug: about\n");
    expect((await site.press()).issues).toEqual([
      { file: "pages/about.md", field: "title", reason: "is missing" },
    ]);
  });

  test("is told what only a story has", async () => {
    await putPage("title: About\ndate: 2026-11-01\nauthors: [mara]\ntags: [us]\n");
    const { issues } = await site.press();
    expect(issues.map(({ field }) => field).sort()).toEqual(["authors", "date", "tags"]);
    expect(issues[0]?.reason).toBe("is no field of a page; a story says its section");
  });

  test("is only asked about by a dry run, which tells of two that want one address", async () => {
    await putPage("title: About\nslug: about\n");
    const report = await site.press({}, { dryRun: true });
    expect(site.writes()).toEqual([]);
    expect(summarise(report, 0)).toContain("1 page would be created");
    await putPage("title: Other\nslug: about\n", "X.\n", "other");
    expect((await site.press({}, { dryRun: true })).issues).toEqual([
      {
        file: "pages/other.md",
        field: "slug",
        reason: "/about is the address of pages/about.md already; write another slug",
      },
    ]);
  });
});

describe("the menus of settings.yaml", () => {
  const SETTINGS =
    "title: The Test\nmenu: [{ section: city }]\nfooter:\n  - { href: /about, label: About }\n";

  test("are set behind the sections that they name, apart from what else is set", async () => {
    await site.put("settings.yaml", SETTINGS);
    await site.put("sections.yaml", "city: { name: City }\n");
    await site.press();
    const sent = site.sent.filter(({ path: address }) => address === "/settings");
    expect(sent.map(({ body }) => body)).toEqual([
      { title: "The Test" },
      { menu: [{ section: "city" }], footer: [{ href: "/about", label: "About" }] },
    ]);
    const writes = site.writes();
    expect(writes.lastIndexOf("PATCH /settings")).toBeGreaterThan(
      writes.indexOf("PUT /sections/city"),
    );
  });

  test("are named where the site refuses them", async () => {
    site.intercept = ({ body }) =>
      body["menu"] === undefined
        ? undefined
        : {
            status: 422,
            body: { errors: [{ path: "menu.0.section", message: 'There is no section "city".' }] },
          };
    await site.put("settings.yaml", SETTINGS);
    expect((await site.press()).issues).toEqual([
      { file: "settings.yaml", field: "menu.0.section", reason: 'There is no section "city".' },
    ]);
  });
});

test("the sample paper's menus name only pages and sections that it has", async () => {
  const folder = await readFolder(path.join(import.meta.dirname, "../../content"));
  expect(folder.issues).toEqual([]);
  const pages = folder.stories.filter(({ fields }) => fields["form"] === "page");
  expect(pages.length).toBe(8);
  const known = new Set([
    ...pages.map(({ fields }) => `/${String(fields["slug"])}`),
    ...folder.sections.map(({ slug }) => slug),
    "/archive",
    "/corrections",
  ]);
  const { menu, footer } = folder.settings as Record<string, { section?: string; href?: string }[]>;
  for (const { section, href } of [...(menu ?? []), ...(footer ?? [])])
    expect(known).toContain(section ?? href);
});
