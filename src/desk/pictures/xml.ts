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
    let end = 0;
    for (const match of text.matchAll(MARKUP)) {
      addText(open, readable(text.slice(end, match.index)));
      end = match.index + match[0].length;
      const [, cdata, closing, name, attributes = "", isEmpty] = match;
      if (cdata !== undefined) addText(open, cdata);
      else if (closing !== undefined) close(open, closing);
      else if (name !== undefined) {
        const made = element(name, attributesIn(attributes));
        open.at(-1)?.childNodes.push(made);
        if (!isEmpty) open.push(made);
        if (open.length > DEEPEST) throw new Error("The XML is nested too deeply");
      }
    }
    if (open.length !== 1) throw new Error(`The element ${open.at(-1)?.nodeName} is not closed`);
    return { ...root, getElementsByTagName: () => [] };
  },
};

/** How deep elements are read: what is made of them is walked recursively. */
const DEEPEST = 100;

/** A comment, an instruction or a declaration; CDATA; the end of an element; its beginning. */
const MARKUP =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<![^>]*>|<\/([^\s>]+)\s*>|<([^\s/>!?]+)((?:\s+[^\s=/>]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/g;

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
