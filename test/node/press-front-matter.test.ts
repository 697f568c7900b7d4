import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { PressSite } from "./press-site.ts";

// Front matter as people really write it.

let site: PressSite;

beforeEach(async () => {
  site = await PressSite.open();
});

afterEach(() => site.close());

/** What becomes of a file with these lines between ---, and `section: city`. */
async function fieldsOf(front: string): Promise<Record<string, unknown>> {
  await site.put("story.md", `---\n${front}\nsection: city\n---\nText.\n`);
  return site.pressOne();
}

describe("YAML that parsers refuse", () => {
  test.each([
    ["a colon in the headline", "title: The ferry: a history", "The ferry: a history"],
    ["two colons and a comment", "title: One: two: three # not this", "One: two: three"],
    ["words in quotation marks at both ends", 'title: "Yes" and "no"', '"Yes" and "no"'],
    ["a quotation that goes on outside", 'title: "Glass" is a film', '"Glass" is a film'],
    ["a quotation mark too many", 'title: "Trams return', '"Trams return'],
    ["an apostrophe in apostrophes", "title: 'It's time'", "It's time"],
    ["an at sign in front", "title: @harbour speaks", "@harbour speaks"],
    ["a percent sign in front", "title: %s and other tides", "%s and other tides"],
    ["a backtick in front", "title: `git` for editors", "`git` for editors"],
    ["no blank behind the colon", "title:Trams return", "Trams return"],
  ])("is read with %s", async (_what, line, title) => {
    expect(await fieldsOf(line)).toMatchObject({ title, section: "city" });
  });

  test.each([
    ["a number sign", "title: Bus #5 is late", "Bus #5 is late"],
    ["emphasis", "title: *The Tempest* returns", "*The Tempest* returns"],
    ["brackets", "title: [Update] Fares rise", "[Update] Fares rise"],
    ["nothing but brackets", "title: [Update]", "[Update]"],
    ["an exclamation mark in front", "title: !important", "!important"],
    ["an ampersand in front", "title: &c", "&c"],
    ["a comment, which is left out", "title: Trams return # check the date", "Trams return"],
  ])("is not misread with %s", async (_what, line, title) => {
    expect(await fieldsOf(line)).toMatchObject({ title });
  });

  test("is read with a quotation that goes on at the margin, as a fifth of a real blog had it", async () => {
    const fields = await fieldsOf(
      'title: A\nexcerpt: "When Nepal was hit, the folks\nat MapGive: and others\nsprang into action."\ntags:\n- video',
    );
    expect(fields).toMatchObject({
      standfirst: "When Nepal was hit, the folks at MapGive: and others sprang into action.",
      tags: ["video"],
    });
  });

  test("is read with tabs and with lists that are not straight", async () => {
    expect(
      await fieldsOf("title: A\ntags:\n\t- ferry\n\t- fares\nauthors:\n  - ines\n - dov"),
    ).toMatchObject({ tags: ["ferry", "fares"], authors: ["ines", "dov"] });
  });

  test("is read with a colon in one of several lines", async () => {
    expect(await fieldsOf("title: A\nexcerpt: The ferry\n  sails: at last")).toMatchObject({
      standfirst: "The ferry sails: at last",
    });
  });

  test("is told of, with its line and how it is read", async () => {
    await site.put("a.md", "---\nsection: city\ntitle: The ferry: a history\n---\n");
    expect((await site.press()).notes).toEqual([
      { file: "a.md", note: 'line 3: title is read as "The ferry: a history"' },
    ]);
  });

  test("keeps the last of two values, but not where the story's secrecy hangs on it", async () => {
    expect(await fieldsOf("title: A\nsummary: One\nsummary: Two")).toMatchObject({
      standfirst: "Two",
    });
    await site.put(
      "story.md",
      "---\ntitle: A\nsection: city\nstatus: draft\nstatus: published\n---\n",
    );
    expect((await site.press()).issues).toMatchObject([{ file: "story.md", field: "status" }]);
  });

  test("is refused where no one can know what is meant, by the line of the file", async () => {
    await site.put("a.md", "---\ntitle: A\nsection: city\ntags: [ferry, fares\n---\nText");
    expect((await site.press()).issues).toMatchObject([
      { file: "a.md", reason: expect.stringMatching(/not valid YAML: .* at line 4/) as string },
    ]);
  });

  test("leaves numbers as they are written", async () => {
    expect(await fieldsOf("title: 007\ntags: [1.10, 2026]")).toMatchObject({
      title: "007",
      tags: ["1-10", "2026"],
    });
  });
});

