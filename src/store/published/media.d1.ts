import type { PictureType } from "../../domain/media.ts";
import { readAs, sql, type Read } from "../batch.d1.ts";

/** A picture as its addresses need it. */
export interface PublicPicture {
  hash: string;
  name: string;
  type: PictureType;
  kept: string;
  /** Taken down, or shown by nothing any more: its addresses return 410. */
  gone: boolean;
}

/** A picture that readers may see, or may not see any more. */
export function publicPictureQuery(hash: string): Read<PublicPicture> {
  const query = sql<Omit<PublicPicture, "gone"> & { gone: number }>`
    select hash, name, type, kept, gone from published_media where hash = ${hash}`;
  return readAs(query, (row) => ({ ...row, gone: row.gone === 1 }));
}

/** The picture that is the paper's sign, while readers may see it. */
export function logoQuery(): Read<PublicPicture> {
  const query = sql<Omit<PublicPicture, "gone">>`
    select m.hash, m.name, m.type, m.kept
    from published_logo l cross join published_media m on m.hash = substr(l.src, length('/media/') + 1, ${HASH_LENGTH})
    where not m.gone`;
  return readAs(query, (row) => ({ ...row, gone: false }));
}

/** The letters of a picture's hash in its address. */
const HASH_LENGTH = 32;
