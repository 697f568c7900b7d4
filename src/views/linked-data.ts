import { isPaidFor } from "../domain/kinds.ts";
import { isHttps, isMail, isMailto } from "../domain/links.ts";
import { CROPS } from "../domain/media.ts";
import { authorPath, frontPath, sectionPath } from "../domain/paths.ts";
import type { Card, Named, Profile, Site, Story } from "../domain/published.ts";
import { POLICIES } from "../domain/settings.ts";
import { absolute } from "./absolute.ts";
import { instant } from "./dates.ts";
import { linkedKind } from "./kinds.tsx";
import { isUpdated } from "./share.tsx";
import { originalOf, shareOf, type SharedPicture } from "./shared-picture.ts";

// What pages tell machines in the words of https://schema.org: each a graph of things that name each other by @id. What a thing
// does not have is undefined, and JSON leaves it out. Nothing is here that the page or its pages do not show.

/** A thing of the graph. */
export type Thing = Record<string, unknown>;

/** A page on the way from the front to this one. */
export interface Step {
  name: string;
  path: string;
}

const idOf = (site: Site, path: string, part: string) => `${absolute(site, path)}#${part}`;
const publisherId = (site: Site) => idOf(site, frontPath(), "organization");
const websiteId = (site: Site) => idOf(site, frontPath(), "website");

/** What the front page tells: the paper, and who makes it. */
export function frontData(site: Site): Thing[] {
  return [websiteOf(site), publisherOf(site)];
}

/** https://schema.org/WebSite, with its search (https://schema.org/SearchAction). */
function websiteOf(site: Site): Thing {
  const { title, tagline, description, language } = site.settings;
  return {
    "@type": "WebSite",
    "@id": websiteId(site),
    name: title,
    // A tagline is no `alternateName`: search engines take that for what the site may be called.
    description: description ?? tagline ?? undefined,
    url: absolute(site, frontPath()),
    inLanguage: language,
    publisher: { "@id": publisherId(site) },
    potentialAction: {
      "@type": "SearchAction",
      target: {
        "@type": "EntryPoint",
        urlTemplate: `${site.origin}/search?q={search_term_string}`,
      },
      "query-input": "required name=search_term_string",
    },
  };
}

/** https://schema.org/NewsMediaOrganization, with where it says how it works. */
function publisherOf(site: Site): Thing {
  const { title, publisher, tagline, description, social, policies } = site.settings;
  const { contact, ...others } = policies;
  const told = POLICIES.flatMap((name) => {
    const place = name === "contact" ? null : others[name];
    return place === null ? [] : [[name, absolute(site, place)] as const];
  });
  return {
    ...publisherIn(site),
    alternateName: publisher === null ? undefined : title,
    description: description ?? undefined,
    slogan: tagline ?? undefined,
    sameAs: someOf(social.filter(isHttps)),
    ...Object.fromEntries(told),
    contactPoint:
      contact === null
        ? undefined
        : {
            "@type": "ContactPoint",
            contactType: "newsroom",
            ...(isMail(contact) ? { email: contact } : { url: absolute(site, contact) }),
          },
  };
}

/** The publisher as a story names it: enough for who reads no other page. */
function publisherIn(site: Site): Thing {
  const { title, publisher, logo } = site.settings;
  return {
    "@type": "NewsMediaOrganization",
    "@id": publisherId(site),
    name: publisher ?? title,
    url: absolute(site, frontPath()),
    logo: logo
      ? {
          "@type": "ImageObject",
          url: absolute(site, logo.src),
          width: logo.width,
          height: logo.height,
        }
      : undefined,
  };
}

/** The way to a page from the front (https://schema.org/BreadcrumbList). */
function breadcrumbs(site: Site, path: string, steps: Step[]): Thing {
  const all = [{ name: site.settings.title, path: frontPath() }, ...steps];
  return {
    "@type": "BreadcrumbList",
    "@id": idOf(site, path, "breadcrumbs"),
    itemListElement: all.map((step, index) => ({
      "@type": "ListItem",
      position: index + 1,
      name: step.name,
      item: absolute(site, step.path),
    })),
  };
}

/** What any page tells: that it is one, of what type of schema.org, and the way there. */
export function pageData(
  site: Site,
  { type = "WebPage", ...page }: Omit<PlainPage, "steps"> & { type?: string | undefined },
): Thing[] {
  const steps = [{ name: page.name, path: page.path }];
  return [webPage(site, type, page), breadcrumbs(site, page.path, steps)];
}

interface PlainPage {
  path: string;
  name: string;
  description: string | null;
  /** BCP 47; left out where it is the site's. */
  language?: string | null;
  /** The way there from the front, with the page itself. */
  steps: Step[];
}

/** A page that lists others. */
interface ListedPage extends PlainPage {
  /** Paths of what it lists, in their order. */
  paths: string[];
}

/** What a page of a list tells (https://schema.org/CollectionPage). */
export function collectionData(site: Site, page: ListedPage): Thing[] {
  const main =
    page.paths.length > 0
      ? {
          "@type": "ItemList",
          itemListElement: page.paths.map((path, index) => ({
            "@type": "ListItem",
            position: index + 1,
            url: absolute(site, path),
          })),
        }
      : undefined;
  return [
    { ...webPage(site, "CollectionPage", page), mainEntity: main },
    breadcrumbs(site, page.path, page.steps),
  ];
}

