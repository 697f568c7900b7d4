import { isDay } from "../domain/calendar.ts";
import { SEARCH_PATH, SLUG, SLUG_LENGTH } from "../domain/paths.ts";
import { SEARCH_PAGES, type Wanted } from "../domain/published.ts";
import { canonicalQuery } from "../domain/search/query.ts";
import { searchTags } from "../purge/tags.ts";
import { searchPage } from "../views/search.tsx";
import { present, type PageContext, type PageKind } from "./kind.ts";

/** What is new is found when the page is made anew; what it shows is purged like everything else that shows it. */
const FRESHNESS = 60;

/** What readers look for, and what is found. */
export const search: PageKind = {
  name: "search",
  patterns: [SEARCH_PATH],
  query(sent) {
    const q = canonicalQuery(sent.get("q") ?? "");
    const given = (name: string, isValue: (value: string) => boolean): [string, string][] => {
      const value = sent.get(name) ?? "";
      return isValue(value) ? [[name, value]] : [];
    };
    return [
      ...(q === "" ? [] : ([["q", q]] as [string, string][])),
      ...given("section", isSlug),
      ...given("author", isSlug),
      ...given("from", isDay),
      ...given("to", isDay),
      ...(q === "" ? [] : given("page", isLaterPage)),
    ];
  },
  standing: () => "always",
  freshness: FRESHNESS,
  staleness: FRESHNESS,
  isCounted: (query) => query("q") !== null,
  async respond(context) {
    const visit = await context.reader.search(context.path, wantedBy(context));
    const page = await present(context, visit, {
      tags: (found) => searchTags(context.path, found),
      view: (site, found) => searchPage({ site, found }),
      styles: () => ["cards", "pager", "search"],
    });
    return visit.found?.stories === null ? { ...page, status: 503 } : page;
  },
  samples: ({ sections: [section = "city"] }) => [
    SEARCH_PATH,
    `${SEARCH_PATH}?q=story`,
    `${SEARCH_PATH}?q=story&page=2`,
    `${SEARCH_PATH}?q=words&section=${section}`,
  ],
};

function wantedBy({ query }: PageContext): Wanted {
  return {
    q: query("q") ?? "",
    section: query("section"),
    author: query("author"),
    from: query("from"),
    to: query("to"),
    page: Number(query("page") ?? "1"),
  };
}

function isSlug(value: string): boolean {
  return SLUG.test(value) && value.length <= SLUG_LENGTH;
}

function isLaterPage(value: string): boolean {
  return /^[2-9]$/.test(value) && Number(value) <= SEARCH_PAGES;
}
