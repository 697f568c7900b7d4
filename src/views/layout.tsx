import { html } from "hono/html";
import type { Child } from "hono/jsx";
import { offerOf, pictureAt } from "../domain/media.ts";
import {
  ARCHIVE_PATH,
  correctionsPath,
  frontPath,
  OPENSEARCH_PATH,
  SEARCH_PATH,
  sectionPath,
} from "../domain/paths.ts";
import type { Named, Site } from "../domain/published.ts";
import type { Logo } from "../domain/settings.ts";
import { dayOf } from "./dates.ts";
import { directionOf } from "../domain/language.ts";
import { asDocument, Stylesheet } from "./prose.tsx";
import { voiceOf } from "./voice.ts";

/** The paper as a page shows it: with the stylesheet that the page was found to need. */
export interface Paper extends Site {
  style: string;
}

/** What a page brings to the paper's frame. */
export interface Frame {
  site: Paper;
  /** What the page is called; the front page is called as the paper. */
  title: string | null;
  description: string | null;
  /** The canonical path, or null for a page that is no page and not to be indexed. */
  path: string | null;
  /** Where the page first appeared, if elsewhere. */
  canonicalUrl?: string | null;
  /** Share metadata of the page's own, instead of the plain ones. */
  share?: Child;
  /** The path of a feed of what the page lists. */
  feed?: string;
  /** The section that readers are in, and whether this is its very front. */
  section?: { slug: string; front: boolean };
  /** On the front page the paper's name is the heading, and the day of its newest story that of the edition, in epoch ms. */
  nameplate?: { edition: number | null };
  /** The page is not published, and says so above everything else. */
  isPreview?: boolean;
  children: Child;
}

/** A whole page in the paper's frame. */
export function layout(frame: Frame): string {
  const { language } = frame.site.settings;
  return asDocument(
    <html lang={language} dir={directionOf(language)}>
      <Head {...frame} />
      <body>
        <a class="skip" href="#main">
          {voiceOf(frame.site.settings).words.skip}
        </a>
        {frame.isPreview && (
          <aside class="preview">
            <p>{voiceOf(frame.site.settings).words.preview}</p>
          </aside>
        )}
        <Masthead {...frame} />
        <main id="main" tabindex={-1}>
          {frame.children}
        </main>
        <Footer site={frame.site} />
      </body>
    </html>,
  );
}

/** An address on this site with its origin; an address elsewhere as it is. */
export function absolute(site: Site, address: string): string {
  return address.startsWith("/") ? site.origin + address : address;
}

/** Hono's own `link` searches the finished page to move itself to the end of its head; this one stays where it is. */
export function Link(props: {
  rel: string;
  href: string;
  type?: string;
  hreflang?: string;
  title?: string;
}) {
  return html`<link${Object.entries(props).map(([name, value]) => html` ${name}="${value}"`)}>`;
}

function Head({ site, title, description, path, canonicalUrl, share, feed }: Frame) {
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
      {about && <meta name="description" content={about} />}
      {path === null ? (
        <meta name="robots" content="noindex" />
      ) : (
        <>
          <Link rel="canonical" href={canonicalUrl ?? absolute(site, path)} />
          <meta property="og:site_name" content={paper} />
          <meta property="og:url" content={canonicalUrl ?? absolute(site, path)} />
          {feed && (
            <Link rel="alternate" type="application/feed+json" href={absolute(site, feed)} />
          )}
          {share ?? <PlainShare title={title ?? paper} description={about} />}
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

function PlainShare({ title, description }: { title: string; description: string | null }) {
  return (
    <>
      <meta property="og:type" content="website" />
      <meta property="og:title" content={title} />
      {description && <meta property="og:description" content={description} />}
      <meta name="twitter:card" content="summary" />
    </>
  );
}

function Masthead({ site, section, nameplate }: Frame) {
  const { title, logo, theme } = site.settings;
  const name = (
    <>
      {logo && <Sign logo={logo} />}
      {title}
    </>
  );
  return (
    <header class={`masthead ${theme?.masthead ?? "centred"}${nameplate ? " nameplate" : ""}`}>
      {nameplate ? (
        <h1 class="paper">{name}</h1>
      ) : (
        <p class="paper">
          <a href={frontPath()}>{name}</a>
        </p>
      )}
      {nameplate && <Edition site={site} moment={nameplate.edition} />}
      <Sections site={site} current={section} />
    </header>
  );
}

/** The paper's sign tells nothing that its name beside it does not. */
function Sign({ logo: { src, width, height } }: { logo: Logo }) {
  const picture = pictureAt(src);
  return (
    <picture>
      {picture && (
        <source type="image/avif" srcset={offerOf(picture.hash, width).modern} sizes="6rem" />
      )}
      <img class="sign" src={src} alt="" width={width} height={height} decoding="async" />
    </picture>
  );
}

function Edition({ site: { settings }, moment }: { site: Site; moment: number | null }) {
  const { formats } = voiceOf(settings);
  if (moment === null && !settings.tagline) return null;
  return (
    <div class="edition">
      {moment !== null && (
        <p>
          <time datetime={dayOf(moment, formats.timeZone)}>{formats.edition(moment)}</time>
        </p>
      )}
      {settings.tagline && <p class="tagline">{settings.tagline}</p>}
    </div>
  );
}

function Sections({ site, current }: { site: Site; current: Frame["section"] }) {
  return (
    <nav class="sections" aria-label={voiceOf(site.settings).words.sections}>
      <ul>
        {site.sections.map((section) => (
          <li>
            <a href={sectionPath(section.slug)} aria-current={currency(section, current)}>
              {section.name}
            </a>
          </li>
        ))}
        <li class="find">
          <a href={SEARCH_PATH}>{voiceOf(site.settings).words.search}</a>
        </li>
      </ul>
    </nav>
  );
}

function currency(section: Named, current: Frame["section"]): "page" | "true" | undefined {
  if (section.slug !== current?.slug) return undefined;
  return current.front ? "page" : "true";
}

function Footer({ site }: { site: Site }) {
  const { words } = voiceOf(site.settings);
  const { title, publisher } = site.settings;
  return (
    <footer class="colophon">
      <p class="paper">
        <a href={frontPath()}>{title}</a>
      </p>
      {publisher && <p>{words.publishedBy(publisher)}</p>}
      <ul>
        {site.sections.map(({ slug, name }) => (
          <li>
            <a href={sectionPath(slug)}>{name}</a>
          </li>
        ))}
        <li>
          <a href={SEARCH_PATH}>{words.search}</a>
        </li>
        <li>
          <a href={ARCHIVE_PATH}>{words.archive}</a>
        </li>
        <li>
          <a href={correctionsPath()}>{words.allCorrections}</a>
        </li>
        <li>
          <a href="#">{words.toTop}</a>
        </li>
      </ul>
    </footer>
  );
}
