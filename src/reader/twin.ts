import { twinPath } from "../domain/paths.ts";
import type { Site } from "../domain/published.ts";
import { twinTags } from "../purge/tags.ts";
import { uriOf } from "../views/absolute.ts";
import { markdownTwin } from "../views/markdown-twin.ts";
import { changedAt, present, type PageKind } from "./kind.ts";

/** Which page a twin says the same as: search engines are not to find both (RFC 6596). */
export function canonicalLink(
  site: Pick<Site, "origin">,
  { path, canonicalUrl }: { path: string; canonicalUrl: string | null },
): string {
  return `<${uriOf(site, canonicalUrl ?? path)}>; rel="canonical"`;
}

/** A story as Markdown, at its own path with `.md` behind it. */
export const twin: PageKind = {
  name: "twin",
  patterns: ["/:section/:twin{[^/]+\\.md}"],
  standing: () => "story",
  async respond(context) {
    const visit = await context.reader.twin(context.path, context.path.replace(/\.md$/, ""));
    return present(context, visit, {
      tags: ({ story }) => twinTags(context.path, story),
      view: (site, { story, body }) => markdownTwin({ site, story, body }),
      contentType: "text/markdown; charset=utf-8",
      hints: ({ story }, site) => canonicalLink(site, story),
      lastModified: ({ story }) => changedAt(story),
    });
  },
  // Each has what its story has: some are enough.
  samples: ({ stories }) => stories.filter((_, index) => index % 4 === 0).map(twinPath),
};
