import { filedUnder } from "../../domain/search/prepared.ts";
import type { ArticleFilter, Owner } from "../../store/articles.d1.ts";
import type { Database } from "../../store/batch.d1.ts";
import { idsOfQuery } from "../../store/directory.d1.ts";

/**
 * What a filter of the editors' asks of the index: of each group one. Null when it names what is not there, and so finds nothing. What is
 * found is asked once more of the database: the index may be behind.
 */
export async function filedBy(
  db: Database,
  filter: Omit<ArticleFilter, "q">,
): Promise<string[][] | null> {
  const { form, kind, status, section, tag, author, assignee, review, mine, visibleTo } = filter;
  const authors = [author, assignee, mine?.author, visibleTo?.author].filter(
    (slug) => typeof slug === "string",
  );
  const wanted = { section: section ? [section] : [], tag: tag ? [tag] : [], author: authors };
  const isNamed = Object.values(wanted).some((slugs) => slugs.length > 0);
  const [known] = isNamed ? await db.read(idsOfQuery(wanted)) : [[]];
  const idOf = (kind: string, slug: string) =>
    known.find((each) => each.kind === kind && each.slug === slug)?.id;
  const named = [
    section && [filedUnder.section, idOf("section", section)],
    tag && [filedUnder.tag, idOf("tag", tag)],
    author && [filedUnder.author, idOf("author", author)],
    assignee && [filedUnder.assignee, idOf("author", assignee)],
  ].filter((each) => each !== undefined && each !== "") as [
    (id: string) => string,
    string | undefined,
  ][];
  if (named.some(([, id]) => id === undefined)) return null;
  const own = mine && ownedBy(mine, idOf);
  const seen = visibleTo && seenBy(filter, visibleTo, idOf);
  if (seen?.length === 0) return null;
  return [
    [filedUnder.form(form)],
    ...named.map(([under, id]) => [under(id ?? "")]),
    ...(kind ? [[filedUnder.kind(kind)]] : []),
    ...(status ? [[filedUnder.status(status)]] : []),
    ...(review ? [[filedUnder.waiting]] : []),
    ...(own ? [own] : []),
    ...(seen ? [seen] : []),
  ];
}

/** What is an owner's: made by them, under their byline or assigned to it. */
function ownedBy(
  { author, key }: Owner,
  idOf: (kind: string, slug: string) => string | undefined,
): string[] {
  const id = author === null ? undefined : idOf("author", author);
  const bylined = id === undefined ? [] : [filedUnder.author(id), filedUnder.assignee(id)];
  return [filedUnder.maker(key), ...bylined];
}

/** What an actor may see: what is out, but not by what is planned with it (`assignee`, `review`), and what is theirs. */
function seenBy(
  { assignee, review, form }: Omit<ArticleFilter, "q">,
  { author, key }: Owner,
  idOf: (kind: string, slug: string) => string | undefined,
): string[] {
  const id = author === null ? undefined : idOf("author", author);
  return [
    ...(assignee === undefined && review === undefined ? [filedUnder.out] : []),
    ...(author === null || form === "page" ? [filedUnder.maker(key)] : []),
    ...(id === undefined ? [] : [filedUnder.author(id), filedUnder.assignee(id)]),
  ];
}
