import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findEmbed } from "../src/text/embeds.ts";
import { boundProblem, MARKDOWN_LIMITS, renderMarkdown } from "../src/text/markdown.ts";
import type { Rendered } from "../src/text/markdown.ts";
import { BODY_SIZES } from "../src/text/markdown/pictures.ts";
import type { Picture } from "../src/domain/media.ts";

const siteOrigin = "https://paper.example";

function render(markdown: string, language = "en"): Rendered {
  const outcome = renderMarkdown(markdown, { language, siteOrigin });
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.value;
}

function html(markdown: string, language = "en"): string {
  return render(markdown, language).html.trim();
}

/** The headings of a body: `level id`. */
function headingsOf(markdown: string): string[] {
  return [...html(markdown).matchAll(/<h([1-6]) id="([^"]*)">/g)].map(
    ([, level, id]) => `${level} ${id}`,
  );
}

function refusal(markdown: string): string {
  const outcome = renderMarkdown(markdown, { language: "en", siteOrigin });
  return outcome.ok ? "rendered" : outcome.message;
}

/** workerd's clock stands still while code runs: it has to be let go once before it is read. */
async function timed(act: () => void): Promise<number> {
  await scheduler.wait(0);
  const start = performance.now();
  act();
  await scheduler.wait(0);
  return performance.now() - start;
}

