import { env } from "cloudflare:workers";
import { monthOf } from "../../src/domain/calendar.ts";
import { EMPTY } from "../../src/domain/revision.ts";
import { FOOTER_LENGTH, MENU_LENGTH } from "../../src/editor/paper/menus.ts";
import { MOST_IN_ROW, MOST_PINNED, MOST_ROWS } from "../../src/domain/front.ts";
import { docidFrom } from "../../src/domain/search/docid.ts";
import { openReader } from "../../src/store/open.ts";
import type { Cost } from "../../src/store/batch.d1.ts";
import { fillWith, NEWEST, type Spread } from "./filling.ts";

const HOUR = 60 * 60 * 1000;

/** Fills the tests' database with a corpus, whose section was called otherwise a hundred times, and the front page with as much of it as it takes. */
export async function fill(count: number, spread: Spread): Promise<void> {
  await fillWith(env.DB, count, spread);
  await env.DB.prepare(
    `insert into former_slugs (kind, slug, entry_id)
     select 'section', 'former-' || value, (select id from sections where slug = 'city') from json_each(?1) where true
     on conflict do nothing`,
  )
    .bind(JSON.stringify(Array.from({ length: 100 }, (_, n) => n)))
    .run();
  await fillPages();
  const { results } = await env.DB.prepare(
    `select id from articles order by born limit ${1 + MOST_PINNED + MOST_ROWS * MOST_IN_ROW}`,
  ).all<{ id: string }>();
  const placed = results.map(({ id }) => id);
  const [lead, ...others] = placed;
  const named = Array.from({ length: MOST_ROWS }, (_, row) => {
    const from = MOST_PINNED + row * MOST_IN_ROW;
    return { name: `Row ${row}`, stories: others.slice(from, from + MOST_IN_ROW) };
  });
  const own = Object.fromEntries(placed.map((id) => [id, { title: "Own words", hero: null }]));
  await env.DB.prepare("update front set lead = ?1, pinned = ?2, named = ?3, own = ?4")
    .bind(
      lead,
      JSON.stringify(others.slice(0, MOST_PINNED)),
      JSON.stringify(named),
      JSON.stringify(own),
    )
    .run();
  await fillIndex();
}

/** Has the search index know all of it, each story by two words that all have. */
async function fillIndex(): Promise<void> {
  const { results } = await env.DB.prepare(
    "select article_id as id, published_at as at from live",
  ).all<{ id: string; at: number }>();
  const rows = results.map(({ id, at }, n) => ({ id, docid: docidFrom(at) + n }));
  const json = JSON.stringify(rows);
  await env.SEARCH.batch(
    [
      "insert into published_texts (id, docid, turn) select value ->> 'id', value ->> 'docid', 1 from json_each(?1)",
      "insert into published_words (rowid, title, body) select value ->> 'docid', 'story', 'word' from json_each(?1)",
    ].map((statement) => env.SEARCH.prepare(statement).bind(json)),
  );
}

/** As many pages as the menus may name, every one of which they do. */
async function fillPages(): Promise<void> {
  const slugs = Array.from({ length: FOOTER_LENGTH }, (_, n) => `page-${n}`);
  const links = slugs.map((slug) => ({ href: `/${slug}`, label: slug }));
  const statements = [
    `insert into articles (id, form, status, version, head, live, published_at, created_at, created_by, section, path, born)
     select value, 'page', 'published', 1, 1, 1, 1, 1, 'root', '', '/' || value, value from json_each(?1) where true on conflict do nothing`,
    `insert into revisions (article_id, n, content, material, words, saved_at, saved_by, body, html)
     select value, 1, json_set(?2, '$.title', value, '$.slug', value), 1, 1, 1, 'root', 'Words.', '<p>Words.</p>'
     from json_each(?1) where true on conflict do nothing`,
    `insert into live_pages (article_id, revision, path, published_at)
     select value, 1, '/' || value, 1 from json_each(?1) where true on conflict do nothing`,
    `insert into paths (path, kind, article_id, created_at)
     select '/' || value, 'article', value, 1 from json_each(?1) where true on conflict do nothing`,
  ];
  await env.DB.batch([
    ...statements.map((statement) => {
      const values = statement.includes("?2") ? [JSON.stringify(EMPTY)] : [];
      return env.DB.prepare(statement).bind(JSON.stringify(slugs), ...values);
    }),
    ...[links.slice(0, MENU_LENGTH), links].map((menu, index) =>
      env.DB.prepare(
        "insert into settings (name, value, public) values (?1, ?2, 1) on conflict do nothing",
      ).bind(["menu", "footer"][index], JSON.stringify(menu)),
    ),
  ]);
}

