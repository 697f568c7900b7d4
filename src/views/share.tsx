import { authorPath, twinPath } from "../domain/paths.ts";
import type { Site, Story } from "../domain/published.ts";
import { instant } from "./dates.ts";
import { linkedKind } from "./kinds.tsx";
import { absolute, Link } from "./layout.tsx";
import { sharedPicture } from "./picture.tsx";
import { LinkedData } from "./prose.tsx";

/** What a story tells search engines, feeds readers, agents and those who share it. */
export function Share({ site, story }: { site: Site; story: Story }) {
  const { hero } = story;
  const shared = hero && sharedPicture(hero);
  const description = story.seo.description ?? story.standfirst;
  return (
    <>
      <Link rel="alternate" type="text/markdown" href={absolute(site, twinPath(story.path))} />
      <Translations site={site} story={story} />
      <meta name="robots" content="max-image-preview:large" />
      <meta property="og:type" content="article" />
      <meta property="og:title" content={story.seo.title ?? story.title} />
      {description && <meta property="og:description" content={description} />}
      {hero && shared && (
        <>
          <meta property="og:image" content={absolute(site, shared.src)} />
          {shared.width && <meta property="og:image:width" content={String(shared.width)} />}
          {shared.height && <meta property="og:image:height" content={String(shared.height)} />}
          {hero.alt && <meta property="og:image:alt" content={hero.alt} />}
        </>
      )}
      <meta property="article:published_time" content={instant(story.publishedAt)} />
      {isUpdated(story) && (
        <meta property="article:modified_time" content={instant(story.updatedAt)} />
      )}
      <meta property="article:section" content={story.section.name} />
      {story.authors.map(({ slug }) => (
        <meta property="article:author" content={absolute(site, authorPath(slug))} />
      ))}
      {story.tags.map(({ name }) => (
        <meta property="article:tag" content={name} />
      ))}
      <meta name="twitter:card" content={hero ? "summary_large_image" : "summary"} />
      <LinkedData data={newsArticle(site, story)} />
    </>
  );
}

/** Tells whether a story changed since it was published in a way that readers are told of. */
export function isUpdated<S extends Pick<Story, "publishedAt" | "updatedAt">>(
  story: S,
): story is S & { updatedAt: number } {
  return story.updatedAt !== null && story.updatedAt > story.publishedAt;
}

/** Search engines want every version named in every version, its own included. */
function Translations({ site, story }: { site: Site; story: Story }) {
  if (story.translations.length === 0) return null;
  return (
    <>
      {[story, ...story.translations].map(({ path, language }) => (
        <Link
          rel="alternate"
          hreflang={language ?? site.settings.language}
          href={absolute(site, path)}
        />
      ))}
    </>
  );
}

/** https://schema.org/NewsArticle; what a story does not have is undefined, and JSON leaves it out. */
function newsArticle(site: Site, story: Story): Record<string, unknown> {
  const { hero, corrections } = story;
  const shared = hero && sharedPicture(hero);
  return {
    "@context": "https://schema.org",
    ...linkedKind(story),
    headline: story.title,
    description: story.standfirst ?? undefined,
    url: absolute(site, story.path),
    mainEntityOfPage: story.canonicalUrl ?? absolute(site, story.path),
    inLanguage: story.language ?? site.settings.language,
    datePublished: instant(story.publishedAt),
    dateModified: instant(isUpdated(story) ? story.updatedAt : story.publishedAt),
    articleSection: story.section.name,
    keywords: story.tags.length > 0 ? story.tags.map(({ name }) => name) : undefined,
    wordCount: story.words > 0 ? story.words : undefined,
    image: shared
      ? {
          "@type": "ImageObject",
          url: absolute(site, shared.src),
          width: shared.width ?? undefined,
          height: shared.height ?? undefined,
          caption: hero?.caption ?? undefined,
          creditText: hero?.credit ?? undefined,
        }
      : undefined,
    author: story.authors.map(({ slug, name, role }) => ({
      "@type": "Person",
      name,
      jobTitle: role ?? undefined,
      url: absolute(site, authorPath(slug)),
    })),
    publisher: {
      "@type": "NewsMediaOrganization",
      name: site.settings.publisher ?? site.settings.title,
      url: site.origin,
    },
    correction:
      corrections.length > 0
        ? corrections.map(({ text, at }) => ({
            "@type": "CorrectionComment",
            text,
            datePublished: instant(at),
          }))
        : undefined,
  };
}
