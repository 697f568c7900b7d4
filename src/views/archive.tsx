import { ARCHIVE_PATH, monthPath, sectionPath } from "../domain/paths.ts";
import type { MonthPage } from "../domain/published.ts";
import { Cards } from "./card.tsx";
import type { Crumb } from "./crumbs.tsx";
import { dayOf } from "./dates.ts";
import type { Paper } from "./frame.ts";
import { layout } from "./layout.tsx";
import { collectionData, pathsOf, stepTo } from "./linked-data.ts";
import { ListHeader } from "./list.tsx";
import { voiceOf, type Voice } from "./voice.ts";

/** Every month that has stories, newest first, year by year. */
export function archivePage({ site, months }: { site: Paper; months: string[] }): string {
  const voice = voiceOf(site.settings);
  const { words, formats } = voice;
  return layout({
    site,
    title: words.archive,
    description: null,
    path: ARCHIVE_PATH,
    data: collectionData(site, {
      path: ARCHIVE_PATH,
      name: words.archive,
      description: null,
      steps: [{ name: words.archive, path: ARCHIVE_PATH }],
      paths: months.map((month) => monthPath(month)),
    }),
    children: (
      <>
        <ListHeader title={words.archive} page={1} voice={voice} />
        {months.length === 0 && <p class="empty">{words.nothingPublished}</p>}
        {runs(months, (month) => month.slice(0, 4)).map(([year, itsMonths]) => (
          <section class="year" aria-labelledby={year}>
            <h2 class="rubric" id={year}>
              <time datetime={year}>{formats.year(year)}</time>
            </h2>
            <ul class={[5, 9].includes(itsMonths.length) ? "months thirds" : "months"}>
              {itsMonths.map((month) => (
                <li>
                  <a href={monthPath(month)}>
                    <time datetime={month}>{formats.monthName(month)}</time>
                  </a>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </>
    ),
  });
}

/** A month of the whole site or of one section, day by day. */
export function monthPage({ site, page }: { site: Paper; page: MonthPage }): string {
  const voice = voiceOf(site.settings);
  const name = voice.formats.month(page.month);
  const title = page.section ? voice.words.sectionMonth(page.section.name, name) : name;
  // A page starts at the place of its first story, so that is its address.
  const from = page.first ? null : page.cards[0]?.place;
  const path = monthPath(page.month, page.section?.slug, from);
  return layout({
    site,
    title,
    description: null,
    path,
    data: collectionData(site, {
      path,
      name: title,
      description: null,
      steps: [
        page.section ? stepTo(page.section) : { name: voice.words.archive, path: ARCHIVE_PATH },
        { name, path },
      ],
      paths: pathsOf(page.cards),
    }),
    ...(page.section && { section: { slug: page.section.slug, front: false } }),
    children: (
      <>
        <ListHeader
          title={title}
          page={1}
          voice={voice}
          way={{ site, crumbs: wayOf(page, voice) }}
        />
        {page.cards.length === 0 && <p class="empty">{voice.words.nothingYet}</p>}
        {runs(page.cards, ({ publishedAt }) => dayOf(publishedAt, voice.timeZone)).map(
          ([day, cards]) => (
            <section class="day" aria-labelledby={day}>
              <h2 class="rubric" id={day}>
                <time datetime={day}>{voice.formats.weekday(day)}</time>
              </h2>
              <Cards
                site={site}
                cards={cards}
                level={3}
                kicker={!page.section}
                dated={false}
                layout="river"
              />
            </section>
          ),
        )}
        <MonthPager page={page} name={name} voice={voice} />
        <Neighbours page={page} voice={voice} />
      </>
    ),
  });
}

/** A month is in the archive, that of a section in the section; a later page of it behind its first one. */
function wayOf({ month, section, first }: MonthPage, { words, formats }: Voice): Crumb[] {
  const over = section
    ? { name: section.name, path: sectionPath(section.slug) }
    : { name: words.archive, path: ARCHIVE_PATH };
  const newest = { name: formats.month(month), path: monthPath(month, section?.slug) };
  return first ? [over] : [over, newest];
}

function MonthPager({
  page: { month, section, next, first },
  name,
  voice: { words },
}: {
  page: MonthPage;
  name: string;
  voice: Voice;
}) {
  if (first && !next) return null;
  return (
    <nav class="pager" aria-label={words.pages}>
      {!first && <a href={monthPath(month, section?.slug)}>{words.newestOf(name)}</a>}
      {next && (
        <a rel="next" href={monthPath(month, section?.slug, next)}>
          {words.moreOf(name)}
        </a>
      )}
    </nav>
  );
}

function Neighbours({
  page: { section, olderMonth, newerMonth },
  voice: { words, formats },
}: {
  page: MonthPage;
  voice: Voice;
}) {
  return (
    <nav class="neighbours" aria-label={words.months}>
      {olderMonth && (
        <a class="previous" href={monthPath(olderMonth, section?.slug)}>
          <span class="label">{words.earlierMonth}</span> {formats.month(olderMonth)}
        </a>
      )}
      <a class="whole" href={ARCHIVE_PATH}>
        <span class="label">{words.archive}</span> {words.allMonths}
      </a>
      {newerMonth && (
        <a class="next" href={monthPath(newerMonth, section?.slug)}>
          <span class="label">{words.laterMonth}</span> {formats.month(newerMonth)}
        </a>
      )}
    </nav>
  );
}

/** Cuts a list wherever the key of its next element differs. */
function runs<T>(list: T[], keyOf: (element: T) => string): [string, T[]][] {
  const found: [string, T[]][] = [];
  for (const element of list) {
    const key = keyOf(element);
    const last = found.at(-1);
    if (last?.[0] === key) last[1].push(element);
    else found.push([key, [element]]);
  }
  return found;
}
