import type { StoryState } from "../../domain/article.ts";
import { granted, invalid, type Outcome } from "../../domain/problem.ts";
import { excerpt, type Part } from "../../domain/search/highlight.ts";
import { plainText } from "../../domain/search/plain.ts";
import { canonicalQuery, readQuery } from "../../domain/search/query.ts";
import { armsOf, rank } from "../../domain/search/rank.ts";
import { learnStems } from "../../domain/search/stems.ts";
import { excerptsQuery, storiesAmong } from "../../store/articles.d1.ts";
import { readSettings, settingsQuery } from "../../store/paper.d1.ts";
import { hitsQuery, readWords } from "../../store/words.d1.ts";
import { filterFor, type Asked } from "../articles/listing.ts";
import type { CommandContext } from "../context.ts";
import { filedBy } from "./filed.ts";

/** A story that was found, and its lines around the words. */
export interface Found {
  story: StoryState;
  excerpt: Part[];
}

/** Finds stories in what editors are at, of those that the actor may see, best first. `from` is how many to pass over. */
export async function findStories(
  { store, actor }: CommandContext,
  { q, ...asked }: Asked & { q: string },
  { from, limit }: { from: number; limit: number },
): Promise<Outcome<{ found: Found[]; next: number | null }>> {
  await learnStems();
  const query = readQuery(canonicalQuery(q), "en");
  if (query.terms.length === 0)
    return invalid([{ path: "q", message: `must have a word to look for, got "${q}".` }]);
  const filter = filterFor(actor, asked);
  const filed = await filedBy(store.db, filter);
  if (filed === null) return granted({ found: [], next: null });
  const arms = armsOf(query, filed);
  const hits = await readWords(store.search, ...arms.map((arm) => hitsQuery("head", arm)));
  const ranked = rank(arms, hits).map(({ id }) => id);
  const ids = ranked.slice(from, from + limit);
  const stories = await storiesAmong(store.db, ids, filter);
  const [settings, texts] = await store.db.read(settingsQuery(), excerptsQuery(stories));
  const { language } = readSettings(settings);
  const htmlOf = new Map(texts.map(({ id, html }) => [id, html]));
  const found = stories.map((story) => {
    const { head, article } = story;
    const text = [head.standfirst, plainText(htmlOf.get(article.id) ?? "")]
      .filter(Boolean)
      .join("\n");
    return { story, excerpt: excerpt(text, query, head.language ?? language) };
  });
  return granted({ found, next: from + limit < ranked.length ? from + limit : null });
}
