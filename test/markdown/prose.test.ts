import { describe, expect, it } from "vitest";
import { render, html, headingsOf } from "./rendered.ts";

// What a body is made of: headings, notes, blocks, marks, typography, words.

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
      "a https://a.example/b--c'd",
      'a <a href="https://a.example/b--c\'d" rel="noopener">https://a.example/b--c\'d</a>',
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

describe("Markdown › letters", () => {
  it("are one character with their marks, and keep every variant that has none", () => {
    expect(html("cafe\u0301 \u0141o\u0301dz\u0301 \u1112\u1161\u11ab")).toBe("<p>café Łódź 한</p>");
    // A name is written with this variant; what an editor typed after markup stays beside it.
    expect(html("\ufa19\u3000a < b\u0338")).toBe("<p>\ufa19\u3000a &lt; b\u0338</p>");
    expect(html("<b>\u0338x</b>")).toBe("<p><b>\u0338x</b></p>");
  });
});
