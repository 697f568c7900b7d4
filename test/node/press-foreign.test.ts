import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { PressSite } from "./press-site.ts";

// Folders that were written for other generators.

let site: PressSite;

beforeEach(async () => {
  site = await PressSite.open();
});

afterEach(() => site.close());

describe("a file of another generator", () => {
  test("of Hugo's is understood without options", async () => {
    await site.put(
      "posts/trams/index.md",
      "---\ntitle: Trams return\ndate: 2024-03-05\nlastmod: 2024-03-06\ndescription: At last.\ncategories: [City, Rails]\ntags: [Cloud Native]\nauthor: Ines\naliases: [/old/Trams/]\nlang: en_GB\ndraft: false\nweight: 3\ntoc: true\n---\nText.\n",
    );
    await site.put("posts/_index.md", "---\ntitle: Posts\n---\n");
    await site.put("authors.yaml", "ines-calloway: { name: Ines }\n");
    expect(await site.pressOne()).toEqual({
      key: "posts/trams",
      title: "Trams return",
      publishedAt: "2024-03-05T00:00:00Z",
      updatedAt: "2024-03-06T00:00:00Z",
      standfirst: "At last.",
      section: "city",
      tags: ["cloud-native", "rails"],
      authors: ["ines-calloway"],
      redirectFrom: ["/old/trams"],
      language: "en-GB",
      body: "Text.\n",
    });
  });

  test("of Jekyll's has its date and its slug in its name", async () => {
    await site.put(
      "_posts/2024-03-05-Trams_return.markdown",
      "---\nlayout: post\ntitle: The trams are back\ncategory: city\nexcerpt: <p>Rails &amp; <em>bells</em>&#8217; return</p>\n---\nText.\n",
    );
    expect(await site.pressOne({ former: "/:section/:year/:month/:day/:slug" })).toMatchObject({
      slug: "trams-return",
      publishedAt: "2024-03-05T00:00:00Z",
      standfirst: "Rails & bells’ return",
      redirectFrom: ["/city/2024/03/05/trams_return"],
    });
  });

  test("of WordPress's keeps its address and its state", async () => {
    await site.put(
      "a.md",
      '---\ntitle: A\nsection: city\nslug: a-b\nlink: https://old.example/2011/02/03/A-b/?p=1\nwordpress_id: 3\nstatus: pending\nauthor: "[Jane Doe](https://jane.example) (Acme), John Roe, Jr. and Ines"\n---\nText.\n',
    );
    expect(await site.pressOne({}, { make: true })).toMatchObject({
      slug: "a-b",
      publishedAt: "2011-02-03T00:00:00Z",
      redirectFrom: ["/2011/02/03/a-b"],
      status: "draft",
      authors: ["jane-doe", "john-roe-jr", "ines"],
    });
  });

  test("of Zola's has its slug and its date in its path", async () => {
    await site.put("a.md", '+++\ntitle = "A"\npath = "2018/07/27/what-is-rust-2018"\n+++\nText.\n');
    expect(await site.pressOne({ section: "city" })).toMatchObject({
      slug: "what-is-rust-2018",
      publishedAt: "2018-07-27T00:00:00Z",
      redirectFrom: ["/2018/07/27/what-is-rust-2018"],
    });
  });

  test.each([
    ["draft: true", "draft"],
    ["published: false", "draft"],
    ["status: published\ndraft: yes", "draft"],
    ["published: 2024-03-05", undefined],
    ["expiryDate: 2001-01-01", "draft"],
  ])("with %s has the status %s", async (line, status) => {
    await site.putStory("a", `${line}\n`);
    expect((await site.pressOne())["status"]).toBe(status);
  });

  test("that does not expire before 2999 expires then", async () => {
    await site.putStory("a", "expires: 2999-01-01\n");
    expect(await site.pressOne()).toMatchObject({ expiresAt: "2999-01-01T00:00:00Z" });
  });
});

describe("names in the front matter", () => {
  test("are mapped by --map, which wins", async () => {
    await site.putStory(
      "a",
      "date: 2020-01-01\nlive: 2024-03-05\nsummary: No\nmeta: { dek: Yes }\n",
    );
    const item = await site.pressOne({
      map: [
        ["date", "live"],
        ["standfirst", "meta.dek"],
      ],
    });
    expect(item).toMatchObject({ publishedAt: "2024-03-05T00:00:00Z", standfirst: "Yes" });
  });

  test("that nobody knows are refused, unless they are passed over", async () => {
    await site.putStory("a", "mood: grey\n");
    expect((await site.press()).issues).toMatchObject([
      { file: "a.md", field: "mood", reason: expect.stringMatching(/--ignore mood/) as string },
    ]);
    await site.pressOne({ ignore: ["Mood"] });
    await site.pressOne({ ignoreUnknown: true });
  });

  test.each([
    "satus: draft",
    "expire: 2027-01-01",
    "drafts: true",
    "pubished: false",
    "Embargo: 2027-01-01",
    "private: true",
    "publish_on: 2027-01-01",
  ])("that may hide a story are not passed over with the rest: %s", async (line) => {
    await site.putStory("a", `${line}\n`);
    const [name = ""] = line.split(":");
    expect((await site.press({ ignoreUnknown: true })).issues).toMatchObject([
      { file: "a.md", field: name },
    ]);
    await site.pressOne({ ignore: [name] });
  });

  test("are told as the file has them when the site refuses their values", async () => {
    await site.putStory("a", "pubDate: 2024-03-05\n");
    site.intercept = ({ method }) =>
      method === "POST"
        ? { status: 422, body: { errors: [{ path: "items.0.publishedAt", message: "No." }] } }
        : undefined;
    expect((await site.press()).issues).toEqual([
      { file: "a.md", field: "pubDate", reason: "No." },
    ]);
  });
});

