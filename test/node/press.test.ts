import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readFolder } from "../../src/cli/folder/folder.ts";
import { entriesOfFile } from "../../src/cli/folder/front-file.ts";
import { openNewsroom } from "../../src/cli/press/newsroom-api.ts";
import { publishFolder, supplyFolder } from "../../src/cli/press/publish.ts";
import { png, PressSite } from "./press-site.ts";
import type { Item } from "./press-site.ts";

let site: PressSite;

beforeEach(async () => {
  site = await PressSite.open();
});

afterEach(() => site.close());

describe("a story's file", () => {
  test("becomes the fields of the API, dates in UTC, and nothing that the file does not say", async () => {
    await site.put(
      "city/tides.md",
      "---\ntitle: 1984\nsection: city\ntags: [ferry, 2026]\nauthors: ines\ndate: 2026-11-03 08:00\nupdated: 2026-11-03T10:30:00+01:00\n" +
        "standfirst:\nhero: { src: /media/a/b.jpg, decorative: true, width: 800 }\ncorrections: [{ text: A word, at: 2026-11-04 }]\n---\n\nText.\n",
    );
    await site.press();
    expect(site.importedItems()).toEqual([
      {
        key: "city/tides",
        title: "1984",
        section: "city",
        tags: ["ferry", "2026"],
        authors: ["ines"],
        publishedAt: "2026-11-03T08:00:00Z",
        updatedAt: "2026-11-03T09:30:00Z",
        hero: { src: "/media/a/b.jpg", decorative: true, width: 800 },
        corrections: [{ text: "A word", at: "2026-11-04T00:00:00Z" }],
        body: "Text.\n",
      },
    ]);
  });

  test("may come from Windows and may have rules of dashes in its body", async () => {
    await site.put(
      "windows.md",
      "\uFEFF---\r\ntitle: Rules\r\nsection: city\r\n---\r\nOne\r\n\r\n---\r\n\r\nTwo\r\n---\r\n",
    );
    await site.press();
    expect(site.importedItems()[0]).toMatchObject({
      title: "Rules",
      body: "One\n\n---\n\nTwo\n---\n",
    });
  });

  test.each([
    ["2026-02-30", "a day that does not exist"],
    ["2026-11-03 25:00", "an hour that does not exist"],
    ["3 November", "another notation"],
    ["2026", "a number"],
  ])("is refused with the date %s: %s", async (date) => {
    await site.putStory("dated", `date: ${date}\n`);
    expect((await site.press()).issues).toEqual([
      {
        file: "dated.md",
        field: "date",
        reason: expect.stringMatching(/^must be a date such as 2026-11-03, .* got /) as string,
      },
    ]);
  });

  test.each([
    ["no front matter", "Just text", "has no front matter"],
    ["front matter that never ends", "---\ntitle: A\n\nText", "has no front matter"],
    ["broken YAML", "---\ntitle: A\nsection: [city\n---\nText", "is not valid YAML: .* at line 3"],
    ["a list for front matter", "---\n- title\n---\nText", "not a mapping"],
  ])("is refused with %s, and the others are published", async (_what, text, reason) => {
    await site.put("bad.md", text);
    await site.putStory("good");
    const report = await site.press();
    expect(report.issues).toEqual([
      { file: "bad.md", field: "", reason: expect.stringMatching(reason) as string },
    ]);
    expect(report.created).toBe(1);
  });

  test("is refused with a field that nobody knows, so that no embargo is overlooked", async () => {
    await site.putStory("secret", "embargo: 2027-01-01\n");
    expect((await site.press()).issues).toMatchObject([{ file: "secret.md", field: "embargo" }]);
    expect(site.importedItems()).toEqual([]);
  });

  test("has a key whatever its name is, as long as the API takes it", async () => {
    await site.putStory("späte meldung");
    await site.putStory(`${"long/".repeat(40)}story`);
    expect((await site.press()).issues).toMatchObject([
      { file: expect.stringMatching(/^long/) as string, field: "" },
    ]);
    expect(site.importedItems()).toMatchObject([{ key: "sp~c3~a4te~20meldung" }]);
  });

  test("is refused when it is not UTF-8", async () => {
    await writeFile(
      path.join(site.root, "latin.md"),
      Buffer.from("---\ntitle: Caf\xe9\n---\n", "latin1"),
    );
    expect((await site.press()).issues).toEqual([
      { file: "latin.md", field: "", reason: "is not UTF-8 text" },
    ]);
  });
});

