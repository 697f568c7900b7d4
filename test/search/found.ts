import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { tick } from "../../src/cron.ts";
import { call, deskAt, visit } from "../support/newsroom.ts";

/** Lets the index come up to date, as the minute's tick does. */
export async function settle(): Promise<void> {
  await tick(env, deskAt(Date.now() + 60_000));
}

/** The headlines that readers find, in their order; `query` is the address's, from `q=` on. */
export async function found(query: string): Promise<string[]> {
  const { status, text } = await visit(`/search?${query}`);
  expect([query, status]).toEqual([query, 200]);
  return headlinesOf(text);
}

/** The same of words, written as a form sends them. */
export function foundBy(words: string): Promise<string[]> {
  return found(new URLSearchParams({ q: words }).toString());
}

export function headlinesOf(html: string): string[] {
  const headlines = html.matchAll(/<h3 class="headline[^>]*><a [^>]*>(.*?)<\/a>/gs);
  return Array.from(headlines, ([, headline = ""]) => headline.replaceAll(/<\/?mark>/g, ""));
}

/** The headlines that editors find. */
export async function editorsFind(query: string, key?: string): Promise<string[]> {
  const { status, json } = await call("GET", `/search?${query}`, key === undefined ? {} : { key });
  expect([query, status, json]).toEqual([query, 200, expect.anything()]);
  return json.items.map(({ title }: { title: string }) => title);
}

/** How many stories an index has words of. */
export async function indexed(index: "published" | "head"): Promise<number> {
  const query = `select count(*) as n from ${index}_texts where docid is not null`;
  return (await env.SEARCH.prepare(query).first<number>("n")) ?? 0;
}

/** Whether an index has a word anywhere. */
export async function knows(index: "published" | "head", word: string): Promise<boolean> {
  const query = `select rowid from ${index}_words where ${index}_words match ?1 limit 1`;
  return (await env.SEARCH.prepare(query).bind(`"${word}"`).first()) !== null;
}
