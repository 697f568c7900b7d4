import { storyTags } from "../purge/tags.ts";
import { articlePage, heroHint } from "../views/article.tsx";
import { changedAt, present, type PageKind } from "./kind.ts";

/** A story with everything around it. */
export const article: PageKind = {
  name: "article",
  patterns: ["/:section/:slug"],
  standing: () => "story",
  async respond(context) {
    return present(context, await context.reader.story(context.path), {
      tags: (found) => storyTags(context.path, found),
      view: (site, found) => articlePage({ site, page: found }),
      styles: () => ["cards", "neighbours", "story", "prose"],
      hints: heroHint,
      lastModified: ({ story }) => changedAt(story),
    });
  },
  samples: ({ stories }) => stories,
};
