import { describe, expect, it } from "vitest";
import { renderMarkdown } from "../../src/text/markdown.ts";
import { BODY_SIZES, GALLERY_SIZES } from "../../src/text/markdown/pictures.ts";
import type { Picture } from "../../src/domain/media.ts";
import { siteOrigin, render, html, dangersIn } from "./rendered.ts";

// Pictures in a body, of the library and of elsewhere, whether Markdown or HTML shows them.

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
});

describe("Markdown › galleries", () => {
  const figure = (src: string, caption = "") =>
    `<figure><img src="${src}" alt="x" loading="lazy" decoding="async">${caption}</figure>\n`;

  it("are paragraphs of pictures alone, on one line or on several, each with its caption", () => {
    const gallery = `<figure class="gallery">${figure("/a.png")}${figure("/b.png", "<figcaption>B</figcaption>")}</figure>`;
    expect(html('![x](/a.png) ![x](/b.png "B")')).toBe(gallery);
    expect(html('![x](/a.png)\n![x](/b.png "B")')).toBe(gallery);
    expect(html('![x](/a.png)  \n![x](/b.png "B")\n')).toBe(gallery);
    expect(html("![x](/a.png)![x](/b.png)\n\nWords.")).toContain("</figure>\n</figure>\n<p>");
    expect(html("[![x](/a.png)](/b) ![x](/c.png)")).toContain('<figure><a href="/b"><img');
  });

  it("stand in two columns or three, by how many they are", () => {
    const classOf = (n: number) =>
      /^<figure class="([^"]*)">/.exec(html(Array(n).fill("![x](/a.png)").join(" ")))?.[1];
    expect([2, 3, 4, 5, 6, 7].map(classOf)).toEqual([
      "gallery",
      "gallery three",
      "gallery",
      "gallery three",
      "gallery three",
      "gallery three",
    ]);
  });

  it("are none with a word among them, or with a picture that cannot be shown", () => {
    expect(html("![x](/a.png) and ![x](/b.png)")).toMatch(/^<p><img/);
    expect(html("![x](/a.png) ![y](javascript:x)")).toMatch(/^<p><img[^>]*> y<\/p>$/);
    expect(html("![x](/a.png) `c`")).toMatch(/^<p>/);
  });

  it("are the same beside HTML", () => {
    const gallery = html('![x](/a.png) ![x](/b.png "B")');
    const mended = gallery.replaceAll("</figcaption>", "</figcaption>\n");
    expect(html('![x](/a.png) ![x](/b.png "B")\n\n<p>c</p>')).toBe(`${mended}\n<p>c</p>`);
  });

  it("ask for smaller pictures than a figure, and need alt text as much", () => {
    const hash = "gate".repeat(8);
    const gate = { hash, name: "g.jpg", type: "image/jpeg", width: 1600, height: 1000 } as Picture;
    const library = new Map([[hash, gate]]);
    const show = (markdown: string) => {
      const outcome = renderMarkdown(markdown, { language: "en", siteOrigin, library });
      if (!outcome.ok) throw new Error(outcome.message);
      return outcome.value;
    };
    const src = `/media/${hash}/g.jpg`;
    const two = show(`![a](${src}) ![b](${src})`);
    expect(two.html).not.toContain(BODY_SIZES);
    expect(two.html.split(`sizes="${GALLERY_SIZES[2]}"`)).toHaveLength(5);
    expect(show(`![a](${src}) ![b](${src}) ![c](${src})`).html).toContain(GALLERY_SIZES[3]);
    expect(show(`![a](${src}) ![](${src})`).undescribed).toEqual([src]);
  });
});

describe("Markdown › HTML", () => {
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
});
