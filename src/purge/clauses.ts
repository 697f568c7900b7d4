import type { Live } from "../domain/article.ts";
import { cardOf, changed, pageOf, renamed } from "./differences.ts";
import {
  comingsOf,
  filingsOf,
  firstPageThatMoves,
  isFlip,
  isRotation,
  need,
  newPages,
  pagesThatRotate,
  rankIn,
  shiftsOf,
} from "./moves.ts";
import { listOf, LISTS } from "../domain/lists.ts";
import {
  entriesSitemapPath,
  monthPath,
  PAGES_SITEMAP_PATH,
  SITEMAP_PATH,
} from "../domain/paths.ts";
import { changesPlainUrls, newsChanges, sitemapChanges } from "../domain/sitemap.ts";
import { filed, type PublicAct, type Replaced } from "./public-act.ts";
import { FRONT_STORIES, RAIL_SIZE } from "../domain/published.ts";
import { entriesOf, filesOf } from "./sitemaps.ts";
import type { SiteMap } from "../domain/site-map.ts";
import { isSameJson } from "../domain/same.ts";
import {
  aboutTag,
  addressTag,
  aroundTag,
  cardTag,
  CORRECTIONS,
  CROWD,
  dayOf,
  dayTag,
  FRONT,
  isTag,
  listTag,
  pageTag,
  mediaTag,
  MONTHS,
  monthTag,
  nameTag,
  newsTag,
  originalTag,
  pathTag,
  railTag,
  seriesTag,
  SITE,
  storyTag,
  TOPICS,
} from "./tags.ts";

// What a public act makes stale: a pure function of what was there before, what is there afterwards and what stands
// around it. Sound: every page whose bytes changed carries one of the tags. Precise: others carry none.

/** What must leave the edge: `purge` at once, since it may not be served again; `invalidate` with the minute's call. */
export interface Stale {
  purge: string[];
  invalidate: string[];
}

/** Maps a public act to the cache tags of everything that it changes on the pages of the site. */
export async function purgeSet(act: PublicAct, site: SiteMap): Promise<Stale> {
  const clauses: Clause[] = Object.values(CLAUSES);
  const found = await Promise.all(clauses.map(async (clause) => clause(act, site)));
  const purge = new Set(found.flatMap(({ hard = [] }) => hard));
  const invalidate = new Set(found.flatMap(({ soft = [] }) => soft));
  const wrong = [...purge, ...invalidate].filter((tag) => !isTag(tag));
  if (wrong.length > 0) throw new Error(`The platform would drop the tags ${wrong.join(" ")}`);
  return {
    purge: [...purge].sort(),
    invalidate: [...invalidate].filter((tag) => !purge.has(tag)).sort(),
  };
}

interface Tags {
  hard?: string[];
  soft?: string[];
}
type Clause = (act: PublicAct, site: SiteMap) => Tags | Promise<Tags>;

