import { ARCHIVE_PATH, SEARCH_PATH, sectionPath } from "../domain/paths.ts";
import {
  PAGE_SIZE,
  SEARCH_PAGES,
  type FoundPage,
  type FoundStory,
  type Named,
  type SearchPage,
  type Wanted,
} from "../domain/published.ts";
import { excerpt, highlight, type Part } from "../domain/search/highlight.ts";
import { plainText } from "../domain/search/plain.ts";
import { QUERY_LENGTH, readQuery, type Query } from "../domain/search/query.ts";
import { StoryCard } from "./card.tsx";
import { marked } from "./language.ts";
import type { Paper } from "./frame.ts";
import { layout } from "./layout.tsx";
import { ListHeader, listTitle } from "./list.tsx";
import { Pager } from "./pager.tsx";
import { voiceOf, type Voice } from "./voice.ts";

interface SearchProps {
  site: Paper;
  found: SearchPage;
}

/** What readers look for, and what was found. */
export function searchPage({ site, found }: SearchProps): string {
  const voice = voiceOf(site.settings);
  const { words } = voice;
  const { wanted } = found;
  const title = wanted.q === "" ? words.search : `${wanted.q} – ${words.search}`;
  return layout({
    site,
    title: listTitle(title, wanted.page, voice),
    description: null,
    // Search engines have their own.
    path: null,
    children: (
      <>
        <ListHeader title={words.search} page={wanted.page} voice={voice} />
        <Form site={site} found={found} voice={voice} />
        {wanted.q !== "" && <Results site={site} found={found} voice={voice} />}
      </>
    ),
  });
}

function Form({
  site,
  found: { wanted, stories, author },
  voice: { words },
}: SearchProps & { voice: Voice }) {
  const isNarrow = [wanted.section, wanted.author, wanted.from, wanted.to].some(
    (each) => each !== null,
  );
  return (
    <form class="search" role="search" action={SEARCH_PATH} method="get">
      <label for="q">{words.searchOf(site.settings.title)}</label>
      <div class="words">
        <input
          type="search"
          id="q"
          name="q"
          value={wanted.q}
          maxlength={QUERY_LENGTH}
          enterkeyhint="search"
          dir="auto"
          aria-describedby="q-how"
        />
        <button type="submit">{words.search}</button>
      </div>
      <p class="how" id="q-how">
        {words.searchHow}
      </p>
      <details open={isNarrow}>
        <summary>{words.narrow}</summary>
        <div class="narrow">
          <Choice
            name="section"
            label={words.section}
            any={words.anySection}
            value={wanted.section}
            of={site.sections}
          />
          <Choice
            name="author"
            label={words.author}
            any={words.anyAuthor}
            value={wanted.author}
            of={authorsOf(stories ?? [], author)}
          />
          <Day name="from" label={words.since} value={wanted.from} />
          <Day name="to" label={words.until} value={wanted.to} />
        </div>
      </details>
    </form>
  );
}

function Choice({
  name,
  label,
  any,
  value,
  of,
}: {
  name: string;
  label: string;
  any: string;
  value: string | null;
  of: Named[];
}) {
  if (of.length === 0) return null;
  return (
    <p>
      <label for={`q-${name}`}>{label}</label>
      <select id={`q-${name}`} name={name}>
        <option value="">{any}</option>
        {of.map((entry) => (
          <option value={entry.slug} selected={entry.slug === value}>
            {entry.name}
          </option>
        ))}
      </select>
    </p>
  );
}

function Day({ name, label, value }: { name: string; label: string; value: string | null }) {
  return (
    <p>
      <label for={`q-${name}`}>{label}</label>
      <input type="date" id={`q-${name}`} name={name} value={value ?? ""} />
    </p>
  );
}

