import type { FeedStory, Site } from "../domain/published.ts";
import { titleOf } from "./kinds.tsx";
import { isUpdated } from "./share.tsx";
import { voiceOf } from "./voice.ts";

/** What a feed is of, and where it and its page are, as paths. */
export interface Feed {
  title: string;
  description: string | null;
  page: string;
  feed: string;
  stories: FeedStory[];
}

/** A list of stories as a JSON Feed (https://www.jsonfeed.org/version/1.1/), with what their cards say and what was corrected. */
export function jsonFeed(site: Site, { title, description, page, feed, stories }: Feed): string {
  const { settings, origin } = site;
  return `${JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: `${title} – ${settings.title}`,
    home_page_url: origin + page,
    feed_url: origin + feed,
    ...(description && { description }),
    language: settings.language,
    items: stories.map((story) => ({
      id: story.id,
      url: origin + story.path,
      title: titleOf(story, story.title, voiceOf(settings, story.language).words),
      content_text: [story.standfirst ?? story.title, ...correctionsOf(site, story)].join("\n\n"),
      date_published: new Date(story.publishedAt).toISOString(),
      ...(isUpdated(story) && { date_modified: new Date(story.updatedAt).toISOString() }),
      ...(story.authors.length > 0 && { authors: story.authors.map(({ name }) => ({ name })) }),
      ...(story.language && { language: story.language }),
    })),
  })}\n`;
}

/** What stands beneath a story that was corrected, a paragraph each. */
function correctionsOf({ settings }: Site, { corrections, language }: FeedStory): string[] {
  if (corrections.length === 0) return [];
  const { words, formats } = voiceOf(settings, language);
  return [
    words.corrections(corrections.length),
    ...corrections.map(({ text, at }) => `${formats.day(at)}: ${text}`),
  ];
}
