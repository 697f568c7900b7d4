import { isTall, type Hero } from "../domain/hero.ts";
import { primaryOf } from "../domain/language.ts";
import { authorPath, frontPath, sectionPath, tagPath } from "../domain/paths.ts";
import type { Card, Profile, Site, Story, StoryPage } from "../domain/published.ts";
import { Bio } from "./author.tsx";
import { Cards, Day, isLong } from "./card.tsx";
import { Contents } from "./contents.tsx";
import { Crumbs } from "./crumbs.tsx";
import { formatsOf, instant } from "./dates.ts";
import { KindName, PaidSign, PaidWord, titleOf } from "./kinds.tsx";
import { marked } from "./language.ts";
import { InSeries, Related, SeriesParts } from "./leading-on.tsx";
import type { Paper } from "./frame.ts";
import { layout } from "./layout.tsx";
import { storyData } from "./linked-data.ts";
import { hintOf, Picture } from "./picture.tsx";
import { Prose } from "./prose.tsx";
import { isUpdated, Share } from "./share.tsx";
import { voiceOf, type Voice } from "./voice.ts";

/** Words that a reader reads in a minute, without haste. */
const READING_PACE = 220;

/** How wide the picture that opens a story is shown. */
const HERO_SIZES = "(min-width: 80em) 75vw, 100vw";

/** What a browser may fetch before it has read the story: the picture that opens it. */
export function heroHint({ story: { hero } }: StoryPage): string | null {
  return hero && hintOf(hero, { sizes: HERO_SIZES, whole: true });
}

/** A story with everything around it. */
export function articlePage({
  site,
  page,
  isPreview = false,
}: {
  site: Paper;
  page: StoryPage;
  /** The page says above all that it is not published, and names no address: it has none yet. */
  isPreview?: boolean;
}): string {
  const { story } = page;
  const title = titleOf(
    story,
    story.seo.title ?? story.title,
    voiceOf(site.settings, story.language).words,
  );
  const shared = { ...story, seo: { ...story.seo, title } };
  return layout({
    site,
    title,
    description: story.seo.description ?? story.standfirst,
    path: isPreview ? null : story.path,
    isPreview,
    canonicalUrl: story.canonicalUrl,
    share: <Share site={site} story={shared} />,
    data: storyData(site, story),
    section: { slug: story.section.slug, front: false },
    feeds: [
      { of: story.section.name, list: sectionPath(story.section.slug) },
      { of: null, list: frontPath() },
    ],
    children: (
      <>
        <Article site={site} page={page} />
        <div class="after">
          <SeriesParts site={site} page={page} />
          <AuthorBox site={site} authors={story.authors} />
          <Topics site={site} story={story} />
          <Related site={site} page={page} />
          <Neighbours site={site} page={page} />
          <LatestFromSection site={site} page={page} />
        </div>
      </>
    ),
  });
}

function Article({ site, page }: { site: Site; page: StoryPage }) {
  const { story } = page;
  const voice = voiceOf(site.settings, story.language);
  const credits = { ...voice, formats: voice.spoken };
  return (
    <article
      class="story"
      aria-labelledby="title"
      {...marked(story.language, site.settings.language)}
    >
      <header class="opening">
        <Standing site={site} page={page} voice={credits} />
        <h1 class={isLong(story.title) ? "title long" : "title"} id="title">
          {story.title}
        </h1>
        {story.standfirst && <p class="standfirst">{story.standfirst}</p>}
        <div class="credits" {...marked(voice.words.language, primaryOf(voice.language))}>
          {story.authors.length > 0 && <Byline authors={story.authors} voice={credits} />}
          <Dateline story={story} voice={credits} />
          {story.translations.length > 0 && (
            <Translations site={site} story={story} voice={credits} />
          )}
        </div>
      </header>
      {story.hero && <HeroFigure hero={story.hero} />}
      <Contents story={story} voice={voice} />
      <Prose html={story.html} />
      {story.corrections.length > 0 && <Corrections story={story} voice={voice} />}
    </article>
  );
}

/** Where the story stands in the paper, what it is, and of which series: above its headline. */
function Standing({ site, page, voice }: { site: Site; page: StoryPage; voice: Voice }) {
  const { section } = page.story;
  const { words, language } = voice;
  const said = marked(words.language, primaryOf(language));
  return (
    <div class="standing">
      <div class="kicker">
        <Crumbs
          site={site}
          way={[{ name: section.name, path: sectionPath(section.slug) }]}
          around={language}
        />{" "}
        <span {...said}>
          <KindName story={page.story} words={words} />
        </span>
      </div>
      <div {...said}>
        <PaidSign story={page.story} words={words} />
        <InSeries page={page} voice={voice} />
      </div>
    </div>
  );
}

function Byline({ authors, voice: { words, formats } }: { authors: Profile[]; voice: Voice }) {
  return (
    <p class="byline">
      {words.by}{" "}
      {formats.list(authors.length).map(({ type, value }) => {
        const author = type === "element" ? authors[Number(value)] : undefined;
        if (!author) return value;
        return (
          <a rel="author" href={authorPath(author.slug)}>
            {author.name}
          </a>
        );
      })}
    </p>
  );
}