const TAGS = new Set(
  `a abbr b bdi bdo blockquote br caption cite code dd del details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr
  i img input ins kbd li mark ol p picture pre q rp rt ruby s samp section small source span strong sub summary sup table tbody
  td tfoot th thead time tr u ul var wbr`.split(/\s+/),
);
const ATTRIBUTES = new Set(
  `alt aria-hidden aria-label checked cite class colspan data-provider datetime decoding dir disabled height href id lang
  loading media rel role rowspan scope sizes src srcset start tabindex title type width`.split(
    /\s+/,
  ),
);
const VOID = new Set(["br", "hr", "img", "input", "source", "wbr"]);
const PIECE = /^(\/?)([a-z][a-z\d]*)((?: [a-z-]+(?:="[^"<>]*")?)*)(?: \/)?>[^<>]*$/;

/** An independent reader of finished HTML: everything in it that is not plainly harmless. */
function dangersIn(markup: string, { balanced = true } = {}): string[] {
  const dangers: string[] = [];
  const open: string[] = [];
  const [text = "", ...pieces] = markup.split("<");
  if (text.includes(">")) dangers.push(text);
  for (const piece of pieces) {
    const [, slash, tag = "", attributes = ""] = PIECE.exec(piece) ?? [];
    if (!TAGS.has(tag)) dangers.push(`<${piece}`);
    dangers.push(...attributeDangers(attributes));
    if (slash === "/" && open.pop() !== tag && balanced) dangers.push(`unbalanced ${piece}`);
    if (slash === "" && !VOID.has(tag)) open.push(tag);
  }
  if (balanced && open.length > 0) dangers.push(`unclosed ${open.join(" ")}`);
  return dangers;
}

function attributeDangers(attributes: string): string[] {
  return [...attributes.matchAll(/ ([a-z-]+)(?:="([^"]*)")?/g)].flatMap(
    ([whole, name = "", value = ""]) => {
      if (!ATTRIBUTES.has(name)) return [whole];
      if (name === "id") return /^(?:h|fn|fnref|id)-/.test(value) ? [] : [whole];
      if (name !== "href" && name !== "src" && name !== "cite") return [];
      if (/&(?!amp;)/.test(value)) return [whole];
      const { protocol } = new URL(
        value.replaceAll("&amp;", "&"),
        "https://paper.example/news/story",
      );
      return ["http:", "https:", ...(name === "href" ? ["mailto:", "tel:"] : [])].includes(protocol)
        ? []
        : [whole];
    },
  );
}

/** Each as it would be typed into a body: Markdown, HTML, or both. */
const ATTACKS = [
  "<script>alert(1)</script>",
  "<SCRIPT SRC=https://evil.example/x.js></SCRIPT>",
  "<scr<script>ipt>alert(1)</scr</script>ipt>",
  "<script\n>alert(1)</script\n>",
  "<script/x>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  '<img src="x" onerror="alert(1)"',
  "<img src=x onerror=alert(1)//",
  "<img/src=x/onerror=alert(1)>",
  "<img src='x'onerror='alert(1)'>",
  '<img """><script>alert(1)</script>">',
  '<img alt="`" src=x onerror=alert(1)//`>',
  "<svg onload=alert(1)>",
  "<svg><script>alert(1)</script></svg>",
  "<svg><a xlink:href='javascript:alert(1)'>x</a></svg>",
  '<math><mtext><table><mglyph><style><img src=x onerror="alert(1)">',
  "<iframe src=javascript:alert(1)></iframe>",
  '<iframe srcdoc="<script>alert(1)</script>">',
  "<object data=javascript:alert(1)></object>",
  "<embed src=javascript:alert(1)>",
  "<body onload=alert(1)>",
  "<details open ontoggle=alert(1)>x</details>",
  "<video><source onerror=alert(1)></video>",
  "<input autofocus onfocus=alert(1)>",
  "<form action=javascript:alert(1)><button>x</button></form>",
  "<button formaction=javascript:alert(1)>x</button>",
  "<a href=javascript:alert(1)>x</a>",
  "<blockquote cite=javascript:alert(1)>x</blockquote><q cite=' data:text/html,x'>x</q>",
  '<a href="java\tscript:alert(1)">x</a>',
  '<a href="&#106;avascript:alert(1)">x</a>',
  '<a href="javascript&colon;alert(1)">x</a>',
  '<a href=" \u0001javascript:alert(1)">x</a>',
  '<a style="background:url(javascript:alert(1))">x</a>',
  '<p style="position:fixed;inset:0">x</p>',
  '<p id="forms" name="cookie">x</p>',
  "<base href=https://evil.example/>",
  "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
  "<link rel=stylesheet href=https://evil.example/x.css>",
  "<style>@import 'https://evil.example/x.css';</style>",
  "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
  "<textarea></textarea><script>alert(1)</script>",
  "<xmp><script>alert(1)</script></xmp>",
  "<template><script>alert(1)</script></template>",
  "<!--><img src=x onerror=alert(1)>-->",
  "<!-- --!><img src=x onerror=alert(1)> -->",
  "<![CDATA[<img src=x onerror=alert(1)>]]>",
  "<?xml <img src=x onerror=alert(1)> ?>",
  "<kbd><img src=x onerror=alert(1)</kbd>",
  "<kbd>&lt;img src=x onerror=alert(1)&gt;</kbd>",
  "<sub onclick=alert(1)>x</sub>",
  "<kbd\u000conclick=alert(1)>x</kbd>",
  "[x](javascript:alert(1))",
  "[x](JaVaScRiPt:alert(1))",
  "[x](<java\tscript:alert(1)>)",
  "[x](javascript&colon;alert(1))",
  "[x](&#x6A;avascript:alert(1))",
  "[x](&#0000106avascript:alert(1))",
  "[x](javascript&#58;alert(1))",
  "[x](java&Tab;script:alert(1))",
  "[x](java&NewLine;script:alert(1))",
  "[x](javascript%3Aalert(1))",
  "[x](javascript%253Aalert(1))",
  "[x](\\javascript:alert(1))",
  "[x](javascript\\:alert(1))",
  "[x](\u00a0javascript:alert(1))",
  "[x](\u0001javascript:alert(1))",
  "[x](vbscript:msgbox(1))",
  "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
  "[x](file:///etc/passwd)",
  "[x](feed:javascript:alert(1))",
  "[x](view-source:javascript:alert(1))",
  '[x](https://a.example/"onmouseover="alert(1))',
  '[x](/a "t" onclick=alert(1) ")',
  "[x](/a '\"><script>alert(1)</script>')",
  "![x](javascript:alert(1))",
  "![x](data:image/svg+xml,<svg/onload=alert(1)>)",
  '![x" onerror="alert(1)](/a.png)',
  "![<script>alert(1)</script>](/a.png '\" onerror=\"alert(1)')",
  "![x](mailto:a@b.example)",
  "<javascript:alert(1)>",
  "<data:text/html,x>",
  "[x]: javascript:alert(1)\n\n[x] ![x][x]",
  "[x]: <java&#10;script:alert(1)>\n\n[x]",
  '```"onclick=alert(1)\n</code></pre><script>alert(1)</script>\n```',
  '```x" onmouseover="alert(1)\ny\n```',
  "`</code><script>alert(1)</script>`",
  '# <img src=x onerror=alert(1)>\n\n# " onclick=alert(1) x="',
  "|<script>alert(1)</script>|\n|-|\n|[x](javascript:alert(1))|",
  '[^"onclick=alert(1)]\n\n[^"onclick=alert(1)]: <script>alert(1)</script>',
  "[^1]\n\n[^1]: [x](javascript:alert(1))",
  "- [x] <img src=x onerror=alert(1)>",
  "&lt;script&gt;alert(1)&lt;/script&gt; &#60;script&#62;alert(1)&#60;/script&#62;",
  'https://evil.example/"><script>alert(1)</script>',
  "www.evil.example/'onmouseover=alert(1)",
];

describe("Markdown › safety", () => {
  it.each(ATTACKS)("disarms %j", (attack) => {
    expect(dangersIn(html(attack))).toEqual([]);
    expect(dangersIn(html(`> - a ${attack}\n\n*b ${attack} b*`))).toEqual([]);
  });

  it.each(ATTACKS)("disarms %j wherever HTML may stand", (attack) => {
    const places = [
      "<div>%</div>",
      "<p>%",
      "<table><tr><td>%",
      "<ul><li>%</ul>",
      "<pre>%</pre>",
      "<svg>%</svg>",
      "<math>%",
    ];
    for (const place of [
      ...places,
      "<select>%",
      "<template>%",
      "<a href='%'>x</a>",
      "<i title='%'>x</i>",
      "<b>\n\n%\n\n</b>",
    ])
      expect(dangersIn(html(place.replace("%", () => attack)))).toEqual([]);
  });

  it("is checked by a reader that sees what is wrong", () => {
    expect(dangersIn('<p onclick="x">a</p>')).not.toEqual([]);
    expect(dangersIn('<a href="javascript:x">a</a>')).not.toEqual([]);
    expect(dangersIn('<a href="&#106;avascript:x">a</a>')).not.toEqual([]);
    expect(dangersIn('<img src="data:image/png;x">')).not.toEqual([]);
    expect(dangersIn("<p>a</em>")).not.toEqual([]);
    expect(dangersIn("<p>a > b</p>")).not.toEqual([]);
    expect(dangersIn('<p id="forms">a</p>')).not.toEqual([]);
    expect(dangersIn("<p><font>a</font></p>")).not.toEqual([]);
    expect(dangersIn('<blockquote cite="javascript:x">a</blockquote>')).not.toEqual([]);
  });

  it("shows a link that is not allowed as its text", () => {
    expect(html("A [*link*](javascript:alert(1)).")).toBe("<p>A <em>link</em>.</p>");
    expect(html("![A picture](data:image/png;base64,AA==)")).toBe("<p>A picture</p>");
  });

  it.each([
    "javascript%3Aalert(1)",
    "javascript%253Aalert(1)",
    "java&Tab;script:a",
    "&#106;avascript:a",
    "data:text/html,a",
    "/a\u200eb",
    "http://",
    "http://www.\\a",
  ])("makes no link of %j", (address) => {
    expect(html(`[x](<${address}>)`)).toBe("<p>x</p>");
  });

  it("lets honest addresses through as they are", () => {
    expect(html("[x](/a?b=1&c=2#d)")).toBe('<p><a href="/a?b=1&amp;c=2#d">x</a></p>');
    expect(html("[x](/a?b=1&amp;c=2)")).toBe('<p><a href="/a?b=1&amp;c=2">x</a></p>');
    expect(html("[x](page:2/b)")).toBe("<p>x</p>");
    expect(html("[x](</a b/ü%20c>)")).toBe('<p><a href="/a%20b/%C3%BC%20c">x</a></p>');
    expect(html("[x](mailto:desk@paper.example) [y](tel:+441234) [z](#h-a)")).toBe(
      '<p><a href="mailto:desk@paper.example">x</a> <a href="tel:+441234">y</a> <a href="#h-a">z</a></p>',
    );
  });

  it("marks links that leave the site, and only those", () => {
    expect(html("[x](https://evil.example/)")).toContain('rel="noopener"');
    expect(html("[x](//evil.example/)")).toContain('rel="noopener"');
    expect(html("[x](https://paper.example.evil.example/)")).toContain('rel="noopener"');
    expect(html("[x](https://paper.example/a) [y](https://paper.example)")).not.toContain("rel=");
  });

  it("takes out what an editor cannot see", () => {
    expect(html("\ufeffa\r\nb\rc\0d\ud800e\u202ef\u0007g")).toBe("<p>a\nb\nc\ufffdd\ufffdefg</p>");
    expect(html("\u2067عربي\u2069")).toBe("<p>\u2067عربي\u2069</p>");
    expect(html("a\u2028b\u2029c")).toBe("<p>a\nb</p>\n<p>c</p>");
  });
});

describe("Markdown › soup", () => {
  const fragments = fc.constantFrom(
    ..."* ** _ __ ~ ~~ ` `` [ ] ( ) ![ ]( < > \\ \" ' | # ! : - + = & ; /".split(" "),
    ..."<sub> </sub> <kbd> </kbd> <script> <img <a &amp; &#39; &colon; <!-- --> 😀 é 東京".split(
      " ",
    ),
    ..."</script> <b> </b> </p> <ul> <li> </ul> <table> <td> </table> <textarea> <svg> <title> <select>".split(
      " ",
    ),
    ..."<template> <noscript> <plaintext> <details> </a> <iframe> </iframe> own0 <h1> </h1> <pre> </pre>".split(
      " ",
    ),
    "<div>\n",
    '<p id="x" onclick=y>',
    '<a href="javascript:x">',
    '<img src="/a.png" onerror=x>',
    '<blockquote class="twitter-tweet"><a href="https://x.com/ana/status/12345">',
    '<div title="',
    "<figure>",
    "<math><mi>",
    ..."javascript: http:// www. a@b.c [^1] [x] \ud800 \0 \u202e".split(" "),
    ..."\n¦\n\n¦ ¦  ¦    ¦\t¦\n> ¦\n- ¦\n  - ¦\n1. ¦\n# ¦\n|-|-|\n¦\n```\n¦\n---\n¦- [ ] ¦word ¦\u00a0".split(
      "¦",
    ),
    "[^1]: ",
    "[x]: /y\n",
    "](javascript:",
    `](/a "`,
  );
  const noise = fc.string({ unit: "binary" });
  const part = fc.oneof({ weight: 9, arbitrary: fragments }, { weight: 1, arbitrary: noise });
  const soup = fc.array(part, { maxLength: 60 });

  it("is never thrown at, and always safe and well nested", async () => {
    const duration = await timed(() => {
      fc.assert(
        fc.property(soup, (parts) => {
          expect(dangersIn(render(parts.join("")).html)).toEqual([]);
        }),
        { numRuns: 3000 },
      );
    });
    expect(duration).toBeLessThan(12_000);
  });
});

/** `unit` repeated up to `size` characters. */
function filled(unit: string, size = 60_000): string {
  return unit.repeat(Math.floor(size / unit.length));
}

function numbered(count: number, line: (n: number) => string): string {
  return Array.from({ length: count }, (_, n) => line(n)).join("");
}

/** The cases of cmark's pathological tests, rebuilt, and those that are marked's own; each below 64 KiB. */
const HOSTILE: Record<string, string> = {
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
  const left = (markdown: string) =>
    render(markdown).notes.map(({ line, message }) => `${line}: ${message}`);
  const stays = "was left out; its words stay.";

  it.each([
    ["H<sub>2</sub>O, x<sup>2</sup>", "<p>H<sub>2</sub>O, x<sup>2</sup></p>"],
    ["<p>One <em>two</em></p>\n<p>three", "<p>One <em>two</em></p>\n<p>three</p>"],
    [
      "<i>a</i> <b>b</b> <u>c</u> <s>d</s> <strike>e</strike>",
      "<p><i>a</i> <b>b</b> <u>c</u> <s>d</s> <s>e</s></p>",
    ],
    [
      '<tt>"a"</tt> <samp>b</samp> <var>c</var>',
      '<p><code>"a"</code> <samp>b</samp> <var>c</var></p>',
    ],
    [
      '<q cite="https://a.example/">a</q> <cite>b</cite>',
      '<p><q cite="https://a.example/">a</q> <cite>b</cite></p>',
    ],
    [
      '<abbr title="World &quot;x&quot;">W</abbr>',
      '<p><abbr title="World &quot;x&quot;">W</abbr></p>',
    ],
    ['<time datetime="2026-11-27">today</time>', '<p><time datetime="2026-11-27">today</time></p>'],
    [
      "<ruby>東<rp>(</rp><rt>とう</rt><rp>)</rp></ruby>",
      "<p><ruby>東<rp>(</rp><rt>とう</rt><rp>)</rp></ruby></p>",
    ],
    ['<bdo dir="rtl">a</bdo> long<wbr>word', '<p><bdo dir="rtl">a</bdo> long<wbr>word</p>'],
    ['<p lang="de" dir="ltr">a</p>', '<p lang="de" dir="ltr">a</p>'],
    [
      "<del datetime='2020-01-01'>a</del> <ins>b</ins>",
      '<p><del datetime="2020-01-01">a</del> <ins>b</ins></p>',
    ],
    ["<ul>\n<li>a\n<li>b\n</ul>", "<ul>\n<li>a\n</li>\n<li>b\n</li>\n</ul>"],
    ['<ol start="3"><li>a</ol>', '<ol start="3">\n<li>a</li>\n</ol>'],
    ["<dl><dt>a<dd>b</dl>", "<dl>\n<dt>a</dt>\n<dd>b</dd>\n</dl>"],
    ["<pre>\na  <b>b</b>\n</pre>", '<pre tabindex="0">a  <b>b</b>\n</pre>'],
    ["<blockquote>a<p>b</blockquote>", "<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>"],
    [
      "<details><summary>S</summary>a</details>",
      "<details><summary>S</summary>\n<p>a</p>\n</details>",
    ],
    ["<hr>", "<hr>"],
  ])("keeps %j", (markdown, kept) => {
    expect(html(markdown)).toBe(kept);
    expect(left(markdown)).toEqual([]);
  });

  it.each([
    ["<div>one</div><div>two</div>", "<p>one</p>\n<p>two</p>", [`1: <div> ${stays}`]],
    [
      "<center><font color=red>a</font></center>",
      "<p>a</p>",
      [`1: <center> ${stays}`, `1: <font> ${stays}`],
    ],
    [
      "a <span class=x>b</span> <my-tag>c</my-tag>",
      "<p>a b c</p>",
      [`1: <span> ${stays}`, `1: <my-tag> ${stays}`],
    ],
    [
      "<p style='x' onclick=y>a",
      "<p>a</p>",
      [
        "1: The attribute style of <p> was left out.",
        "1: The attribute onclick of <p> was left out.",
      ],
    ],
    [
      "a\n\nb <script>x</script> c",
      "<p>a</p>\n<p>b  c</p>",
      ["3: <script> was left out, with what is in it."],
    ],
    ["<style>\np {}\n</style>\n\na", "<p>a</p>", ["1: <style> was left out, with what is in it."]],
    [
      "<form><p>Name <input> <button>Go</button></form>",
      "<p>Name  </p>".replace("  ", ""),
      [
        `1: <form> ${stays}`,
        "1: <input> was left out.",
        "1: <button> was left out, with what is in it.",
      ],
    ],
    ["a\n<!--more-->\nb", "<p>a</p>\n<p>b</p>", ["2: A comment was left out."]],
    [
      "> a\n> <span>b</span>\n\n- c\n- <span>d</span>",
      "<blockquote>\n<p>a\nb</p>\n</blockquote>\n<ul>\n<li>c</li>\n<li>d</li>\n</ul>",
      [`2: <span> ${stays}`],
    ],
    ["a[^1]\n\n[^1]: b <font>c</font>", undefined, [`3: <font> ${stays}`]],
    ["<ul>\n<li>a\n<li><blink>b\n</ul>", undefined, [`3: <blink> ${stays}`]],
    [
      '<a href="javascript:x">a</a>',
      "<p>a</p>",
      ['1: The address "javascript:x" was left out: it is none that leads anywhere.'],
    ],
    [
      '<img src="data:x" alt="b">',
      "<p>b</p>",
      ["1: A picture without an address that can be shown was left out."],
    ],
  ])("says what it left out of %j", (markdown, kept, notes) => {
    if (kept !== undefined) expect(html(markdown)).toBe(kept);
    expect(left(markdown)).toEqual(notes);
  });

  it.each([
    "<p dir=sideways lang='x y'>a</p>",
    "<ol start='1\" onclick=\"x'><li>a</ol>",
    "<table><tr><td colspan=99999>a</table>",
    "<time datetime='<b>'>a</time>",
  ])("keeps no value that its attribute cannot have: %s", (markdown) => {
    expect(html(markdown)).not.toMatch(/ (?:dir|lang|start|colspan|datetime)=/);
    expect(left(markdown)[0]).toMatch(/^1: The attribute \w+ of <\w+> was left out\.$/);
  });

  it("says nothing of a body that it keeps whole, with the words that are in it counted", () => {
    expect(render("*a* b").notes).toEqual([]);
    expect(render("<p>One two <b>three</b></p>\n\nfour").words).toBe(4);
  });

  it("reads Markdown between tags, and none inside a block of HTML, as CommonMark does", () => {
    expect(html("<div>\n*a*\n</div>")).toBe("<p>*a*</p>");
    expect(html("<div>\n\n*a*\n\n</div>")).toBe("<p><em>a</em></p>");
    expect(html("<b>*a*</b>")).toBe("<p><b><em>a</em></b></p>");
  });

  it("does not lose what follows when something is never closed", () => {
    for (const open of [
      "<script>",
      "<style>",
      "<textarea>",
      "<title>",
      "<iframe>",
      "<noscript>",
      "<template>",
      "<select>",
      "<xmp>",
      "<plaintext>",
    ])
      expect(html(`a ${open} b\n\n*after*`)).toContain("after");
    for (const open of [
      "<noscript>",
      "<template>",
      "<title>",
      "<iframe src=x>",
      '<div title="',
      "<select>",
      "<svg>",
      "<table>",
      "<div",
    ])
      expect(html(`${open}\n\nafter\n\n## b`)).toMatch(/after[^]*b/);
    expect(html("a <!-- b\n\nafter")).toBe("<p>a &lt;!-- b</p>\n<p>after</p>");
  });

  it.each([
    "t<style>`</style><plaintext>`</style><d>\n\nafter",
    "a<script><!--<script></script><b>\n\nafter",
    "a<textarea>`</textarea><script>`</textarea>\n\nafter",
  ])("shows none of our own markup as text: %j", (markdown) => {
    expect(html(markdown)).not.toMatch(/own\d/);
    expect(html(markdown)).toContain("<p>after");
  });

  it("shows none of our own markup as text, whatever was open", () => {
    const markdown = "<math><xmp>\n<ul><iframe>\n<style>\n\na *b*\n\n</xmp><table>\n\nc";
    expect(html(markdown)).not.toMatch(/own\d|&lt;p/);
    expect(html("<select><math><xmp>\n\nafter")).toContain("after");
    expect(left("<svg><title>a</title><text>b</text></svg>")[0]).toContain("<svg>");
  });

  it("reads an attribute that an empty line interrupts as far as the line", () => {
    expect(html('<div title="\n\na" onclick=b>\n\nc')).toBe('<p>a" onclick=b&gt;</p>\n<p>c</p>');
  });

  it("makes no link in a link, and knows when one has ended", () => {
    expect(html('<a href="/x">https://a.example</a> https://b.example')).toBe(
      '<p><a href="/x">https://a.example</a> <a href="https://b.example" rel="noopener">https://b.example</a></p>',
    );
    expect(html('<a href="/x">y https://a.example\n\nhttps://b.example')).toContain(
      '<a href="https://b.example"',
    );
  });

  it("levels headings like Markdown's, and gives them ids and permalinks", () => {
    expect(headingsOf("<h1>A</h1>\n\n## B\n\n<h6>A</h6>")).toEqual(["2 h-a", "3 h-b", "6 h-a-2"]);
    expect(html("<h3>A</h3>")).toBe(
      '<h3 id="h-a">A<a class="anchor" href="#h-a" aria-hidden="true" tabindex="-1"></a></h3>',
    );
  });

  it("keeps the author's places apart from ours, and leads to them", () => {
    expect(html('<p id="forms">a</p>\n\n[x](#forms) <a href="#forms">y</a>')).toBe(
      '<p id="id-forms">a</p>\n<p><a href="#id-forms">x</a> <a href="#id-forms">y</a></p>',
    );
    expect(html('<a name="top">a</a> <a href="#top">b</a>')).toBe(
      '<p><a id="id-top"></a>a <a href="#id-top">b</a></p>',
    );
    expect(html('<div id="x">a</div>\n\n[b](#x)')).toBe(
      '<p><a id="id-x"></a>a</p>\n<p><a href="#id-x">b</a></p>',
    );
    expect(html('<h2 id="x">A</h2><p id="x">b')).toContain("<p>b</p>");
    expect(html("## A\n\n<i>b</i> [c](#h-a)")).toContain('<a href="#h-a">c</a>');
  });

  it("scrolls tables like Markdown's, and counts them in the order of reading", () => {
    expect(html("<table><tr><td align=right colspan=2>1<td><b>2</b></table>")).toBe(
      '<div class="table" role="region" tabindex="0" aria-label="Table 1"><table><tbody>\n' +
        '<tr><td class="align-right" colspan="2">1</td>\n<td><b>2</b></td>\n</tr>\n</tbody>\n</table>\n</div>',
    );
    expect(html("<table><tr><td>1</table>\n\n|a|\n|-|")).toMatch(/Table 1[^]*Table 2/);
    expect(html("<table><caption>C</caption><tr><th scope=row>1</table>")).toContain(
      "<caption>C</caption>",
    );
  });

  it.each([
    ["<dl><div><dt>a</dt><dd>b</dd></div></dl>", "<dl>\n<dt>a</dt>\n<dd>b</dd>\n</dl>"],
    ["<dl><dt>a</dt>b <i>c</i></dl>", "<dl>\n<dt>a</dt>\n<dd>b <i>c</i></dd>\n</dl>"],
    ["<dl><li>a</li></dl>", "<dl>\n<dd><p>a</p>\n</dd>\n</dl>"],
    ["<ul><div><li>a<li>b</div></ul>", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"],
    ["<ul>a <b>b</b><li>c</ul>", "<ul>\n<li>a <b>b</b></li>\n<li>c</li>\n</ul>"],
    ["<ul><li>a</li><ul><li>b</ul></ul>", "<ul>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>"],
    ["- a </li> b\n- c", "<ul>\n<li>a </li>\n<li> b\n</li>\n<li>c</li>\n</ul>"],
    ["1. a </li></ol> b\n2. c", "<ol>\n<li>a </li>\n</ol>\n<p>b</p>\n<p>c</p>"],
    ["<tr><td>a", "<p>a</p>"],
    [
      "<details>a<div><summary>b</summary></div>c<summary>d</summary></details>",
      "<details><summary>b</summary>\n<p>a</p>\n<p>c</p>\n<p>d</p>\n</details>",
    ],
  ])("puts what stands in the wrong place where it can: %s", (markdown, expected) => {
    expect(html(markdown)).toBe(expected);
  });

  it.each([
    ["<video src=/x.mp4>\n\nw1 *w2*\n\n## w3", /<\/figure>\n<p>w1 <em>w2<\/em><\/p>\n<h2/],
    ["- <object data=/x> w1\n- w2\n\nw3", /w1<\/li>\n<li>w2<\/li>\n<\/ul>\n<p>w3/],
    ["<video src=/x.mp4 /> w1", /<\/figure>\n<p>w1<\/p>/],
    ["<script src=x>\n\nw1\n\n# w2", /^<p>w1<\/p>\n<h2/],
    ["<pre>a\n\nw1", /^<pre tabindex="0">a\n<\/pre>\n<p>w1/],
    ["<details><summary>s</summary>x\n\nw1", /<\/details>\n<p>w1/],
    ["<a href=/x>a\n\nw1", /^<p><a href="\/x">a<\/a><\/p>\n<p>w1/],
    ["<b>a\n\nw1\n\n*w2*", /^<p><b>a<\/b><\/p>\n<p>w1<\/p>\n<p><em>w2/],
    ['<blockquote>a\n\nw1\n\n<img src=/m.jpg alt="</blockquote>">', /<\/blockquote>\n<p>w1/],
    ["<h2>a<h2>\n\nw1\n\n- w2", /^<h2 id="h-a">a<a[^>]*><\/a><\/h2>\n<p>w1<\/p>\n<ul>/],
    ["<h3><font>a\n\n## b\n\nw", /^<h3 id="h-a">a<a[^>]*><\/a><\/h3>\n<h2[^]*<p>w/],
    [
      "<blockquote class=twitter-tweet>q <a href=https://x.com/a/status/12>d</a>\n\nw1",
      /<\/figure>\n<p>w1/,
    ],
  ])("ends what is never closed before the next block: %j", (markdown, expected) => {
    expect(html(markdown)).toMatch(expected);
    if (!/script|\/>|object/.test(markdown))
      expect(left(markdown).join()).toContain("never closed");
  });

  it.each([
    '<div>w1 w2 <iframe src="http://x\n\nw3',
    '<p>w1 w2</p>\n<script src="x>\n\nw3',
    '<p>w1 w2 <script>document.write("<iframe src=x>")\n\nw3',
    "<?php w1 w2\n\nw3",
    "<![CDATA[ w1 w2\n\nw3",
    "<template><tr><td>w1 w2</td></tr>\n\nw3",
  ])("loses no word of what is open in the middle of a tag: %j", (markdown) => {
    expect(html(markdown)).toMatch(/w1 w2[^]*<p>w3<\/p>/);
    expect(html(markdown)).not.toMatch(/<t[dr]/);
  });

  it.each([
    ["<b>one\n\ntwo</b> three", "<p><b>one</b></p>\n<p><b>two</b> three</p>"],
    ["<center><b><p>a</p><p>b</p></b></center>", "<p><b>a</b></p>\n<p><b>b</b></p>"],
  ])("keeps emphasis around paragraphs in each of them: %j", (markdown, expected) => {
    expect(html(markdown)).toBe(expected);
  });

  it.each([
    "<div><a href=/x>w <h2>T</h2></a></div>",
    "<a href=/x><object data=/y></object></a>",
    "<a href=/x><iframe src=https://a.example/c></iframe></a>",
    '[x <iframe src="https://a.example/c"></iframe>](/y)',
    "<a href=/x><p>a</p><pre>b</pre><details>c</details></a>",
    '[<img id="x" src="/a.png" alt="b"> c](/y) [d](#x)',
  ])("puts nothing to operate in a link: %s", (markdown) => {
    expect(html(markdown)).not.toMatch(/<a [^>]*>(?:(?!<\/a>)[^])*(?:<a |tabindex|<details)/);
  });

  it("puts no block where there is no room for one", () => {
    const frame = '<iframe src="https://a.example/c"></iframe>';
    expect(html(`~~a ${frame} b~~`)).toMatch(/^<del>a <figure[^]*<\/figure>\n b<\/del>$/);
    expect(html(`# ~~${frame}~~ T`)).toMatch(/^<h2[^>]*><del><a [^>]*>a.example<\/a><\/del> T<a/);
    expect(html("<h2><p>A</p></h2>")).toMatch(/^<h2 id="h-a">/);
    expect(html("<summary>\n\n*a*\n\n</summary>")).toBe("<p><em>a</em></p>");
    expect(html("- a <h1>A</h1>")).toContain("<h2");
    expect(html("|a|\n|-|\n|<h1>A</h1>|")).not.toContain("<h1");
  });

  it("sets and counts Markdown's words once, and the author's as well", () => {
    const words = (markdown: string) => render(markdown).words;
    expect(words("One two three<p>\nFour five six<p>\nSeven eight nine")).toBe(9);
    expect(words("text <div>four words in here</div> more")).toBe(6);
    expect(words("x <h2>one two</h2> y")).toBe(4);
    expect(words("<p>f<i>oo</i> bar</p>")).toBe(2);
    expect(words("<p>a<br>b <code>c d</code></p>")).toBe(4);
    expect(words('> <b>\n> "w1" -- w2\n> </b>')).toBe(2);
    expect(html('> <b>\n> "w1" -- w2\n> </b>')).toBe(
      "<blockquote>\n<p><b>\n“w1” – w2\n</b></p>\n</blockquote>",
    );
    expect(html('- <br>\n  text "q"')).toContain("text “q”");
    expect(html('One<p>\\"eight\\"')).toBe('<p>One</p>\n<p>"eight"</p>');
    expect(html('<p>a <code>"b"</code> "c"')).toBe('<p>a <code>"b"</code> “c”</p>');
  });

  it("reads every name of a character, and numbers as browsers do", () => {
    expect(html("&alpha; &ne; &infin; &#150; &copy &amp;alpha; &#38;lt;")).toBe(
      "<p>α ≠ ∞ – &amp;copy &amp;alpha; &amp;lt;</p>",
    );
  });

  it("leads to the places of what does not stay", () => {
    for (const named of [
      "<img id=x src=/a.png alt=b>",
      "<hr id=x>",
      "<p id=x></p>",
      "<h2 id=x></h2>",
      "<li id=x>a</li>",
      "<iframe id=x src=https://a.example></iframe>",
      "<div><b id=x><p>a</p></b></div>",
      "<pre><p id=x>a</p></pre>",
    ])
      expect(html(`${named}\n\n[b](#x)`), named).toMatch(/ id="id-x"[^]*href="#id-x"/);
    expect(html("<a name=x></a>\n## A\n\n[b](#x)")).toMatch(/^<a id="id-x"><\/a>\n<h2/);
  });

  it("takes word processors' and networks' tags for tags, and addresses for addresses", () => {
    expect(html('<o:p></o:p>a <st1:place w:st="on">b</st1:place> <fb:like>c</fb:like>')).toBe(
      "<p>a b c</p>",
    );
    expect(html("<http://a.example> <tel:123>")).toContain('<a href="tel:123">');
  });

  it.each(["own0", "own1", "own2"])("lets nobody write our own mark %s", (mark) => {
    const markdown = `<b ${mark} onclick="x" class="notes">a</b> <i ${mark}="">b</i>`;
    expect(dangersIn(html(markdown))).toEqual([]);
    expect(html(markdown)).toBe("<p><b>a</b> <i>b</i></p>");
  });

  it("shows nothing of a table without a word, and gives one in a cell no region of its own", () => {
    expect(html("a<table><tr><td></table>b")).toBe("<p>a</p>\n<p>b</p>");
    expect(
      html("<table><tr><td><table><tr><td>a</table></table>").match(/role="region"/g),
    ).toHaveLength(1);
  });

  it.each([
    ["<a href='/x'><h2>Head</h2></a>", /<h2 id="h-head"><a href="\/x">Head<\/a>/],
    ["<a href=/x><p>One</p></a>", /^<p><a href="\/x">One<\/a><\/p>$/],
    ["<a href=/x><center><img src=/a.png alt=b></center></a>", /^<figure><a href="\/x"><img/],
    ["<b><p>One</p></b>", /^<p><b>One<\/b><\/p>$/],
    ["<i><p>a</p><p>b</p></i>", /^<p><i>a<\/i><\/p>\n<p><i>b<\/i><\/p>$/],
    ["<em><blockquote>Q</blockquote></em>", /<p><em>Q<\/em><\/p>/],
    ["Some <b>bold<ul><li>x</li></ul></b> end", /<li><b>x<\/b><\/li>[^]*<p>end<\/p>$/],
    ["<del>\nTwo\n\nThree\n</del>\n\nFour", /^<del>[^]*Three[^]*<\/del>\n<p>Four<\/p>$/],
  ])("keeps what an author did close, wherever the parser ended it: %j", (markdown, expected) => {
    expect(html(markdown)).toMatch(expected);
    expect(left(markdown).join()).not.toContain("never closed");
  });

  it.each([
    ["<div>First.<p>&nbsp;</p>Second.</div>", "<p>First.</p>\n<p>Second.</p>"],
    [
      "<blockquote>One<p></p>Two</blockquote>",
      "<blockquote>\n<p>One</p>\n<p>Two</p>\n</blockquote>",
    ],
    ["<div>One</p>Two</div>", "<p>One</p>\n<p>Two</p>"],
  ])("glues no words where a paragraph is empty: %j", (markdown, expected) => {
    expect(html(markdown)).toBe(expected);
  });

  it("keeps the lines of preformatted text that an empty line interrupts", () => {
    expect(html("<blockquote>\n<pre>\nOne\n\nTwo\n</pre>\n</blockquote>")).toMatch(
      /<pre tabindex="0">One\n+Two\n/,
    );
    expect(html("<div><pre><a href=/x>One\n<div>Two</div></a></pre></div>")).toMatch(
      /<a href="\/x">One\n+Two\n<\/a>/,
    );
  });

  it("keeps a table's words in it, or beside it", () => {
    expect(html("<table><template><tr><td>a</table>b")).toMatch(/<td>a<\/td>[^]*<td>b<\/td>/);
    expect(html("<table><tr><td>a<caption>b</table>")).toMatch(/<table><caption>b[^]*<td>a/);
    expect(html("<table><form><tr><td>a</table>")).not.toContain("<td></td>");
    expect(html("|a|\n|-|\n|b </td> c|")).toMatch(/aria-label="Table 1"><p>c<\/p>\n<table>/);
  });

  it("makes a figure of a picture alone, linked or not, whoever wrote the link", () => {
    const picture = '<img src="/a.png" alt="x" loading="lazy" decoding="async">';
    for (const linked of [
      '<a href="/b"><img src="/a.png" alt="x"></a>',
      '[<img src="/a.png" alt="x">](/b)',
    ])
      expect(html(linked)).toBe(`<figure><a href="/b">${picture}</a></figure>`);
    expect(html('<figure>\n\n![x](/a.png "lib")\n\n<figcaption>own</figcaption>\n</figure>')).toBe(
      `<figure>${picture}\n\n<figcaption>own</figcaption>\n</figure>`,
    );
  });

  it("has one figure around a picture, and one caption", () => {
    const picture = '<img src="/a.png" alt="x" loading="lazy" decoding="async">';
    for (const inside of ["<div>%</div>", "<p>%</p>", "<div><p>%</p></div>"])
      expect(
        html(
          `<figure>${inside.replace("%", '<img src="/a.png" alt="x">')}<div><figcaption>a</figcaption></div><figcaption>b</figcaption></figure>`,
        ),
      ).toBe(`<figure>${picture}<figcaption>a b</figcaption>\n</figure>`);
  });

  it("treats pictures as Markdown's: figures, sizes, and who cannot see them", () => {
    expect(
      html('<p><img src="/a.png" alt="A cat" width="100" height="50" style="float:left"></p>'),
    ).toBe(
      '<figure><img src="/a.png" width="100" height="50" alt="A cat" loading="lazy" decoding="async"></figure>',
    );
    expect(html('a <img src="/a.png" alt="A cat" title="t">')).toBe(
      '<p>a <img src="/a.png" alt="A cat" title="t" loading="lazy" decoding="async"></p>',
    );
    expect(
      html('<figure><img src="/a.png" alt="x"><figcaption>C <em>d</em></figcaption></figure>'),
    ).toBe(
      '<figure><img src="/a.png" alt="x" loading="lazy" decoding="async"><figcaption>C <em>d</em></figcaption>\n</figure>',
    );
    expect(render('<img src="/a.png">').undescribed).toEqual(["/a.png"]);
    expect(render('<img src="/a.png" alt="">').undescribed).toEqual([]);
  });

  it.each([
    [
      '<iframe src="//www.youtube.com/embed/dQw4w9WgXcQ?rel=0" width=5></iframe>',
      "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
      "Video on YouTube",
    ],
    [
      '<iframe src="https://player.vimeo.com/video/76979871"></iframe>',
      "https://vimeo.com/76979871",
      "Video on Vimeo",
    ],
    [
      '<object data="x.swf"><param name="movie" value="http://www.youtube.com/v/dQw4w9WgXcQ&hl=en"><embed src="http://www.youtube.com/v/dQw4w9WgXcQ&hl=en"></object>',
      "https://paper.example/x.swf",
      "paper.example",
    ],
    [
      '<object><param name="movie" value="http://www.youtube.com/v/dQw4w9WgXcQ&hl=en"><embed src="http://www.youtube.com/v/dQw4w9WgXcQ&hl=en"></object>',
      "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
      "Video on YouTube",
    ],
    [
      '<iframe src="https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fana%2Fposts%2F1&width=5"></iframe>',
      "https://www.facebook.com/ana/posts/1",
      "facebook.com",
    ],
    [
      '<embed src="http://www.vimeo.com/moogaloop.swf?clip_id=123456&server=x">',
      "https://vimeo.com/123456",
      "Video on Vimeo",
    ],
    [
      '<video controls><source src="/a.mp4"></video>',
      "https://paper.example/a.mp4",
      "Video on paper.example",
    ],
    [
      '<audio src="https://cast.example/a.mp3"></audio>',
      "https://cast.example/a.mp3",
      "Audio on cast.example",
    ],
    [
      '<iframe src="about:blank" data-src="https://vimeo.com/76979871"></iframe>',
      "https://vimeo.com/76979871",
      "Video on Vimeo",
    ],
    [
      '<iframe title="Map of the quay" src="https://maps.example/?q=quay"></iframe>',
      "https://maps.example/?q=quay",
      "Map of the quay",
    ],
  ])("makes a card of %s", (markdown, address, name) => {
    const card = html(markdown);
    expect(card).toMatch(/^<figure class="embed" data-provider="[a-z-]+">/);
    expect(card).toContain(`href="${address}"`);
    expect(card).toContain(`>${name}</a>`);
    expect(left(markdown)[0]).toMatch(/^1: <\w+> became a card that leads to /);
    expect(dangersIn(card)).toEqual([]);
  });

  it.each([
    '<iframe src="http://www.facebook.com/plugins/like.php?href=http%3A%2F%2Fa.example"></iframe>',
    '<iframe src="https://platform.twitter.com/widgets/tweet_button.html"></iframe>',
    '<iframe src="https://track.example/" width="1" height="1"></iframe>',
  ])("leaves out what is no part of the story: %s", (markdown) => {
    expect(html(`a ${markdown} b`)).toBe("<p>a  b</p>");
    expect(left(markdown)).toEqual([
      "1: <iframe> was left out: a button, an advertisement or a counter.",
    ]);
  });

  it("puts a card outside the paragraph it was in, and a link where there is no room for one", () => {
    const frame = '<iframe src="https://youtu.be/dQw4w9WgXcQ"></iframe>';
    expect(html(`a ${frame} b`)).toMatch(/^<p>a<\/p>\n<figure[^]*<\/figure>\n<p>b<\/p>$/);
    expect(html(`*a ${frame}*`)).toBe(
      '<p><em>a <a href="https://youtu.be/dQw4w9WgXcQ" rel="noopener">Video on YouTube</a></em></p>',
    );
  });

  it("makes a card of a post that a network hands out, with its words", () => {
    const card = html(
      '<blockquote class="twitter-tweet"><p>Hi &amp; <a href="https://t.co/x">there</a></p>— Ana <a href="https://twitter.com/ana/status/123456789">May 5</a></blockquote>\n<script async src="x"></script>',
    );
    expect(card).toBe(
      '<figure class="embed" data-provider="x"><blockquote>\n<p>Hi &amp; there</p>\n<p>— Ana May 5</p>\n</blockquote>\n' +
        '<a class="embed-title" href="https://twitter.com/ana/status/123456789" rel="noopener">Post on X</a>' +
        '<figcaption class="embed-source">twitter.com</figcaption></figure>',
    );
    expect(html('<blockquote class="twitter-tweet">a</blockquote>')).toBe(
      "<blockquote>\n<p>a</p>\n</blockquote>",
    );
    expect(
      html(
        '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/Cabc-123_/?utm=1">a</blockquote>',
      ),
    ).toContain('href="https://www.instagram.com/p/Cabc-123_/?utm=1"');
  });

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

describe("Markdown › headings", () => {
  const anchor = (id: string) =>
    `<a class="anchor" href="#${id}" aria-hidden="true" tabindex="-1"></a>`;

  it("have an id and a permalink that a screen reader does not meet", () => {
    expect(html("## The *plan*, revised")).toBe(
      `<h2 id="h-the-plan-revised">The <em>plan</em>, revised${anchor("h-the-plan-revised")}</h2>`,
    );
  });

  it("move down one level together when the body uses the page's own", () => {
    expect(headingsOf("# A\n\n## B\n\n###### C\n\n> Title\n> =====")).toEqual([
      "2 h-a",
      "3 h-b",
      "6 h-c",
      "2 h-title",
    ]);
    expect(headingsOf("### A\n\n## B")).toEqual(["3 h-a", "2 h-b"]);
    expect(headingsOf("A\n\n- # B")).toEqual(["2 h-b"]);
  });

  it("have ids of their own in any script", () => {
    const ids = headingsOf(
      "## A\n\n## A\n\n## A 2\n\n## A\n\n## 東京 2025\n\n## Ελλάδα\n\n## النيل\n\n## हिन्दी\n\n## ?!\n\n## !",
    );
    expect(ids.map((each) => each.slice(2))).toEqual(
      "h-a h-a-2 h-a-2-2 h-a-3 h-東京-2025 h-ελλάδα h-النيل h-हिन्दी h-section h-section-2".split(
        " ",
      ),
    );
  });

  it("are named by their plain text", () => {
    expect(headingsOf('## "Q" & `c<d>` [link](/x)[^1] &copy; <sub>2</sub>\n\n[^1]: N')).toEqual([
      "2 h-q-c-d-link-2",
    ]);
  });

  it("are left out when empty", () => {
    expect(html("#\n\n##  ##\n\na")).toBe("<p>a</p>");
  });
});

describe("Markdown › notes", () => {
  const reference = (n: number, id = `${n}`) =>
    `<sup class="note-ref"><a id="fnref-${id}" href="#fn-${n}" role="doc-noteref" aria-label="Note ${n}">${n}</a></sup>`;
  const back = (id: string, arrow = "↩\ufe0e") =>
    `<a class="note-back" href="#fnref-${id}" role="doc-backlink" aria-label="Back to reference ${id}">${arrow}</a>`;
  const section = (...items: string[]) =>
    `<section class="notes" role="doc-endnotes" aria-label="Notes">\n<ol>\n${items.join("\n")}\n</ol>\n</section>`;

  it("lead there and back", () => {
    expect(html("A.[^a]\n\n[^a]: The *note*.")).toBe(
      `<p>A.${reference(1)}</p>\n${section(`<li id="fn-1"><p>The <em>note</em>. ${back("1")}</p></li>`)}`,
    );
  });

  it("have one way back for each reference", () => {
    const markup = html("A[^a] b[^a] c[^a].\n\n[^a]: Note.");
    expect(markup).toContain(`A${reference(1)} b${reference(1, "1-2")} c${reference(1, "1-3")}.`);
    expect(markup).toContain(
      `${back("1")} ${back("1-2", "↩\ufe0e<sup>2</sup>")} ${back("1-3", "↩\ufe0e<sup>3</sup>")}`,
    );
  });

  it("resolve every link between references and notes, and use each id once", () => {
    const { html: markup } = render(
      "A[^a] b[^b].\n\n[^b]: B[^a] and[^c].\n[^a]: A.\n\n    - List\n\n[^c]: C[^c].",
    );
    const ids = [...markup.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    const targets = [...markup.matchAll(/ href="#([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(ids)).toEqual(new Set(targets));
    expect(ids).toEqual([
      "fnref-1",
      "fnref-2",
      "fn-1",
      "fn-2",
      "fnref-1-2",
      "fnref-3",
      "fn-3",
      "fnref-3-2",
    ]);
  });

  it("that nothing refers to are told to the editor", () => {
    const { notes, html } = render("A.\n\n    code[^1]\n\n[^1]: Source.\n\n[^2]: Other.");
    expect(html).not.toContain("Source");
    expect(notes).toEqual([{ line: 5, message: "A footnote was left out: nothing refers to it." }]);
    expect(render("A[^1].\n\n[^1]: See[^2].\n[^2]: Source.").notes).toEqual([]);
  });

  it("are numbered in the order of reading, and left out when nothing refers to them", () => {
    const markup = html("A[^z] b[^a].\n\n[^a]: Second.\n[^never]: Never.\n[^z]: First.");
    expect(markup.indexOf("First.")).toBeLessThan(markup.indexOf("Second."));
    expect(markup).not.toContain("Never");
  });

  it("hold paragraphs and code", () => {
    expect(html("A[^1]\n\n[^1]: One.\n\n    Two.\n\n    ```js\n    x\n    ```\n\nB")).toBe(
      `<p>A${reference(1)}</p>\n<p>B</p>\n${section(
        `<li id="fn-1"><p>One.</p>\n<p>Two.</p>\n<pre tabindex="0"><code class="language-js">x\n</code></pre>\n<p>${back("1")}</p></li>`,
      )}`,
    );
  });

  it("take lines that continue them, and may follow their paragraph at once", () => {
    const markup = html("A[^1] b[^2].\n[^1]: One\ngoes on.\n[^2]: Two.\n# Title\n\nEnd.");
    expect(markup).toContain(`<p>One\ngoes on. ${back("1")}</p>`);
    expect(markup).toContain(`<p>Two. ${back("2")}</p>`);
    expect(markup).toContain(`<h2 id="h-title">`);
  });

  it("keep the first of two definitions", () => {
    expect(html("A[^1]\n\n[^1]: First.\n[^1]: Second.")).toContain(`<p>First. ${back("1")}</p>`);
    expect(html("A[^1]\n\n[^1]: First.\n[^1]: Second.")).not.toContain("Second");
  });

  it("leave a reference without definition, or inside a link, as text", () => {
    expect(html("A[^x] and `[^1]`\n\n[^1]: N")).toBe("<p>A[^x] and <code>[^1]</code></p>");
    expect(html("[a[^1]](/b)\n\n[^1]: N")).toBe('<p><a href="/b">a[^1]</a></p>');
  });

  it("speak the language of the article", () => {
    const markup = html("A[^1]\n\n[^1]: N", "de-AT");
    expect(markup).toContain('aria-label="Anmerkungen"');
    expect(markup).toContain('aria-label="Anmerkung 1"');
    expect(markup).toContain('aria-label="Zurück zu Verweis 1"');
    expect(html("A[^1]\n\n[^1]: N", "tlh")).toContain('aria-label="Notes"');
  });
});

describe("Markdown › blocks", () => {
  it("makes a figure of an image alone in its paragraph", () => {
    const img = '<img src="/a.jpg" alt="A cat" loading="lazy" decoding="async">';
    expect(html('![A cat](/a.jpg "A \\"fine\\" cat")')).toBe(
      `<figure>${img}<figcaption>A “fine” cat</figcaption></figure>`,
    );
    expect(html("![A cat](/a.jpg)")).toBe(`<figure>${img}</figure>`);
    expect(html('[![A cat](/a.jpg "Cap")](/b)')).toBe(
      `<figure><a href="/b">${img}</a><figcaption>Cap</figcaption></figure>`,
    );
    expect(html("![](/a.jpg)")).toContain(' alt=""');
    expect(html('See ![A cat](/a.jpg "t") here')).toBe(
      '<p>See <img src="/a.jpg" alt="A cat" title="t" loading="lazy" decoding="async"> here</p>',
    );
    expect(html('![*A* "cat" &amp; `dog`](/a.jpg)')).toContain('alt="A &quot;cat&quot; &amp; dog"');
  });

  describe("pictures of the library", () => {
    const hash = "gate".repeat(8);
    const gate: Picture = {
      hash,
      name: "gate.jpg",
      type: "image/jpeg",
      width: 640,
      height: 400,
      bytes: 9,
      animated: false,
      kept: "once",
      alt: "A gate.",
      decorative: false,
      caption: "Shut.",
      credit: 'Desk <b>&</b> "Co"',
      focalPoint: "center",
      createdAt: 0,
      createdBy: "root",
      removedAt: null,
    };
    const show = (markdown: string, change: Partial<Picture> = {}) => {
      const library = new Map([[hash, { ...gate, ...change }]]);
      const outcome = renderMarkdown(markdown, { language: "en", siteOrigin, library });
      if (!outcome.ok) throw new Error(outcome.message);
      expect(dangersIn(outcome.value.html)).toEqual([]);
      return outcome.value;
    };
    const src = `/media/${hash}/gate.jpg`;

    it("are offered in sizes, and say how large they are and who made them", () => {
      const { html: markup, pictures } = show(`![The gate](${src} "Last night")`);
      expect(pictures).toEqual([hash]);
      expect(markup).toBe(
        `<figure><picture><source type="image/avif" srcset="/media/${hash}/320.avif 320w, /media/${hash}/480.avif 480w, ` +
          `/media/${hash}/720.avif 640w" sizes="${BODY_SIZES}"><img src="/media/${hash}/720.jpg" ` +
          `srcset="/media/${hash}/320.jpg 320w, /media/${hash}/480.jpg 480w, /media/${hash}/720.jpg 640w" ` +
          `sizes="${BODY_SIZES}" width="640" height="400" alt="The gate" loading="lazy" decoding="async"></picture>` +
          `<figcaption>Last night <small class="credit">Desk &lt;b&gt;&amp;&lt;/b&gt; "Co"</small></figcaption></figure>\n`,
      );
    });

    it("lend their own caption and alt text to who writes none", () => {
      const { html: markup, undescribed } = show(`![](${siteOrigin}${src})`);
      expect(markup).toContain('alt="A gate."');
      expect(markup).toContain("<figcaption>Shut. <small");
      expect(undescribed).toEqual([]);
    });

    it("and others are undescribed without alt text, but for a deliberate blank or a decorative one", () => {
      expect(show(`![](${src})`, { alt: null }).undescribed).toEqual([src]);
      expect(show("![](https://a.example/b.jpg)").undescribed).toEqual(["https://a.example/b.jpg"]);
      expect(show(`![ ](${src}) ![ ](https://a.example/b.jpg)`, { alt: null }).undescribed).toEqual(
        [],
      );
      const decorative = show(`![](${src})`, { decorative: true });
      expect(decorative.undescribed).toEqual([]);
      expect(decorative.html).toContain('alt=""');
      expect(show(`\`![](${src})\``).pictures).toEqual([]);
    });

    it("that nobody uploaded are named", () => {
      const other = `/media/${"a".repeat(32)}/x.jpg`;
      expect(show(`![x](${other}) ![y](${siteOrigin}/media/z.jpg)`).unknown).toEqual([
        other,
        `${siteOrigin}/media/z.jpg`,
      ]);
    });

    it("move only for who has not asked for less motion, and stand tall when they are", () => {
      const { html: markup } = show(`![x](${src})`, {
        type: "image/gif",
        animated: true,
        name: "gate.gif",
        height: 900,
      });
      expect(markup).toMatch(
        /^<figure class="tall"><picture><source media="\(prefers-reduced-motion: reduce\)" srcset="[^"]+\.jpg 640w"/,
      );
      expect(markup).toContain(`<img src="/media/${hash}/gate.gif" width="640" height="900"`);
    });
  });

  it("wraps tables so that they scroll, and aligns by class", () => {
    expect(html("|a|b|c|\n|:-|-:|:-:|\n|1|2|\n")).toBe(
      '<div class="table" role="region" tabindex="0" aria-label="Table 1"><table>\n<thead>\n' +
        '<tr><th scope="col" class="align-left">a</th><th scope="col" class="align-right">b</th>' +
        '<th scope="col" class="align-center">c</th></tr>\n</thead>\n<tbody>\n' +
        '<tr><td class="align-left">1</td><td class="align-right">2</td><td class="align-center"></td></tr>\n' +
        "</tbody>\n</table></div>",
    );
    expect(html("|a|\n|-|\n\nx\n\n|b|\n|-|", "fr")).toMatch(/Tableau 1[^]*Tableau 2/);
  });

  it("names the language of code, if it is a name", () => {
    expect(html("```c++ title=x\na <b>\n```")).toBe(
      '<pre tabindex="0"><code class="language-c++">a &lt;b&gt;\n</code></pre>',
    );
    expect(html('```"x\na\n```')).toBe('<pre tabindex="0"><code>a\n</code></pre>');
    expect(html("    a\n\tb")).toBe('<pre tabindex="0"><code>a\nb\n</code></pre>');
  });

  it("names the boxes of a task list", () => {
    expect(html("- [x] A\n- [ ] B\n")).toBe(
      '<ul class="tasks">\n<li class="task"><input type="checkbox" disabled checked aria-label="Done"> A</li>\n' +
        '<li class="task"><input type="checkbox" disabled aria-label="To do"> B</li>\n</ul>',
    );
    expect(html("- [X] A\n\n- b", "nl")).toContain('aria-label="Klaar"> A</p>');
  });

  it("keeps where a list begins, and how loose it is", () => {
    expect(html("3. a\n4. b")).toBe('<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>');
    expect(html("- a\n\n- b")).toBe("<ul>\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ul>");
  });
});

describe("Markdown › marks", () => {
  it("strike out with two tildes, never with one", () => {
    expect(html("10~20명, 30~40명")).toBe("<p>10~20명, 30~40명</p>");
    expect(html("about ~5 and H~2~O, ~~gone~~")).toBe("<p>about ~5 and H~2~O, <del>gone</del></p>");
    expect(html("~a~ ~~~b~~~")).not.toContain("<del>");
  });

  it.each([
    ["**历经10年发展，**年", "<strong>历经10年发展，</strong>年"],
    ["日本語**(強調)**日本語", "日本語<strong>(強調)</strong>日本語"],
    ["含**「重点」**内容", "含<strong>「重点」</strong>内容"],
    ["한국어**[강조]**한국어", "한국어<strong>[강조]</strong>한국어"],
    ["**テスト。**テスト", "<strong>テスト。</strong>テスト"],
    ["これは**強調（きょうちょう）**です", "これは<strong>強調（きょうちょう）</strong>です"],
    ["太郎は*「こんにちわ」*と言った", "太郎は<em>「こんにちわ」</em>と言った"],
    ["**`code`**を使う", "<strong><code>code</code></strong>を使う"],
    ["**[リンク](/a)**も", '<strong><a href="/a">リンク</a></strong>も'],
    ["~~消す。~~次", "<del>消す。</del>次"],
    ["2 * 3 * 4 は**24。**", "2 * 3 * 4 は<strong>24。</strong>"],
    ["snake_case_名前_です", "snake_case_名前_です"],
  ])("of emphasis work in %s", (markdown, shown) => {
    expect(html(markdown, "ja")).toBe(`<p>${shown}</p>`);
  });
});

describe("Markdown › typography", () => {
  it.each([
    [
      "en",
      `"A 'b' c," she said. It's 'twas the '90s, rock 'n' roll, the boys' dog.`,
      "“A ‘b’ c,” she said. It’s ’twas the ’90s, rock ’n’ roll, the boys’ dog.",
    ],
    ["en", `'Nuff said, 'ere`, "’Nuff said, ’ere"],
    ["en-GB", `'A "b" c'`, "‘A “b” c’"],
    ["en", `("x") ["y"] --"z"-- "'q'"`, "(“x”) [“y”] –“z”– “‘q’”"],
    ["en", `6'2" tall and 12" wide`, "6′2″ tall and 12″ wide"],
    ["de", `"A 'b' c", sagte er. Wie geht's?`, "„A ‚b‘ c“, sagte er. Wie geht’s?"],
    ["de-CH", `"A 'b'"`, "«A ‹b›»"],
    [
      "fr",
      `"L'été" est là : vite ; où ? ici ! « oui »`,
      "«\u202fL’été\u202f» est là\u00a0: vite\u202f; où\u202f? ici\u202f! «\u202foui\u202f»",
    ],
    ["es", `¿"A 'b'"?`, "¿«A “b”»?"],
    ["it", `L'amico: "A 'b'"`, "L’amico: «A “b”»"],
    ["nl", `"A 'b'" 's avonds`, "“A ‘b’” ’s avonds"],
    ["pl", `"A 'b'"`, "„A ‚b’”"],
    ["pt-BR", `"A 'b'"`, "“A ‘b’”"],
    ["ru", `"А 'б'"`, "«А „б“»"],
    ["sv", `"A 'b'"`, "”A ’b’”"],
    ["ja", `"A" -- it's...`, `"A" – it's…`],
    ["en", "a -- b --- c ... 1914--18 .... ----", "a – b — c … 1914–18 .... ----"],
    ["en", "run --help or (--version)", "run --help or (--version)"],
  ])("sets %s %s", (language, source, set) => {
    expect(html(source, language)).toBe(`<p>${set}</p>`);
  });

  it.each([
    [`"*Hamlet*"`, "“<em>Hamlet</em>”"],
    [`*"x"*`, "<em>“x”</em>"],
    [`**"x** y"`, "<strong>“x</strong> y”"],
    [`"[a](/b)"`, '“<a href="/b">a</a>”'],
    ['"`x`"', "“<code>x</code>”"],
    ['`"x"` "y"', '<code>"x"</code> “y”'],
    ["`a`'s and *b*'s", "<code>a</code>’s and <em>b</em>’s"],
    [`"a  \nb"`, "“a<br>\nb”"],
    [`"H<sub>2</sub>O"`, "“H<sub>2</sub>O”"],
    [`<kbd>"x"</kbd> "y"`, '<kbd>"x"</kbd> “y”'],
    [`\\"x\\" -- y`, '"x" – y'],
    [`<b title="x">"y"</b>`, '<b title="x">“y”</b>'],
    [`<div>"a <i>b</i>" -- 'c'</div>`, "“a <i>b</i>” – ‘c’"],
    [`<p><code>"x"</code> "y"`, '<code>"x"</code> “y”'],
    [`[a](/b--c... "d 'e'")`, '<a href="/b--c..." title="d \'e\'">a</a>'],
    [
      "https://a.example/b--c'd",
      '<a href="https://a.example/b--c\'d" rel="noopener">https://a.example/b--c\'d</a>',
    ],
  ])("sets %s across markup", (source, set) => {
    expect(html(source)).toBe(`<p>${set}</p>`);
  });

  it("leaves code, rules and what looks like front matter alone", () => {
    expect(html("```\n\"a\" -- 'b'...\n```")).toContain(`"a" -- 'b'...`);
    expect(html("---")).toBe("<hr>");
    expect(html('---\ntitle: "A" -- b\ndate: x\n---\n\n"B"')).toMatch(/title: "A" -- b[^]*“B”/);
  });

  it("closes in one paragraph what it opened there", () => {
    expect(html('"A\n\n"B"')).toBe("<p>“A</p>\n<p>“B”</p>");
  });
});

describe("Markdown › embeds", () => {
  it("makes a card of an address alone on its line", () => {
    expect(html("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=1")).toBe(
      '<figure class="embed" data-provider="youtube"><a class="embed-title" ' +
        'href="https://www.youtube.com/watch?v=dQw4w9WgXcQ&amp;t=1" rel="noopener">Video on YouTube</a>' +
        '<figcaption class="embed-source">youtube.com</figcaption></figure>',
    );
    expect(html("<https://de.wikipedia.org/wiki/Caf%C3%A9_%26_Bar>", "de")).toContain(
      '>Café &amp; Bar</a><figcaption class="embed-source">Artikel bei Wikipedia · de.wikipedia.org</figcaption>',
    );
  });

  it("takes the title of a link alone on its line", () => {
    expect(html('[The "*trailer*"](https://youtu.be/dQw4w9WgXcQ)', "fr")).toContain(
      '>The «\u202f<em>trailer</em>\u202f»</a><figcaption class="embed-source">Vidéo sur YouTube · youtu.be</figcaption>',
    );
  });

  it("leaves an address in running text, in a list and of an unknown provider a link", () => {
    expect(html("See https://youtu.be/dQw4w9WgXcQ")).not.toContain("figure");
    expect(html("- https://youtu.be/dQw4w9WgXcQ")).not.toContain("figure");
    expect(html("https://unknown.example/x")).toBe(
      '<p><a href="https://unknown.example/x" rel="noopener">https://unknown.example/x</a></p>',
    );
  });

  it.each([
    ["https://youtu.be/dQw4w9WgXcQ?si=x", "youtube video"],
    ["https://m.youtube.com/shorts/dQw4w9WgXcQ", "youtube video"],
    ["https://vimeo.com/76979871", "vimeo video"],
    ["https://open.spotify.com/intl-de/track/4uLU6hMCjMI75M1A2tKUQC", "spotify audio"],
    ["https://soundcloud.com/some-artist/a-long_walk", "soundcloud audio: a long walk"],
    ["https://artist.bandcamp.com/album/the-record", "bandcamp audio: the record"],
    ["https://bsky.app/profile/ana.example.com/post/3kabc", "bluesky post: @ana.example.com"],
    ["https://mastodon.social/@ana/109876543210987654", "mastodon post: @ana@mastodon.social"],
    ["https://twitter.com/ana/status/1234567890", "x post: @ana"],
    ["https://x.com/ana/status/1234567890", "x post: @ana"],
    ["https://www.instagram.com/p/Cabc-123_/", "instagram photo"],
    ["https://www.tiktok.com/@ana/video/7123456789012345678", "tiktok video: @ana"],
    ["https://www.flickr.com/photos/12345@N00/5678/", "flickr photo"],
    ["https://codepen.io/ana/pen/AbCdEf", "codepen code: @ana"],
    ["https://github.com/ana/some.repo/tree/main", "github code: ana/some.repo"],
    ["https://pt.m.wikipedia.org/wiki/Rio_Tejo#Foz", "wikipedia article: Rio Tejo"],
    ["https://www.openstreetmap.org/#map=12/38.7/-9.1", "openstreetmap map"],
    ["https://archive.org/details/some.item_1", "internet-archive document"],
    [
      "https://www.documentcloud.org/documents/123456-the-report/",
      "documentcloud document: the report",
    ],
    ["https://datawrapper.dwcdn.net/aBc12/3/", "datawrapper chart"],
  ])("recognises %s", (address, described) => {
    const embed = findEmbed(address);
    expect(embed && `${embed.provider} ${embed.kind}${embed.title ? `: ${embed.title}` : ""}`).toBe(
      described,
    );
  });

  it.each([
    "https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ",
    "https://evil-youtube.com/watch?v=dQw4w9WgXcQ",
    "https://youtube.com@evil.example/watch?v=dQw4w9WgXcQ",
    "https://youtube.com:80@evil.example/watch?v=dQw4w9WgXcQ",
    "https://user@youtube.com/watch?v=dQw4w9WgXcQ",
    "https://youtube.com:8443/watch?v=dQw4w9WgXcQ",
    "https://youtube.com./watch?v=dQw4w9WgXcQ",
    "https://youtube.com\\@evil.example/watch?v=dQw4w9WgXcQ",
    "https://www.youtube.com/",
    "https://www.youtube.com/watch?v=",
    "https://github.com/features/actions",
    "https://github.com/ana",
    "https://wikipedia.org/wiki/X",
    "https://en.wikipedia.org.evil.example/wiki/X",
    "https://mastodon.social/@ana",
    "ftp://youtube.com/watch?v=dQw4w9WgXcQ",
    "//youtube.com/watch?v=dQw4w9WgXcQ",
  ])("does not recognise %s", (address) => {
    expect(findEmbed(address)).toBeUndefined();
  });

  it("shows a page name as text, whatever it spells, and none that cannot be decoded", () => {
    expect(html("https://en.wikipedia.org/wiki/%3Cscript%3E")).toContain(">&lt;script&gt;</a>");
    expect(html("https://en.wikipedia.org/wiki/%E0%A4%A")).toContain(">Article on Wikipedia</a>");
  });
});

describe("Markdown › words", () => {
  it.each([
    ["One two *three* well-known don't 1,000.", 6],
    ["# Title\n\nText `code` [link](/x)[^1]\n\n```\nnot counted\n```\n\n[^1]: A note", 6],
    ["東京都は新しい計画を発表した。", 8],
    ["สวัสดีชาวโลก", 3],
    ["สวัสดี ๏ ๚", 1],
    ["Привет, мир! مرحبا بالعالم", 4],
    ["", 0],
    ["![alt](/a.png)", 0],
  ])("counts the words of %j", (markdown, words) => {
    expect(render(markdown, "en").words).toBe(words);
  });
});
