import { withoutCode } from "./markdown-code.ts";

/** A picture that a body shows. Offsets are of the whole of it in the body. */
export interface BodyPicture {
  start: number;
  end: number;
  target: string;
  /** The change that gives it another address; in a definition elsewhere for `![alt][name]`. */
  readdress: (src: string) => Edit;
  /** Whether the body says what it shows, or that it shows nothing that matters. */
  described: boolean;
  /** The change that says that it shows nothing that matters. */
  silence: Edit;
}

/** A change to a text: what stands between the offsets gives way to `text`. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

const ALT = String.raw`!\[(?<alt>(?:[^[\]\\]|\\[^]|\[(?:[^[\]\\]|\\[^])*\]){0,2000})\]`;
const DESTINATION = String.raw`(?:<(?<angled>[^<>\n]*)>|(?<plain>[^\s()<>]+(?:\([^\s()]*\)[^\s()<>]*)*))`;
const TITLE = String.raw`(?:\s+(?:"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'|\((?:[^()\\]|\\[^])*\)))?`;

const INLINE = new RegExp(String.raw`(?<!\\)${ALT}\(\s*${DESTINATION}${TITLE}\s*\)`, "dg");
const LINK = new RegExp(String.raw`\]\(\s*${DESTINATION}`, "dg");
const REFERENCE = new RegExp(String.raw`(?<!\\)${ALT}(?!\()(?:\[(?<name>[^[\]]{0,999})\])?`, "dg");
const DEFINITION = new RegExp(
  String.raw`^ {0,3}\[(?<name>[^[\]\n^][^[\]\n]*)\]:[ \t]*\n?[ \t]*${DESTINATION}`,
  "dgm",
);

/** Finds the pictures of a body in the order in which they stand, outside code. */
export function findPictures(body: string): BodyPicture[] {
  const visible = withoutCode(body);
  const definitions = new Map<string, Target>();
  for (const found of visible.matchAll(DEFINITION)) {
    const name = folded(found.groups?.["name"] ?? "");
    const target = targetOf(found);
    if (target && !definitions.has(name)) definitions.set(name, target);
  }
  const inline = [...visible.matchAll(INLINE)].flatMap((found) =>
    shownAt(found, body, targetOf(found)),
  );
  const referring = [...visible.matchAll(REFERENCE)].flatMap((found) => {
    const { alt = "", name } = found.groups ?? {};
    return shownAt(found, body, definitions.get(folded(name || alt)));
  });
  return [...inline, ...referring, ...picturesInHtml(visible, body)].sort(
    (one, other) => one.start - other.start,
  );
}

/** Finds the addresses that a body's links lead to: `[larger](gate.jpg)`, `<a href="gate.jpg">`. */
export function findLinks(body: string): Pick<BodyPicture, "readdress" | "target">[] {
  const visible = withoutCode(body);
  const inMarkdown = [...visible.matchAll(LINK)].flatMap((found) => {
    const to = targetOf(found);
    return to ? [{ readdress: readdressed(to), target: to.target }] : [];
  });
  const inHtml = [...visible.matchAll(ANCHOR)].flatMap((tag) => addressIn(tag, body, "href") ?? []);
  return [...inMarkdown, ...inHtml];
}

const TAG = String.raw`(?:[^<>"']|"[^"]*"|'[^']*')*>`;
const ANCHOR = new RegExp(String.raw`<a\b${TAG}`, "gi");
const IMG = new RegExp(String.raw`<img\b${TAG}`, "gi");
const OPENS_FIGURE = /<figure\b[^<>]*>\s*(?:<a\b[^<>]*>\s*)?$/i;
const ENDS_FIGURE =
  /^(?:\s*<\/img>)?(?:\s*<\/a>)?(?:\s*<figcaption\b[^<>]*>[^]{0,2000}?<\/figcaption>)?\s*<\/figure>/i;