/** What each kind of page costs D1 with a corpus of `count` stories. */
export async function costs(count: number): Promise<Record<string, Cost>> {
  const middle = `/city/story-${Math.floor(count / 2)}`;
  const month = monthOf(NEWEST - HOUR, "Europe/Lisbon");
  const found: Record<string, Cost> = {};
  const measure = async (
    kind: string,
    read: (reader: ReturnType<typeof openReader>) => Promise<{ found: unknown }>,
  ) => {
    const reader = openReader(env);
    const { found: page } = await read(reader);
    if (page === null && !/^(?:nowhere|led on)/.test(kind)) throw new Error(`There is no ${kind}`);
    found[kind] = { ...reader.cost };
  };
  await measure("front", (reader) => reader.front("/", 1));
  await measure("front, page 5", (reader) => reader.front("/page/5", 5));
  await measure("section", (reader) => reader.list("/city", "section", { slug: "city", page: 1 }));
  await measure("section, page 5", (reader) =>
    reader.list("/city/page/5", "section", { slug: "city", page: 5 }),
  );
  await measure("section or page", (reader) => reader.pageOrSection("/city", "city"));
  await measure("page", (reader) => reader.pageOrSection("/page-7", "page-7"));
  await measure("page twin", (reader) => reader.pageTwin("/page-7.md", "/page-7"));
  await measure("author", (reader) =>
    reader.list("/authors/mara-quill", "author", { slug: "mara-quill", page: 1 }),
  );
  await measure("author, page 5", (reader) =>
    reader.list("/authors/mara-quill/page/5", "author", { slug: "mara-quill", page: 5 }),
  );
  await measure("tag", (reader) => reader.list("/tags/all", "tag", { slug: "all", page: 1 }));
  await measure("tag, page 5", (reader) =>
    reader.list("/tags/all/page/5", "tag", { slug: "all", page: 5 }),
  );
  await measure("article", (reader) => reader.story(middle));
  await measure("article, newest", (reader) => reader.story(`/city/story-${count - 1}`));
  await measure("twin", (reader) => reader.twin(`${middle}.md`, middle));
  await measure("archive", (reader) => reader.months("/archive"));
  await measure("feed, of the site", (reader) => reader.feed("/feed.xml", "front", ""));
  await measure("feed, of a section", (reader) =>
    reader.feed("/city/feed.json", "section", "city"),
  );
  await measure("feed, of an author", (reader) =>
    reader.feed("/authors/mara-quill/feed.xml", "author", "mara-quill"),
  );
  await measure("feed, of a tag", (reader) => reader.feed("/tags/all/atom.xml", "tag", "all"));
  await measure("corrections", (reader) => reader.corrections("/corrections", 1));
  await measure("corrections, page 3", (reader) => reader.corrections("/corrections/page/3", 3));
  await measure("month", (reader) =>
    reader.month("/archive", { month, section: null, from: null }),
  );
  await measure("section's month", (reader) =>
    reader.month("/city/archive", { month, section: "city", from: null }),
  );
  await measure("sitemap index", (reader) => reader.sitemapIndex("/sitemap.xml"));
  await measure("sitemap of authors", (reader) =>
    reader.entriesSitemap("/sitemaps/authors.xml", "author"),
  );
  await measure("sitemap of tags", (reader) => reader.entriesSitemap("/sitemaps/tags.xml", "tag"));
  await measure("llms.txt", (reader) => reader.newest("/llms.txt"));
  await measure("robots.txt", (reader) => reader.robots("/robots.txt"));
  await measure("icon", (reader) => reader.logo("/favicon.ico"));
  const wanted = { section: null, author: null, from: null, to: null, page: 1 };
  await measure("search", (reader) => reader.search("/search", { ...wanted, q: "story word" }));
  await measure("search, page 5, by days", (reader) =>
    reader.search("/search", { ...wanted, q: "word", from: "2000-01-01", page: 5 }),
  );
  await measure("nowhere", (reader) => reader.nowhere("/no/such/path"));
  await measure("led on, a former section", (reader) => reader.nowhere("/former-50/page/2"));
  await measure("led on, a story", (reader) => reader.story("/former-50/story-1"));
  await measure("nowhere, a picture", (reader) => reader.picture("/media/none/no.jpg", "none"));
  return found;
}

/** What the sitemaps cost that name stories by the thousand, with how many they name. */
export async function costsOfSitemaps(
  month: string,
): Promise<Record<string, Cost & { named: number }>> {
  const [file, news] = [openReader(env), openReader(env)];
  const named = await file.monthSitemap("/sitemaps/x.xml", month, 1);
  const period = { since: NEWEST - 48 * HOUR, until: NEWEST + HOUR };
  const newest = await news.news("/news-sitemap.xml", period);
  return {
    month: { ...file.cost, named: named.found?.length ?? 0 },
    news: { ...news.cost, named: newest.found?.length ?? 0 },
  };
}
