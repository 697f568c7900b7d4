import { isDay } from "../../domain/calendar.ts";
import { showsSomething } from "../../domain/hero.ts";
import { xmlParser } from "./xml.ts";

// What a photographer or an agency wrote into a picture, read in the browser before it is uploaded: the
// server keeps no metadata. Each field is taken from where it is first found, in the order of the IPTC's
// mapping guidelines (https://www.iptc.org/std/photometadata/documentation/mappingguidelines/):
// XMP, which is always Unicode, then IPTC-IIM, then EXIF, which cameras fill by themselves.

/** Null where the picture says nothing. All are plain text, as long as the newsroom takes them. */
export interface Embedded {
  /** XMP Iptc4xmpCore:AltTextAccessibility; the others have none. */
  alt: string | null;
  /** XMP dc:description, IPTC 2:120, EXIF ImageDescription. */
  caption: string | null;
  /** XMP photoshop:Credit, IPTC 2:110. */
  credit: string | null;
  /** XMP photoshop:Headline, IPTC 2:105. */
  headline: string | null;
  /** XMP dc:title, IPTC 2:05. */
  title: string | null;
  /** Who made it: XMP dc:creator, IPTC 2:80, EXIF Artist; several are joined by commas. */
  creator: string | null;
  /** XMP dc:rights, IPTC 2:116, EXIF Copyright. */
  copyright: string | null;
  /** The day (`yyyy-mm-dd`) it was made: XMP photoshop:DateCreated, IPTC 2:55, EXIF DateTimeOriginal. */
  date: string | null;
}

/** Reads what is written in a picture; `language` (BCP 47) is preferred where XMP says it in several. */
export async function readEmbedded(file: Blob, language: string): Promise<Embedded> {
  return embeddedIn(await tagsOf(file), language);
}

/** Reads the tags of a file; none if it is broken, or no picture at all. */
async function tagsOf(file: Blob): Promise<Tags> {
  try {
    const [{ load }, bytes] = await Promise.all([
      import("exifreader"),
      file.slice(0, MOST_READ).arrayBuffer(),
    ]);
    const tags: unknown = await load(bytes, {
      async: true,
      expanded: true,
      domParser: xmlParser,
      includeTags: {
        xmp: true,
        iptc: Object.values(IPTC),
        exif: ["ImageDescription", "Artist", "Copyright", "DateTimeOriginal"],
      },
    });
    return tags as Tags;
  } catch (error) {
    // Whatever is wrong with it: the upload says so better, and the fields can be typed.
    console.debug("The picture's own caption could not be read:", error);
    return {};
  }
}

function embeddedIn({ xmp, iptc, exif }: Tags, language: string): Embedded {
  const ofXmp = (name: string) => textsOfXmp(xmp?.[name], language);
  const ofIptc = (name: string) => [iptc?.[name] ?? []].flat().map(textOfIptc);
  const ofExif = (name: string) => [textOfExif(exif?.[name])];
  return {
    alt: first(TEXT, ofXmp("AltTextAccessibility")),
    caption: first(
      TEXT,
      ofXmp("description"),
      ofIptc(IPTC.caption),
      ofExif("ImageDescription").filter((text) => !SAID_BY_CAMERAS.test(text)),
    ),
    credit: first(LINE, ofXmp("Credit"), ofIptc(IPTC.credit)),
    headline: first(LINE, ofXmp("Headline"), ofIptc(IPTC.headline)),
    title: first(LINE, ofXmp("title"), ofIptc(IPTC.title)),
    creator: first(LINE, ofXmp("creator"), ofIptc(IPTC.creator), ofExif("Artist")),
    copyright: first(LINE, ofXmp("rights"), ofIptc(IPTC.copyright), ofExif("Copyright")),
    date:
      [ofXmp("DateCreated"), ofIptc(IPTC.date), ofExif("DateTimeOriginal")]
        .flat()
        .map(dayIn)
        .find((day) => day !== null) ?? null,
  };
}

/** What the first source says that says anything. */
function first(shape: typeof TEXT | typeof LINE, ...sources: string[][]): string | null {
  for (const texts of sources) {
    const said = texts.map((text) => cleaned(text, shape)).filter(showsSomething);
    if (said.length > 0) return shortened([...new Set(said)].join(", "), shape.longest);
  }
  return null;
}

/** A text without control characters and without the white space around it; a line has no breaks. */
function cleaned(text: string, { breaks }: { breaks: boolean }): string {
  const lines = text
    .replaceAll(/\r\n?|\u2028|\u2029/g, "\n")
    .replaceAll(UNSEEN, "")
    .split("\n")
    .map((line) => line.replaceAll(/\s+/g, " ").trim());
  if (!breaks) return lines.filter((line) => line !== "").join(" ");
  return lines
    .join("\n")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim();
}

