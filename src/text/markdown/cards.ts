import type { Embed } from "../embeds.ts";
import { escapeAttribute, escapeText } from "./safety.ts";
import { withName, type MarkupWords } from "./words.ts";

// Cards for what is shown elsewhere: a link with the name of who shows it.

/** What a card says of the provider; of an unknown one, no more than its host. */
export type CardFace = Omit<Embed, "kind"> & Partial<Embed>;

/** HTML of a card's own: its title, and the words that are quoted from there. */
export interface CardParts {
  title: string;
  quoted?: string;
}

/** Writes a card for an address, and tells what it is called. */
export function writeCard(
  { provider, name, kind, host }: CardFace,
  url: string,
  { title, quoted = "", words, rel }: CardParts & { words: MarkupWords; rel: string },
): { card: string; name: string } {
  const what = escapeText(kind === undefined ? name : withName(words.embeds[kind], name));
  const link = `<a class="embed-title" href="${escapeAttribute(url)}" rel="${rel}">${title || what}</a>`;
  const source =
    title === "" ? escapeText(host) : name === host ? what : `${what} · ${escapeText(host)}`;
  const card =
    `<figure class="embed" data-provider="${escapeAttribute(provider)}">${quoted}${link}` +
    `<figcaption class="embed-source">${source}</figcaption></figure>\n`;
  return { card, name: title || what };
}
