import type { PlainPage } from "../domain/published.ts";
import { twinPath } from "../domain/paths.ts";
import { pageTags } from "../purge/tags.ts";
import { pageTwin as twinOf } from "../views/markdown-twin.ts";
import { plainPage } from "../views/page.tsx";
import { changedAt, present, type Making, type PageKind } from "./kind.ts";
import { canonicalLink } from "./twin.ts";

/** How a page that is no story is made. It has one name space with sections, and so is found with them (section.ts). */
export function makingOfPage(path: string): Making<{ page: PlainPage }> {
  return {
    tags: ({ page }) => pageTags(path, page),
    view: (site, { page }) => plainPage({ site, page }),
    // What frames a picture is that of cards.
    styles: ({ page }) => (page.hero ? ["cards", "story", "prose"] : ["story", "prose"]),
    lastModified: ({ page }) => changedAt(page),
  };
}

/** The same as Markdown, at its own path with `.md` behind it. */
export const pageTwin: PageKind = {
  name: "page twin",
  patterns: ["/:twin{[^/]+\\.md}"],
  standing: () => "story",
  async respond(context) {
    const { path } = context;
    return present(context, await context.reader.pageTwin(path, path.replace(/\.md$/, "")), {
      tags: ({ page }) => pageTags(path, page),
      view: (site, { page, body }) => twinOf({ site, page, body }),
      contentType: "text/markdown; charset=utf-8",
      hints: ({ page }, site) => canonicalLink(site, page),
      lastModified: ({ page }) => changedAt(page),
    });
  },
  samples: ({ plain }) => plain.map(twinPath),
};