/** The authors of what is on the page, and the one that was chosen: a paper may have more than a list has room for. */
function authorsOf(stories: (FoundStory | FoundPage)[], chosen: Named | null): Named[] {
  const all = [
    ...(chosen ? [chosen] : []),
    ...stories.flatMap((found) => ("card" in found ? found.card.authors : [])),
  ];
  const authors = new Map(all.map((author) => [author.slug, author]));
  return [...authors.values()]
    .slice(0, AUTHORS)
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

const AUTHORS = 100;

function Results({ site, found, voice }: SearchProps & { voice: Voice }) {
  const { words } = voice;
  const { wanted, stories } = found;
  const query = readQuery(wanted.q, site.settings.language);
  if (stories === null)
    return (
      <Nothing title={words.searchAway} more={words.searchAwayMore} site={site} voice={voice} />
    );
  if (query.terms.length === 0)
    return <Nothing title={words.noWords} more={words.noWordsMore} site={site} voice={voice} />;
  if (found.count === 0)
    return <Nothing title={words.foundNone} more={words.foundNoneMore} site={site} voice={voice} />;
  return (
    <section class="results" aria-labelledby="results">
      <h2 class="rubric" id="results">
        {countOf(found, voice)}
        {query.isCut && <span> {words.searchCut}</span>}
      </h2>
      {stories.length === 0 && <p class="empty">{words.foundNoMore}</p>}
      <ul class="river">
        {stories.map((story) => (
          <li>
            <Result found={story} site={site} query={query} />
          </li>
        ))}
      </ul>
      <Pager
        listing={{ page: wanted.page, hasOlder: hasMore(found) }}
        voice={voice}
        labels={{ newer: words.earlierResults, older: words.moreResults }}
        pathOf={(page) => searchPath(wanted, page)}
        archive={null}
      />
    </section>
  );
}

/** Of what is beyond the last page nobody has counted how much it is. */
function countOf({ count, hasMore: isMore }: SearchPage, { words, spoken }: Voice): string {
  const shown = spoken.number(count);
  return isMore ? words.foundMore(shown) : words.found(count, shown);
}

function hasMore({ wanted: { page }, count }: SearchPage): boolean {
  return page < SEARCH_PAGES && count > page * PAGE_SIZE;
}

/** The address of a page of what is found: the same parameters in the same order as `reader/search.ts` has them. */
function searchPath(wanted: Wanted, page: number): string {
  const { q, section, author, from, to } = wanted;
  const given = Object.entries({ q, section, author, from, to }).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  return `${SEARCH_PATH}?${new URLSearchParams([...given, ...(page > 1 ? [["page", String(page)]] : [])]).toString()}`;
}

function Result({
  site,
  found,
  query,
}: {
  site: Paper;
  found: FoundStory | FoundPage;
  query: Query;
}) {
  const { title, standfirst, language: own } = "page" in found ? found.page : found.card;
  const language = own ?? site.settings.language;
  const text = [standfirst, plainText(found.html)].filter(Boolean).join("\n");
  const said = {
    title: <Marked parts={highlight(title, query, language)} />,
    standfirst: <Marked parts={excerpt(text, query, language)} />,
  };
  if ("card" in found)
    return <StoryCard site={site} card={found.card} level={3} pictured="river" said={said} />;
  const around = marked(own, site.settings.language);
  return (
    <article class="card plain bare">
      <div class="summary">
        <h3 class="headline" {...around}>
          <a href={found.page.path}>{said.title}</a>
        </h3>
        <p class="standfirst" {...around}>
          {said.standfirst}
        </p>
      </div>
    </article>
  );
}

function Marked({ parts }: { parts: Part[] }) {
  return <>{parts.map(({ text, isMatch }) => (isMatch ? <mark>{text}</mark> : text))}</>;
}

function Nothing({
  title,
  more,
  site,
  voice: { words },
}: {
  title: string;
  more: string;
  site: Paper;
  voice: Voice;
}) {
  return (
    <section class="results" aria-labelledby="results">
      <h2 class="rubric" id="results">
        {title}
      </h2>
      <p class="empty">{more}</p>
      <ul class="ways">
        {site.sections.map(({ slug, name }) => (
          <li>
            <a href={sectionPath(slug)}>{name}</a>
          </li>
        ))}
        <li>
          <a href={ARCHIVE_PATH}>{words.archive}</a>
        </li>
      </ul>
    </section>
  );
}