describe("sections and authors that do not exist", () => {
  test("are refused by what the file names, and --make is said to make them", async () => {
    await site.put("a.md", "---\ntitle: A\nsection: Arts & Music\nauthors: [Jane Doe]\n---\n");
    expect((await site.press()).issues).toEqual([
      {
        file: "a.md",
        field: "section",
        reason: expect.stringMatching(/no section "Arts & Music".*--make/) as string,
      },
      {
        file: "a.md",
        field: "authors.0",
        reason: expect.stringMatching(/no author "Jane Doe".*--make/) as string,
      },
    ]);
  });

  test("are made once, by their names", async () => {
    await site.put("a.md", "---\ntitle: A\nsection: Arts & Music\nauthors: [jane-doe]\n---\n");
    await site.put("b.md", "---\ntitle: B\nsection: arts-music\nby: Jane Doe\n---\n");
    const report = await site.press({}, { make: true });
    expect(report).toMatchObject({ made: 2, created: 2, issues: [] });
    expect(site.writes()).toEqual([
      "PUT /sections/arts-music",
      "PUT /authors/jane-doe",
      "POST /imports",
    ]);
    expect(site.stored.get("PUT /authors/jane-doe")).toBe('{"name":"Jane Doe"}');
    site.sent = [];
    expect(await site.press({}, { make: true })).toMatchObject({
      made: 0,
      unchanged: 2,
      rowsWritten: 0,
    });
    expect(site.writes()).toEqual(["POST /imports"]);
  });

  test("are not asked for when the folder has them", async () => {
    await site.put("sections.yaml", "arts: { name: The Arts }\n");
    await site.put("a.md", "---\ntitle: A\nsection: the arts\n---\n");
    expect((await site.pressOne())["section"]).toBe("arts");
    expect(site.sent.map(({ method }) => method)).not.toContain("GET");
  });

  test("may be taken from the folder, for files that name none", async () => {
    await site.put("city/deep/a.md", "---\ntitle: A\n---\n");
    await site.put("b/index.md", "---\ntitle: B\n---\n");
    await site.press({ sectionFromFolder: true, section: "city", author: "ines" });
    expect(site.importedItems()).toMatchObject([
      { key: "b", section: "city", authors: ["ines"] },
      { key: "city/deep/a", section: "city" },
    ]);
  });
});

describe("stories of one title", () => {
  test("keep their days apart when their addresses did, the first one without", async () => {
    for (const day of ["2024-06-11", "2024-05-14", "2024-07-09"])
      await site.put(`${day}-council.md`, "---\ntitle: The council\nsection: city\n---\n");
    await site.press();
    expect(site.importedItems().map(({ slug }) => slug)).toEqual([
      "council",
      "council-2024-06-11",
      "council-2024-07-09",
    ]);
  });

  test("are told apart by the names of their files otherwise", async () => {
    await site.put("one.md", "---\ntitle: The council\nsection: city\ndate: 2024-01-01\n---\n");
    await site.put("two.md", "---\ntitle: The council\nsection: city\ndate: 2024-02-01\n---\n");
    await site.press();
    expect(site.importedItems().map(({ slug }) => slug)).toEqual([undefined, "two"]);
  });
});

describe("what is no story", () => {
  test("is left out and told", async () => {
    for (const file of ["README.md", "_index.md", "b.mdx"]) await site.put(file, "Hello\n");
    await site.putStory("a", "tags: [日本語, '?!', ferry]\n", "{% include x %} and {{ page.y }}\n");
    const report = await site.press();
    expect(report.issues).toEqual([]);
    expect(report.notes.map(({ file, note }) => `${file}: ${note}`)).toEqual([
      expect.stringMatching(/^README.md: left out/),
      expect.stringMatching(/^_index.md: left out/),
      expect.stringMatching(/^b.mdx: left out/),
      expect.stringMatching(/^a.md: the tag "\?!" /),
      expect.stringMatching(/^a.md: line 6: has 2 template tags/),
    ]);
    expect(site.importedItems()).toMatchObject([{ tags: ["日本語", "ferry"] }]);
  });

  test("does not share its key with another file", async () => {
    await site.putStory("a");
    await site.putStory("a/index");
    expect((await site.press()).issues).toMatchObject([{ file: "a/index.md", field: "" }]);
  });
});