/** Pictures in HTML; one that is cut takes the figure around it with it. */
function picturesInHtml(visible: string, body: string): BodyPicture[] {
  return [...visible.matchAll(IMG)].flatMap((tag) => {
    const address = addressIn(tag, body, "src");
    if (!address) return [];
    const end = tag.index + tag[0].length;
    const opening = OPENS_FIGURE.exec(visible.slice(0, tag.index))?.[0];
    const ending = opening === undefined ? null : ENDS_FIGURE.exec(visible.slice(end));
    const behind = tag.index + "<img".length;
    return [
      {
        ...address,
        start: ending ? tag.index - (opening?.length ?? 0) : tag.index,
        end: end + (ending?.[0].length ?? 0),
        described: attributeIn(tag[0], "alt") !== null,
        silence: { start: behind, end: behind, text: ' alt=""' },
      },
    ];
  });
}

/** An address in a tag, with the references in it decoded, and the change that puts another there. */
function addressIn(
  tag: RegExpExecArray,
  body: string,
  name: string,
): Pick<BodyPicture, "readdress" | "target"> | null {
  const found = attributeIn(body.slice(tag.index, tag.index + tag[0].length), name);
  if (!found || /[{}]/.test(found.value)) return null;
  const start = tag.index + found.start;
  return {
    target: decodeEntities(found.value).trim(),
    readdress: (src) => ({ start, end: start + found.length, text: `"${src}"` }),
  };
}

/** An attribute's value, and where it stands in the tag with its quotes. */
function attributeIn(
  tag: string,
  name: string,
): { value: string; start: number; length: number } | null {
  const found = new RegExp(
    String.raw`(?<=[\s"'/])${name}\s*=\s*(?<written>"([^"]*)"|'([^']*)'|([^\s"'<>]+))`,
    "di",
  ).exec(tag);
  const span = found?.indices?.groups?.["written"];
  if (!found || !span) return null;
  const value = found[2] ?? found[3] ?? found[4] ?? "";
  return { value, start: span[0], length: span[1] - span[0] };
}

function decodeEntities(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replace(/&#0?39;|&apos;/g, "'")
    .replaceAll("&amp;", "&");
}

/** Carries out edits that do not overlap; the same edit twice is one. */
export function applyEdits(text: string, edits: Edit[]): string {
  let written = "";
  let end = 0;
  for (const edit of [...edits].sort((one, other) => one.start - other.start)) {
    if (edit.start < end) continue;
    written += text.slice(end, edit.start) + edit.text;
    end = edit.end;
  }
  return written + text.slice(end);
}

interface Target {
  target: string;
  start: number;
  end: number;
}

function targetOf({ groups, indices }: RegExpExecArray): Target | undefined {
  const target = groups?.["angled"] ?? groups?.["plain"];
  const span = indices?.groups?.["angled"] ?? indices?.groups?.["plain"];
  if (target === undefined || span === undefined) return undefined;
  // The brackets of <a b.png> go with it: an address of ours has no blanks.
  const angled = groups?.["angled"] === undefined ? 0 : 1;
  return { target, start: span[0] - angled, end: span[1] + angled };
}

function shownAt(found: RegExpExecArray, body: string, target: Target | undefined): BodyPicture[] {
  const alt = found.indices?.groups?.["alt"];
  if (!target || !alt) return [];
  const [altStart] = alt;
  return [
    {
      start: found.index,
      end: found.index + found[0].length,
      target: target.target,
      readdress: readdressed(target),
      described: body.slice(...alt) !== "",
      silence: { start: altStart, end: altStart, text: " " },
    },
  ];
}

function readdressed({ start, end }: Target): (src: string) => Edit {
  return (src) => ({ start, end, text: src });
}

/** Names of definitions are the same whatever their capitals and blanks (CommonMark section 4.7). */
function folded(name: string): string {
  return name.trim().replace(/\s+/g, " ").toLowerCase();
}
