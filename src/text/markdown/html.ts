import { html as standard } from "parse5";
import {
  BLOCKS,
  DIVISIONS,
  GONE,
  HOLLOW,
  isAstray,
  isKeptAttribute,
  NETWORK_QUOTES,
  OWN_BLOCKS,
  PHRASES,
  PLAYERS,
  VOID,
} from "./allowed.ts";
import {
  arranged,
  blockNode,
  framed,
  isBlock,
  phraseNode,
  placeNode,
  plain,
  flattened,
  saysSomething,
  spread,
  textNode,
  TRANSPARENT,
  type Node,
} from "./html-nodes.ts";
import { AuthorIds, idName, idOf } from "./html-ids.ts";
import { endOpenElements, type OpenElements } from "./html-open.ts";
import {
  contentOf,
  readTree,
  type Child,
  type Element,
  type Parent,
  type RawHtml,
} from "./html-tree.ts";
import { NodeWriter } from "./html-write.ts";
import { attribute, nameOf } from "./html-tree.ts";
import { addressOf, cardOf, chartCodeOf, isFurniture, postOf, webAddress } from "./players.ts";
import { escapeAttribute, IMAGE_SCHEMES, LINK_SCHEMES, safeAddress } from "./safety.ts";
import type { Writer } from "./write.ts";

// The HTML in a body: the author's tree reduced to what allowed.ts names, and written out balanced beside ours.

/** The body, or a sentence that tells the editor what to change. */
export type Keeping = { ok: true; html: string } | { ok: false; message: string };

/** Puts the author's HTML into what the writer wrote. */
export function keepHtml(written: string, pieces: readonly RawHtml[], writer: Writer): Keeping {
  const tree = readTree(written, pieces);
  if (!tree.ok) return tree;
  const keeper = new Keeper(tree.mark, pieces, writer);
  return { ok: true, html: keeper.keep(tree.root, tree.markup) };
}

/** Where the reading stands. */
interface Place {
  /** Text is code. */
  code: boolean;
  parent: string;
  inLink: boolean;
  /** Among the words of a post. */
  inPost?: boolean;
}

/** Elements whose text is code. */
const CODE = new Set(["code", "kbd", "pre", "samp", "var"]);

/** Reduces the tree of one body to nodes, and notes what goes. */
class Keeper {
  readonly #mark: string;
  readonly #pieces: readonly RawHtml[];
  readonly #writer: Writer;
  readonly #ids = new AuthorIds();
  #line = 1;
  #pieceLine = 1;
  /** Whether what is read is the author's HTML, or Markdown. */
  #inPiece = false;
  #open: OpenElements = { ended: new Set(), reopened: new Set() };

  constructor(mark: string, pieces: readonly RawHtml[], writer: Writer) {
    this.#mark = mark;
    this.#pieces = pieces;
    this.#writer = writer;
  }

  keep(root: Parent, markup: string): string {
    this.#open = endOpenElements(
      root,
      markup,
      (element) => OWN_BLOCKS.has(element.tagName) && this.#isOwn(element),
    );
    this.#ids.find(root, (element) => this.#isOwn(element));
    const nodes = this.#reduceAll(root, { code: false, parent: "", inLink: false });
    return new NodeWriter(this.#writer).flow(nodes, "");
  }

