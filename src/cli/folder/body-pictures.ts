import { withoutCode } from "./markdown-code.ts";

/** A picture that a body shows. Offsets are of the whole of it in the body. */
export interface Shown {
  start: number;
  end: number;
  /** Where its address stands; in a definition elsewhere for `![alt][name]`. */
  address: { start: number; end: number };
  target: string;
  alt: string;
  /** Where its alternative text begins. */
  altStart: number;
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
export function findPictures(body: string): Shown[] {
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
  return [...inline, ...referring].sort((one, other) => one.start - other.start);
}

/** Finds the addresses that a body's links lead to: `[larger](gate.jpg)`. */
export function findLinks(body: string): Pick<Shown, "address" | "target">[] {
  return [...withoutCode(body).matchAll(LINK)].flatMap((found) => {
    const to = targetOf(found);
    return to ? [{ address: { start: to.start, end: to.end }, target: to.target }] : [];
  });
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

function shownAt(found: RegExpExecArray, body: string, target: Target | undefined): Shown[] {
  const alt = found.indices?.groups?.["alt"];
  if (!target || !alt) return [];
  return [
    {
      start: found.index,
      end: found.index + found[0].length,
      address: { start: target.start, end: target.end },
      target: target.target,
      alt: body.slice(...alt),
      altStart: alt[0],
    },
  ];
}

/** Names of definitions are the same whatever their capitals and blanks (CommonMark section 4.7). */
function folded(name: string): string {
  return name.trim().replace(/\s+/g, " ").toLowerCase();
}
