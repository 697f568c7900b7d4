import { tagPage } from "../views/tag.tsx";
import { listPages } from "./lists.ts";

/** A topic and the stories on it, from every section. */
export const tag = listPages("tag", "/tags/:slug", {
  styles: ["cards", "profile", "pager"],
  view: (site, entry, listing) => tagPage({ site, topic: entry, listing }),
});
