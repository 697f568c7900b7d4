import { authorPath, twinPath } from "../domain/paths.ts";
import type { Profile, Site, Story } from "../domain/published.ts";
import { absolute } from "./absolute.ts";
import { instant } from "./dates.ts";
import { titleOf } from "./kinds.tsx";
import { localeFor } from "./language.ts";
import { Link } from "./link.tsx";
import { shareOf, type SharedPicture } from "./shared-picture.ts";
import { voiceOf } from "./voice.ts";

// What a page tells whoever shows a link to it (https://ogp.me), and of its other forms.

/** What a story tells search engines, feeds readers, agents and those who share it. */
export function Share({ site, story }: { site: Site; story: Story }) {
  const shared = shareOf(site, story);
  const title = story.seo.title ?? story.title;
  const description = story.seo.description ?? story.standfirst;
  const language = story.language ?? site.settings.language;
  const own = localeFor(language);
  const others = story.translations.map((each) =>
    localeFor(each.language ?? site.settings.language),
  );
  return (
    <>
      <Link rel="alternate" type="text/markdown" href={absolute(site, twinPath(story.path))} />
      <Translations site={site} story={story} />
      <meta property="og:type" content="article" />
      <meta property="og:title" content={title} />
      {description && <meta property="og:description" content={description} />}
      <meta property="og:locale" content={own} />
      {[...new Set(others)]
        .filter((locale) => locale !== own)
        .map((locale) => (
          <meta property="og:locale:alternate" content={locale} />
        ))}
      {shared && <SharedImage site={site} picture={shared} alt={altOf(site, story, shared)} />}
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
      <meta name="twitter:card" content={shared ? "summary_large_image" : "summary"} />
      <Accounts site={site} author={story.authors[0]} />
    </>
  );
}

/** Tells whether a story changed since it was published in a way that readers are told of. */
export function isUpdated<S extends Pick<Story, "publishedAt" | "updatedAt">>(
  story: S,
): story is S & { updatedAt: number } {
  return story.updatedAt !== null && story.updatedAt > story.publishedAt;
}

/** What any other page tells: an author's that it is a person's. */
export function PlainShare({
  site,
  title,
  description,
  profile,
}: {
  site: Site;
  title: string;
  description: string | null;
  profile: Profile | undefined;
}) {
  const { logo, language } = site.settings;
  return (
    <>
      <meta property="og:type" content={profile ? "profile" : "website"} />
      <meta property="og:title" content={title} />
      {description && <meta property="og:description" content={description} />}
      <meta property="og:locale" content={localeFor(language)} />
      {profile && <meta property="profile:username" content={profile.slug} />}
      {logo && (
        <SharedImage
          site={site}
          picture={{ kind: "original", ...logo, type: null }}
          alt={site.settings.title}
        />
      )}
      <meta name="twitter:card" content="summary" />
      <Accounts site={site} author={profile} />
    </>
  );
}

/** The picture that a link to the page is shown with. */
export function SharedImage({
  site,
  picture: { src, width, height, type },
  alt,
}: {
  site: Site;
  picture: SharedPicture;
  alt: string | null;
}) {
  return (
    <>
      <meta property="og:image" content={absolute(site, src)} />
      {type && <meta property="og:image:type" content={type} />}
      {width && <meta property="og:image:width" content={String(width)} />}
      {height && <meta property="og:image:height" content={String(height)} />}
      {alt && <meta property="og:image:alt" content={alt} />}
    </>
  );
}

/** A card shows the headline; a picture what its story says it does. */
function altOf({ settings }: Site, story: Story, { kind }: SharedPicture): string | null {
  if (kind !== "card") return story.hero?.alt ?? null;
  const { words } = voiceOf(settings, story.language);
  return `${settings.title}: ${titleOf(story, story.title, words)}`;
}

/** Accounts on X, whose cards name them (https://developer.x.com/en/docs/x-for-websites/cards/overview/markup). */
function Accounts({ site, author }: { site: Site; author: Pick<Profile, "links"> | undefined }) {
  const paper = accountIn(site.settings.social);
  const writer = author && accountIn(author.links);
  return (
    <>
      {paper && <meta name="twitter:site" content={paper} />}
      {writer && <meta name="twitter:creator" content={writer} />}
    </>
  );
}

function accountIn(links: string[]): string | null {
  for (const link of links) {
    const [, name] =
      /^https:\/\/(?:www\.|mobile\.)?(?:x|twitter)\.com\/(\w{1,15})\/?$/i.exec(link) ?? [];
    if (name !== undefined) return `@${name}`;
  }
  return null;
}

/**
 * Search engines want every version named in every version, its own included, each language once
 * (https://developers.google.com/search/docs/specialty/international/localized-versions). There is no x-default: none of them is for
 * readers of yet another language. What first appeared elsewhere is no version of its own.
 */
function Translations({ site, story }: { site: Site; story: Story }) {
  if (story.translations.length === 0 || story.canonicalUrl !== null) return null;
  const versions = [story, ...story.translations].map(({ path, language }) => ({
    path,
    language: language ?? site.settings.language,
  }));
  return (
    <>
      {versions
        .filter(
          ({ language }, index) =>
            versions.findIndex((version) => version.language === language) === index,
        )
        .map(({ path, language }) => (
          <Link rel="alternate" hreflang={language} href={absolute(site, path)} />
        ))}
    </>
  );
}
