import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { render, html, timed, dangersIn } from "./rendered.ts";

// Nothing that anybody writes becomes more than harmless HTML.

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
    "> [!NOTE] ",
    "\n\n> [!PULL]\n> ",
    "\n\n![a](/a.png) ![b](/b.png)\n",
    "\n\nhttps://unknown.example/a-b\n\n",
    "\n\n<iframe src=https://datawrapper.dwcdn.net/aBc12/></iframe>\n\n",
    "](javascript:",
    `](/a "`,
  );
  const noise = fc.string({ unit: "binary" });
  const part = fc.oneof({ weight: 9, arbitrary: fragments }, { weight: 1, arbitrary: noise });
  const soup = fc.array(part, { maxLength: 60 });

  it("is never thrown at, and always safe and well nested", { timeout: 20_000 }, async () => {
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
