import { directionOf, primaryOf } from "./language.ts";
import { CROPS } from "./media.ts";
import type { Settings } from "./settings.ts";
import { coloursOf } from "./theme.ts";

// The picture under which a story without one is shared: the paper's colours and name, the section, and the headline. Here is what
// stands where; store/share-card.images.ts draws it.

/** A field of one colour, in pixels. */
export interface Field {
  colour: string;
  top: number;
  left: number;
  width: number;
  height: number;
}

/** A line of text: how high its letters are, and where it begins, in pixels; one that comes out wider is drawn smaller. */
export interface Line {
  text: string;
  colour: string;
  size: number;
  top: number;
  /** The side it begins at, and how far from that. */
  side: "left" | "right";
  inset: number;
  width: number;
}

/** A card. The first field is the ground; `font` is where its letters are, null where no font of ours has them. */
export interface CardDesign {
  width: number;
  height: number;
  fields: Field[];
  lines: Line[];
  font: string | null;
}

/** What a card says of a story. */
export interface CardStory {
  title: string;
  /** BCP 47, or null for the paper's. */
  language: string | null;
  section: string;
}

const { width: WIDTH, height: HEIGHT } = CROPS.shared;
const MARGIN = 72;
const INNER = WIDTH - 2 * MARGIN;
/** The headline stands between the rule and the section's name. */
const HEADLINE = { top: 166, bottom: 544 };
/** Its sizes in pixels, the largest first: it has the first one in which it has room. */
const SMALLEST = 52;
const SIZES = [92, 80, 70, 60, SMALLEST];
const LEADING = 1.2;

/** Designs the card of a story. */
export function designCard(
  { title, language, section }: CardStory,
  { title: paper, language: own, theme, cardFont }: Settings,
): CardDesign {
  const { paper: ground, ink, accent, quiet, rule } = coloursOf(theme);
  const headline = drawable(title);
  const size = SIZES.find((each) => linesOf(headline, each) !== null) ?? SMALLEST;
  const wrapped = linesOf(headline, size) ?? cut(headline, size);
  const begin = { side: directionOf(language ?? own) === "rtl" ? "right" : "left" } as const;
  const line = { inset: MARGIN, width: INNER };
  const named = { ...line, side: directionOf(own) === "rtl" ? "right" : "left" } as const;
  const lines: Line[] = [
    { ...named, text: firstOf(paper, 36), colour: accent, size: 36, top: 62 },
    ...wrapped.map((text, index) => ({
      ...line,
      ...begin,
      text,
      colour: ink,
      size,
      top: Math.round(HEADLINE.top + index * size * LEADING),
    })),
    { ...named, text: firstOf(section, 30), colour: quiet, size: 30, top: HEADLINE.bottom + 8 },
  ];
  return {
    width: WIDTH,
    height: HEIGHT,
    fields: [
      { colour: ground, top: 0, left: 0, width: WIDTH, height: HEIGHT },
      { colour: accent, top: 0, left: 0, width: WIDTH, height: 18 },
      { colour: rule, top: 130, left: MARGIN, width: INNER, height: 2 },
    ],
    lines: lines.filter(({ text }) => text !== ""),
    font: cardFont ?? fontFor(`${paper} ${section} ${headline}`, language ?? own),
  };
}

/** A text that is cut to one line. */
function firstOf(text: string, size: number): string {
  const [first = ""] = wrap(drawable(text), size, 1);
  return first;
}

/** The lines of a text in a size, or null when it has no room. */
function linesOf(text: string, size: number): string[] | null {
  const most = roomFor(size);
  const lines = wrap(text, size, most + 1);
  return lines.length <= most ? lines : null;
}

function cut(text: string, size: number): string[] {
  return wrap(text, size, roomFor(size));
}

function roomFor(size: number): number {
  return Math.floor((HEADLINE.bottom - HEADLINE.top) / (size * LEADING));
}

/** Breaks a text into lines of about a card's width, at most so many; of one that is cut the last ends with an ellipsis. */
function wrap(text: string, size: number, most: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const piece of piecesOf(text, size)) {
    const longer = line + piece;
    if (widthOf(longer.trimEnd(), size) <= INNER) {
      line = longer;
      continue;
    }
    if (line.trim() !== "") lines.push(line.trim());
    line = piece.trimStart();
    if (lines.length === most) return [...lines.slice(0, -1), ellipsed(lines.at(-1) ?? "", size)];
  }
  if (line.trim() !== "") lines.push(line.trim());
  return lines;
}

function ellipsed(line: string, size: number): string {
  const letters = Array.from(line);
  while (letters.length > 0 && widthOf(`${letters.join("")}…`, size) > INNER) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}

