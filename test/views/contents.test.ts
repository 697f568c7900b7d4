import { describe, expect, test } from "vitest";
import { subheadsOf } from "../../src/views/contents.tsx";
import { render } from "../markdown/rendered.ts";
import { article, elements, settled } from "./sample.ts";

// The table of contents of a long read, from its body as it is stored.

const told = (markdown: string) => subheadsOf(render(markdown).html).map(({ text }) => text);
const LONG = { words: 1200 };
const body = (...markdown: string[]) => ({ html: render(markdown.join("\n\n")).html });

async function contentsOf(change: Parameters<typeof article>[0], on = settled({})) {
  const html = article(change, {}, on);
  const links = await elements(html, ".contents a");
  return { html, links: links.map(({ text, attributes }) => [attributes.href, text]) };
}

describe("the table of contents", () => {
  test("names the subheads of a long read, each with its place", async () => {
    const { html, links } = await contentsOf({ ...LONG, ...body("## One", "## Two", "## Three") });
    expect(links).toEqual([
      ["#h-one", "One"],
      ["#h-two", "Two"],
      ["#h-three", "Three"],
    ]);
    const ids = (await elements(html, "[id]")).map(({ attributes }) => `#${attributes.id}`);
    for (const [href] of links) expect(ids).toContain(href);
    const [nav] = await elements(html, "nav.contents");
    expect(nav?.attributes["aria-label"]).toBe("In this story");
    // Without a script it is folded and unfolded by the browser.
    expect(await elements(html, ".contents details:not([open]) > summary")).toHaveLength(1);
  });

  test("is for long reads of some parts alone", async () => {
    const three = body("## One", "## Two", "## Three");
    expect((await contentsOf({ words: 1199, ...three })).links).toEqual([]);
    expect((await contentsOf({ ...LONG, ...body("## One", "## Two") })).links).toEqual([]);
  });

  test("tells apart what is called the same, in any script", () => {
    const { html } = render("## Again\n\n## Again\n\n## 潮の高さ\n\n## المدّ والجزر\n\n## ???");
    expect(subheadsOf(html)).toEqual([
      { id: "h-again", text: "Again" },
      { id: "h-again-2", text: "Again" },
      { id: "h-潮の高さ", text: "潮の高さ" },
      { id: "h-المدّ-والجزر", text: "المدّ والجزر" },
      { id: "h-section", text: "???" },
    ]);
  });

  test("has what a subhead says, and neither its markup nor its notes", () => {
    expect(told("## A *b* `c<d>` & [e](https://x.example)[^1] &lt;f&gt;\n\n[^1]: Note.")).toEqual([
      "A b c<d> & e <f>",
    ]);
    expect(told('## H<sub>2</sub>O <ruby>潮<rp>(</rp><rt>しお</rt><rp>)</rp></ruby> "q"')).toEqual([
      "H2O 潮 “q”",
    ]);
    expect(told("## ![](https://x.example/a.png)\n\n## Said")).toEqual(["Said"]);
  });

  test("is of headings that an author wrote as HTML, too, and of a body that begins with a higher one", () => {
    expect(told("<h2>One</h2><p>x</p><h2 id='two'>Two</h2>\n\n<H2 class=x>Three</H2>")).toEqual([
      "One",
      "Two",
      "Three",
    ]);
    expect(told("# One\n\n## Below it\n\n# Two")).toEqual(["One", "Two"]);
  });

  test("leaves out what is quoted, listed, boxed or code", () => {
    const nested = [
      "> ## Quoted",
      "- ## Listed",
      "<details><summary>S</summary><h2>Boxed</h2></details>",
      '```\n<h2 id="h-code">Code</h2>\n```',
      "<blockquote><blockquote><h2>Deep</h2></blockquote><h2>Still</h2></blockquote>",
      "| a |\n| - |\n| <h2>Cell</h2> |",
      "## Out",
      "Text <h2>torn</h2> apart.",
    ];
    expect(told(nested.join("\n\n"))).toEqual(["Out", "torn"]);
  });

  test("has every place that it names, whatever the body", () => {
    const soup = [
      "## <b>a</h2> c",
      '<h2 title="</h2><h2 id=x>">T</h2>',
      "<h2><h2>in</h2>",
      "</h2>## x\n\n## <!-- c -->",
      "<section><h2>s</h2>",
      "<div><h2 id='h-a'>d",
      "<ul><li><h2>l</h2></ul><h2>after</h2>",
    ];
    for (const markdown of [...soup, soup.join("\n\n"), soup.toReversed().join("\n\n")]) {
      const { html } = render(markdown);
      for (const { id, text } of subheadsOf(html)) {
        expect(html).toContain(` id="${id}"`);
        expect(text).not.toMatch(/[<>]|\S\s{2}/);
      }
    }
  });

  test("stands in the story's language, its lines in their own direction", async () => {
    const three = body("## واحد", "## اثنان", "## ثلاثة");
    const { html } = await contentsOf({ ...LONG, ...three, language: "ar" });
    const [summary] = await elements(html, ".contents summary");
    expect(summary?.text).toBe("في هذا المقال");
    for (const { attributes } of await elements(html, ".contents a"))
      expect(attributes.dir).toBe("auto");
    // In a language that pages do not speak, its name is marked as the one that it is in.
    const hebrew = await elements(
      (await contentsOf({ ...LONG, ...three, language: "he" })).html,
      ".contents summary",
    );
    expect(hebrew[0]?.attributes).toMatchObject({ lang: "en", dir: "ltr" });
  });
});