  #isOwn(element: Element): boolean {
    return element.attrs[0]?.name === this.#mark && /^[a-z][a-z\d]*$/.test(element.tagName);
  }

  #reduceAll(parent: Parent, place: Place): Node[] {
    return parent.childNodes.flatMap((child) => this.#reduce(child, place));
  }

  #reduce(child: Child, place: Place): Node[] {
    if (child.nodeName === "#text" && "value" in child) {
      const counted = !this.#inPiece;
      return [{ kind: "text", text: child.value, fixed: place.code || counted, counted }];
    }
    if (child.nodeName === "#comment" && "data" in child) {
      this.#comment(child.data, child.sourceCodeLocation?.startLine ?? 0);
      return [];
    }
    if (!("attrs" in child)) return [];
    if (place.inPost && this.#isFetched(child)) {
      this.#note("A picture from elsewhere was left out of a post.", child);
      const alt = attribute(child, "alt") ?? "";
      return alt.trim() === "" ? [] : [textNode(alt)];
    }
    if (this.#isOwn(child)) return this.#reduceOwn(child, place);
    const nodes = this.#reduceForeign(child, place);
    // What does not stay, or has no place for a name, may have had one that links lead to.
    const anchor = this.#anchorFor(child, place);
    const [first, ...others] = nodes;
    return first?.kind === "division"
      ? [{ ...first, children: [...anchor, ...first.children] }, ...others]
      : [...anchor, ...nodes];
  }

  /** Tells whether a picture would be asked of somebody else, which no card does. */
  #isFetched(element: Element): boolean {
    if (!["image", "img"].includes(element.tagName)) return false;
    const { siteOrigin } = this.#writer;
    return URL.parse(attribute(element, "src") ?? "", siteOrigin)?.origin !== siteOrigin;
  }

  /** Our comments tell where a piece begins and ends; the author's are for editors. */
  #comment(data: string, writtenLine: number): void {
    const [mark, piece] = data.split(" ");
    if (mark !== this.#mark) {
      this.#note("A comment was left out.");
      return;
    }
    this.#inPiece = piece !== undefined;
    if (piece === undefined) return;
    this.#line = this.#pieces[Number(piece)]?.line ?? this.#line;
    this.#pieceLine = writtenLine;
  }

  #note(message: string, element?: Element): void {
    this.#writer.note(this.#lineOf(element), message);
  }

  #lineOf(element?: Element): number {
    const written = element?.sourceCodeLocation?.startLine;
    return this.#line + (written === undefined ? 0 : Math.max(0, written - this.#pieceLine));
  }

  #reduceOwn(element: Element, place: Place): Node[] {
    const { tagName: tag, attrs } = element;
    const attributes = attrs
      .slice(1)
      .map(({ name, value }) => ` ${name}${this.#ownValue(tag, name, value)}`)
      .join("");
    const children = this.#reduceAll(element, {
      ...place,
      parent: tag,
      inLink: place.inLink || tag === "a",
    });
    if (isAstray(tag, place.parent)) return [{ kind: "division", children }];
    if (tag === "a" && place.inLink) return children;
    const block = OWN_BLOCKS.has(tag) || (TRANSPARENT.has(tag) && children.some(isBlock));
    return [
      { kind: "element", tag, attributes, children: arranged(tag, children), block, own: true },
    ];
  }

  #ownValue(tag: string, name: string, value: string): string {
    if (value === "" && (name === "disabled" || name === "checked")) return "";
    return `="${escapeAttribute(tag === "a" && name === "href" ? this.#ids.target(value) : value)}"`;
  }

  #reduceForeign(element: Element, place: Place): Node[] {
    const tag = nameOf(element);
    const isHtml = element.namespaceURI === standard.NS.HTML;
    if (this.#open.ended.has(element) || this.#open.reopened.has(element))
      this.#note(`<${shortName(tag)}> is never closed; it ends before the next block.`, element);
    if (this.#open.reopened.has(element)) return this.#reduceAll(element, place);
    if (PLAYERS.has(tag) && isHtml) return this.#player(element, place);
    if (tag === "image" || tag === "img") return this.#picture(element);
    const chart = isHtml ? chartCodeOf(element) : undefined;
    if (chart !== undefined) return this.#chart(element, chart, place);
    if (GONE.has(tag)) return this.#gone(element, tag, place);
    if (!isHtml) return this.#unwrap(element, tag, place);
    if (tag === "blockquote" || tag === "div") {
      const card = this.#networkQuote(element, place);
      if (card) return card;
    }
    const phrase = PHRASES.get(tag);
    if (phrase !== undefined) return this.#phrase(element, phrase, place);
    const block = BLOCKS.get(tag);
    if (block !== undefined) return this.#block(element, block, place);
    return this.#unwrap(element, tag, place);
  }

  #unwrap(element: Element, tag: string, place: Place): Node[] {
    this.#note(`<${shortName(tag)}> was left out; its words stay.`, element);
    const children = this.#reduceAll(element, place);
    return DIVISIONS.has(tag) ? [{ kind: "division", children }] : children;
  }

  #anchorFor(element: Element, { inLink }: Place): Node[] {
    const id = idOf(element);
    if (id === undefined || !this.#ids.isAim(id) || !this.#ids.take(id)) return [];
    return [placeNode(` id="${escapeAttribute(idName(id))}"`, inLink)];
  }

  /** Without an end tag it would take the rest of the body with it: then it goes, and what follows stays. */
  #gone(element: Element, tag: string, place: Place): Node[] {
    const isOpen = element.sourceCodeLocation?.endTag === undefined && !VOID.has(tag);
    const inside = contentOf(element);
    if (isOpen && inside.childNodes.some((node) => "attrs" in node || isWordy(node))) {
      this.#note(
        `<${shortName(tag)}> was left out; it is never closed, and what follows it stays.`,
        element,
      );
      return this.#reduceAll(inside, place);
    }
    const isEmpty = inside.childNodes.length === 0;
    this.#note(
      isEmpty
        ? `<${shortName(tag)}> was left out.`
        : `<${shortName(tag)}> was left out, with what is in it.`,
      element,
    );
    return [];
  }

  #phrase(element: Element, tag: string, place: Place): Node[] {
    if (tag === "br" || tag === "wbr") return [phraseNode(tag, "", [])];
    if (tag === "a") return this.#anchor(element, place);
    const children = this.#reduceAll(element, {
      ...place,
      code: place.code || CODE.has(tag),
      parent: tag,
    });
    if (!children.some(isBlock) || TRANSPARENT.has(tag))
      return [phraseNode(tag, this.#attributes(element, tag), children)];
    return spread(tag, this.#attributes(element, tag, ["id"]), children);
  }

  #anchor(element: Element, place: Place): Node[] {
    // Browsers pass over line breaks in an address.
    const href = attribute(element, "href")?.replace(/[\t\n\r]/g, "");
    const inLink = place.inLink || href !== undefined;
    const children = this.#reduceAll(element, { ...place, parent: "a", inLink });
    const attributes = this.#attributes(element, "a", ["href", "name", "rel", "target"]);
    const written = href === undefined ? undefined : safeAddress(href, LINK_SCHEMES);
    if (href !== undefined && written === undefined && href.trim() !== "")
      this.#note(
        `The address "${href.slice(0, 60)}" was left out: it is none that leads anywhere.`,
        element,
      );
    // Nobody can follow a link that nobody sees: one that was never closed opens again in the next block.
    if (written === undefined || place.inLink || !children.some(saysSomething))
      return attributes.includes(" id=")
        ? [placeNode(attributes, place.inLink), ...children]
        : children;
    const rel = this.#writer.relOf(written);
    const link = ` href="${escapeAttribute(this.#ids.target(written))}"`;
    return [phraseNode("a", `${attributes}${link}${rel}`, children)];
  }

  #block(element: Element, tag: string, place: Place): Node[] {
    if (tag === "hr") return [blockNode("hr", "", [])];
    if (/^h[1-6]$/.test(tag)) return this.#heading(element, tag, place);
    const isAlone = isAstray(tag, place.parent);
    const parent = isAlone ? place.parent : tag;
    const inside = { ...place, code: place.code || tag === "pre", parent };
    const children = this.#reduceAll(element, inside);
    const isEmpty = !children.some(saysSomething);
    // What stands before and after it is apart all the same.
    if (isEmpty && HOLLOW.has(tag)) return [{ kind: "division", children: [] }];
    // Nothing to operate in a link (HTML, section 4.5.1).
    if (isAlone || (tag === "details" && place.inLink)) return [{ kind: "division", children }];
    const attributes = this.#attributes(element, tag);
    if (tag === "pre")
      return [blockNode(tag, place.inLink ? attributes : `${attributes} tabindex="0"`, children)];
    if (tag === "figure") return [framed(attributes, children)];
    const block = blockNode(tag, attributes, arranged(tag, children));
    const scrolls = tag === "table" && !["td", "th"].includes(place.parent) && !place.inLink;
    return [scrolls ? blockNode("div", ' class="table"', [block]) : block];
  }

  #heading(element: Element, tag: string, place: Place): Node[] {
    const children = flattened(this.#reduceAll(element, { ...place, parent: tag }));
    // The page's own heading is the only one of the first level.
    const level = Math.max(2, Math.min(6, Number(tag.slice(1)) + this.#writer.shift));
    const text = plain(children).replace(/\s+/g, " ").trim();
    if (text === "" || children.some(isBlock)) return children;
    const given = idOf(element);
    const id =
      given !== undefined && this.#ids.take(given) ? idName(given) : this.#writer.headingId(text);
    const attributes = this.#attributes(element, tag, ["id"]);
    const anchor = ` class="anchor" href="#${escapeAttribute(id)}" aria-hidden="true" tabindex="-1"`;
    const permalink = { ...phraseNode("a", anchor, []), own: true };
    const inside = place.inLink ? children : [...children, permalink];
    return [blockNode(`h${level}`, ` id="${escapeAttribute(id)}"${attributes}`, inside)];
  }

  #picture(element: Element): Node[] {
    const src = attribute(element, "src")?.replace(/[\t\n\r]/g, "") ?? "";
    const url = safeAddress(src, IMAGE_SCHEMES);
    const alt = attribute(element, "alt");
    if (url === undefined) {
      this.#note(`A picture without an address that can be shown was left out.`, element);
      return alt?.trim() ? [textNode(alt)] : [];
    }
    this.#attributes(element, "img", [
      "id",
      "src",
      "alt",
      "width",
      "height",
      "title",
      "loading",
      "decoding",
    ]);
    const pixels = (name: string) => /^\d{1,4}$/.exec(attribute(element, name)?.trim() ?? "")?.[0];
    const html = this.#writer.pictures.write({
      url,
      // In HTML an empty alternative text is a statement (section 4.8.4.4.4): the picture is decorative.
      text: alt === "" ? " " : (alt ?? ""),
      alt: alt ?? "",
      title: attribute(element, "title") ?? "",
      width: pixels("width"),
      height: pixels("height"),
    });
    return [{ kind: "picture", html, known: this.#writer.pictures.find(url) }];
  }

  /** A frame, a player: what it would load is a card that leads there. */
  #player(element: Element, place: Place): Node[] {
    const address = addressOf(element);
    const url = address === undefined ? undefined : webAddress(address, this.#writer.siteOrigin);
    const tagName = nameOf(element);
    if (url === undefined) {
      this.#note(`<${tagName}> was left out; it names nothing that could be shown.`, element);
      return tagName === "iframe" ? [] : this.#reduceAll(element, place);
    }
    if (isFurniture(element, url)) {
      this.#note(`<${tagName}> was left out: a button, an advertisement or a counter.`, element);
      return [];
    }
    const line = this.#lineOf(element);
    const card = cardOf(url, { title: attribute(element, "title"), tagName, line });
    const isOpen = element.sourceCodeLocation?.endTag === undefined && tagName !== "embed";
    // Without an end tag what stands in it is no reserve for old browsers.
    const inside = isOpen ? this.#reduceAll(element, place) : [];
    if (place.inLink) {
      this.#note(`<${tagName}> was left out: it would be a link in a link.`, element);
      return [textNode(card.title || card.embed.name), ...inside];
    }
    this.#note(`<${tagName}> became a card that leads to ${new URL(url).host}.`, element);
    return [card, ...inside];
  }

  /** What loads a chart: a card in its place. */
  #chart(element: Element, url: string, place: Place): Node[] {
    const tagName = nameOf(element);
    const line = this.#lineOf(element);
    const card = cardOf(url, { line });
    this.#note(`<${tagName}> became a card that leads to ${new URL(url).host}.`, element);
    const inside = tagName === "script" ? [] : this.#reduceAll(element, place);
    return [place.inLink ? textNode(card.embed.name) : card, ...inside];
  }

  /** A post of a social network: its words stay, and lead there. */
  #networkQuote(element: Element, place: Place): Node[] | undefined {
    // A post in a post is its words: each would look for its address through all that is within it.
    if (place.inPost) return undefined;
    const classes = (attribute(element, "class") ?? "").split(/\s+/);
    if (!classes.some((name) => NETWORK_QUOTES.has(name))) return undefined;
    const url = postOf(element, this.#writer.siteOrigin);
    if (url === undefined) return undefined;
    const inside = { ...place, parent: "blockquote", inLink: true, inPost: true };
    const line = this.#lineOf(element);
    return [cardOf(url, { quoted: this.#reduceAll(element, inside), line })];
  }

  /** Attributes that stay, and a note of those that do not. */
  #attributes(element: Element, tag: string, seen: readonly string[] = []): string {
    let written = "";
    for (const { name, value } of element.attrs) {
      const shown =
        name === "align" && (tag === "td" || tag === "th") ? alignment(value) : undefined;
      if (shown) written += shown;
      else if (name === "id" && !seen.includes("id")) continue;
      else if (isKeptAttribute(tag, name, value)) {
        if (value.trim() !== "" || name === "datetime")
          written += ` ${name}="${escapeAttribute(value)}"`;
      } else if (!seen.includes(name))
        this.#note(
          `The attribute ${shortName(name)} of <${shortName(nameOf(element))}> was left out.`,
          element,
        );
    }
    const id = seen.includes("id") ? undefined : idOf(element);
    return id !== undefined && this.#ids.take(id)
      ? ` id="${escapeAttribute(idName(id))}"${written}`
      : written;
  }
}

function alignment(value: string): string | undefined {
  const side = value.trim().toLowerCase();
  return ["left", "center", "right"].includes(side) ? ` class="align-${side}"` : undefined;
}

function isWordy(node: Child): boolean {
  return "value" in node && node.value.trim() !== "";
}

/** A name as a note can quote it. */
function shortName(name: string): string {
  return name.replace(/[^\w:.-]/g, "").slice(0, 40) || "?";
}
