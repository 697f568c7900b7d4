// The words of a body, out of the HTML that readers get.

/** The most of a text that is indexed, in characters: twenty thousand words, or a short book in Chinese. */
export const INDEXED = 120_000;

/** The text of HTML that the renderer wrote, a line for each block; HTML that is cut off loses its last tag. */
export function plainText(html: string): string {
  return decode(
    html
      .replaceAll(/<[^>]*$/g, "")
      .replaceAll(/[\s\n]+/g, " ")
      .replaceAll(BLOCKS, "\n")
      .replaceAll(/<[^>]*>/g, ""),
  )
    .replaceAll(/ *\n[ \n]*/g, "\n")
    .trim();
}

/** What begins or ends a line. Attributes are written with `>` escaped. */
const BLOCKS =
  /<\/?(?:p|div|h[1-6]|li|ul|ol|dl|dt|dd|table|tr|td|th|caption|blockquote|figure|figcaption|pre|section|aside|hr|br|details|summary)\b[^>]*>/g;

/** The references that the renderer writes, and numbers. */
function decode(text: string): string {
  return text.replaceAll(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,6}));/gi,
    (whole, decimal, hex, name) => {
      if (name !== undefined) return NAMED[String(name)] ?? whole;
      const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code).toWellFormed() : " ";
    },
  );
}

const NAMED: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};
