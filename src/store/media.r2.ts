// Promises: a picture's bytes under its hash, as they were kept; smaller forms are made once and kept beside them.
// Relies on: R2 (https://developers.cloudflare.com/r2/) and, for the forms, the Images binding where there is one
// (https://developers.cloudflare.com/images/optimization/binding/).
// Does not: know which pictures readers may see (published.d1.ts).

import { SIZED_FORMATS, type SizedFormat } from "../domain/media.ts";
import { StoreUnavailable } from "./batch.d1.ts";

/** A width in pixels and a format that a picture is asked for in. */
export interface Form {
  width: number;
  format: SizedFormat;
}

/** Bytes on their way to a reader. */
export interface Bytes {
  body: ReadableStream<Uint8Array>;
  type: string;
  /** False when this is the original, because the form could not be made this time. */
  asAsked: boolean;
}

/** What a picture is made smaller from. */
interface Original {
  hash: string;
  type: string;
}

/** The pictures' bytes. */
export interface Pictures {
  keep(picture: Original, bytes: Uint8Array): Promise<void>;
  /** The bytes as they were kept; null when there are none. */
  original(picture: Original): Promise<Bytes | null>;
  /** The picture in a form; the original where it cannot be made, null when there is none. */
  sized(picture: Original, form: Form): Promise<Bytes | null>;
  /** Deletes a picture with all its forms. */
  remove(hash: string): Promise<void>;
}

/** Originals are kept at `originals/{hash}`, forms at `forms/{hash}/{width}.{format}`. */
const originalKey = (hash: string) => `originals/${hash}`;
const formKey = (hash: string, { width, format }: Form) => `forms/${hash}/${width}.${format}`;

/** How well the forms are made, out of 100: past this a reader sees no difference, only a longer wait. */
const QUALITY = { avif: 55, webp: 75, jpg: 78 } as const satisfies Record<SizedFormat, number>;

/** What shows through a transparent picture as JPEG, which cannot be transparent. */
const GROUND = "#ffffff";

/** Opens the bucket; without `images`, every form is the original. */
export function openPictures(bucket: R2Bucket, images: ImagesBinding | undefined): Pictures {
  async function read(key: string): Promise<Bytes | null> {
    const object = await whenItAnswers(() => bucket.get(key));
    if (!object) return null;
    const type = object.httpMetadata?.contentType ?? "application/octet-stream";
    return { body: object.body, type, asAsked: true };
  }

  return {
    async keep({ hash, type }, bytes) {
      await whenItAnswers(() =>
        bucket.put(originalKey(hash), bytes, { httpMetadata: { contentType: type } }),
      );
    },

    original: ({ hash }) => read(originalKey(hash)),

    async sized(picture, form) {
      const kept = await read(formKey(picture.hash, form));
      if (kept) return kept;
      const original = await read(originalKey(picture.hash));
      if (!original || !images) return original;
      const bytes = await new Response(original.body).arrayBuffer();
      const made = await make(images, bytes, form, picture.hash);
      if (!made) return { ...original, body: streamOf(bytes), asAsked: false };
      // A picture that was small already may come out larger: then it stays as it is.
      const smaller = made.bytes.byteLength < bytes.byteLength ? made : { ...original, bytes };
      await whenItAnswers(() =>
        bucket.put(formKey(picture.hash, form), smaller.bytes, {
          httpMetadata: { contentType: smaller.type },
        }),
      );
      return { body: streamOf(smaller.bytes), type: smaller.type, asAsked: true };
    },

    async remove(hash) {
      let cursor: string | undefined;
      do {
        const forms = await whenItAnswers(() =>
          bucket.list({ prefix: `forms/${hash}/`, ...(cursor === undefined ? {} : { cursor }) }),
        );
        await whenItAnswers(() => bucket.delete(forms.objects.map(({ key }) => key)));
        cursor = forms.truncated ? forms.cursor : undefined;
      } while (cursor !== undefined);
      await whenItAnswers(() => bucket.delete(originalKey(hash)));
    },
  };
}

/** Makes a form, never wider than the original. Null when Images refuses: over its quota, or a picture it cannot read. */
async function make(
  images: ImagesBinding,
  original: ArrayBuffer,
  { width, format }: Form,
  hash: string,
): Promise<{ bytes: ArrayBuffer; type: string } | null> {
  try {
    const result = await images
      .input(streamOf(original))
      .transform({ width, fit: "scale-down" })
      .output({ format: SIZED_FORMATS[format], quality: QUALITY[format], background: GROUND });
    return {
      bytes: await new Response(result.image()).arrayBuffer(),
      type: result.contentType(),
    };
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error);
    console.error(JSON.stringify({ event: "picture not made", hash, width, format, error: told }));
    return null;
  }
}

function streamOf(bytes: ArrayBuffer): ReadableStream<Uint8Array> {
  return new Blob([bytes]).stream();
}

/** Turns R2's failures, which pass, into the one that says to come back. */
async function whenItAnswers<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new StoreUnavailable(`R2: ${message}`, { cause: error });
  }
}
