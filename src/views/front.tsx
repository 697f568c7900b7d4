import { ARCHIVE_PATH, frontPath, sectionPath } from "../domain/paths.ts";
import type { Card, Front, Named, Site } from "../domain/published.ts";
import { cardHint, Cards, isPictured, StoryCard } from "./card.tsx";
import type { Paper } from "./frame.ts";
import { layout } from "./layout.tsx";
import { frontData } from "./linked-data.ts";
import { ListHeader, listTitle } from "./list.tsx";
import { Pager } from "./pager.tsx";
import { voiceOf } from "./voice.ts";

/** How many pinned stories stand beside the lead; the others follow below. */
const BESIDE = 3;

/** How many of the newest stories have a row of their own, with pictures; the others go to their sections. */
const NEWEST = 4;

/** What a browser may fetch before it has read the front page: the picture of its lead. */
export function leadHint({ page, lead }: Front): string | null {
  return page === 1 && lead && isPictured(lead, "lead") ? cardHint(lead) : null;
}

/** The front page as the editors placed it, or one of the recent pages behind it. */
export function frontPage({ site, front }: { site: Paper; front: Front }): string {
  const voice = voiceOf(site.settings);
  const { words } = voice;
  const first = front.page === 1;
  return layout({
    site,
    title: first ? null : listTitle(words.moreStories, front.page, voice),
    description: null,
    path: frontPath(front.page),
    feeds: [{ of: null, list: frontPath() }],
    ...(first && { data: frontData(site) }),
    ...(first && { nameplate: { edition: newestOf(front) } }),
    children: (
      <>
        {first ? (
          <>
            <TopStories site={site} front={front} />
            <NamedRows site={site} front={front} />
            <Latest site={site} front={front} />
            <Blocks site={site} cards={[...front.cards.slice(NEWEST), ...front.others]} />
          </>
        ) : (
          <>
            <ListHeader
              title={words.moreStories}
              page={front.page}
              voice={voice}
              barred={front.cards.length > 0}
            />
            {front.cards.length === 0 && <p class="empty">{words.nothingPublished}</p>}
            <Cards site={site} cards={front.cards} level={2} layout="grid" pictures={8} opening />
          </>
        )}
        <Pager
          listing={front}
          voice={voice}
          pathOf={frontPath}
          archive={
            front.cards.length > 0
              ? { path: ARCHIVE_PATH, label: front.hasOlder ? words.toArchive : words.archive }
              : null
          }
        />
      </>
    ),
  });
}

/** When the newest of its stories came out: that is the day of the edition. */
function newestOf({ lead, pinned, rows, cards }: Front): number | null {
  const inRows = rows.flatMap((row) => row.cards);
  const moments = [...(lead ? [lead] : []), ...pinned, ...inRows, ...cards].map(
    ({ publishedAt }) => publishedAt,
  );
  return moments.length > 0 ? Math.max(...moments) : null;
}

function TopStories({ site, front: { lead, pinned } }: { site: Site; front: Front }) {
  if (!lead && pinned.length === 0) return null;
  const cards = { site, level: 3, rank: "second" } as const;
  return (
    <section class={pinned.length > 0 ? "top flanked" : "top"} aria-labelledby="top">
      <h2 class="unseen" id="top">
        {voiceOf(site.settings).words.topStories}
      </h2>
      {lead && (
        <StoryCard
          site={site}
          card={lead}
          level={3}
          rank="lead"
          alone={pinned.length === 0}
          pictured
        />
      )}
      {pinned.length > 0 && (
        <Cards
          {...cards}
          cards={pinned.slice(0, BESIDE)}
          layout="column"
          pictures={BESIDE}
          opening={!lead || !isPictured(lead, "lead")}
        />
      )}
      {pinned.length > BESIDE && (
        <Cards {...cards} cards={pinned.slice(BESIDE)} layout="grid" pictures={4} />
      )}
    </section>
  );
}

/** What the editors chose under names of their own. On a phone each row is passed by sideways. */
function NamedRows({ site, front }: { site: Site; front: Front }) {
  if (front.rows.length === 0) return null;
  const opening = isTopPictured(front)
    ? -1
    : front.rows.findIndex(({ cards }) => isAnyPictured(cards));
  return (
    <div class="chosen">
      {front.rows.map(({ name, cards }, index) => (
        <section aria-labelledby={`row-${index + 1}`}>
          <h2 class="rubric" id={`row-${index + 1}`}>
            {name}
          </h2>
          <Cards
            site={site}
            cards={cards}
            level={3}
            layout="strip"
            pictures={cards.length}
            opening={index === opening}
          />
        </section>
      ))}
    </div>
  );
}

function Latest({ site, front }: { site: Site; front: Front }) {
  const { words } = voiceOf(site.settings);
  const { lead, pinned, rows, cards } = front;
  if (cards.length === 0)
    return lead || pinned.length > 0 || rows.length > 0 ? null : (
      <p class="empty">{words.nothingPublished}</p>
    );
  return (
    <section class="latest" aria-labelledby="latest">
      <h2 class="rubric" id="latest">
        {words.latest}
      </h2>
      <Cards
        site={site}
        cards={cards.slice(0, NEWEST)}
        level={3}
        layout="grid"
        pictures={NEWEST}
        opening={!isTopPictured(front) && !isAnyPictured(rows.flatMap((row) => row.cards))}
      />
    </section>
  );
}

/** Tells whether the first picture of the page is above the rows and the newest. */
function isTopPictured({ lead, pinned }: Front): boolean {
  return (lead !== null && isPictured(lead, "lead")) || isAnyPictured(pinned);
}

function isAnyPictured(cards: Card[]): boolean {
  return cards.some((card) => isPictured(card));
}

/** What else is new, each story in the row of its section. */
function Blocks({ site, cards }: { site: Site; cards: Card[] }) {
  if (cards.length === 0) return null;
  return (
    <div class="blocks">
      {sectionsOf(site, cards).map((section) => (
        <section aria-labelledby={`in-${section.slug}`}>
          <h2 class="rubric" id={`in-${section.slug}`}>
            <a href={sectionPath(section.slug)}>{section.name}</a>
          </h2>
          <Block site={site} cards={cards.filter((card) => card.section.slug === section.slug)} />
        </section>
      ))}
    </div>
  );
}

/** The first story of a section with its picture, the others in brief. */
function Block({ site, cards: [first, ...others] }: { site: Site; cards: Card[] }) {
  if (!first) return null;
  return (
    <ul class={rowClass(1 + others.length)}>
      <li>
        <StoryCard site={site} card={first} level={3} kicker={false} pictured />
      </li>
      {others.map((card) => (
        <li>
          <StoryCard site={site} card={card} level={3} rank="brief" kicker={false} />
        </li>
      ))}
    </ul>
  );
}

/** In a row of four stories or more the first one is as high as two of the others, of six or seven as three. */
function rowClass(count: number): string {
  if (count === 6 || count === 7) return "row three-high";
  return count >= 4 ? "row two-high" : "row";
}

/** The sections of these cards in the order of the masthead. */
function sectionsOf(site: Site, cards: Card[]): Named[] {
  const own = new Map(cards.map(({ section }) => [section.slug, section]));
  const known = site.sections.filter(({ slug }) => own.delete(slug));
  return [...known, ...own.values()];
}
