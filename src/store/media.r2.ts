// Promises: a picture's bytes under its hash, as they were kept; smaller forms are made once and kept beside them.
// Relies on: R2 (https://developers.cloudflare.com/r2/) and, for the forms, the Images binding where there is one
// (https://developers.cloudflare.com/images/optimization/binding/).
// Does not: know which pictures readers may see (published.d1.ts).

import { nameOfForm, SIZED_FORMATS, type Form, type SizedFormat } from "../domain/media.ts";
import type { CardDesign } from "../domain/share-card.ts";
import { StoreUnavailable } from "../domain/unavailable.ts";
import { drawCard } from "./share-card.images.ts";

/** Bytes on their way to a reader. */
export interface Bytes {
  body: ReadableStream<Uint8Array>;
  type: string;
  /** As it was requested, or the original instead: because there is no Images, or because it failed this time. */
  as: "as requested" | "original" | "original for now";
}

/** A square PNG, or word that it cannot be made now, or ever. */
export type Icon = { png: Uint8Array<ArrayBuffer> } | "not now" | "never";

/** What a picture is made smaller from. */
interface Original {
  hash: string;
  type: string;
  /** Which of the times that it was taken in. */
  kept: string;
}

/** The pictures' bytes. */
export interface Pictures {
  keep(picture: Original, bytes: Uint8Array): Promise<void>;
  /** The bytes as they were kept; null when there are none. */
  original(picture: Original): Promise<Bytes | null>;
  /** The picture in a form; the original where it cannot be made, null when there is none. */
  sized(picture: Original, form: Form): Promise<Bytes | null>;
  /** The picture as a square icon of so many pixels, whole on white; "never" without `images`, or when there is no picture. */
  icon(picture: Original, size: number): Promise<Icon>;
  /** Makes those of the forms that are not there yet; tells how far that went. */
  complete(picture: Original, forms: Form[], time: MakingTime): Promise<Completion>;
  /** Draws a share card; null where nothing is drawn. */
  card(design: CardDesign): Promise<Bytes | null>;
  /** Deletes what was kept at one time, with all its forms. */
  remove(picture: Pick<Original, "hash" | "kept">): Promise<void>;
}

/** How long forms are begun: until time is over, but for so many of them at least. */
export interface MakingTime {
  isOver(): boolean;
  atLeast: number;
}

/** How far the making of forms went: to the end, to the end of its time, or to one that could not be made. */
export type Completion = "done" | "late" | "failed";

