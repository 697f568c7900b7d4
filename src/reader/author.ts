import { authorPage } from "../views/author.tsx";
import { listPages } from "./lists.ts";

/** An author: who they are, and what they wrote. */
export const author = listPages("author", "/authors/:slug", {
  styles: ["cards", "profile", "pager"],
  view: (site, entry, listing) => authorPage({ site, author: entry, listing }),
});
