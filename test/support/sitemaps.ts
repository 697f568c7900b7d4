import { expect } from "vitest";
import { refileMonths } from "../../src/store/months.d1.ts";
import type { Paper } from "./paper.ts";
import { faultsOf } from "./schemas.ts";

// The sitemap of very many stories.

/** How many stories, how many of them in the newest month, and when they are counted (epoch milliseconds). */
interface Many {
  count: number;
  inOneMonth: number;
  now: number;
}

/** Fills a paper, and holds that its sitemap names each story once, in files that hold 5,000 at most. */
export async function holdManyNamed(paper: Paper, many: Many): Promise<void> {
  await fillMany(paper, many);
  const index = await textAt(paper, "/sitemap.xml");
  expect(await faultsOf(index)).toEqual([]);
  const files = locsIn(index).filter((loc) => /\/sitemaps\/\d/.test(loc));
  expect(files.length).toBeGreaterThan(many.inOneMonth / 5000);
  const named = new Set<string>();
  let count = 0;
  for (const file of files) {
    const locs = locsIn(await textAt(paper, new URL(file).pathname));
    expect(locs.length).toBeLessThanOrEqual(5000);
    for (const loc of locs) named.add(loc);
    // None is named twice.
    count += locs.length;
  }
  expect([count, named.size]).toEqual([many.count, many.count]);
  // A full one is as the schema wants it, and no larger than what a Worker has at hand many times over.
  const full = await textAt(paper, "/sitemaps/2026-09.xml");
  expect(await faultsOf(full)).toEqual([]);
  expect(locsIn(full)).toHaveLength(5000);
  expect(full.length).toBeLessThan(1024 * 1024);
}

async function textAt(paper: Paper, path: string): Promise<string> {
  return (await paper.made(path)).text();
}

function locsIn(text: string): string[] {
  return [...text.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, loc = ""]) => loc);
}

/** A paper of many stories that are no more than they must be: some in one month, the others an hour apart before it. */
const MANY = `
  with recursive n (n) as (select 0 union all select n + 1 from n where n < ?1 - 1)
  select n, 'story' || printf('%07d', n) as id,
    iif(n < ?2, 1790000000000 + n * 1000, 1790000000000 - (n - ?2 + 800) * 3600000) as at from n`;
const PLACED = `select *, printf('%015d', at) || '-' || id as place, strftime('%Y-%m', at / 1000, 'unixepoch') as month from (${MANY})`;

async function fillMany(paper: Paper, { count, inOneMonth, now }: Many): Promise<void> {
  const section = "(select id from sections where slug = 'city')";
  const content = `json_object('title', id, 'slug', id, 'section', ${section}, 'tags', json('[]'), 'authors', json('[]'), 'hero', null, 'canonicalUrl', null)`;
  const statements = [
    `insert into articles (id, status, version, head, live, published_at, created_at, created_by, section, path, born)
     select id, 'published', 1, 1, 1, at, at, 'x', ${section}, '/city/' || id, place from (${PLACED})`,
    `insert into revisions (article_id, n, content, material, words, saved_at, saved_by, body, html)
     select id, 1, ${content}, 1, 1, at, 'x', '', '' from (${PLACED})`,
    `insert into live (article_id, revision, section, path, place, month, published_at)
     select id, 1, ${section}, '/city/' || id, place, month, at from (${PLACED})`,
  ];
  for (const sql of statements) await paper.env.DB.prepare(sql).bind(count, inOneMonth).run();
  await paper.env.DB.batch(
    refileMonths(now).map(({ sql, values }) => paper.env.DB.prepare(sql).bind(...values)),
  );
}
