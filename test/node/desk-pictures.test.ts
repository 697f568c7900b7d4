import { describe, expect, it } from "vitest";
import { markdownOf } from "../../src/desk/pictures/markdown.ts";
import { xmlParser } from "../../src/desk/pictures/xml.ts";

describe("a picture's Markdown", () => {
  const picture = { src: "/media/abc/gate.jpg", alt: null, decorative: false, caption: null };

  it("says what it shows, and its caption", () => {
    expect(markdownOf({ ...picture, alt: "A gate [open]", caption: 'The "gate"\nat night' })).toBe(
      '![A gate \\[open\\]](/media/abc/gate.jpg "The \\"gate\\" at night")',
    );
  });

  it("has a space where nothing needs to be said", () => {
    expect(markdownOf({ ...picture, decorative: true })).toBe("![ ](/media/abc/gate.jpg)");
  });
});

describe("the XML in a picture", () => {
  const root = (text: string) => xmlParser.parseFromString(text).childNodes;

  it("is read with its attributes, its texts and their characters", () => {
    const [node] = root(
      `<?xpacket begin="x"?><!-- no > text --><a:b x='1 &lt; 2' y="&#x41;">one &amp; <![CDATA[<two>]]></a:b>`,
    );
    expect(node).toMatchObject({
      tagName: "a:b",
      attributes: [
        { nodeName: "x", value: "1 < 2" },
        { nodeName: "y", value: "A" },
      ],
      childNodes: [{ nodeName: "#text", nodeValue: "one & <two>" }],
    });
  });

  it("leaves entities of its own alone, so that none can grow", () => {
    const nodes = root(`<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>`);
    const node = nodes.find(({ nodeName }) => nodeName === "a");
    expect(node?.childNodes[0]?.nodeValue).toBe("&b;");
  });

  it("is refused when it is not well-formed, or nested without end", () => {
    for (const text of ["<a>", "<a></b>", "</a>", "<a>".repeat(200) + "</a>".repeat(200)])
      expect(() => root(text), text.slice(0, 20)).toThrow(Error);
  });

  it("is read in time that grows with its length, whatever it is", () => {
    const before = performance.now();
    for (const piece of ["<a b=", "<", '<a b="', "&#", "<!--", "<a\n\n\n"])
      try {
        root(piece.repeat(20_000));
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
    expect(performance.now() - before).toBeLessThan(5000);
  });
});