/** Cuts a text between two letters as they are seen, so that it has at most so many UTF-16 units, as the server counts. */
function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  let kept = "";
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (kept.length + segment.length > longest - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/** A value of XMP is a text, a list, or one text in several languages. */
function textsOfXmp(tag: { value: unknown } | undefined, language: string): string[] {
  if (tag === undefined) return [];
  if (typeof tag.value === "string") return [tag.value];
  if (!Array.isArray(tag.value)) return [];
  const said = (tag.value as unknown[]).flatMap(readChoice);
  if (said.every(({ lang }) => lang === null)) return said.map(({ text }) => text);
  const chosen = said.toSorted((a, b) => fit(b.lang, language) - fit(a.lang, language)).at(0);
  return chosen === undefined ? [] : [chosen.text];
}

function readChoice(choice: unknown): { text: string; lang: string | null }[] {
  if (typeof choice !== "object" || choice === null || !("value" in choice)) return [];
  const { value, attributes } = choice as { value: unknown; attributes?: { lang?: unknown } };
  if (typeof value !== "string" || value.trim() === "") return [];
  const lang = attributes?.lang;
  return [{ text: value, lang: typeof lang === "string" ? lang.toLowerCase() : null }];
}

/** How well a language tag answers the one that is asked for. */
function fit(lang: string | null, asked: string): number {
  const wanted = asked.toLowerCase();
  if (lang === wanted) return 3;
  if (lang !== null && primary(lang) === primary(wanted)) return 2;
  return lang === "x-default" ? 1 : 0;
}

function primary(language: string): string {
  return language.split("-", 1)[0] ?? language;
}

/** Text of IPTC-IIM is in what 1:90 names, and mostly in UTF-8 or Windows-1252 whatever it names. */
function textOfIptc({ value, description }: IptcTag): string {
  if (!Array.isArray(value)) return "";
  const bytes = Uint8Array.from(value as number[]);
  const named = description.includes("\ufffd") ? null : description;
  return decoded(bytes, "utf-8") ?? named ?? decoded(bytes, "windows-1252") ?? "";
}

/** Text of EXIF is ASCII, says the standard; cameras and programs write UTF-8 or Windows-1252. */
function textOfExif(tag: { value: unknown } | undefined): string {
  if (!Array.isArray(tag?.value)) return "";
  // A character for each byte. Copyright has the photographer's and the editor's, with a NUL between.
  const units = (tag.value as unknown[]).filter((part) => typeof part === "string").join("\n");
  const bytes = Uint8Array.from(units, (unit) => unit.charCodeAt(0));
  return decoded(bytes, "utf-8") ?? decoded(bytes, "windows-1252") ?? "";
}

function decoded(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** `2026-10-25T12:00:00+02:00`, `20261025` and `2026:10:25 12:00:00` all tell a day. */
function dayIn(text: string): string | null {
  const [, ...parts] = /^\s*(\d{4})[-:]?(\d{2})[-:]?(\d{2})/.exec(text) ?? [];
  const day = parts.join("-");
  return isDay(day) && day >= "1800" ? day : null;
}

/** The tags as they are: the types of the package have those of EXIF for IPTC, too. */
interface Tags {
  xmp?: Record<string, { value: unknown }>;
  iptc?: Record<string, IptcTag | IptcTag[]>;
  exif?: Record<string, { value: unknown }>;
}

interface IptcTag {
  /** Bytes. */
  value: unknown;
  /** The text that they are in the encoding that 1:90 names. */
  description: string;
}

/** How many bytes of a file are read: metadata stands at its head in nearly every format. */
const MOST_READ = 64 * 1024 * 1024;

const TEXT = { longest: 1000, breaks: true };
const LINE = { longest: 200, breaks: false };

/** The names that the reader of tags has for those of IPTC-IIM. */
const IPTC = {
  caption: "Caption/Abstract",
  credit: "Credit",
  headline: "Headline",
  title: "Object Name",
  creator: "By-line",
  copyright: "Copyright Notice",
  date: "Date Created",
} as const;

/** What the newsroom takes in no text: controls but for breaks and tabs, marks that turn what follows around, and no characters. */
const UNSEEN =
  /[^\P{Cc}\n\t]|\p{Cs}|[\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff\ufffd-\uffff]/gu;

/** What cameras write into every picture instead of a caption. */
const SAID_BY_CAMERAS =
  /^\s*(?:(?:OLYMPUS|KODAK|MINOLTA|SAMSUNG|KONICA|PENTAX)\b.*|SONY DSC|DIGITAL CAMERA|Exif_JPEG_PICTURE|DCIM\\.*|default|untitled)\s*$/i;
