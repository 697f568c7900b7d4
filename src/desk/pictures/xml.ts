// Reads the XML of XMP packets for the reader of metadata. The browser's own DOMParser is one of the sinks that the desk's
// Content-Security-Policy shuts (Trusted Types), and would do more than is wanted. Knows elements, attributes, text and CDATA; entities
// are those of XML itself and numbers, so that none can grow; what is not well-formed throws.

interface XmlNode {
  nodeName: string;
  nodeValue: string | null;
  childNodes: XmlNode[];
  attributes: { nodeName: string; value: string }[];
  tagName?: string;
}

/** As much of a DOMParser as the reader of metadata needs. */
export const xmlParser = {
  parseFromString(text: string) {
    const root = element("#document", []);
    const open = [root];
    let at = 0;
    while (at < text.length) {
      const start = text.indexOf("<", at);
      addText(open, readable(text.slice(at, start === -1 ? text.length : start)));
      if (start === -1) break;
      at = readMarkup(text, start, open);
    }
    if (open.length !== 1) throw new Error(`The element ${open.at(-1)?.nodeName} is not closed`);
    return { ...root, getElementsByTagName: () => [] };
  },
};

/** Reads what begins with a `<`, and tells where it ends. */
function readMarkup(text: string, start: number, open: XmlNode[]): number {
  for (const [opens, closes] of PASSED_OVER) {
    if (!text.startsWith(opens, start)) continue;
    const end = endOf(text, closes, start + opens.length);
    if (opens === CDATA) addText(open, text.slice(start + opens.length, end));
    return end + closes.length;
  }
  if (text.startsWith("</", start)) {
    const end = endOf(text, ">", start);
    close(open, text.slice(start + 2, end).trimEnd());
    return end + 1;
  }
  TAG.lastIndex = start;
  const [tag, name, attributes = "", isEmpty] = TAG.exec(text) ?? [];
  if (tag === undefined || name === undefined) throw new Error("An element is not well-formed");
  const made = element(name, attributesIn(attributes));
  open.at(-1)?.childNodes.push(made);
  if (!isEmpty) open.push(made);
  if (open.length > DEEPEST) throw new Error("The XML is nested too deeply");
  return start + tag.length;
}

/** Where something ends. What never does is refused at once, and not looked for again at each place that could begin it. */
function endOf(text: string, closes: string, from: number): number {
  const end = text.indexOf(closes, from);
  if (end === -1) throw new Error(`"${closes}" is missing`);
  return end;
}

/** How deep elements are read: what is made of them is walked recursively. */
const DEEPEST = 100;

const CDATA = "<![CDATA[";
const PASSED_OVER = [
  ["<!--", "-->"],
  ["<?", "?>"],
  [CDATA, "]]>"],
  ["<!", ">"],
] as const;

const TAG = /<([^\s/>]+)((?:\s+[^\s=/>]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/y;

const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function element(name: string, attributes: XmlNode["attributes"]): XmlNode {
  return { nodeName: name, tagName: name, nodeValue: null, childNodes: [], attributes };
}

function addText(open: XmlNode[], text: string): void {
  const siblings = open.at(-1)?.childNodes ?? [];
  const before = siblings.at(-1);
  if (text === "") return;
  if (before?.nodeName === "#text") before.nodeValue += text;
  else siblings.push({ nodeName: "#text", nodeValue: text, childNodes: [], attributes: [] });
}

function close(open: XmlNode[], name: string): void {
  if (open.length < 2 || open.pop()?.nodeName !== name)
    throw new Error(`The element ${name} is closed where it is not open`);
}

function attributesIn(text: string): XmlNode["attributes"] {
  return Array.from(text.matchAll(ATTRIBUTE), ([, nodeName = "", double, single]) => ({
    nodeName,
    value: readable(double ?? single ?? ""),
  }));
}

function readable(text: string): string {
  return text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name) return ENTITIES[String(name)] ?? whole;
    const code = hex ? Number.parseInt(String(hex), 16) : Number(decimal);
    return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : "";
  });
}
