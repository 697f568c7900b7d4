import type { SiteMap } from "../domain/site-map.ts";
import { RESERVED, SLUG } from "../domain/paths.ts";
import { archive } from "./archive.ts";
import { article } from "./article.ts";
import { author } from "./author.ts";
import { corrections } from "./corrections.ts";
import { feeds } from "./feed.ts";
import { llms, robots, security, textFiles } from "./crawlers.ts";
import { front } from "./front.ts";
import { icons, manifest } from "./icons.ts";
import { absent, type Parameter, type PageKind } from "./kind.ts";
import { month } from "./month.ts";
import { pageTwin } from "./page.ts";
import { openSearch } from "./open-search.ts";
import { picture } from "./picture.ts";
import { search } from "./search.ts";
import { section } from "./section.ts";
import { shareCard } from "./share-card.ts";
import {
  authorsSitemap,
  monthSitemap,
  newsSitemap,
  pagesSitemap,
  sitemapIndex,
  tagsSitemap,
} from "./sitemaps.ts";
import { speculationRules } from "./speculation-rules.ts";
import { tag } from "./tag.ts";
import { twin } from "./twin.ts";

/** Every kind of page that readers are given. Where two have a path, the first one wins. */
export const PAGES: readonly PageKind[] = [
  front,
  archive,
  corrections,
  sitemapIndex,
  pagesSitemap,
  authorsSitemap,
  tagsSitemap,
  monthSitemap,
  newsSitemap,
  robots,
  llms,
  security,
  ...textFiles,
  ...icons,
  manifest,
  search,
  openSearch,
  month,
  picture,
  ...feeds,
  shareCard,
  speculationRules,
  author,
  tag,
  pageTwin,
  section,
  twin,
  article,
];

/** The response where no kind of page is: moved, gone, or never anything. */
export const nowhere: PageKind = {
  name: "nowhere",
  patterns: ["*"],
  standing: () => "always",
  respond: async (context) => absent(context, await context.reader.nowhere(context.path)),
  samples: () => ["/nowhere", "/nowhere/at/all"],
};

/** What follows from the list for editors and purging. */
export const siteMap: SiteMap = {
  standingAt(path) {
    const met = meet(path);
    return met && met.kind.standing(met.parameter);
  },
  listRoots: new Set(PAGES.flatMap(({ list, patterns }) => (list ? patterns.flatMap(rootOf) : []))),
  listPaths: (kind, slug, page) =>
    PAGES.flatMap(({ list }) => (list?.kind === kind ? (list.path(slug, page) ?? []) : [])),
};

/** The canonical query of a canonical path, with its `?`, or "": the parameters that its kind of page defines. */
export function canonicalQuery(path: string, query: URLSearchParams): string {
  if (query.size === 0) return "";
  const defined = meet(path)?.kind.query?.(query) ?? [];
  return defined.length === 0 ? "" : `?${new URLSearchParams(defined).toString()}`;
}

/** The kind of page that a path has, and the parts of it by name; null for none. */
function meet(path: string): { kind: PageKind; parameter: Parameter } | null {
  for (const { kind, expressions } of MATCHERS)
    for (const expression of expressions) {
      const match = expression.exec(path);
      if (match) return { kind, parameter: (name) => match.groups?.[name] ?? "" };
    }
  return null;
}

const MATCHERS = PAGES.map((kind) => ({ kind, expressions: kind.patterns.map(expressionOf) }));

/** A pattern as an expression: a name is a segment, or what its own expression in braces says (one pair may nest). */
export function expressionOf(pattern: string): RegExp {
  const part = /:(\w+)(?:\{((?:[^{}]|\{[^}]*\})+)\})?|\./g;
  const source = pattern.replace(part, (dot, name?: string, own = "[^/]+") =>
    name === undefined ? `\\${dot}` : `(?<${name}>${String(own)})`,
  );
  return new RegExp(`^${source}$`);
}

/** The first segment of a pattern, where it is literal. */
function rootOf(pattern: string): string[] {
  const [, first = ""] = pattern.split("/");
  return first === "" || first.startsWith(":") ? [] : [first];
}

/** A section that were called like a page of its own would never be reached. */
function requireReserved(): void {
  for (const { name, patterns } of PAGES)
    for (const first of patterns.flatMap(rootOf))
      if (SLUG.test(first) && !RESERVED.has(first))
        throw new Error(
          `The page "${name}" is at /${first}: add "${first}" to RESERVED in src/domain/paths.ts.`,
        );
}

requireReserved();
