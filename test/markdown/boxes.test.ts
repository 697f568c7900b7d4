import { describe, expect, it } from "vitest";
import { dangersIn, html, left, render } from "./rendered.ts";

// Quotes that begin with a mark: boxes beside the story, and words of it set large.

const box = (kind: string, label: string, title: string, content: string) =>
  `<aside class="box ${kind}" role="note" aria-label="${label}">\n<p class="box-title">${title}</p>\n${content}</aside>`;

describe("Markdown › boxes", () => {
  it("have a title of their own, or that of their kind in the story's language", () => {
    const content = "<p>It is 214 metres long.</p>\n";
    expect(html('> [!NOTE] The *bridge* in "figures"\n> It is 214 metres long.')).toBe(
      box("note", "The bridge in “figures”", "The <em>bridge</em> in “figures”", content),
    );
    for (const [language, words] of [
      ["en", "Note"],
      ["de-AT", "Hinweis"],
      ["fr", "À noter"],
      ["es", "Nota"],
      ["ar", "ملاحظة"],
      ["eo", "Note"],
    ])
      expect(html("> [!NOTE]\n> It is 214 metres long.", language)).toBe(
        box("note", words ?? "", words ?? "", content),
      );
  });

  it.each(["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION", "FACTS"])(
    "can be %s in any letter case",
    (kind) => {
      const lower = kind.toLowerCase();
      expect(html(`> [!${kind}] T\n> a`)).toBe(box(lower, "T", "T", "<p>a</p>\n"));
      expect(html(`> [!${lower}]- T\n>\n> a`)).toBe(box(lower, "T", "T", "<p>a</p>\n"));
    },
  );

  it("hold lists, tables, pictures, cards and boxes, and no title of the story's outline", () => {
    const markup = html(
      "> [!FACTS] The bridge\n> - long\n>   - 214 m\n>\n> | a | b |\n> | - | - |\n> | 1 | 2 |\n>\n> ![A gate](/g.jpg)\n>\n> https://youtu.be/dQw4w9WgXcQ\n>\n> > [!TIP]\n> > Go.",
    );
    expect(dangersIn(markup)).toEqual([]);
    for (const part of [
      "<ul>\n<li>long<ul>",
      '<div class="table"',
      "<figure><img",
      'class="embed"',
      '<aside class="box tip"',
    ])
      expect(markup).toContain(part);
    expect(markup).not.toMatch(/<h\d/);
    expect(markup).not.toContain("[!");
  });

  it("take the first line for the title, however it ends, and nothing more", () => {
    expect(html("> [!NOTE] T  \n> a\n> b")).toBe(box("note", "T", "T", "<p>a\nb</p>\n"));
    expect(html("> [!NOTE] T `c`\n> **a** b")).toBe(
      box("note", "T c", "T <code>c</code>", "<p><strong>a</strong> b</p>\n"),
    );
    expect(html("> [!NOTE] T")).toBe(box("note", "T", "T", ""));
    expect(html("> [!NOTE]")).toBe(box("note", "Note", "Note", ""));
    expect(html("- > [!NOTE]\n  > a")).toContain('<li><aside class="box note"');
  });

  it.each([
    ["> [!WHATEVER] Words\n> stay", "[!WHATEVER] Words\nstay"],
    ["> [!NOTE](/x) a", '<a href="/x">!NOTE</a> a'],
    ["> \\[!NOTE] a", "[!NOTE] a"],
    ["> a\n> [!NOTE] b", "a\n[!NOTE] b"],
    ["> [!NOTE]b", "[!NOTE]b"],
    ["> [! NOTE] b", "[! NOTE] b"],
    ["> [!constructor] b", "[!constructor] b"],
  ])("are none without a mark of ours at the beginning: %s", (markdown, words) => {
    expect(html(markdown)).toBe(`<blockquote>\n<p>${words}</p>\n</blockquote>`);
  });

  it("are as safe as anything, and the same beside HTML", () => {
    const hostile = `> [!NOTE] "><script>alert(1)</script> &quot; \u202e😀 <b onclick=x>\n> a`;
    const markup = html(hostile);
    expect(dangersIn(markup)).toEqual([]);
    expect(markup).toContain('aria-label="“&gt;alert(1) ” 😀"');
    const plain = html("> [!NOTE] T\n> a\n>\n> - b");
    expect(html("> [!NOTE] T\n> a\n>\n> - b\n\n<p>c</p>")).toBe(`${plain}\n<p>c</p>`);
    expect(html('<aside class="box note" role="note">a</aside>')).toBe("<p>a</p>");
    expect(left("> [!NOTE] T\n> a\n> <font>b</font>")).toEqual([
      "3: <font> was left out; its words stay.",
    ]);
  });

  it("are counted with the story's words", () => {
    expect(render("> [!NOTE] One two\n> three").words).toBe(3);
  });
});

describe("Markdown › pull quotes", () => {
  const quote =
    '<aside class="pull" aria-label="Pull quote">\n<blockquote>\n<p>Nobody asked the sea.</p>\n</blockquote>\n';

  it.each(["PULLQUOTE", "pull", "Pull-Quote"])("are set large, with who said it: %s", (name) => {
    expect(html(`> [!${name}]\n> Nobody asked the sea.`)).toBe(`${quote}</aside>`);
    expect(html(`> [!${name}] Ines *Vale*\n> Nobody asked the sea.`)).toBe(
      `${quote}<p class="pull-by">Ines <em>Vale</em></p>\n</aside>`,
    );
  });

  it("are announced in the story's language, so that who listens can pass over them", () => {
    expect(html("> [!PULLQUOTE]\n> a", "de")).toContain('aria-label="Hervorgehobenes Zitat"');
    expect(html("> [!PULLQUOTE]\n> a", "ar")).toContain('aria-label="اقتباس بارز"');
  });

  it("repeat words of the story, which are counted once", () => {
    expect(render("One two.\n\n> [!PULLQUOTE] Ines\n> One two.\n\nThree.").words).toBe(3);
  });

  it("are the same beside HTML", () => {
    expect(html("> [!PULLQUOTE] A\n> b\n\n<p>c</p>")).toBe(
      `${html("> [!PULLQUOTE] A\n> b")}\n<p>c</p>`,
    );
  });
});
