import { twinPath } from "../domain/paths.ts";
import type { PlainPage, Site } from "../domain/published.ts";
import { HeroFigure } from "./article.tsx";
import { isLong } from "./card.tsx";
import { marked } from "./language.ts";
import { absolute, layout, Link, type Paper } from "./layout.tsx";
import { sharedPicture } from "./picture.tsx";
import { LinkedData, Prose } from "./prose.tsx";

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

function Share({ site, page }: { site: Site; page: PlainPage }) {
  const { hero } = page;
  const shared = hero && sharedPicture(hero);
  const description = page.seo.description ?? page.standfirst;
  return (
    <>
      <Link rel="alternate" type="text/markdown" href={absolute(site, twinPath(page.path))} />
      <meta property="og:type" content="website" />
      <meta property="og:title" content={page.seo.title ?? page.title} />
      {description && <meta property="og:description" content={description} />}
      {shared && <meta property="og:image" content={absolute(site, shared.src)} />}
      {shared && hero?.alt && <meta property="og:image:alt" content={hero.alt} />}
      <meta name="twitter:card" content={hero ? "summary_large_image" : "summary"} />
      <LinkedData data={webPage(site, page)} />
    </>
  );
}

/** What schema.org calls pages of these names; every other one is a WebPage. */
const KINDS: Record<string, string> = { "/about": "AboutPage", "/contact": "ContactPage" };

/** https://schema.org/WebPage; what a page does not have is undefined, and JSON leaves it out. */
function webPage(site: Site, page: PlainPage): Record<string, unknown> {
  return {
    "@context": "https://schema.org",
    "@type": KINDS[page.path] ?? "WebPage",
    name: page.title,
    description: page.seo.description ?? page.standfirst ?? undefined,
    url: page.canonicalUrl ?? absolute(site, page.path),
    inLanguage: page.language ?? site.settings.language,
    isPartOf: { "@type": "WebSite", name: site.settings.title, url: site.origin },
  };
}
