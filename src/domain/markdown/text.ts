/** The longest excerpt, in UTF-16 code units. */
const EXCERPT_LENGTH = 300;

/**
 * Prepares a source for the parser: no byte order mark, `\n` for every kind of line end, U+FFFD for NUL and
 * for halves of surrogate pairs, no other control characters. U+202D and U+202E, which force a direction on
 * any text after them, are taken out: with them a link can show another address than it has. Isolates and
 * embeddings (U+2066–2069, U+202A–C), which honest Arabic and Hebrew need, end with their paragraph and stay.
 */
export function normalize(source: string): string {
  return source
    .toWellFormed()
    .replace(/^\ufeff/, "")
    .replace(/\r\n?|[\u0085\u2028]/g, "\n")
    .replaceAll("\u2029", "\n\n")
    .replaceAll("\0", "\ufffd")
    .replace(CONTROLS, "");
}

/** All controls but tab and line feed, and the two overrides. */
const CONTROLS = /(?![\t\n])\p{Cc}|[\u202d\u202e]/gu;

/**
 * Decodes character references: all numeric ones, and the names of Latin-1, of punctuation and of the few
 * characters that could disguise an address. Rarer names stay as they were written.
 */
export function decodeEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(
    /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([A-Za-z][A-Za-z\d]{1,31}));/g,
    (written, ...found) => {
      const [decimal, hex, name] = found as (string | undefined)[];
      if (name !== undefined) return ENTITIES.get(name) ?? written;
      const code = decimal === undefined ? Number.parseInt(hex ?? "0", 16) : Number(decimal);
      const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
      return isCharacter ? String.fromCodePoint(code) : "\ufffd";
    },
  );
}

/** U+00A0 to U+00FF, in order. */
const LATIN_1 =
  `nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3
  acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig
  Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash
  Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc
  euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml
  yacute thorn yuml`.split(/\s+/);

const ENTITIES = new Map([
  ...LATIN_1.map((name, index) => [name, String.fromCharCode(0xa0 + index)] as const),
  ...Object.entries({
    amp: "&",
    lt: "<",
    gt: ">",
    quot: '"',
    apos: "'",
    colon: ":",
    Tab: "\t",
    NewLine: "\n",
    sol: "/",
    num: "#",
    lpar: "(",
    rpar: ")",
    period: ".",
    comma: ",",
    ndash: "–",
    mdash: "—",
    hellip: "…",
    lsquo: "‘",
    rsquo: "’",
    sbquo: "‚",
    ldquo: "“",
    rdquo: "”",
    bdquo: "„",
    lsaquo: "‹",
    rsaquo: "›",
    bull: "•",
    dagger: "†",
    Dagger: "‡",
    euro: "€",
    trade: "™",
    thinsp: "\u2009",
    ensp: "\u2002",
    emsp: "\u2003",
    zwj: "\u200d",
    zwnj: "\u200c",
    minus: "−",
    larr: "←",
    rarr: "→",
    uarr: "↑",
    darr: "↓",
    hearts: "♥",
    OElig: "Œ",
    oelig: "œ",
    Scaron: "Š",
    scaron: "š",
    prime: "′",
    Prime: "″",
  }),
]);

/**
 * Counts words. Text in scripts that put spaces between words is counted by its runs of letters and digits;
 * runs of Chinese, Japanese, Thai, Lao, Khmer or Burmese go through Intl.Segmenter, ten times as slow.
 */
export function countWords(text: string): number {
  let words = 0;
  const spaced = text.replace(UNSPACED_SCRIPTS, (run) => {
    for (const { isWordLike } of segmenter.segment(run)) if (isWordLike) words += 1;
    return " ";
  });
  return words + (spaced.match(WORDS)?.length ?? 0);
}

const UNSPACED_SCRIPTS =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\u30fc々]+/gu;
const WORDS = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:['’.,-][\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*/gu;
const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });

/** The beginning of a text as one line of at most 300 characters, cut between words, with `…` if cut. */
export function excerptOf(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  if (line.length <= EXCERPT_LENGTH) return line;
  // The last segment may be half a word; a word as long as the excerpt is cut, but never inside a character.
  const start = [...segmenter.segment(line.slice(0, EXCERPT_LENGTH))].at(-1)?.index ?? 0;
  const cut = line.slice(0, start === 0 ? EXCERPT_LENGTH - 1 : start);
  return `${cut.replace(/[\s\p{P}]+$/u, "").replace(/[\ud800-\udbff]$/, "")}…`;
}
