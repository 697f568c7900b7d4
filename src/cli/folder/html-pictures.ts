import { withoutCode } from "./markdown-code.ts";

// Pictures that others wrote in HTML or with their generator's own tags. A paper's Markdown has neither, and would
// print the tags.

/** The body with its pictures written in Markdown, and with addresses such as `{{ site.baseurl }}/a.png` filled in. */
export function picturesInMarkdown(body: string): string {
  return replaceOutsideCode(replaceOutsideCode(body, ADDRESS, plainAddress), HTML, markdownOf);
}

function replaceOutsideCode(
  text: string,
  pattern: RegExp,
  write: (found: RegExpExecArray, text: string) => string | null,
): string {
  const visible = withoutCode(text);
  let written = "";
  let end = 0;
  for (const found of visible.matchAll(pattern)) {
    const replacement = write(found, text);
    if (replacement === null) continue;
    written += text.slice(end, found.index) + replacement;
    end = found.index + found[0].length;
  }
  return written + text.slice(end);
}

/** An address of a link or a picture that a generator would have filled in. */
const ADDRESS =
  /(?<before>\]\(|<img\b[^>]{0,500}?\bsrc=["'])(?:\{\{\s*site\.(?:baseurl|url)\s*\}\}|\{\{\s*["'](?<path>[^"'{}\n]+)["']\s*\|\s*(?:url|relative_url|absolute_url|relURL|absURL)\s*\}\})/g;

function plainAddress({ groups }: RegExpExecArray): string {
  return `${groups?.["before"] ?? ""}${groups?.["path"] ?? ""}`;
}

const IMG = String.raw`<img\b(?<attributes>(?:[^<>"']|"[^"]*"|'[^']*')*)>`;
const HTML = new RegExp(
  String.raw`(?:<(?<wrapper>figure|p|center|div)\b[^<>]*>\s*)?${IMG}(?:\s*</img>)?` +
    String.raw`(?:\s*<figcaption\b[^<>]*>(?<caption>[^]{0,2000}?)</figcaption>)?(?<close>\s*</\k<wrapper>>)?`,
  "gi",
);

function markdownOf(found: RegExpExecArray, text: string): string | null {
  const { attributes = "", wrapper, caption, close = "" } = found.groups ?? {};
  const src = attributeOf(attributes, "src");
  if (!src || /[{}]/.test(src)) return null;
  const alt = attributeOf(attributes, "alt");
  const title = plainCaption(caption ?? attributeOf(attributes, "title") ?? "");
  // alt="" is how HTML says that a picture tells nothing.
  const told = alt === "" ? " " : (alt ?? "").replace(/\s+/g, " ").replace(/[[\]\\]/g, "\\$&");
  const address = /[\s()<>]/.test(src) ? `<${src.replace(/[<>\n]/g, encodeURIComponent)}>` : src;
  const picture = `![${told}](${address}${title && ` "${title}"`})`;
  const opening = wrapper && close === "" ? found[0].slice(0, found[0].search(/<img/i)) : "";
  // A wrapper that ends with the picture goes with it; another one stays, and its end with it.
  const kept = wrapper ? "" : close;
  return `${opening}${setApart(picture, found, text)}${kept}`;
}

/** A picture that has its lines to itself becomes a paragraph of its own, which HTML around it would not let it be. */
function setApart(picture: string, found: RegExpExecArray, text: string): string {
  const before = text.slice(0, found.index);
  const after = text.slice(found.index + found[0].length);
  if (!/(?:^|\n)[ \t]*$/.test(before) || !/^[ \t]*(?:\n|$)/.test(after)) return picture;
  const above = /(?:^|\n[ \t]*\n)[ \t]*$/.test(before) || before.trim() === "" ? "" : "\n";
  const below = /^[ \t]*(?:\n[ \t]*(?:\n|$)|$)/.test(after) ? "" : "\n";
  return `${above}${picture}${below}`;
}

function attributeOf(attributes: string, name: string): string | null {
  const found = new RegExp(
    String.raw`(?:^|[\s"'/])${name}\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))`,
    "i",
  ).exec(attributes);
  if (!found) return null;
  return decodeEntities(found[1] ?? found[2] ?? found[3] ?? "").trim();
}

function plainCaption(html: string): string {
  const text = html.replace(/<[^<>]*>/g, "").replace(/\s+/g, " ");
  return decodeEntities(text).trim().replaceAll("\\", "\\\\").replaceAll('"', '\\"');
}

function decodeEntities(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replace(/&#0?39;|&apos;/g, "'")
    .replaceAll("&amp;", "&");
}
