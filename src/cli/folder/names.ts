import { Refusal } from "../refusal.ts";

// What the fields of a story are called in front matter: by us, and by others. Names are compared without regard to
// capitals, hyphens and underscores, so that lastModified, last-modified and last_modified are one.

/** The names in a story's front matter. The API calls some of them otherwise: date, updated and expires. */
export const OURS = [
  "title",
  "slug",
  "kind",
  "sponsor",
  "standfirst",
  "section",
  "tags",
  "authors",
  "date",
  "updated",
  "expires",
  "status",
  "hero",
  "language",
  "canonicalUrl",
  "translationOf",
  "related",
  "part",
  "corrections",
  "redirectFrom",
  "seo",
] as const;

export type Ours = (typeof OURS)[number];

/** Parts of fields that a name of somebody else's may stand for, beside the fields themselves. */
export const PARTS = [
  "hero.alt",
  "hero.caption",
  "hero.credit",
  "seo.title",
  "seo.description",
] as const;

export type Part = (typeof PARTS)[number];

/** What other generators call them, the likeliest first. */
export const THEIRS: Partial<Record<Ours | Part, string[]>> = {
  title: ["headline"],
  standfirst: [
    "dek",
    "deck",
    "subtitle",
    "summary",
    "excerpt",
    "description",
    "lede",
    "abstract",
    "teaser",
  ],
  section: ["category", "categories"],
  tags: ["tag", "keywords", "topics", "labels"],
  authors: ["author", "by", "byline", "writer", "creator"],
  date: [
    "published",
    "publishedAt",
    "publishedOn",
    "pubDate",
    "publishDate",
    "datePublished",
    "posted",
    "created",
    "createdAt",
  ],
  updated: [
    "updatedAt",
    "updatedDate",
    "lastmod",
    "lastModified",
    "lastModifiedAt",
    "lastUpdated",
    "modified",
    "modifiedAt",
    "dateModified",
  ],
  expires: ["expiresAt", "expiryDate", "unpublishDate"],
  hero: [
    "image",
    "images",
    "cover",
    "coverImage",
    "featuredImage",
    "featureImage",
    "headerImage",
    "heroImage",
    "ogImage",
    "banner",
    "thumbnail",
    "photo",
  ],
  "hero.alt": [
    "imageAlt",
    "coverAlt",
    "heroAlt",
    "thumbnailAlt",
    "coverImageAlt",
    "featuredImageAlt",
  ],
  "hero.caption": ["imageCaption", "imageFigcaption", "coverCaption", "heroCaption"],
  "hero.credit": ["imageCredit", "coverCredit", "heroCredit", "photoCredit"],
  language: ["lang", "locale"],
  canonicalUrl: ["canonical"],
  redirectFrom: ["aliases", "alias", "redirects", "oldUrl"],
  "seo.title": ["seoTitle", "metaTitle"],
  "seo.description": ["seoDescription", "metaDescription"],
};

/** Names that translate by rules of their own. */
const SPECIAL = ["draft", "publish", "permalink", "url", "path", "link"];

/** Mappings whose contents count as if they stood beside them: Zola's and Hugo's. */
export const NESTED = ["taxonomies", "extra", "params"];

/** What tells other generators how to build their pages, and a paper nothing. */
const IRRELEVANT = `
  layout template pageTemplate type weight order position navOrder menu menus nav navigation sidebar sidebarLabel
  sidebarPosition parent grandParent hasChildren breadcrumbs header footer classes class bodyClass cssClass css style
  styles js script scripts toc tocOpen showToc tableOfContents math mathjax katex mermaid highlight comments comment
  share sharing disableShare social series seriesOrder seriesTitle featured sticky pin pinned popular id uuid guid
  wordpressId postId linkTitle shortTitle sitemap robots noindex outputs output cascade headless build render
  resources markup pagination paginate paginateBy sortBy insertAnchorLinks inSearchIndex generateFeeds feed
  eleventyNavigation eleventyComputed eleventyExcludeFromCollections excludeFromCollections relatedPosts
  readingTime readTime timeToRead wordCount words hideMeta hideSummary searchHidden showReadingTime
  authorTitle authorUrl authorImageUrl authorTwitter authorFbid cspell:ignore
  disableComments commentable format editor generator version cmsDate meta
`
  .trim()
  .split(/\s+/);

/** What says who may read a story, or when, in a way that press cannot keep: never passed over unless by its name. */
const GUARDED = `
  embargo embargoed embargoUntil scheduled scheduledFor scheduledAt schedule publishOn publishAfter publishAt goLive
  private hidden unlisted password protected restricted confidential visibility access members membersOnly paid
`
  .trim()
  .split(/\s+/);

/** A name as it is compared. */
export function bare(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, "");
}

const irrelevant = new Set(IRRELEVANT.map(bare));
const guarded = new Set(GUARDED.map(bare));
const known = new Map<string, string>([
  ...OURS.map((name): [string, string] => [bare(name), name]),
  ...Object.values(THEIRS).flatMap((names) =>
    names.map((name): [string, string] => [bare(name), name]),
  ),
  ...SPECIAL.map((name): [string, string] => [bare(name), name]),
]);

/** What is to be made of a name: `guarded` and `close` are never passed over unless they are named for it. */
export type Standing =
  | { is: "known" | "irrelevant" | "unknown" | "guarded" }
  | { is: "close"; to: string };

export function standingOf(name: string): Standing {
  const written = bare(name);
  if (known.has(written)) return { is: "known" };
  if (guarded.has(written)) return { is: "guarded" };
  if (irrelevant.has(written)) return { is: "irrelevant" };
  for (const to of [...OURS, "draft", "published"]) {
    if (distance(written, bare(to)) <= (to.length > 4 ? 2 : 1)) return { is: "close", to };
  }
  return { is: "unknown" };
}

/** Names as options give them: `date=published` says that their `published` is our date. */
export function readMapping(given: string): [Ours | Part, string] {
  const [, ours = "", theirs = ""] = /^([^=]+)=(.+)$/.exec(given) ?? [];
  const name = [...OURS, ...PARTS].find((one) => bare(one) === bare(ours));
  if (name !== undefined && theirs !== "") return [name, theirs.trim()];
  throw new Refusal(
    `--map must be ours=theirs, as in --map date=published, where ours is one of ${[...OURS, ...PARTS].join(", ")}; got "${given}".`,
  );
}

/** How many letters must be changed, added, left out or swapped with a neighbour to make one word of the other. */
function distance(one: string, other: string): number {
  const rows = [Array.from({ length: other.length + 1 }, (_, column) => column)];
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      const swapped = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      row[j] = Math.min(
        (rows[i - 1]?.[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (rows[i - 1]?.[j - 1] ?? 0) + same,
        swapped && i > 1 && j > 1 ? (rows[i - 2]?.[j - 2] ?? 0) + 1 : Infinity,
      );
    }
    rows.push(row);
  }
  return rows[one.length]?.[other.length] ?? 0;
}
