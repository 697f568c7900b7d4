import { describe, expect, it } from "vitest";
import { boundProblem, MARKDOWN_LIMITS, renderMarkdown } from "../../src/text/markdown.ts";
import { siteOrigin, timed } from "./rendered.ts";

// Each body is rendered in good time, or refused with a sentence.

function refusal(markdown: string): string {
  const outcome = renderMarkdown(markdown, { language: "en", siteOrigin });
  return outcome.ok ? "rendered" : outcome.message;
}

/** `unit` repeated up to `size` characters. */
function filled(unit: string, size = 60_000): string {
  return unit.repeat(Math.floor(size / unit.length));
}

function numbered(count: number, line: (n: number) => string): string {
  return Array.from({ length: count }, (_, n) => line(n)).join("");
}

/** The cases of cmark's pathological tests, rebuilt, and those that are marked's own; each below 64 KiB. */
const HOSTILE: Record<string, string> = {
  "addresses alone": filled("https://a.example/@x/1\n\n"),
  "addresses of Facebook's, long": filled(
    `https://www.facebook.com/${"a.-_".repeat(40)}?a=1&b=2\n\n`,
  ),
  "boxes in boxes": filled(`${"> ".repeat(20)}[!NOTE] a\n\n`),
  galleries: filled(`${"![a](/b) ".repeat(20)}\n\n`),
  "marks of boxes": filled("> [!NOTE] [!NOTE] *a\n"),
  "nested strong emphasis": `${filled("*a **a ", 30_000)}b${filled(" a** a*", 30_000)}`,
  "nested strong emphasis, 7 KB": filled("*a **a ", 3500) + "b" + filled(" a** a*", 3500),
  "closers without openers": filled("a_ "),
  "openers without closers": filled("_a "),
  "star openers without closers": filled("*a **a "),
  "link closers without openers": filled("a]"),
  "link openers without closers": filled("[a"),
  "mismatched openers and closers": filled("*a_ "),
  "openers of two kinds": `${filled("*a ", 20_000)}${filled("_a*_ ", 40_000)}`,
  "openers and closers in threes": `a**b${filled("c* ")}`,
  "link openers and emphasis closers": filled("[ a_"),
  "[ (]( repeated": filled("[ (]("),
  "![[]() repeated": filled("![[]()"),
  "hard link and emphasis": filled("**x [a*b**c*](d)"),
  "nested brackets": `${filled("[", 30_000)}a${filled("]", 30_000)}`,
  "nested block quotes": `${filled("> ")}a`,
  "nested block quotes without spaces": `${filled(">")}a`,
  "nested block quotes, 8 KB": `${filled("> ", 8000)}a`,
  "deeply nested lists": numbered(240, (n) => `${"  ".repeat(n)}* a\n`),
  "lists nested on one line": `${filled("- ", 30_000)}x${filled("\n", 30_000)}`,
  "lists nested in a quote": `> ${filled("- ", 20_000)}x\n${filled(">\n", 30_000)}`,
  "quotes and lists nested": `${filled("> - ")}a`,
  "emphasis in a deep quote": `${filled(">", 20_000)}${filled("a*", 40_000)}`,
  "backticks of every length": numbered(340, (n) => `e${"`".repeat(n)}`),
  "unclosed links A": filled("[a](<b"),
  "unclosed links B": filled("[a](b"),
  "unclosed links with a closer at the end": `${filled("[a](b")})`,
  "unclosed comments": `</${filled("<!--")}`,
  "unclosed instructions": filled("<?"),
  "reference definitions": numbered(2500, (n) => `[x${n}]: /url\n\n[y]\n\n`),
  "many references": numbered(3000, (n) => `[${n}]: u\n`) + filled("[0] ", 25_000),
  "nested inlines": `${filled("*", 30_000)}a${filled("*", 30_000)}`,
  "nested stars, 4 KB": `${filled("*", 2000)}a${filled("*", 2000)}`,
  "nested underscores": `${filled("_", 30_000)}a${filled("_", 30_000)}`,
  "nested deletions": `${filled("~a ~~b ", 30_000)}${filled("a~ b~~ ", 30_000)}`,
  "lines that lazily continue a list": `- a\n${filled("b\n")}`,
  "lines that lazily continue quotes": filled("> > - > - > a\nb\n"),
  "quotes and lists in turn": filled("> - a\n> b\nc\n"),
  "quotes of changing depth": numbered(1500, (n) => `${">".repeat(1 + ((n * 7) % 30))} a\n`),
  "tables whose head does not fit": filled("a\n-|-\n"),
  "a table of 7,500 columns": `${filled("a|", 15_000)}\n${filled("-|", 15_000)}\n${filled("b\n", 15_000)}`,
  "a table of 30,000 empty rows": `a|b|c\n-|-|-\n${filled("|\n")}`,
  "a delimiter row without a table": `a\n${filled("--|")}x`,
  "one word": filled("a"),
  "an address with a long tail": `http://a/${filled(")")}`,
  "an address of entities": `http://a/${filled("&amp;")}`,
  "half addresses": filled("a@a."),
  "escaped brackets": filled("\\["),
  "angle brackets": filled("<"),
  "unclosed tags": filled("<a b='"),
  "a definition used many times": `[a]: /${filled("b", 4000)}\n\n${filled("[a] ", 50_000)}`,
  "footnote definitions": filled("[^1]: a\n"),
  "footnotes in footnotes": numbered(3500, (n) => `[^${n}]: a [^${n + 1}]\n`) + "\n[^0]",
  "footnotes in one line": filled("[^1]: "),
  "line separators": filled("a\u2028*"),
  "one run of spaces": `a${filled(" ")}b`,
  "footnote references": `${filled("[^1]")}\n\n[^1]: a`,
  quotes: filled("\"'a "),
};

const REFUSALS: [name: string, message: RegExp][] = [
  ["nested strong emphasis", /^Line 1 (?:nests emphasis|holds too many marks)/],
  ["nested strong emphasis, 7 KB", /^Line 1 nests emphasis and links more than 32 deep/],
  ["openers of two kinds", /^Line 1 (holds too many marks|opens emphasis)/],
  ["nested block quotes", /^Line 1 nests 30,000 block quotes and lists; at most 32 are allowed/],
  ["nested block quotes without spaces", /^Line 1 nests 60,000 block quotes/],
  ["nested block quotes, 8 KB", /^Line 1 nests 4,000 block quotes/],
  ["deeply nested lists", /^Line 1 nests 33 block quotes and lists/],
  ["lists nested on one line", /^Line 1 nests 14,999 block quotes/],
  ["lists nested in a quote", /^Line 1 nests 10,000 block quotes/],
  ["emphasis in a deep quote", /^Line 1 nests 20,000 block quotes/],
  ["unclosed links with a closer at the end", /^Line 1 holds too many marks/],
  ["nested inlines", /^Line 1 holds "\*{20}…", 60,001 characters without a space/],
  ["nested stars, 4 KB", /^Line 1 (?:nests emphasis|holds too many marks)/],
  [
    "tables whose head does not fit",
    /^Line 1 begins a table that brings the body to 40,002 table cells/,
  ],
  ["a table of 7,500 columns", /^Line 1 begins a table of 7,501 columns; at most 100 are allowed/],
  [
    "a table of 30,000 empty rows",
    /^Line 1 begins a table that brings the body to 90,\d\d\d table cells; at most 40,000/,
  ],
  [
    "one word",
    /^Line 1 holds "aaaaaaaaaaaaaaaaaaaa…", 60,000 characters without a space; at most 4,096/,
  ],
  ["quotes and lists in turn", /^Line 1 begins quotes, lists or tables too entangled to read/],
  ["lines that lazily continue quotes", /^Line 1 begins quotes, lists or tables/],
  ["lines that lazily continue a list", /^Line [12] begins quotes, lists or tables/],
  ["escaped brackets", /^Line 1 holds too many marks/],
  ["an address of entities", /^Line 1 holds too many marks|without a space/],
  [
    "a definition used many times",
    /^Line 3 uses link definitions and notes that grow to more than 1,800,000 characters/,
  ],
];

describe("Markdown › bounds", () => {
  it.each(Object.entries(HOSTILE))("hold for %s", async (_, markdown) => {
    expect(markdown.length).toBeLessThan(64 * 1024);
    // Neither throws: what the bounds do not refuse, the parser can read without the net under it.
    const problem = boundProblem(markdown);
    let message = "";
    const duration = await timed(() => {
      message = refusal(markdown);
    });
    expect(message).toBe(problem ?? "rendered");
    // About 100 ms on an idle machine; several times that where everything is built at once.
    expect(duration).toBeLessThan(1000);
  });

  it.each(REFUSALS)("refuse %s with a sentence for the editor", (name, message) => {
    expect(boundProblem(HOSTILE[name] ?? "")).toMatch(message);
  });

  it("name the line of the paragraph at fault", () => {
    expect(refusal(`# Title\n\nText.\n\n${"> ".repeat(140)}deep`)).toMatch(
      /^Line 5 nests 140 block quotes and lists/,
    );
    expect(refusal(`Text.\n\n- Point\n- ${"*a **b ".repeat(15)}c${" b** a*".repeat(15)}`)).toBe(
      "rendered",
    );
    expect(refusal(`Text.\n\n- Point\n- ${"*a **b ".repeat(40)}c${" b** a*".repeat(40)}`)).toMatch(
      /^Line 4 nests emphasis/,
    );
  });

  // Half a megabyte four times: on a busy machine that takes longer than other tests may.
  it(
    "refuse a body of more than 512 KiB and an article of more than 1.8 MB",
    { timeout: 30_000 },
    () => {
      expect(refusal("a ".repeat(256 * 1024))).toBe("rendered");
      expect(refusal(`${"a ".repeat(256 * 1024)}a`)).toBe(
        "The body takes 524,289 bytes; at most 524,288 are allowed",
      );
      expect(refusal("é ".repeat(200_000))).toMatch(/^The body takes 600,000 bytes/);
      expect(refusal("- - -\n*a*\n\n\n".repeat(40_000))).toBe("rendered");
      expect(refusal("## a\n".repeat(90_000))).toMatch(
        /^The body and its HTML take more than 1,800,000 bytes/,
      );
    },
  );

  const sentence =
    'The council\'s plan -- "a bold one", said *nobody* -- costs £3m; see [the report](/r?a=1) and **note** [sic]. ';
  const honest: Record<string, string> = {
    "512 KiB of prose": filled(
      `${"The council has a plan that nobody likes. ".repeat(12)}\n\n`,
      520_000,
    ),
    "half a megabyte dense in emphasis and links": filled(`${sentence.repeat(6)}\n\n`, 500_000),
    "one dense paragraph of 100 KB": filled(sentence, 100_000),
    "3,000 footnotes":
      numbered(3000, (n) => `A claim[^${n}].\n\n`) +
      numbered(3000, (n) => `[^${n}]: Its *source*, p. ${n}.\n`),
    "a list of 2,000 lines": "- a line with *em* and [a link](/b)\n".repeat(2000),
    "a table of 500 rows": `|a|b|c|d|e|f|g|h|\n|-|-|-|-|-|-|-|-|\n${"|1|*two*|3|4|5|6|7|8|\n".repeat(500)}`,
    "code full of marks": `\`\`\`\n${filled("*a **a [a](b > > > > - - - `` <!-- |a|b|\n", 300_000)}\`\`\``,
    "an unclosed fence": `Text.\n\n~~~\n${filled("*a **a > > [a](b\n", 200_000)}`,
    "Japanese without spaces": filled(
      `${"東京都は**今日**、新しい計画を発表した。".repeat(100)}\n\n`,
      100_000,
    ),
    "snake_case and lone stars": filled(
      `${"some_long_name 5 * 3 and price* of it. ".repeat(20)}\n\n`,
      300_000,
    ),
    "hard-wrapped paragraphs": filled(
      `${"The council has a plan that nobody likes and\n".repeat(30)}\n`,
      500_000,
    ),
    "600 lists and headings without an empty line": filled(
      "### Version 1.2.3\n- Fixed it\n- Added that\n",
      30_000,
    ),
    "400 steps whose code is not theirs": filled("12. Step:\n   ```sh\n   do it\n   ```\n", 16_000),
    "ten levels of lists": numbered(10, (n) => `${"  ".repeat(n)}- level ${n}\n`),
    "an address of 2,000 characters": `See [this](https://a.example/?q=${"a".repeat(2000)}) or https://a.example/?q=${"b".repeat(2000)}`,
  };

  it.each(Object.entries(honest))("let pass %s", async (_, markdown) => {
    const duration = await timed(() => expect(refusal(markdown)).toBe("rendered"));
    expect(duration).toBeLessThan(3000);
  });

  it("are set where the documentation says", () => {
    expect(MARKDOWN_LIMITS).toMatchObject({
      bodyBytes: 524_288,
      storedBytes: 1_800_000,
      blockNesting: 32,
    });
  });
});

describe("Markdown › HTML", () => {
  it("refuses HTML that would never end", () => {
    expect(refusal(filled("<sub>", 25_000))).toMatch(
      /^The HTML in the body nests more than 150 elements/,
    );
    expect(refusal(`<a ${numbered(6000, (n) => `b${n} `)}>x</a>`)).toMatch(
      /^Line 1 begins HTML with 6,00\d attributes/,
    );
    expect(refusal(`${"<b>".repeat(10)}${filled("<p>", 30_000)}`)).toBe("rendered");
    const open = numbered(140, (n) => `<b id=${n}>`);
    expect(refusal(`${open}${filled("<p>a", 20_000)}`)).toMatch(
      /^The HTML in the body comes to more than 100,000 elements|nests more/,
    );
  });

  const heavy: Record<string, string> = {
    "unclosed divisions": filled("<div>"),
    "unclosed divisions, each its block": filled("<div>\n\n"),
    "emphasis with attributes and paragraphs": `${numbered(3000, (n) => `<b a${n}>`)}${filled("<p>", 30_000)}`,
    "a tag of attributes": `<p ${numbered(9000, (n) => `a${n} `)}>`,
    "links in links": filled("<a href=/>"),
    "tables in tables": filled("<table><td>"),
    "text in tables": `<table>${filled("a<b>")}`,
    "crossed emphasis": filled("<b><i></b></i>"),
    "crossed paragraphs": filled("<p><b></p></b>"),
    "comments never closed": filled("<!-"),
    templates: filled("<template>"),
    "closing tags": filled("</p>"),
    "lists never closed": filled("<ul><li>"),
    "tags in foreign content": `<svg>${filled("<p><g>")}`,
    "an attribute never closed": `<p title="${filled("a ")}`,
    // What costs the square of its length shows at this one: these two took ten seconds and more.
    "240 KB of lists of one point": filled("1. a\n2) b\n", 240_000),
    "240 KB of lists and rules": filled("- a\n* a\n  - - -\n***\n", 240_000),
    "240 KB of links without a space": filled("[a](b)", 240_000),
    "240 KB of points and breaks": filled("- x\n<br>", 240_000),
    "240 KB of titles never closed": filled("a <title> ", 240_000),
    "240 KB of scripts never closed": filled("a <script>", 240_000),
    "240 KB of marks in running text": filled("<i>a</i> ", 240_000),
    "240 KB of bars in a table": `|a|\n|-|\n${filled('|<i title="\\|">b</i>|\n', 240_000)}`,
  };
  it.each(Object.entries(heavy))("reads or refuses %s in good time", async (_, markdown) => {
    const duration = await timed(() => expect(refusal(markdown)).not.toBe(""));
    expect(duration).toBeLessThan(4000);
  });
});
