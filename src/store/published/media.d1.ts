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