/** Each says one thing that a page may show of the newsroom. Without any of them some page would stay stale. */
export const CLAUSES = {
  /** The story itself, or a page that is none, as page and as Markdown. */
  story: (act) => ({
    hard: articlesOf(act).flatMap(({ before, after }) =>
      before && !isSameJson(pageOf(before), pageOf(after)) ? [storyTag(before.articleId)] : [],
    ),
  }),

  /** Stories that were rendered anew, and read otherwise now. */
  rendered: ({ rendered = [] }) => ({ hard: rendered.map(({ articleId }) => storyTag(articleId)) }),

  /** What was cached where the story comes to stand: a 404, a 410, a redirect; also at its twin's address. */
  path: async (act) => ({
    hard: await Promise.all(
      articlesOf(act).flatMap(({ before, after }) =>
        after && after.path !== before?.path ? [pathTag(after.path)] : [],
      ),
    ),
  }),

  /** What leads to the story from its former paths. */
  address: (act) => ({
    hard: articlesOf(act)
      .filter(({ before, after }) => before?.path !== after?.path)
      .flatMap(({ before, after }) => idOf(before ?? after))
      .map(addressTag),
  }),

  /** Former paths elsewhere that begin to lead to the story. */
  former: async (act) => ({
    hard: await Promise.all(
      articlesOf(act)
        .filter(
          ({ before, after }) => !isSameJson(before?.redirectFrom ?? [], after?.redirectFrom ?? []),
        )
        .flatMap(({ after }) => after?.redirectFrom ?? [])
        .map(pathTag),
    ),
  }),

  /** Pages that show the story's card, when it looks otherwise or is gone. */
  card: ({ stories = [] }) => ({
    hard: stories.flatMap(({ before, after }) =>
      before && (!after || !isSameJson(cardOf(before), cardOf(after)))
        ? [cardTag(before.articleId)]
        : [],
    ),
  }),

  /** The list of corrections, when one comes, changes or goes with its story. Pages that come to be are tagged with it, too. */
  corrections: ({ stories = [] }) => {
    const isTold = stories.some(
      ({ before, after }) => !isSameJson(before?.corrections ?? [], after?.corrections ?? []),
    );
    return { hard: isTold ? [CORRECTIONS] : [] };
  },

  /** Pages of the lists that the story enters or leaves, from the first one on that changes; whole lists that were merged. */
  list: (act) => ({
    hard: [
      ...shiftsOf(act).flatMap((shift) => {
        const page = firstPageThatMoves(shift);
        return page === null || isRotation(shift) ? [] : [listTag(shift.list, page)];
      }),
      ...(act.lists ?? []).map((list) => listTag(list, 1)),
    ],
  }),

  /** Pages of the lists in which as many stories come as go: those behind them stay. */
  rotation: (act) => ({
    hard: shiftsOf(act)
      .filter(isRotation)
      .flatMap((shift) => pagesThatRotate(shift).map((page) => pageTag(shift.list, page))),
  }),

  /** Pages of lists that were none: the list was shorter, or an author's or a tag's empty. */
  page: async (act, site) => ({
    hard: await Promise.all(
      shiftsOf(act)
        .flatMap((shift) => newPages(shift, site))
        .map(pathTag),
    ),
  }),

  /** Addresses of authors, sections and tags that come to lead elsewhere, or to lead at all, and everything below them. */
  moved: async (act) => {
    const flips = shiftsOf(act).filter(isFlip);
    const led = flips.flatMap(({ list, former }) =>
      former.map((slug) => ({ kind: listOf(list).kind, slug })),
    );
    const paths = [...(act.addresses ?? []), ...led].map(({ kind, slug }) =>
      LISTS[kind].path(slug, 1),
    );
    // What is not there carries the tag of every prefix of its path.
    const all = paths.flatMap((path) => [path, `${path}/`]);
    return { hard: await Promise.all(all.map(pathTag)) };
  },

  /** The stories next to one that comes to stand between them. */
  neighbours: ({ stories = [], around }) => ({
    hard: stories.length > 0 ? need(around).neighbours.map(aroundTag) : [],
  }),

  /** The story that this one translates, which names its translations, and these, which name each other. */
  translations: ({ stories = [] }) => ({
    hard: stories
      .filter(
        ({ before, after }) =>
          before?.translationOf !== after?.translationOf || before?.path !== after?.path,
      )
      .flatMap((story) => [story.before?.translationOf, story.after?.translationOf])
      .flatMap((id) => (typeof id === "string" ? [aroundTag(id), originalTag(id)] : [])),
  }),

  /** The translations of a story that comes, and the stories whose editors chose it to lead on to: each names it. */
  original: ({ stories = [] }) => ({
    hard: stories.flatMap(({ before, after }) =>
      after && after.path !== before?.path ? [originalTag(after.articleId)] : [],
    ),
  }),

  /** What the front page shows beside its list: what the editors placed, as they placed it, and the latest of each section. */
  front: (act) => {
    const shifts = shiftsOf(act);
    const isShown = comingsOf(act.stories ?? []).some(
      ({ articleId, section }) =>
        need(act.around).placed.has(articleId) ||
        (need(act.around).frontSections.has(section) && rankIn(shifts, section) < FRONT_STORIES),
    );
    return { hard: act.front || isShown ? [FRONT] : [] };
  },

  /** Stories of the section that name its latest: a new name in their rail may wait a minute. */
  rail: (act) => {
    const shifts = shiftsOf(act);
    const soft = comingsOf(act.stories ?? []).flatMap(({ section }) => {
      const rank = rankIn(shifts, section);
      if (rank < RAIL_SIZE) return [railTag(section)];
      return rank === RAIL_SIZE ? [railTag(section, true)] : [];
    });
    return { soft };
  },

  /**
   * Stories beside which, on one of their subjects, another comes or goes: what they lead on to may wait a minute, since what is gone
   * is purged with its card. All with a tag that others were merged into.
   */
  near: ({ stories = [], around, lists = [] }) => ({
    soft: [
      ...(stories.length > 0 ? need(around).near.map(aroundTag) : []),
      ...lists
        .map(listOf)
        .flatMap(({ kind, slug }) => (kind === "tag" ? [nameTag(kind, slug)] : [])),
    ],
  }),

  /** The other parts of a series to which one comes, which leaves it, or which changes its place in it; and all stories of a tag that becomes one, or ceases to be. */
  series: ({ stories = [], around, tags = [] }) => {
    const moved = stories.flatMap(({ before, after }) => {
      const isSame = before?.place === after?.place && before?.part === after?.part;
      const [was, is] = [before?.tags ?? [], after?.tags ?? []];
      const all = [...was, ...is].filter((tag) => need(around).series.has(tag));
      return isSame ? all.filter((tag) => was.includes(tag) !== is.includes(tag)) : all;
    });
    const flipped = changed(tags, ["series"]).map((slug) => nameTag("tag", slug));
    return { soft: [...moved.map(seriesTag), ...flipped] };
  },

  /** Pages of the months that the story comes to or leaves, on which its day is. */
  month: ({ stories = [] }) => ({
    hard: stories.flatMap(({ before, after }) =>
      before?.place === after?.place && before?.section === after?.section
        ? []
        : [before, after].flatMap((live) =>
            live
              ? [dayTag(live.month, null, live.place), dayTag(live.month, live.section, live.place)]
              : [],
          ),
    ),
  }),

  /** The list of months, the months next to one that appears or vanishes, and the 404 that stood there. */
  months: async ({ stories = [], around }) => {
    const flips = filingsOf(stories).filter(({ key, was, is }) => {
      const { others } = need(around?.months.get(key));
      return (others || was) !== (others || is);
    });
    const tags = flips.flatMap(({ key, section }) => {
      const { older, newer } = need(around?.months.get(key));
      const beside = [older, newer].filter((month) => month !== null);
      return beside.map((month) => monthTag(month, section));
    });
    const paths = flips.map(({ month, section }) => pathTag(monthPath(month, section)));
    const listed = flips.some(({ section }) => section === null) ? [MONTHS] : [];
    return { hard: [...tags, ...listed, ...(await Promise.all(paths))] };
  },

  /** Files of the sitemap that name the story, and the index, which says when each changed; a file that is full is parted. */
  sitemap: async (act) => {
    const { stories = [], around } = act;
    const changes = sitemapChanges(stories);
    const files = filesOf(changes, ({ month, place }) =>
      need(around?.files.get(filed(month, place))),
    );
    const entries = entriesOf(act).map(entriesSitemapPath);
    const paths = [...files, ...entries];
    return {
      hard: await Promise.all((paths.length > 0 ? [SITEMAP_PATH, ...paths] : []).map(pathTag)),
    };
  },

  /** The sitemap of the paper's own pages, if it names a page that is no story, or says of one when it changed. */
  ownPages: async ({ pages = [] }) => ({
    hard: changesPlainUrls(pages) ? [await pathTag(PAGES_SITEMAP_PATH)] : [],
  }),

  /** The sitemap for news, if it is of the story's day. */
  news: ({ stories = [] }) => ({
    hard: newsChanges(stories).map((place) => newsTag(dayOf(place))),
  }),

  /** Files that are made of settings of their own. */
  files: async ({ files = [] }) => ({ hard: await Promise.all(files.map(pathTag)) }),

  /** Later pages of a month that start at the story: there was none before. */
  start: async ({ stories = [] }) => ({
    hard: await Promise.all(
      comingsOf(stories)
        .flatMap(({ month, section, place }) => [
          monthPath(month, null, place),
          monthPath(month, section, place),
        ])
        .map(pathTag),
    ),
  }),

  /**
   * Pictures that readers begin or cease to see: with the stories and pages that show them, or with which the front page does, as a
   * logo, or by an editor's hand.
   */
  pictures: (act) => {
    const { around, settings, frontPictures, pictures = [] } = act;
    const ownOf = ({ articleId }: Live) => need(around).ownPictures.get(articleId) ?? [];
    const shown = (side: "before" | "after") =>
      new Set(
        articlesOf(act).flatMap(({ [side]: live }) =>
          live ? [...live.pictures, ownOf(live)].flat() : [],
        ),
      );
    const [was, is] = [shown("before"), shown("after")];
    const flips = [...was, ...is].filter(
      (hash) => was.has(hash) !== is.has(hash) && !need(around).pictures.has(hash),
    );
    const arranged = [...(frontPictures?.shown ?? []), ...(frontPictures?.hidden ?? [])];
    return {
      hard: [...flips, ...pictures, ...arranged, ...(settings?.logos ?? [])].map(mediaTag),
    };
  },

  /** Paths at which a redirect comes or goes, and everything below them. */
  redirect: async ({ redirects = [] }) => ({ hard: await Promise.all(redirects.map(pathTag)) }),

  /** Names of authors and tags, with the addresses that they link to. A section's name is in every masthead. */
  name: ({ authors = [], tags = [] }) => ({
    hard: [
      ...renamed(authors).flatMap((slug) => [nameTag("author", slug), CROWD]),
      ...renamed(tags).flatMap((slug) => [nameTag("tag", slug), TOPICS]),
    ],
  }),

  /** What is said of authors, tags and sections beside their names. */
  about: ({ authors = [], tags = [], sections = [] }) => ({
    hard: [
      ...changed(authors, ["role", "bio", "links"]).map((slug) => aboutTag("author", slug)),
      ...changed(tags, ["description"]).map((slug) => aboutTag("tag", slug)),
      // What every page shows is purged with all pages, in the same call; but what goes may not be given once more.
      ...(changed(sections, ["name", "rank"]).length > 0
        ? sections.flatMap(({ before, after }) => (before && !after ? [before.slug] : []))
        : changed(sections, ["description"])
      ).map((slug) => aboutTag("section", slug)),
    ],
  }),

  /**
   * Every page: the settings, which sections there are, and which pages a menu leads to. A 404 where one comes to be is made anew at once, like all 404s. With
   * another logo no former page may be given once more, since it would show a picture that is gone; nor with another address of a
   * section, to which every page links.
   */
  site: (act) => {
    const { settings, sections = [] } = act;
    const isElsewhere = sections.some(
      ({ before, after }) => before && after && before.slug !== after.slug,
    );
    if (isElsewhere || (settings?.logos.length ?? 0) > 0) return { hard: [SITE] };
    const flips = shiftsOf(act).some(
      (shift) => isFlip(shift) && listOf(shift.list).kind === "section",
    );
    const isWide =
      settings !== undefined ||
      act.around?.linked === true ||
      flips ||
      changed(sections, ["name", "rank"]).length > 0;
    return isWide ? { soft: [SITE] } : {};
  },
} satisfies Record<string, Clause>;

export type ClauseName = keyof typeof CLAUSES;

/** What has a path of its own and a life: stories, and pages that are none. */
function articlesOf({ stories = [], pages = [] }: PublicAct): Replaced<Live>[] {
  return [...stories, ...pages];
}

function idOf(live: Live | null): string[] {
  return live ? [live.articleId] : [];
}