describe("a date", () => {
  test.each([
    ["2024-03-05", "2024-03-05T00:00:00Z"],
    ["2024-3-5", "2024-03-05T00:00:00Z"],
    ["2024/03/05", "2024-03-05T00:00:00Z"],
    ["20240305", "2024-03-05T00:00:00Z"],
    ["2024-03-05 08:00", "2024-03-05T08:00:00Z"],
    ["2024-03-05T08:00:00.000Z", "2024-03-05T08:00:00Z"],
    ["2024-03-05T08:00:00+01:00", "2024-03-05T07:00:00Z"],
    ["2024-03-05 8:00:00 -0700", "2024-03-05T15:00:00Z"],
    ["2024-03-05 08:00:00 -5", "2024-03-05T13:00:00Z"],
    ["2024-03-05 08:00:00 UTC", "2024-03-05T08:00:00Z"],
    ["March 5, 2024", "2024-03-05T00:00:00Z"],
    ["March 5th, 2024 at 3:04 pm", "2024-03-05T15:04:00Z"],
    ["5 Mar 2024", "2024-03-05T00:00:00Z"],
    ["Tue, 05 Mar 2024 08:00:00 GMT", "2024-03-05T08:00:00Z"],
    ["Tue, 05 Mar 2024 08:00:00 EST", "2024-03-05T13:00:00Z"],
    ["Tue Mar 05 2024 08:00:00 GMT+0100 (Central European Standard Time)", "2024-03-05T07:00:00Z"],
  ])("may be written %s", async (written, publishedAt) => {
    expect(await fieldsOf(`title: A\ndate: ${written}`)).toMatchObject({ publishedAt });
  });

  test.each([
    "03/05/2024",
    "2024-02-30",
    "2024-03-05 13:00 pm",
    "2024-03-05 08:00 XYZ",
    "2023-01-29 18:30:22 2023 -0800",
  ])("is not guessed at: %s", async (written) => {
    await site.putStory("a", `date: ${written}\n`);
    expect((await site.press()).issues).toMatchObject([{ file: "a.md", field: "date" }]);
  });
});

describe("other front matter", () => {
  test("may be TOML, with its dates and with the tables that Zola has", async () => {
    await site.put(
      "a.md",
      '+++\ntitle = "Trams: a return"\ndate = 2024-03-05T08:00:00+01:00\nupdated = 2024-03-06\n[taxonomies]\ncategories = ["city", "Rails"]\ntags = ["C++"]\n[extra]\nsubtitle = "At last"\ncolour = 3\n+++\n\nText.\n\n+++\n',
    );
    expect(await site.pressOne()).toMatchObject({
      title: "Trams: a return",
      publishedAt: "2024-03-05T07:00:00Z",
      updatedAt: "2024-03-06T00:00:00Z",
      section: "city",
      tags: ["cpp", "rails"],
      standfirst: "At last",
      body: "Text.\n\n+++\n",
    });
  });

  test("is refused as broken TOML by its line", async () => {
    await site.put("a.md", '+++\ntitle = "A"\nsection = city\n+++\nText');
    expect((await site.press()).issues).toMatchObject([
      { file: "a.md", reason: expect.stringMatching(/not valid TOML: .* at line 3/) as string },
    ]);
  });

  test("may be JSON, or lines of names and values", async () => {
    await site.put("a.md", '{\n  "title": "A",\n  "section": "city"\n}\n\nText.\n');
    expect(await site.pressOne()).toMatchObject({ title: "A", body: "Text.\n" });
    await site.put(
      "a.md",
      "Title: The ferry: a history\nDate: 2024-03-05\nCategory: city\n\nText.\n",
    );
    expect(await site.pressOne()).toMatchObject({ title: "The ferry: a history", body: "Text.\n" });
  });

  test("may be missing when the text begins with a headline and --section says where it belongs", async () => {
    await site.put("2024-03-05-trams.md", "# Trams return #\n\nText.\n");
    expect((await site.press()).issues).toMatchObject([
      { reason: expect.stringMatching(/has no front matter.*--section/) as string },
    ]);
    expect(await site.pressOne({ section: "City" })).toMatchObject({
      title: "Trams return",
      slug: "trams",
      publishedAt: "2024-03-05T00:00:00Z",
      section: "city",
      body: "Text.\n",
    });
  });
});
