import { LISTS, type ListKindName, type Nameable } from "../domain/lists.ts";
import { LAST_PAGE } from "../domain/paths.ts";
import type { ListEntries, Listing } from "../domain/published.ts";
import { listTags } from "../purge/tags.ts";
import type { StylePart } from "../views/stylesheet.ts";
import type { Paper } from "../views/frame.ts";
import { present, type Making, type PageContext, type Parameter, type PageKind } from "./kind.ts";

/** A later page of a list: 2 to 10. The first one has no number, and what is older is in the archive. */
export const PAGE_NUMBER = `:page{(?:${Array.from({ length: LAST_PAGE - 1 }, (_, n) => n + 2).join("|")})}`;

/** Which page of a list a path names. */
export function pageOf(parameter: Parameter): number {
  return Number(parameter("page") || "1");
}

/** How the pages of a kind of list look. */
export interface ListManner<Kind extends Nameable> {
  styles: readonly StylePart[];
  view(paper: Paper, entry: ListEntries[Kind], listing: Listing): string;
}

/** The pages of a section, an author or a tag: `name` is the part of the pattern that names the entry. */
export function listPages<Kind extends Nameable>(
  kind: Kind,
  base: string,
  manner: ListManner<Kind>,
): PageKind {
  const { entries } = LISTS[kind].index;
  return {
    name: kind,
    patterns: [base, `${base}/page/${PAGE_NUMBER}`],
    standing: (parameter) => ({ kind, slug: parameter("slug") }),
    list: { kind, path: LISTS[kind].path },
    async respond(context: PageContext) {
      const wanted = { slug: context.parameter("slug"), page: pageOf(context.parameter) };
      const visit = await context.reader.list(context.path, kind, wanted);
      return present(context, visit, makingOfList(kind, context.path, manner));
    },
    samples: (paper) => pagesOf(kind, paper[entries], paper.pages),
  };
}

/** How a page of such a list is made. */
export function makingOfList<Kind extends Nameable>(
  kind: Kind,
  path: string,
  { styles, view }: ListManner<Kind>,
): Making<{ entry: ListEntries[Kind]; listing: Listing }> {
  return {
    tags: ({ entry, listing }) => listTags(path, kind, entry, listing),
    view: (paper, { entry, listing }) => view(paper, entry, listing),
    styles: () => styles,
  };
}

/** The paths of the first pages of some lists. */
export function pagesOf(kind: ListKindName, slugs: string[], pages: number): string[] {
  return slugs.flatMap((slug) =>
    Array.from({ length: pages }, (_, index) => LISTS[kind].path(slug, index + 1)),
  );
}