describe("a folder", () => {
  test("is sent in the order in which its parts refer to one another", async () => {
    await site.put("settings.yaml", "title: The Test\n");
    await site.put(
      "sections.yaml",
      "- { slug: city, name: City }\n- { slug: arts, name: Arts, listed: false }\n",
    );
    await site.put("authors.yaml", "ines: { name: Ines, bio: Writes. }\n");
    await site.put("front.yaml", "lead: b\npinned: [a]\n");
    await site.putStory("a");
    await site.putStory("b");
    const report = await site.press();
    expect(report.issues).toEqual([]);
    expect(
      site.sent.map((call) => [
        call.method,
        call.path,
        call.path === "/imports" ? null : call.body,
      ]),
    ).toEqual([
      ["PATCH", "/settings", { title: "The Test" }],
      ["PUT", "/sections/city", { listed: true, name: "City", position: 0 }],
      ["PUT", "/sections/arts", { listed: false, name: "Arts", position: 1 }],
      ["PUT", "/authors/ines", { name: "Ines", bio: "Writes." }],
      ["POST", "/imports", null],
      ["GET", "/front", {}],
      ["PUT", "/front", { lead: "id-b", pinned: ["id-a"], rows: [] }],
    ]);
  });

  test("is written once: the second run changes nothing and says so", async () => {
    await site.put("settings.yaml", "title: The Test\n");
    await site.putStory("a");
    await site.putStory("b");
    expect(await site.press()).toMatchObject({
      created: 2,
      updated: 0,
      unchanged: 0,
      rowsWritten: 21,
    });
    expect(await site.press()).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 2,
      rowsWritten: 0,
    });
    await site.putStory("b", "standfirst: New\n");
    expect(await site.press()).toMatchObject({
      created: 0,
      updated: 1,
      unchanged: 1,
      rowsWritten: 10,
    });
  });

  test("goes out in batches of at most 100 stories and 6 MiB", async () => {
    for (let number = 0; number < 14; number++)
      await site.put(`${number}.md`, `---\ntitle: T\nsection: city\n---\n${"x".repeat(500_000)}`);
    expect(await site.press()).toMatchObject({ created: 14, issues: [] });
    const batches = site.sent.map((call) => call.body["items"] as Item[]);
    expect(batches.map((batch) => batch.length)).toEqual([12, 2]);
    for (const batch of batches) expect(JSON.stringify(batch).length).toBeLessThan(6 * 1024 * 1024);
    site.sent = [];
    for (let number = 0; number < 130; number++) await site.putStory(String(number));
    await site.press();
    expect(site.sent.map((call) => (call.body["items"] as Item[]).length)).toEqual([100, 30]);
  });

  test("links a translation to its original by id, whichever is read first", async () => {
    await site.putStory("zz-original");
    await site.putStory("aa-translation", "translationOf: zz-original\nlanguage: fr\n");
    await site.putStory("lost", "translationOf: nowhere\n");
    const report = await site.press();
    expect(
      site.importedItems().find(({ key }) => key === "aa-translation")?.["translationOf"],
    ).toBe("id-zz-original");
    expect(report.issues).toMatchObject([{ file: "lost.md", field: "translationOf" }]);
  });

  test("leads on by id, once what is led on to is there, and refuses two stories that wait for each other", async () => {
    await site.putStory("a", "related: [b, c]\n");
    await site.putStory("b", "related: [c]\n");
    await site.putStory("c");
    await site.putStory("x", "related: [y]\n");
    await site.putStory("y", "related: [x]\n");
    await site.putStory("z", "related: [c, nowhere]\n");
    const report = await site.press();
    expect(site.importedItems().map(({ key, related }) => [key, related])).toEqual([
      ["c", undefined],
      ["b", ["id-c"]],
      ["a", ["id-b", "id-c"]],
    ]);
    expect(report.issues.map(({ file, field }) => [file, field])).toEqual([
      ["x.md", "related.0"],
      ["y.md", "related.0"],
      ["z.md", "related.1"],
    ]);
    expect(report.issues[0]?.reason).toContain("of two stories that name each other only one can");
    expect(report.issues[2]?.reason).toContain('"nowhere" is not a story of this folder');
    site.sent = [];
    expect(await site.press()).toMatchObject({ created: 0, updated: 0, unchanged: 3 });
  });

  test("says what a story is, and which part of a series its tag makes it", async () => {
    await site.put("tags.yaml", "flood: { name: The flood, description: Wet., series: true }\n");
    await site.putStory("a", "kind: Sponsored\nsponsor: Harbour Hotels\ntags: [flood]\npart: 2\n");
    expect((await site.press()).issues).toEqual([]);
    expect(site.sent.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "PUT /tags/flood",
      "POST /imports",
    ]);
    expect(site.sent[0]?.body).toEqual({ name: "The flood", description: "Wet.", series: true });
    expect(site.importedItems()).toMatchObject([
      { kind: "sponsored", sponsor: "Harbour Hotels", tags: ["flood"], part: 2 },
    ]);
  });

  test("that does not exist is named", async () => {
    await expect(readFolder(path.join(site.root, "nowhere"))).rejects.toThrow(
      /nowhere: there is no such folder/,
    );
  });
});

