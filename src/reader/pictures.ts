import { sizedForm } from "../domain/media.ts";
import { mediaTags } from "../purge/tags.ts";
import type { Bytes } from "../store/published/reader.d1.ts";
import { absent, type Ask, type Page } from "./pages.ts";

/** A picture before its bytes are read: the door may find that the reader has it already. */
export interface PictureAnswer {
  status: 200;
  etag: string;
  tags: string[];
  lastModified: null;
  /** Null when the bytes are gone after all. */
  open(): Promise<Bytes | null>;
}

/** A picture that a live story shows, at `/media/{hash}/{name}`: as it was uploaded, or in one of the fixed forms. */
export async function picturePage(
  ask: Ask,
  hash: string,
  name: string,
): Promise<Page | PictureAnswer> {
  const visit = await ask.reader.picture(ask.path, hash);
  const { site, found } = visit;
  const tags = await mediaTags(ask.path, hash);
  const form = sizedForm(name);
  if (found === null) return absent(ask, visit, tags);
  const isNamed = form !== null || name === found.name;
  if (!isNamed || found.gone) {
    const address = isNamed ? ({ kind: "gone" } as const) : null;
    const trail = { paths: [ask.path], stories: [] };
    return absent(ask, { site, found: null, address, trail }, tags);
  }
  return {
    status: 200,
    // The same bytes for ever: whoever has them has them. A form may be made again, and otherwise.
    etag: form === null ? `"${hash}"` : `W/"${hash}-${form.width}-${form.format}"`,
    tags,
    // Not when it was uploaded: that may have been before its story was to be known.
    lastModified: null,
    open: () => ask.reader.bytes(found, form),
  };
}