/** Originals are kept at `originals/{hash}/{kept}`, forms at `forms/{hash}/{kept}/{name}`. */
const originalKey = ({ hash, kept }: Kept) => `originals/${hash}/${kept}`;
const formKey = ({ hash, kept }: Kept, form: Form) => `forms/${hash}/${kept}/${nameOfForm(form)}`;
type Kept = Pick<Original, "hash" | "kept">;

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
    return { body: object.body, type, as: "as requested" };
  }

  /** What is there of forms: a few dozen at most, one page of the list. */
  async function formKeys({ hash, kept }: Kept): Promise<string[]> {
    const { objects } = await whenItAnswers(() =>
      bucket.list({ prefix: `forms/${hash}/${kept}/` }),
    );
    return objects.map(({ key }) => key);
  }

  /** Makes a form and keeps it beside its original; null when Images refuses, "gone" when there is no original any more. */
  async function makeAndKeep(
    binding: ImagesBinding,
    { picture, bytes, form }: { picture: Original; bytes: ArrayBuffer; form: Form },
  ): Promise<{ bytes: ArrayBuffer; type: string } | "gone" | null> {
    const key = formKey(picture, form);
    const made = await make(binding, bytes, form, picture.hash);
    if (!made) return null;
    // A picture that was small already may come out larger: then it stays as it is, if it is of that format and whole.
    const isSmaller = made.bytes.byteLength < bytes.byteLength;
    const { type } = picture;
    const isOther = type !== SIZED_FORMATS[form.format] || form.crop !== undefined;
    const chosen = isSmaller || isOther ? made : { bytes, type };
    await whenItAnswers(() =>
      bucket.put(key, chosen.bytes, { httpMetadata: { contentType: chosen.type } }),
    );
    // Taken down while the form was made: the deletion starts with the original, so one of the two sees the other.
    if (await whenItAnswers(() => bucket.head(originalKey(picture)))) return chosen;
    await whenItAnswers(() => bucket.delete(key));
    return "gone";
  }

  return {
    async keep(picture, bytes) {
      await whenItAnswers(() =>
        bucket.put(originalKey(picture), bytes, { httpMetadata: { contentType: picture.type } }),
      );
    },

    original: (picture) => read(originalKey(picture)),

    async sized(picture, form) {
      const key = formKey(picture, form);
      const ready = await read(key);
      if (ready) return ready;
      const original = await read(originalKey(picture));
      if (!original) return null;
      if (!images) return { ...original, as: "original" };
      const bytes = await new Response(original.body).arrayBuffer();
      const made = await makeAndKeep(images, { picture, bytes, form });
      if (made === null) return { ...original, body: streamOf(bytes), as: "original for now" };
      return made === "gone"
        ? null
        : { body: streamOf(made.bytes), type: made.type, as: "as requested" };
    },

    async icon(picture, size) {
      if (!images) return "never";
      const key = `forms/${picture.hash}/${picture.kept}/icon-${size}.png`;
      const ready = await whenItAnswers(() => bucket.get(key));
      if (ready) return { png: new Uint8Array(await ready.arrayBuffer()) };
      const original = await read(originalKey(picture));
      if (!original) return "never";
      const bytes = await new Response(original.body).arrayBuffer();
      const png = await makeIcon(images, bytes, { size, hash: picture.hash });
      if (!png) return "not now";
      await whenItAnswers(() =>
        bucket.put(key, png, { httpMetadata: { contentType: "image/png" } }),
      );
      // As with forms: one of the two sees the other.
      if (await whenItAnswers(() => bucket.head(originalKey(picture))))
        return { png: new Uint8Array(png) };
      await whenItAnswers(() => bucket.delete(key));
      return "never";
    },

    async complete(picture, forms, { isOver, atLeast }) {
      if (!images) return "done";
      if (atLeast === 0 && isOver()) return "late";
      const ready = await formKeys(picture);
      const missing = forms.filter((form) => !ready.includes(formKey(picture, form)));
      const original = missing.length > 0 ? await read(originalKey(picture)) : null;
      if (!original) return "done";
      const bytes = await new Response(original.body).arrayBuffer();
      for (const [index, form] of missing.entries()) {
        if (index >= atLeast && isOver()) return "late";
        const made = await makeAndKeep(images, { picture, bytes, form });
        if (made === null) return "failed";
        if (made === "gone") return "done";
      }
      return "done";
    },

    card: async (design) => (images ? drawCard(images, design) : null),

    async remove(picture) {
      await whenItAnswers(() => bucket.delete(originalKey(picture)));
      const forms = await formKeys(picture);
      await whenItAnswers(() => bucket.delete(forms));
    },
  };
}

/** Makes a form: whole, and never wider than the original, or cropped to exactly its size. Null when Images refuses: over its quota, or a picture it cannot read. */
async function make(
  images: ImagesBinding,
  original: ArrayBuffer,
  form: Form,
  hash: string,
): Promise<{ bytes: ArrayBuffer; type: string } | null> {
  const { width, format, crop } = form;
  try {
    const result = await images
      .input(streamOf(original))
      .transform(
        crop
          ? { width, height: crop.height, fit: "cover", gravity: crop.keep }
          : { width, fit: "scale-down" },
      )
      .output({ format: SIZED_FORMATS[format], quality: QUALITY[format], background: GROUND });
    return {
      bytes: await new Response(result.image()).arrayBuffer(),
      type: result.contentType(),
    };
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error);
    console.error(
      JSON.stringify({ event: "picture not made", hash, form: nameOfForm(form), error: told }),
    );
    return null;
  }
}

/** Makes a square of a picture: signs are drawn for light paper, and a phone would put black behind one. Null when Images refuses. */
async function makeIcon(
  images: ImagesBinding,
  original: ArrayBuffer,
  { size, hash }: { size: number; hash: string },
): Promise<ArrayBuffer | null> {
  try {
    const result = await images
      .input(streamOf(original))
      .transform({ width: size, height: size, fit: "pad", background: GROUND })
      .output({ format: "image/png", background: GROUND });
    return await new Response(result.image()).arrayBuffer();
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error);
    console.error(JSON.stringify({ event: "icon not made", hash, size, error: told }));
    return null;
  }
}

function streamOf(bytes: ArrayBuffer): ReadableStream<Uint8Array> {
  return new Blob([bytes]).stream();
}

/** Turns R2's failures, which pass, into the one that says to come back. */
async function whenItAnswers<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new StoreUnavailable(`R2: ${message}`, { cause: error });
  }
}