describe("a paper that has been edited", () => {
  test("keeps its settings, sections, authors and front when the site is started again", async () => {
    await writeFile(path.join(site.root, "settings.yaml"), "title: The folder's title\n");
    await writeFile(path.join(site.root, "authors.yaml"), "ann:\n  name: Ann\nbea:\n  name: Bea\n");
    await writeFile(
      path.join(site.root, "one.md"),
      "---\ntitle: One\nsection: city\n---\nWords.\n",
    );
    site.intercept = ({ method, path: address }) => {
      if (method !== "GET") return undefined;
      const items = address.startsWith("/articles") ? [{ id: "x" }] : [{ slug: "ann" }];
      return { status: 200, body: { items, next: null } };
    };
    const newsroom = openNewsroom({ url: site.url, key: "bs_test", wait: async () => {} });
    await supplyFolder(newsroom, await readFolder(site.root), () => {});
    const written = site.sent.filter(({ method }) => method !== "GET");
    expect(written.map((call) => `${call.method} ${call.path}`)).toEqual([
      "PUT /authors/bea",
      "POST /imports",
    ]);
  });
});

describe("a story that the site refuses", () => {
  test("is named with field and reason, and the rest of its batch is published", async () => {
    await site.putStory("a");
    await site.put("b.md", "---\ntitle: B\nsection: sport\n---\nText\n");
    await site.putStory("c");
    const report = await site.press();
    expect(report.issues).toEqual([
      { file: "b.md", field: "section", reason: 'There is no section "sport".' },
    ]);
    expect(report.created).toBe(2);
    expect([...site.stored.keys()].sort()).toEqual(["a", "c"]);
  });

  test("is found even when the answer does not say which it is", async () => {
    for (const key of ["a", "b", "c", "d", "e"]) await site.putStory(key);
    site.intercept = ({ body }) =>
      JSON.stringify(body).includes('"key":"d"')
        ? { status: 413, body: { title: "Too large", detail: "Too large." } }
        : undefined;
    const report = await site.press();
    expect(report.issues).toEqual([{ file: "d.md", field: "", reason: "Too large." }]);
    expect(report.created).toBe(4);
  });

  test("leaves the front page as it was when it is placed there", async () => {
    await site.put("front.yaml", "lead: bad\npinned: [a]\n");
    await site.putStory("a");
    await site.put("bad.md", "---\ntitle: B\nsection: sport\n---\nText\n");
    const report = await site.press();
    expect(report.issues).toMatchObject([
      { file: "bad.md" },
      { file: "front.yaml", field: "lead" },
    ]);
    expect(site.sent.some((call) => call.path === "/front")).toBe(false);
  });

  test("does not hide what is wrong with authors.yaml", async () => {
    await site.put("authors.yaml", "ines: { name: Ines }\n");
    site.intercept = ({ path: address }) =>
      address === "/authors/ines"
        ? { status: 422, body: { errors: [{ path: "name", message: "Too short." }] } }
        : undefined;
    expect((await site.press()).issues).toEqual([
      { file: "authors.yaml", field: "ines.name", reason: "Too short." },
    ]);
  });
});

