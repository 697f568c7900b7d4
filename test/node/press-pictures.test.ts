import { symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { png, PressSite } from "./press-site.ts";

let site: PressSite;

beforeEach(async () => {
  site = await PressSite.open();
  await site.put("city/gate.png", png(1));
  await site.put("static/images/mole pier.png", png(2));
});

afterEach(() => site.close());

/** What becomes of a body in `city/a.md`, its pictures' hashes left out of their addresses. */
async function bodyOf(body: string, options = {}): Promise<unknown> {
  await site.putStory("city/a", "", body);
  return withoutHashes((await site.pressOne(options))["body"]);
}

function withoutHashes(text: unknown): string {
  return String(text).replace(/\/media\/[a-z2-7]{32}\//g, "/media/…/");
}

describe("a picture that a story refers to", () => {
  test.each([
    ["beside the file", '![Gate](gate.png "Shut")', '![Gate](/media/…/gate.png "Shut")'],
    ["by a way round", "![Gate](../city/./gate.png)", "![Gate](/media/…/gate.png)"],
    ["from the root", "![Gate](/city/gate.png?v=2)", "![Gate](/media/…/gate.png)"],
    [
      "in a folder for what is served",
      "![Pier](</images/mole pier.png>)",
      "![Pier](/media/…/mole pier.png)",
    ],
    ["with escapes", "![Pier](/images/mole%20pier.png)", "![Pier](/media/…/mole pier.png)"],
    [
      "by a definition",
      "![Gate][g]\n\n[G]: gate.png 'Shut'",
      "![Gate][g]\n\n[G]: /media/…/gate.png 'Shut'",
    ],
    [
      "by a link to itself",
      "[![Gate](gate.png)](gate.png)",
      "[![Gate](/media/…/gate.png)](/media/…/gate.png)",
    ],
    [
      "as HTML",
      "Text\n<img src='gate.png' alt=\"A &amp; B\" width=3>\nmore",
      'Text\n<img src="/media/…/gate.png" alt="A &amp; B" width=3>\nmore',
    ],
    [
      "as a figure",
      '<figure class="wide">\n  <img src="gate.png" alt="Gate">\n  <figcaption>Shut <em>at</em> ten</figcaption>\n</figure>\n',
      '<figure class="wide">\n  <img src="/media/…/gate.png" alt="Gate">\n  <figcaption>Shut <em>at</em> ten</figcaption>\n</figure>\n',
    ],
    [
      "as HTML without quotes, with a link to it",
      "<a href=gate.png><img src=gate.png alt=Gate></a>",
      '<a href="/media/…/gate.png"><img src="/media/…/gate.png" alt=Gate></a>',
    ],
    [
      "by a generator's tag",
      "![Gate]({{ site.baseurl }}/city/gate.png)",
      "![Gate](/media/…/gate.png)",
    ],
    ["behind an exclamation", "Shut!![Gate](gate.png)", "Shut!![Gate](/media/…/gate.png)"],
  ])("is found %s", async (_where, body, expected) => {
    expect(await bodyOf(body)).toBe(expected);
  });

  test.each([
    ["a fence", "```md\n![Gate](gone.png)\n```\n"],
    ["a fence in a list", "- Like this:\n\n  ~~~\n  ![Gate](gone.png)\n  ~~~\n"],
    ["indented code", "Like this:\n\n    ![Gate](gone.png)\n"],
    ["a code span", "Write `![Gate](gone.png)` or ``![a`b](gone.png)``.\n"],
    ["a comment", "<!-- ![Gate](gone.png) -->\n"],
    ["HTML as code", "Write `<img src=gone.png>`.\n"],
    ["an escape", "\\![Gate](gone.png)\n"],
  ])("stays as it is in %s", async (_where, body) => {
    expect(await bodyOf(body)).toBe(body);
    expect(site.writes()).toEqual(["POST /imports"]);
  });

  test("stays as it is on the site or elsewhere", async () => {
    const body =
      "![a](https://x.example/a.png) ![b](//x.example/b.png) ![c](/media/abc/c.png) ![d](data:image/png;base64,aa)\n";
    expect(await bodyOf(body)).toBe(body);
  });

  test("is uploaded once, whoever refers to it, and not again by the next run", async () => {
    await site.putStory("city/a", "image: gate.png\nimage_alt: Gate\n", "![Gate](gate.png)\n");
    await site.putStory("city/b", "hero: { src: /city/gate.png, alt: Gate, credit: Ines }\n");
    const report = await site.press();
    expect(report).toMatchObject({ created: 2, pictures: { uploaded: 1 }, issues: [] });
    expect(site.writes()).toEqual(["POST /media?name=gate.png", "POST /imports"]);
    expect(
      site.importedItems().map(({ hero }) => withoutHashes((hero as { src: string }).src)),
    ).toEqual(["/media/…/gate.png", "/media/…/gate.png"]);
    site.sent = [];
    expect(await site.press()).toMatchObject({
      unchanged: 2,
      pictures: { uploaded: 0, unchanged: 1 },
      rowsWritten: 0,
    });
    expect(site.writes()).toEqual(["POST /imports"]);
  });

  test("is named with its line when there is no such file, and the others are published", async () => {
    await site.putStory("city/a", "hero: gone.png\n", "Text\n\n![Gate](lost.png)\n");
    await site.putStory("city/b");
    const report = await site.press();
    expect(report.issues).toEqual([
      { file: "city/a.md", field: "hero", reason: 'there is no file "gone.png" in the folder' },
      {
        file: "city/a.md",
        field: "body",
        reason: 'line 8: there is no file "lost.png" in the folder',
      },
    ]);
    expect(report.created).toBe(1);
  });

  test("is left out and told with --skip-pictures when it cannot be had", async () => {
    await site.put("city/drawing.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
    await site.putStory(
      "city/a",
      "hero: gone.png\n",
      "One ![a](lost.png) two ![b](drawing.svg) three\n",
    );
    expect((await site.press()).issues.length).toBe(2);
    const item = await site.pressOne({ skipPictures: true });
    expect(item["body"]).toBe("One  two  three\n");
    expect(item["hero"]).toBeUndefined();
  });

  test("is refused by what is wrong with it", async () => {
    await site.put("city/drawing.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
    await site.put("city/cut.png", png(3).subarray(0, 40));
    await site.putStory("city/a", "", "![a](drawing.svg)\n![b](cut.png)\n");
    expect((await site.press()).issues).toMatchObject([
      {
        file: "city/a.md",
        field: "body",
        reason: expect.stringMatching(/^line 5: city\/drawing.svg: .*SVG/) as string,
      },
      {
        file: "city/a.md",
        field: "body",
        reason: expect.stringMatching(/^line 6: city\/cut.png: /) as string,
      },
    ]);
    expect(site.writes()).toEqual([]);
  });

  test("never comes from outside the folder, by dots or by a link", async () => {
    const secret = path.join(os.tmpdir(), `secret-${process.pid}.png`);
    await writeFile(secret, png(9));
    await symlink(secret, path.join(site.root, "city/link.png"));
    await site.putStory(
      "city/a",
      "",
      `![a](../../${path.basename(secret)})\n![b](link.png)\n![c](/../../etc/passwd)\n`,
    );
    const { issues } = await site.press();
    expect(issues.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^line 5: .* is outside the folder$/),
      expect.stringMatching(/^line 6: .* is outside the folder$/),
      expect.stringMatching(/^line 7: .* is outside the folder$/),
    ]);
  });

  test("may be in a folder of its own that --pictures names", async () => {
    await site.put("site/assets/quay.png", png(5));
    await site.putStory("city/a", "", "![Quay](/assets/quay.png)\n");
    expect(
      withoutHashes((await site.pressOne({ pictures: path.join(site.root, "site") }))["body"]),
    ).toBe("![Quay](/media/…/quay.png)\n");
  });

  test("that was taken down from the site is not uploaded again", async () => {
    await site.putStory("city/a", "", "![Gate](gate.png)\n");
    await site.press();
    for (const picture of site.pictures.values()) picture["removedAt"] = "2026-11-01T00:00:00Z";
    site.sent = [];
    expect((await site.press()).issues).toMatchObject([
      {
        file: "city/a.md",
        reason: expect.stringMatching(/taken down from the site on 2026-11-01/) as string,
      },
    ]);
    expect(site.writes()).toEqual([]);
  });
});

describe("what is told of pictures", () => {
  test("in pictures.yaml goes with them, and again when it has changed", async () => {
    await site.put("pictures.yaml", "city/gate.png: { alt: The gate, credit: Ines }\n");
    await site.putStory("city/a", "hero: gate.png\n", "![](gate.png)\n");
    await site.press();
    expect([...site.pictures.values()]).toMatchObject([{ alt: "The gate", credit: "Ines" }]);
    await site.put("pictures.yaml", "/city/gate.png: { alt: The shut gate }\n");
    expect(await site.press()).toMatchObject({ pictures: { described: 1 } });
    expect([...site.pictures.values()]).toMatchObject([{ alt: "The shut gate", credit: "Ines" }]);
    site.sent = [];
    await site.press();
    expect(site.writes()).toEqual(["POST /imports"]);
  });

  test("must be something before a story goes out, unless --decorative says that it need not", async () => {
    await site.putStory(
      "city/a",
      "hero: gate.png\n",
      "![](gate.png) and ![](https://x.example/a.png)\n",
    );
    expect((await site.press()).issues).toMatchObject([
      { field: "hero.alt", reason: expect.stringMatching(/--decorative/) as string },
      {
        field: "body",
        reason: expect.stringMatching(/^line 6: city\/gate.png needs a text/) as string,
      },
    ]);
    const item = await site.pressOne({ decorative: true });
    expect(withoutHashes(item["body"])).toBe(
      "![ ](/media/…/gate.png) and ![ ](https://x.example/a.png)\n",
    );
    expect(item["hero"]).toMatchObject({ decorative: true });
  });

  test("may wait while the story is a draft", async () => {
    await site.putStory("city/a", "draft: true\n", "![](gate.png)\n");
    expect(await site.press()).toMatchObject({ created: 1, issues: [] });
  });
});

test("the paper's logo is a picture of the folder, and the theme goes as it is", async () => {
  await site.put(
    "settings.yaml",
    "title: The Test\nlogo: city/gate.png\ntheme: { masthead: ruled, colours: { light: { ink: '#000' } } }\n",
  );
  await site.press();
  const settings = site.sent.find(({ path: address }) => address === "/settings");
  expect(settings?.body).toMatchObject({
    theme: { masthead: "ruled", colours: { light: { ink: "#000" } } },
    logo: { src: expect.stringMatching(/^\/media\/[a-z2-7]{32}\/gate.png$/) as string },
  });
});