function Dateline({ story, voice }: { story: Story; voice: Voice }) {
  const { words, formats } = voice;
  const minutes = Math.ceil(story.words / READING_PACE);
  const corrected = story.corrections
    .map(({ at }) => at)
    .sort((a, b) => a - b)
    .at(-1);
  return (
    <ul class="dateline">
      <li>
        {words.published} <Moment moment={story.publishedAt} voice={voice} />
      </li>
      {minutes > 0 && <li>{words.readingTime(minutes, formats.number(minutes))}</li>}
      {isUpdated(story) && (
        <li>
          {words.updated} <Moment moment={story.updatedAt} voice={voice} />
        </li>
      )}
      {corrected !== undefined && (
        <li>
          <a href="#corrections">
            {words.corrected} <Day moment={corrected} voice={voice} />
          </a>
        </li>
      )}
    </ul>
  );
}

function Moment({ moment, voice }: { moment: number; voice: Voice }) {
  return <time datetime={instant(moment)}>{voice.formats.minute(moment)}</time>;
}

function Translations({ site, story, voice }: { site: Site; story: Story; voice: Voice }) {
  return (
    <p class="translations">
      {voice.words.alsoIn}{" "}
      {voice.formats.list(story.translations.length).map(({ type, value }) => {
        const translation = type === "element" ? story.translations[Number(value)] : undefined;
        if (!translation) return value;
        const language = translation.language ?? site.settings.language;
        return (
          <a
            href={translation.path}
            hreflang={language}
            title={translation.title}
            {...marked(language, voice.words.language)}
          >
            {formatsOf(language, voice.timeZone).ownName()}
          </a>
        );
      })}
    </p>
  );
}

/** The picture that opens a story or a page, with what is said of it. */
export function HeroFigure({ hero }: { hero: Hero }) {
  return (
    <figure class={isTall(hero) ? "hero tall" : "hero"}>
      <Picture hero={hero} first whole sizes={HERO_SIZES} />
      {(hero.caption || hero.credit) && (
        <figcaption>
          {hero.caption} {hero.credit && <small class="credit">{hero.credit}</small>}
        </figcaption>
      )}
    </figure>
  );
}

function Corrections({ story, voice }: { story: Story; voice: Voice }) {
  return (
    <section class="corrections" aria-labelledby="corrections">
      <h2
        class="rubric"
        id="corrections"
        {...marked(voice.words.language, primaryOf(voice.language))}
      >
        {voice.words.corrections(story.corrections.length)}
      </h2>
      {story.corrections.map(({ text, at }) => (
        <p>
          <Day moment={at} voice={voice} /> {text}
        </p>
      ))}
    </section>
  );
}

/** Who wrote it; an author of whom nothing is known is named in the byline already. */
function AuthorBox({ site, authors }: { site: Site; authors: Profile[] }) {
  const known = authors.filter(({ bio, role }) => bio || role);
  if (known.length === 0) return null;
  return (
    <section class="authors" aria-labelledby="authors">
      <h2 class="rubric" id="authors">
        {voiceOf(site.settings).words.aboutAuthors(known.length)}
      </h2>
      <ul>
        {known.map(({ slug, name, role, bio }) => (
          <li>
            <h3>
              <a href={authorPath(slug)}>{name}</a>
            </h3>
            {role && <p class="role">{role}</p>}
            {bio && <Bio text={bio} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Topics({ site, story: { tags } }: { site: Site; story: Story }) {
  if (tags.length === 0) return null;
  return (
    <section class="topics" aria-labelledby="topics">
      <h2 class="rubric" id="topics">
        {voiceOf(site.settings).words.topics}
      </h2>
      <ul>
        {tags.map(({ slug, name }) => (
          <li>
            <a rel="tag" href={tagPath(slug)}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Neighbours({ site, page: { older, newer } }: { site: Site; page: StoryPage }) {
  if (!older && !newer) return null;
  const { words } = voiceOf(site.settings);
  return (
    <nav class="neighbours" aria-label={words.neighbours}>
      {older && <Neighbour site={site} card={older} rel="prev" label={words.previous} />}
      {newer && <Neighbour site={site} card={newer} rel="next" label={words.next} />}
    </nav>
  );
}

function Neighbour({
  site,
  card,
  rel,
  label,
}: {
  site: Site;
  card: Card;
  rel: "prev" | "next";
  label: string;
}) {
  return (
    <a class={rel === "prev" ? "previous" : "next"} rel={rel} href={card.path}>
      <span class="label">{label}</span>{" "}
      <PaidWord story={card} words={voiceOf(site.settings).words} />{" "}
      <span {...marked(card.language, site.settings.language)}>{card.title}</span>
    </a>
  );
}

/** The latest of the section, without what the editors chose to be shown above it. */
function LatestFromSection({ site, page }: { site: Site; page: StoryPage }) {
  const { story } = page;
  const latest = page.latest.filter(({ id }) => !story.related.includes(id));
  if (latest.length === 0) return null;
  return (
    <section class="more" aria-labelledby="more">
      <h2 class="rubric" id="more">
        <a href={sectionPath(story.section.slug)}>
          {voiceOf(site.settings).words.latestFrom(story.section.name)}
        </a>
      </h2>
      <Cards site={site} cards={latest} level={3} kicker={false} layout="grid" pictures={4} />
    </section>
  );
}
