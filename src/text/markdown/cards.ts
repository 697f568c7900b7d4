import type { Embed } from "../embeds.ts";
import { escapeAttribute, escapeText } from "./safety.ts";
import { withName, type MarkupWords } from "./words.ts";

// Cards for what is shown elsewhere: a link with the name of who shows it. They are made of what the address tells, and ask nobody.

/** What a card says of the provider; of an unknown one, no more than its host. */
export type CardFace = Omit<Embed, "kind"> & Partial<Embed>;

/** HTML of a card's own: its title, the words that are quoted from there, a picture of the library that shows what is there. */
export interface CardParts {
  title: string;
  quoted?: string;
  picture?: string;
}

/** Writes a card for an address. */
export function writeCard(
  face: CardFace,
  url: string,
  { title, quoted = "", picture = "", words, rel }: CardParts & { words: MarkupWords; rel: string },
): string {
  const name = nameOfCard(face, title, words);
  const said = new Set([escapeText(whatIs(face, words)), authorOf(face), escapeText(face.host)]);
  const source = [...said].filter((part) => part !== "" && part !== name).join(" · ");
  return (
    `<figure class="embed" data-provider="${escapeAttribute(face.provider)}">${quoted}${picture}` +
    `<a class="embed-title" href="${escapeAttribute(url)}" rel="${rel}">${name}</a>` +
    `${source && `<figcaption class="embed-source">${source}</figcaption>`}</figure>\n`
  );
}

/** What a card is called, as HTML: as the editor says, or the address, or by whom it is and where. */
export function nameOfCard(face: CardFace, title: string, words: MarkupWords): string {
  return title || escapeText(face.title ?? "") || authorOf(face) || escapeText(whatIs(face, words));
}

/** A handle keeps its `@` before it, also among words that run from right to left. */
function authorOf({ author }: CardFace): string {
  return author === undefined ? "" : `<bdi>${escapeText(author)}</bdi>`;
}

/** What stands there, and where: "Video on YouTube". */
export function whatIs({ kind, name }: CardFace, words: MarkupWords): string {
  return kind === undefined ? name : withName(words.embeds[kind], name);
}
