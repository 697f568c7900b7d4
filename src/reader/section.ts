import { sectionPage } from "../views/section.tsx";
import { absent, present, type PageKind } from "./kind.ts";
import { listPages, makingOfList, pageOf, type ListManner } from "./lists.ts";
import { makingOfPage } from "./page.ts";

const MANNER: ListManner<"section"> = {
  styles: ["cards", "lead", "pager"],
  view: (site, entry, listing) => sectionPage({ site, section: entry, listing }),
};

const lists = listPages("section", "/:slug", MANNER);

/** A section's front and the recent pages behind it; or a page that is no story, with which it shares its addresses. */
export const section: PageKind = {
  ...lists,
  async respond(context) {
    if (pageOf(context.parameter) > 1) return lists.respond(context);
    const { path, parameter, reader } = context;
    const visit = await reader.pageOrSection(path, parameter("slug"));
    if (visit.found === null) return absent(context, visit);
    const { site, found } = visit;
    if ("page" in found) return present(context, { site, found }, makingOfPage(path));
    return present(context, { site, found }, makingOfList("section", path, MANNER));
  },
  samples: (paper) => [...lists.samples(paper), ...paper.plain],
};
