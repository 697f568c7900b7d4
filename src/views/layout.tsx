import type { Child } from "hono/jsx";
import { offerOf, pictureAt } from "../domain/media.ts";
import {
  ARCHIVE_PATH,
  correctionsPath,
  feedPath,
  frontPath,
  ICON_PATHS,
  MANIFEST_PATH,
  OPENSEARCH_PATH,
  SEARCH_PATH,
} from "../domain/paths.ts";
import { linkOf, type MenuLink } from "../domain/menu.ts";
import type { Profile, Site } from "../domain/published.ts";
import type { Logo } from "../domain/settings.ts";
import { dayOf } from "./dates.ts";
import { directionOf } from "../domain/language.ts";
import { browserColours } from "../domain/theme.ts";
import { absolute } from "./absolute.ts";
import { FEED_FORMATS, feedTitle } from "./feed-formats.ts";
import { pageData, type Thing } from "./linked-data.ts";
import { Link } from "./link.tsx";
import { About, Accounts } from "./paper-links.tsx";
import { asDocument, LinkedData, Stylesheet } from "./prose.tsx";
import { PlainShare } from "./share.tsx";
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
  /** What it tells machines, if more than what every page does. */
  data?: Thing[];
  /** The author whose page it is. */
  profile?: Profile;
  /** Lists whose feeds have what the page shows, its own first: what each is called, null for the paper, and its path. */
  feeds?: { of: string | null; list: string }[];
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
        <Footer site={frame.site} feeds={frame.feeds ?? []} />
      </body>
    </html>,
  );
}

function Head(frame: Frame) {
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

function Masthead({ site, section, path, nameplate }: Frame) {
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
      <Menu site={site} section={section} path={path} />
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

/** Where readers are. */
interface Place {
  section: Frame["section"] | undefined;
  path: string | null;
}

function Menu({ site, ...here }: Place & { site: Site }) {
  return (
    <nav class="sections" aria-label={voiceOf(site.settings).words.sections}>
      <ul>
        {site.menu.map((link) => (
          <li>
            <a href={link.href} aria-current={currency(link, here)}>
              {link.label}
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

/** Whether a link leads to the page that readers are on, or to the section that it is in. */
function currency(link: MenuLink, { section, path }: Place): "page" | "true" | undefined {
  if (link.section === null) return link.href === path ? "page" : undefined;
  if (link.section !== section?.slug) return undefined;
  return section.front ? "page" : "true";
}

function Footer({ site, feeds }: Required<Pick<Frame, "site" | "feeds">>) {
  const { words } = voiceOf(site.settings);
  const { title, publisher } = site.settings;
  return (
    <footer class="colophon">
      <p class="paper">
        <a href={frontPath()}>{title}</a>
      </p>
      {publisher && <p>{words.publishedBy(publisher)}</p>}
      <ul>
        {(site.footer ?? everythingOf(site)).map(({ href, label }) => (
          <li>
            <a href={href}>{label}</a>
          </li>
        ))}
        <li>
          <a href={SEARCH_PATH}>{words.search}</a>
        </li>
        <li>
          <a href={feedPath(feeds[0]?.list ?? frontPath(), "rss")}>{words.feed}</a>
        </li>
        <li>
          <a href="#">{words.toTop}</a>
        </li>
      </ul>
      {site.footer === null && <About settings={site.settings} />}
      <Accounts settings={site.settings} />
    </footer>
  );
}

/** The footer of a paper that has chosen none: the sections, and the lists of everything. */
function everythingOf({ settings, sections }: Site): Pick<MenuLink, "href" | "label">[] {
  const { words } = voiceOf(settings);
  return [
    ...sections.map(linkOf),
    { href: ARCHIVE_PATH, label: words.archive },
    { href: correctionsPath(), label: words.allCorrections },
  ];
}