/** Where a line may end: after a word, and after every character of scripts without spaces or of a word that fills a line. */
function piecesOf(text: string, size: number): string[] {
  return text
    .split(/(?<=\s)/u)
    .flatMap((word) =>
      widthOf(word.trimEnd(), size) > INNER || WITHOUT_SPACES.test(word)
        ? (word.match(/\P{M}\p{M}*/gu) ?? [])
        : [word],
    );
}

const WITHOUT_SPACES = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}]/u;

/** About how wide characters are by the height of the letters, in a bold face with serifs: rather too wide than too narrow. */
const WIDTHS: [RegExp, number][] = [
  [/\p{M}/u, 0],
  [/[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}]/u, 1],
  [/\p{sc=Arab}/u, 0.46],
  [/[ iljtfr.,:;'’‘!|()[\]]/u, 0.38],
  [/[mwMW@%—…]/u, 0.98],
  [/[\p{Lu}&]/u, 0.76],
  [/./u, 0.6],
];

/** About how wide a text is, in pixels. */
function widthOf(text: string, size: number): number {
  const ems = Array.from(text).reduce(
    (sum, character) => sum + (WIDTHS.find(([of]) => of.test(character))?.[1] ?? 0.6),
    0,
  );
  return ems * size;
}

/**
 * A text without what no font of ours has or what would turn others around: emoji, marks of direction, controls. Joiners between
 * letters stay, since Persian and Hindi are written with them.
 */
function drawable(text: string): string {
  return text
    .normalize("NFC")
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, " ")
    .replaceAll(/\p{Regional_Indicator}|[\u{e0020}-\u{e007f}]|\ufe0e|\ufe0f|\u20e3/gu, "")
    .replaceAll(/(?![\u00a9\u00ae\u2122])\p{Extended_Pictographic}|\p{Emoji_Modifier}/gu, "")
    .replaceAll(/[\p{Cn}\p{Co}\p{Cs}]|(?![\u200c\u200d])\p{Cf}/gu, "")
    .replaceAll(/(?<![\p{L}\p{M}])[\u200c\u200d]+|[\u200c\u200d]+(?![\p{L}\p{M}])/gu, "")
    .replaceAll(/\s+/gu, " ")
    .trim();
}

/** Where public copies of fonts are, under licences that allow this (SIL OFL 1.1). A version never changes there. */
const CDN = "https://cdn.jsdelivr.net/npm/@expo-google-fonts";
const FONTS = {
  latin: `${CDN}/noto-serif@0.4.2/700Bold/NotoSerif_700Bold.ttf`,
  arabic: `${CDN}/amiri@0.4.1/700Bold/Amiri_700Bold.ttf`,
  hebrew: `${CDN}/frank-ruhl-libre@0.4.1/700Bold/FrankRuhlLibre_700Bold.ttf`,
  japanese: `${CDN}/noto-serif-jp@0.4.3/700Bold/NotoSerifJP_700Bold.ttf`,
  korean: `${CDN}/noto-serif-kr@0.4.3/700Bold/NotoSerifKR_700Bold.ttf`,
  simplified: `${CDN}/noto-serif-sc@0.4.3/700Bold/NotoSerifSC_700Bold.ttf`,
  traditional: `${CDN}/noto-serif-tc@0.4.4/700Bold/NotoSerifTC_700Bold.ttf`,
};

/** The scripts that a font has beside Latin, Greek or Cyrillic and what all scripts share. */
const SCRIPTS: [RegExp, keyof typeof FONTS][] = [
  [/\p{sc=Arab}/u, "arabic"],
  [/\p{sc=Hebr}/u, "hebrew"],
  [/[\p{sc=Hira}\p{sc=Kana}]/u, "japanese"],
  [/\p{sc=Hang}/u, "korean"],
];

/** A font that has the letters of a text; null where none of these has. Han is written as the language writes it. */
function fontFor(text: string, language: string): string | null {
  if (
    /(?![\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}\p{sc=Arab}\p{sc=Hebr}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Han}])\p{L}/u.test(
      text,
    )
  )
    return null;
  const script = SCRIPTS.find(([letters]) => letters.test(text));
  if (script) return FONTS[script[1]];
  if (!/\p{sc=Han}/u.test(text)) return FONTS.latin;
  if (primaryOf(language) === "ja") return FONTS.japanese;
  if (primaryOf(language) === "ko") return FONTS.korean;
  return /-(?:hant|tw|hk|mo)\b/i.test(language) ? FONTS.traditional : FONTS.simplified;
}
