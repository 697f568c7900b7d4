import { granted } from "../../domain/problem.ts";
import { list } from "../response-fields.ts";
import { endpoint, ok, removed, type Endpoint } from "../endpoint.ts";
import { badCursor, page, readCursor, writeCursor } from "../paging.ts";
import {
  describePicture,
  findPicture,
  listPictures,
  openPicture,
  openThumbnail,
  takeDownPicture,
  uploadPicture,
} from "./commands.ts";
import { findPictures } from "./finding.ts";
import * as schema from "./schema.ts";
import { usesOfPicture } from "./uses.ts";

/** The library of pictures. */
export const media: Endpoint[] = [
  endpoint({
    method: "POST",
    path: "/media",
    group: "Media",
    summary:
      "Upload a picture: PNG, JPEG, WebP, AVIF or GIF, at most 10 MiB, as a form's file or as the body itself with its fields in the query. Location and camera data are taken out.",
    right: "upload a picture",
    alsoNeeds: { right: "bring a picture back", when: "Of one that was taken down" },
    upload: schema.pictureUpload,
    response: { status: 200, schema: schema.uploadedPicture },
    makes: true,
    async run({ context, input: sent, sent: { bytes } }) {
      const uploaded = await uploadPicture(context, bytes, sent);
      if (!uploaded.ok) return uploaded;
      const { picture, created } = uploaded.value;
      const body = { ...schema.pictureResponse(picture, context.store.origin), created };
      if (!created) return ok(body);
      return granted({
        status: 201,
        body,
        headers: { Location: `/api/v1/media/${picture.hash}` },
      });
    },
  }),
  endpoint({
    method: "GET",
    path: "/media",
    group: "Media",
    summary: "List pictures, newest first, or find those that say something.",
    right: "see the newsroom",
    query: schema.pictureQuery,
    response: { status: 200, schema: list(schema.picture) },
    async run({ context, query: { limit, cursor, q } }) {
      const before = readCursor(cursor);
      if (before === null) return badCursor();
      if (q !== undefined) {
        const { pictures, next } = await findPictures(context, q, {
          before: before || null,
          limit,
        });
        const items = pictures.map((each) => schema.pictureResponse(each, context.store.origin));
        return ok({ items, next: next && writeCursor(next) });
      }
      const found = await listPictures(context, { before: before || null, limit });
      const { items, next } = page(found, limit, ({ born }) => born);
      return ok({
        items: items.map(({ born: _, ...picture }) =>
          schema.pictureResponse(picture, context.store.origin),
        ),
        next,
      });
    },
  }),
  endpoint({
    method: "GET",
    path: "/media/{hash}",
    group: "Media",
    summary: "Read what the library knows of a picture.",
    right: "see the newsroom",
    response: { status: 200, schema: schema.picture },
    async run({ context, params: { hash = "" } }) {
      const found = await findPicture(context, hash);
      return found.ok ? ok(schema.pictureResponse(found.value, context.store.origin)) : found;
    },
  }),
  endpoint({
    method: "GET",
    path: "/media/{hash}/original",
    group: "Media",
    summary: "Get the picture's bytes, whether readers may see it or not.",
    right: "see the newsroom",
    response: { status: 200, schema: "file" },
    async run({ context, params: { hash = "" } }) {
      const opened = await openPicture(context, hash);
      return opened.ok ? granted({ status: 200, file: opened.value }) : opened;
    },
  }),
  endpoint({
    method: "GET",
    path: "/media/{hash}/thumbnail",
    group: "Media",
    summary:
      "Get the picture made small, as WebP, or as JPEG of one that moves; as it is where it cannot be made smaller.",
    right: "see the newsroom",
    query: schema.thumbnail,
    response: { status: 200, schema: "file" },
    async run({ context, params: { hash = "" }, query: { width } }) {
      const opened = await openThumbnail(context, hash, width);
      return opened.ok ? granted({ status: 200, file: opened.value }) : opened;
    },
  }),
  endpoint({
    method: "GET",
    path: "/media/{hash}/uses",
    group: "Media",
    summary:
      "Read what shows a picture: stories, pages, the front page and the settings, as far as you may see them, those that readers see first.",
    right: "see the newsroom",
    response: { status: 200, schema: schema.uses },
    async run({ context, params: { hash = "" } }) {
      const uses = await usesOfPicture(context, hash);
      return uses.ok ? ok(uses.value) : uses;
    },
  }),
  endpoint({
    method: "PATCH",
    path: "/media/{hash}",
    group: "Media",
    summary:
      "Change what stories are told of a picture when they are saved next, unless they say it themselves.",
    right: "describe a picture",
    body: schema.pictureNotes,
    response: { status: 200, schema: schema.picture },
    async run({ context, params: { hash = "" }, input: sent }) {
      const described = await describePicture(context, hash, sent);
      return described.ok
        ? ok(schema.pictureResponse(described.value, context.store.origin))
        : described;
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/media/{hash}",
    group: "Media",
    summary: "Take a picture down, everywhere and for good: its addresses return 410.",
    right: "take a picture down",
    query: schema.removal,
    response: { status: 204, schema: null },
    run: async ({ context, params: { hash = "" }, query: { force } }) =>
      removed(await takeDownPicture(context, hash, force)),
  }),
];