describe("a front page", () => {
  const placed = () =>
    site.sent.filter(({ method, path: address }) => method === "PUT" && address === "/front");

  test("has rows, and entries with words and pictures of their own", async () => {
    for (const key of ["a", "b", "c"]) await site.putStory(key);
    await site.put("pictures/gate.png", png(7));
    await site.put(
      "front.yaml",
      "lead: { story: a, title: Own words }\n" +
        "rows:\n  - name: The flood\n    entries:\n      - b\n      - { story: c, standfirst: Short., hero: pictures/gate.png }\n",
    );
    expect((await site.press()).issues).toEqual([]);
    const [hash] = site.pictures.keys();
    const [{ body, ifMatch } = { body: {}, ifMatch: "" }] = placed();
    expect(ifMatch).toBe('"3"');
    expect(body).toEqual({
      lead: { story: "id-a", title: "Own words" },
      pinned: [],
      rows: [
        {
          name: "The flood",
          entries: [
            "id-b",
            { story: "id-c", standfirst: "Short.", hero: { src: `/media/${hash}/gate.png` } },
          ],
        },
      ],
    });
  });

  test("is read again when an editor has changed it meanwhile", async () => {
    await site.putStory("a");
    await site.put("front.yaml", "lead: a\n");
    let puts = 0;
    site.intercept = ({ method, path: address }) => {
      if (method === "PUT" && address === "/front" && (puts += 1) === 1) site.frontVersion += 1;
      return undefined;
    };
    expect((await site.press()).issues).toEqual([]);
    expect(placed().map(({ ifMatch }) => ifMatch)).toEqual(['"3"', '"4"']);
  });

  test.each([
    ["a row without a name", "rows: [{ entries: [a] }]", "rows.0.name", "is missing"],
    ["an entry without a story", "lead: { title: X }", "lead.story", "is missing"],
    [
      "a field that nobody knows",
      "lead: { story: a, headline: X }",
      "lead.headline",
      "is not known",
    ],
    [
      "a story that is not there",
      "rows: [{ name: R, entries: [a, z] }]",
      "rows.0.entries.1",
      '"z"',
    ],
    ["a picture that is not there", "lead: { story: a, hero: no.png }", "lead.hero", '"no.png"'],
  ])("with %s is refused by its place, and nothing is placed", async (_, yaml, field, reason) => {
    await site.putStory("a");
    await site.put("front.yaml", `${yaml}\n`);
    const { issues } = await site.press();
    expect(issues).toMatchObject([{ file: "front.yaml", field }]);
    expect(issues[0]?.reason).toContain(reason);
    expect(placed()).toEqual([]);
  });
});

describe("a site in trouble", () => {
  test("is asked again after the time that it names", async () => {
    await site.putStory("a");
    const waits: number[] = [];
    const replies = [503, 429];
    site.intercept = () => {
      const status = replies.shift();
      return status === undefined
        ? undefined
        : { status, body: {}, headers: { "retry-after": "7" } };
    };
    const wait = async (milliseconds: number) => void waits.push(milliseconds);
    const report = await publishFolder(
      openNewsroom({ url: site.url, key: "bs_test", wait }),
      await readFolder(site.root),
      () => {},
    );
    expect(waits).toEqual([7000, 7000]);
    expect(report.created).toBe(1);
  });

  test("is given up after a few times, with its reason", async () => {
    await site.putStory("a");
    site.intercept = () => ({
      status: 503,
      body: { title: "Unavailable", detail: "The secret ROOT_KEY is missing." },
    });
    await expect(site.press()).rejects.toThrow(
      /answered 503 to POST \/api\/v1\/imports: The secret ROOT_KEY is missing/,
    );
    expect(site.sent.length).toBe(6);
  });

  test("that is not running is a sentence on how to start it", async () => {
    await site.putStory("a");
    site.shut();
    await expect(site.press()).rejects.toThrow(/Nothing answers at http.*npm start/);
  });

  test("that does not know the key is not sent anything else", async () => {
    await site.putStory("a");
    await site.put("settings.yaml", "title: The Test\n");
    const newsroom = openNewsroom({ url: site.url, key: "bs_wrong" });
    await expect(publishFolder(newsroom, await readFolder(site.root), () => {})).rejects.toThrow(
      /does not accept the key/,
    );
    expect(site.sent.length).toBe(1);
  });
});

describe("the sample paper", () => {
  const content = path.join(import.meta.dirname, "../../content");

  test("has no file that cannot be read, and names only sections, authors and stories that it has", async () => {
    const folder = await readFolder(content);
    expect(folder.issues).toEqual([]);
    expect(folder.stories.length).toBeGreaterThanOrEqual(9);
    const sections = new Set(folder.sections.map(({ slug }) => slug));
    const authors = new Set(folder.authors.map(({ slug }) => slug));
    const keys = new Set(folder.stories.map(({ key }) => key));
    for (const { key, fields, translationOf, related } of folder.stories) {
      if (fields["form"] === "page") continue;
      for (const other of related) expect(keys, key).toContain(other);
      expect(sections, key).toContain(fields["section"]);
      for (const author of (fields["authors"] ?? []) as string[])
        expect(authors, key).toContain(author);
      if (translationOf) expect(keys, key).toContain(translationOf);
      expect(String(fields["publishedAt"]) < "2026-11-20", key).toBe(true);
    }
    const entries = folder.front ? entriesOfFile(folder.front) : [];
    expect(entries.length).toBeGreaterThan(3);
    for (const [path, { story }] of entries) expect(keys, path).toContain(story);
  });

  test("is written without a byte that the next save would change", async () => {
    for (const { file } of (await readFolder(content)).stories) {
      expect(await readFile(path.join(content, file), "utf8"), file).toMatch(
        /^---\n[^\r]*[^\n]\n$/,
      );
    }
  });
});
