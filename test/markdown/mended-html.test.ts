import { describe, expect, it } from "vitest";
import { html, left } from "./rendered.ts";

// HTML in a body that is not as it should be: nothing is lost of it, and nothing goes to pieces around it.

describe("Markdown › HTML", () => {
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
});
