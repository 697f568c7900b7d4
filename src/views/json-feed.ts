import type { Card, Site } from "../domain/published.ts";

/** What a feed is of, and where it and its page are, as paths. */
export interface Feed {
  title: string;
  description: string | null;
  page: string;
  feed: string;
  cards: Card[];
}

/** A list of stories as a JSON Feed (https://www.jsonfeed.org/version/1.1/), with what their cards say. */
export function jsonFeed(site: Site, { title, description, page, feed, cards }: Feed): string {
  const { settings, origin } = site;
  return `${JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: `${title} – ${settings.title}`,
    home_page_url: origin + page,
    feed_url: origin + feed,
    ...(description && { description }),
    language: settings.language,
    items: cards.map((card) => ({
      id: card.id,
      url: origin + card.path,
      title: card.title,
      content_text: card.standfirst ?? card.title,
      date_published: new Date(card.publishedAt).toISOString(),
      ...(card.authors.length > 0 && { authors: card.authors.map(({ name }) => ({ name })) }),
      ...(card.language && { language: card.language }),
    })),
  })}\n`;
}
