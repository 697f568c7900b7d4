// Promises: a preview link is found by the hash of its token alone, and not once it is over or revoked.
// Relies on: tokens of 256 random bits, so that one SHA-256 is hash enough (editor/previews makes and hashes them).
// Does not: store a token, or read what the link shows (previews.d1.ts).

import type { Form } from "../domain/article.ts";
import { guarded, sql, sqlNote, sqlWrite, type Note, type Read, type Write } from "./batch.d1.ts";
import { columns, names, table, values } from "./columns.ts";

/** A link to one revision. Times in epoch milliseconds; `tokenHash` is the SHA-256 of the token in hex. */
export interface PreviewLink {
  id: string;
  tokenHash: string;
  articleId: string;
  n: number;
  createdAt: number;
  createdBy: string;
  expiresAt: number;
  revokedAt: number | null;
}

const LINK = table<PreviewLink>("previews", {
  id: "plain",
  tokenHash: "plain",
  articleId: "plain",
  n: "plain",
  createdAt: "plain",
  createdBy: "plain",
  expiresAt: "plain",
  revokedAt: "plain",
});

/** A link of a story by its id, while it leads anywhere. */
export function linkByIdQuery(articleId: string, id: string, now: number): Read<PreviewLink> {
  return sql<PreviewLink>`
    select ${columns(LINK)} from previews
    where id = ${id} and article_id = ${articleId} and revoked_at is null and expires_at > ${now}`;
}

/** The link with a token, while it leads anywhere, and what it shows; what is in the bin is shown to nobody. */
export function linkQuery(tokenHash: string, now: number): Read<PreviewLink & { form: Form }> {
  return sql<PreviewLink & { form: Form }>`
    select ${columns(LINK)}, (select a.form from articles a where a.id = previews.article_id) as form from previews
    where token_hash = ${tokenHash} and revoked_at is null and expires_at > ${now}
      and exists (select 1 from articles a where a.id = previews.article_id and a.status <> 'binned')`;
}

/** The links to a story's revisions that still lead there, newest first. */
export function linksQuery(articleId: string, now: number): Read<PreviewLink> {
  return sql<PreviewLink>`
    select ${columns(LINK)} from previews
    where article_id = ${articleId} and revoked_at is null and expires_at > ${now}
    order by created_at desc, id limit ${LINKS}`;
}

/** How many links one story may have at a time. */
export const LINKS = 100;

/** Adds a link; lost where the story has as many as it may by now. */
export function writeLink(link: PreviewLink): Write {
  const { articleId, createdAt: now } = link;
  const write = sqlWrite`
    insert into previews (${names(LINK)}) select ${values(LINK)} from json_each(${JSON.stringify([link])})
    where ${LINKS} > (
      select count(*) from previews where article_id = ${articleId} and revoked_at is null and expires_at > ${now})`;
  return guarded(write, "version");
}

/** Ends every link to a story. */
export function revokeLinks(articleId: string, now: number): Write {
  return sqlWrite`update previews set revoked_at = ${now} where article_id = ${articleId} and revoked_at is null`;
}

/** Ends a link; lost when there is none, or it was ended before. */
export function revokeLink(articleId: string, id: string, now: number): Write {
  return guarded(
    sqlWrite`
      update previews set revoked_at = ${now}
      where id = ${id} and article_id = ${articleId} and revoked_at is null`,
    "present",
  );
}

/** Deletes links that are over. */
export function deleteOldLinks(now: number): Note {
  return sqlNote`delete from previews where expires_at <= ${now}`;
}