/** What a page of stories lists. */
export function pathsOf(cards: Pick<Card, "path">[]): string[] {
  return cards.map(({ path }) => path);
}

/** What an author's page tells (https://schema.org/ProfilePage). */
export function profileData(site: Site, author: Profile, page: PlainPage): Thing[] {
  const { bio, links } = author;
  const person = {
    ...personOf(site, author),
    description: bio ?? undefined,
    identifier: author.slug,
    email: links.find(isMailto),
    worksFor: publisherIn(site),
  };
  return [
    { ...webPage(site, "ProfilePage", page), mainEntity: person },
    breadcrumbs(site, page.path, page.steps),
  ];
}

function webPage(
  site: Site,
  type: string,
  { path, name, description, language }: Omit<PlainPage, "steps">,
): Thing {
  return {
    "@type": type,
    "@id": idOf(site, path, "page"),
    url: absolute(site, path),
    name,
    description: description ?? undefined,
    inLanguage: language ?? site.settings.language,
    isPartOf: { "@id": websiteId(site) },
    breadcrumb: { "@id": idOf(site, path, "breadcrumbs") },
  };
}

function personOf(site: Site, { slug, name, role, links }: Omit<Profile, "bio">): Thing {
  return {
    "@type": "Person",
    "@id": idOf(site, authorPath(slug), "person"),
    name,
    jobTitle: role ?? undefined,
    url: absolute(site, authorPath(slug)),
    sameAs: someOf(links.filter(isHttps)),
  };
}

/** What a story's page tells (https://schema.org/NewsArticle). */
export function storyData(site: Site, story: Story): Thing[] {
  const { path, section, title } = story;
  const steps = [stepTo(section), { name: title, path }];
  return [newsArticle(site, story), breadcrumbs(site, path, steps)];
}

export function stepTo({ slug, name }: Named): Step {
  return { name, path: sectionPath(slug) };
}

function newsArticle(site: Site, story: Story): Thing {
  const { path, title, seo, standfirst, section, tags, words, corrections } = story;
  return {
    ...linkedKind(story),
    "@id": idOf(site, path, "story"),
    headline: title,
    alternativeHeadline: seo.title ?? undefined,
    description: seo.description ?? standfirst ?? undefined,
    url: absolute(site, path),
    mainEntityOfPage: story.canonicalUrl ?? absolute(site, path),
    inLanguage: story.language ?? site.settings.language,
    isAccessibleForFree: true,
    datePublished: instant(story.publishedAt),
    dateModified: instant(isUpdated(story) ? story.updatedAt : story.publishedAt),
    articleSection: section.name,
    keywords: someOf(tags.map(({ name }) => name)),
    wordCount: words > 0 ? words : undefined,
    ...picturesOf(site, story),
    author: authorsOf(site, story),
    publisher: publisherIn(site),
    isPartOf: { "@id": websiteId(site) },
    correction: someOf(
      corrections.map(({ text, at }) => ({
        "@type": "CorrectionComment",
        text,
        datePublished: instant(at),
      })),
    ),
    ...translationsOf(site, story),
  };
}

/** Who wrote a story. What nobody signed is the publisher's, as in feeds; of an advertisement only who paid for it is known. */
function authorsOf(site: Site, story: Story): Thing | Thing[] | undefined {
  if (story.authors.length > 0) return story.authors.map((author) => personOf(site, author));
  return isPaidFor(story) ? undefined : publisherIn(site);
}

/** A story's pictures: whole, and in the ratios that search engines ask for; else what it is shared with. */
function picturesOf(site: Site, story: Story): Thing {
  const { hero } = story;
  const shared = shareOf(site, story);
  const { wide, classic, square } = CROPS;
  const crops = [wide, classic, square].flatMap((size) => shareOf(site, story, size) ?? []);
  const whole = hero && originalOf(hero);
  const pictures = hero ? [...(whole ? [whole] : []), ...crops.filter(isOfHero)] : [shared];
  const images = pictures.flatMap((picture) => (picture ? [imageOf(site, picture)] : []));
  const noted = images.map((image, index) =>
    index > 0 || !hero
      ? image
      : { ...image, caption: hero.caption ?? undefined, creditText: hero.credit ?? undefined },
  );
  return {
    image: someOf(noted),
    thumbnailUrl: shared ? absolute(site, shared.src) : undefined,
  };
}

function isOfHero({ kind }: SharedPicture): boolean {
  return kind === "crop";
}

function imageOf(site: Site, { src, width, height }: SharedPicture): Thing {
  return {
    "@type": "ImageObject",
    url: absolute(site, src),
    width: width ?? undefined,
    height: height ?? undefined,
  };
}

/** https://schema.org/translationOfWork and its inverse. */
function translationsOf(site: Site, { translationOf, translations }: Story): Thing {
  const named = (each: Story["translations"][number]) => ({
    // Of whatever kind it is: its own page says.
    "@type": "Article",
    "@id": idOf(site, each.path, "story"),
    url: absolute(site, each.path),
    headline: each.title,
    inLanguage: each.language ?? site.settings.language,
  });
  const original = translations.find(({ id }) => id === translationOf);
  return {
    translationOfWork: original && named(original),
    // A translation's sisters are not its own.
    workTranslation: translationOf === null ? someOf(translations.map(named)) : undefined,
  };
}

/** A list with anything in it. */
function someOf<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined;
}
