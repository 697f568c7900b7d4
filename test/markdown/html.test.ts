import { describe, expect, it } from "vitest";
import { render, html, headingsOf, left, dangersIn } from "./rendered.ts";

// HTML in a body: what stays, what is left out, and what the editor is told of it.

describe("Markdown › HTML", () => {
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

  it("makes no link in a link, and knows when one has ended", () => {
    expect(html('<a href="/x">https://a.example</a> https://b.example')).toBe(
      '<p><a href="/x">https://a.example</a> <a href="https://b.example" rel="noopener">https://b.example</a></p>',
    );
    expect(html('<a href="/x">y https://a.example\n\nz https://b.example')).toContain(
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
});
