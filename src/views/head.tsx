import { feedPath, ICON_PATHS, MANIFEST_PATH, OPENSEARCH_PATH } from "../domain/paths.ts";
import type { Site } from "../domain/published.ts";
import { browserColours } from "../domain/theme.ts";
import { absolute } from "./absolute.ts";
import { FEED_FORMATS, feedTitle } from "./feed-formats.ts";
import type { Frame } from "./frame.ts";
import { pageData } from "./linked-data.ts";
import { Link } from "./link.tsx";
import { LinkedData, Stylesheet } from "./prose.tsx";
import { PlainShare } from "./share.tsx";

/** What a page tells browsers, search engines, feed readers and those who share it. */
export function Head(frame: Frame) {
  const { site, title, description, path, canonicalUrl, share, feeds = [], data, profile } = frame;
  const paper = site.settings.title;
  const about = description ?? site.settings.description ?? site.settings.tagline;
  return (
    <head>
      <meta charset="utf-8" />
      <title>
        {title === null
          ? [paper, site.settings.tagline].filter(Boolean).join(" – ")
          : `${title} – ${paper}`}
      </title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <Icons site={site} />
      {about && <meta name="description" content={about} />}
      {path === null ? (
        <meta name="robots" content="noindex" />
      ) : (
        <>
          <meta name="robots" content="max-image-preview:large" />
          <Link rel="canonical" href={canonicalUrl ?? absolute(site, path)} />
          <meta property="og:site_name" content={paper} />
          <meta property="og:url" content={canonicalUrl ?? absolute(site, path)} />
          {feeds.map(({ of, list }) => (
            <Feeds site={site} of={of} list={list} />
          ))}
          {share ?? (
            <PlainShare site={site} title={title ?? paper} description={about} profile={profile} />
          )}
          <LinkedData
            data={{
              "@context": "https://schema.org",
              "@graph": data ?? pageData(site, { path, name: title ?? paper, description }),
            }}
          />
        </>
      )}
      <Link
        rel="search"
        type="application/opensearchdescription+xml"
        href={OPENSEARCH_PATH}
        title={paper}
      />
      <Stylesheet text={site.style} />
    </head>
  );
}

/** What browsers show around the page. The size keeps those that read SVG from the smaller one. */
function Icons({ site }: { site: Site }) {
  const { light, dark } = browserColours(site.settings.theme);
  return (
    <>
      <meta name="theme-color" media="(prefers-color-scheme: light)" content={light} />
      <meta name="theme-color" media="(prefers-color-scheme: dark)" content={dark} />
      <Link rel="icon" href={ICON_PATHS.ico} sizes="32x32" />
      <Link rel="icon" href={ICON_PATHS.svg} type="image/svg+xml" />
      <Link rel="apple-touch-icon" href={ICON_PATHS.touch} />
      <Link rel="manifest" href={MANIFEST_PATH} />
    </>
  );
}

/** What feed readers find the feeds of a page by: each format is named, since readers show the titles alone. */
function Feeds({ site, of, list }: { site: Site; of: string | null; list: string }) {
  return (
    <>
      {FEED_FORMATS.map(({ format, type, name }) => (
        <Link
          rel="alternate"
          type={type}
          title={`${feedTitle(site, of)} (${name})`}
          href={absolute(site, feedPath(list, format))}
        />
      ))}
    </>
  );
}
