import * as z from "zod/mini";
import { _default as withDefault } from "zod/mini";
import { FOCAL_POINTS } from "../../domain/hero.ts";
import { originalPath, PICTURE_TYPES, type Picture, type PictureType } from "../../domain/media.ts";
import { STATUSES } from "../../domain/article.ts";
import { iso, isoOrNull, optionalText, optionalTime, time } from "../response-fields.ts";
import { atMost, cursor, limit, line, text, yesOrNo } from "../fields.ts";

// The requests and responses for pictures.

/** What can be told of a picture, in the library and in a story. */
export const notes = {
  alt: z.nullish(text(1000)).check(z.describe("What the picture shows, for who cannot see it.")),
  decorative: z
    .optional(z.boolean())
    .check(z.describe("True when the picture tells nothing the text does not.")),
  caption: z.nullish(text(1000)),
  credit: z.nullish(line(200)),
  focalPoint: z
    .optional(z.enum(FOCAL_POINTS))
    .check(z.describe("Where its subject is, so that a crop keeps it.")),
};

/** The body of `PATCH /media/{hash}`. */
export const pictureNotes = z.strictObject(notes);

/** Fields beside a picture are text: what is empty is left out. */
function sentAsText<T extends z.ZodMiniType>(field: T) {
  return z.pipe(
    z.transform((value) => (value === "" ? undefined : value)),
    field,
  );
}

/** The fields beside a picture in `POST /media`. */
export const pictureUpload = z.strictObject({
  name: sentAsText(z.optional(z.string().check(atMost(4000)))).check(
    z.describe("The file's name, of which its address is made; a form's file brings its own."),
  ),
  alt: sentAsText(notes.alt),
  decorative: sentAsText(
    z.optional(
      z.pipe(
        z.enum(["true", "false"]),
        z.transform((value) => value === "true"),
      ),
    ),
  ).check(z.describe("true when the picture tells nothing the text does not.")),
  caption: sentAsText(notes.caption),
  credit: sentAsText(notes.credit),
  focalPoint: sentAsText(notes.focalPoint),
});

export const pictureQuery = z.strictObject({
  limit,
  cursor,
  q: z
    .optional(z.string().check(z.trim(), z.minLength(1, "must not be empty."), atMost(100)))
    .check(
      z.describe(
        "Words, or pieces of words, of name, alt, caption and credit, in any case and without accents. A call looks through a thousand pictures: go on while next is there, though it finds none.",
      ),
    ),
});

/** The widths of thumbnails, in pixels. */
const THUMBNAILS = ["160", "320", "640"] as const;

export const thumbnail = z.strictObject({
  width: z.pipe(withDefault(z.enum(THUMBNAILS), "320"), z.transform(Number)),
});

export const removal = z.strictObject({
  force: yesOrNo.check(z.describe("true takes a picture down although stories show it.")),
});

export type PictureUpload = z.output<typeof pictureUpload>;
export type PictureNotesPatch = z.output<typeof pictureNotes>;

export const picture = z.object({
  hash: z.string().check(z.describe("Of the bytes that are kept: the same picture is here once.")),
  src: z.string().check(z.describe("What a story writes to show it: /media/{hash}/{name}.")),
  url: z.url().check(z.describe("Where readers get it, while a live story shows it.")),
  name: z.string(),
  type: z.enum(Object.keys(PICTURE_TYPES) as [PictureType, ...PictureType[]]),
  width: z.int(),
  height: z.int(),
  bytes: z.int(),
  animated: z.boolean(),
  alt: optionalText,
  decorative: z.boolean(),
  caption: optionalText,
  credit: optionalText,
  focalPoint: z.enum(FOCAL_POINTS),
  createdAt: time,
  removedAt: optionalTime.check(z.describe("When it was taken down.")),
});
export const uploadedPicture = z.extend(picture, {
  created: z.boolean().check(z.describe("False when it was there already.")),
});

/** What shows a picture. */
export const uses = z.object({
  items: z.array(
    z.object({
      kind: z
        .enum(["article", "page", "front", "scheduledFront", "settings"])
        .check(
          z.describe(
            "front and scheduledFront: the front page, in an entry of the story; settings: the logo.",
          ),
        ),
      id: z.string().check(z.describe("Of the story or the page; the name of the setting.")),
      title: optionalText,
      status: z.nullable(z.enum(STATUSES)),
      isLive: z.boolean().check(z.describe("True when readers see it there.")),
    }),
  ),
  more: z.boolean().check(z.describe("True when more than a hundred show it.")),
});
export type UsesResponse = z.output<typeof uses>;

export function pictureResponse(found: Picture, origin: string): z.output<typeof picture> {
  const { hash, name, type, width, height, bytes, animated } = found;
  const { alt, decorative, caption, credit, focalPoint } = found;
  const src = originalPath(hash, name);
  return {
    hash,
    src,
    url: origin + src,
    name,
    type,
    width,
    height,
    bytes,
    animated,
    alt,
    decorative,
    caption,
    credit,
    focalPoint,
    createdAt: iso(found.createdAt),
    removedAt: isoOrNull(found.removedAt),
  };
}
