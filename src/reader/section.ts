import { sectionPage } from "../views/section.tsx";
import { listPages } from "./lists.ts";

/** A section's front, and the recent pages behind it. */
export const section = listPages("section", "/:slug", {
  styles: ["cards", "lead", "pager"],
  view: (site, entry, listing) => sectionPage({ site, section: entry, listing }),
});
