import { LISTS } from "../domain/lists.ts";
import { frontTags } from "../purge/tags.ts";
import { frontPage, leadHint } from "../views/front.tsx";
import { present, type PageKind } from "./kind.ts";
import { PAGE_NUMBER, pageOf, pagesOf } from "./lists.ts";

/** The front page as the editors placed it, and the recent pages behind it. */
export const front: PageKind = {
  name: "front",
  patterns: ["/", `/page/${PAGE_NUMBER}`],
  standing: () => "always",
  list: { kind: "front", path: LISTS.front.path },
  async respond(context) {
    const visit = await context.reader.front(context.path, pageOf(context.parameter));
    return present(context, visit, {
      tags: (found) => frontTags(context.path, found),
      view: (site, found) => frontPage({ site, front: found }),
      hints: leadHint,
      styles: ({ page }) =>
        page === 1 ? ["nameplate", "cards", "lead", "front", "pager"] : ["cards", "lead", "pager"],
    });
  },
  // All of them: the front page's list is the longest.
  samples: ({ pages }) => pagesOf("front", [""], pages * 2),
};
