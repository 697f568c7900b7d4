import { twinPath } from "../domain/paths.ts";
import type { PlainPage, Site } from "../domain/published.ts";
import { HeroFigure } from "./article.tsx";
import { isLong } from "./card.tsx";
import { absolute } from "./absolute.ts";
import { localeFor, marked } from "./language.ts";
import type { Paper } from "./frame.ts";
import { layout } from "./layout.tsx";
import { Link } from "./link.tsx";
import { pageData } from "./linked-data.ts";
import { Prose } from "./prose.tsx";
import { SharedImage } from "./share.tsx";
import { shareOf } from "./shared-picture.ts";

/** A page that is no story: what it says, with no date, byline or neighbours. */
export function plainPage({
  site,
  page,
  isPreview = false,
}: {
  site: Paper;
  page: PlainPage;
  /** The page says above all that it is not published, and names no address: it has none yet. */
  isPreview?: boolean;
}): string {
  return layout({
    site,
    title: page.seo.title ?? page.title,
    description: page.seo.description ?? page.standfirst,
    path: isPreview ? null : page.path,
    isPreview,
    canonicalUrl: page.canonicalUrl,
    share: <Share site={site} page={page} />,
    data: pageData(site, {
      path: page.path,
      name: page.title,
      description: page.seo.description ?? page.standfirst,
      type: KINDS[page.path],
      language: page.language,
    }),
    children: (
      <article
        class="story plain"
        aria-labelledby="title"
        {...marked(page.language, site.settings.language)}
      >
        <header class="opening">
          <h1 class={isLong(page.title) ? "title long" : "title"} id="title">
            {page.title}
          </h1>
          {page.standfirst && <p class="standfirst">{page.standfirst}</p>}
        </header>
        {page.hero && <HeroFigure hero={page.hero} />}
        <Prose html={page.html} />
      </article>
    ),
  });
}

/** What a page tells whoever shows a link to it. */
function Share({ site, page }: { site: Site; page: PlainPage }) {
  const shared = page.hero && shareOf(site, page);
  const description = page.seo.description ?? page.standfirst;
  return (
    <>
      <Link rel="alternate" type="text/markdown" href={absolute(site, twinPath(page.path))} />
      <meta property="og:type" content="website" />
      <meta property="og:title" content={page.seo.title ?? page.title} />
      {description && <meta property="og:description" content={description} />}
      <meta property="og:locale" content={localeFor(page.language ?? site.settings.language)} />
      {shared && <SharedImage site={site} picture={shared} alt={page.hero?.alt ?? page.title} />}
      <meta name="twitter:card" content={shared ? "summary_large_image" : "summary"} />
    </>
  );
}

/** What schema.org calls pages of these names; every other one is a WebPage. */
const KINDS: Record<string, string> = { "/about": "AboutPage", "/contact": "ContactPage" };
