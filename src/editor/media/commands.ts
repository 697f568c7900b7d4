import {
  hashOfPicture,
  originalPath,
  PICTURE_TYPES,
  type Picture,
  type PictureNotes,
} from "../../domain/media.ts";
import { learnScripts, slugify } from "../../domain/slugs.ts";
import { readPicture, type ReadPicture } from "../../pictures/gate.ts";
import { granted, invalid, refused, type Issue, type Outcome } from "../../domain/problem.ts";
import { may } from "../../domain/role.ts";
import {
  libraryQuery,
  pictureQuery,
  pictureUseQuery,
  removePicture,
  writeNotes,
  writePicture,
  type LibraryPicture,
  type PictureUse,
} from "../../store/media.d1.ts";
import { frontQuery } from "../../store/front.d1.ts";
import type { Bytes } from "../../store/media.r2.ts";
import { editionQuery, writeSettings } from "../../store/paper.d1.ts";
import { act } from "../act.ts";
import type { CommandContext } from "../context.ts";
import { refuseRight } from "../endpoint.ts";
import { frontWithout } from "../front/pictures.ts";
import type { Input } from "../input.ts";
import type { PictureNotesPatch, PictureUpload } from "./schema.ts";
import { NO_NOTES } from "../articles/pictures.ts";

// The library of pictures: what editors may show in stories.

/** How many of a picture's uses a refusal names. */
const USES_TOLD = 20;

/**
 * Takes a picture into the library, without anything in it that tells where, when or with what it was made. The same
 * picture is there once, and keeps the notes it has.
 */
export async function uploadPicture(
  context: CommandContext,
  bytes: Uint8Array,
  { fields, issues }: Input<PictureUpload>,
): Promise<Outcome<{ picture: Picture; created: boolean }>> {
  const read = readPicture(bytes);
  if (!read.ok && read.reason === "unsupported")
    return refused({ kind: "unsupportedType", detail: read.message });
  const wrong = [...issues, ...(read.ok ? [] : [{ path: "file", message: read.message }])];
  if (wrong.length > 0 || !read.ok) return invalid(wrong);
  await learnScripts([fields.name ?? ""]);
  const hash = await hashOfPicture(read.value.bytes);
  // First the bytes, under a name of their own: a row without them would be an address without a picture.
  const kept = context.newId();
  let isKept = false;
  const outcome = await act<{ picture: Picture; created: boolean }>(context, async (now) => {
    const [[edition], [known]] = await context.store.db.read(editionQuery(), pictureQuery(hash));
    if (known && known.removedAt === null) {
      const picture = maySee(context, known) ? known : { ...known, ...NO_NOTES };
      return granted({ result: { picture, created: false } });
    }
    if (known && !may(context.actor, "bring a picture back"))
      return refuseRight(context.actor, "bring a picture back");
    if (!isKept) await keepBytes(context, { hash, kept, type: read.value.type }, read.value.bytes);
    isKept = true;
    const picture: Picture = known
      ? { ...known, kept, removedAt: null }
      : newPicture(read.value, fields, { hash, kept, createdAt: now, createdBy: context.actor.id });
    const { name, type } = picture;
    const audit = [{ act: "upload", subject: `media:${hash}`, detail: { name, type } }];
    const written = { writes: [writePicture(picture)], audit };
    return granted({
      result: { picture, created: true },
      // One that comes back is seen again wherever a live story still shows it.
      change: known
        ? {
            kind: "public",
            ...written,
            shows: { pictures: [hash] },
            seenAt: [originalPath(hash, picture.name)],
            edition: edition?.n ?? 0,
          }
        : { kind: "private", ...written },
    });
  });
  if (isKept && !(outcome.ok && outcome.value.created))
    await context.store.pictures.remove({ hash, kept });
  return outcome;
}

/** A picture that comes into the library. */
export function newPicture(
  { type, width, height, animated, bytes }: ReadPicture,
  { name, ...notes }: Partial<PictureUpload>,
  birth: Pick<Picture, "hash" | "kept" | "createdAt" | "createdBy">,
): Picture {
  return {
    ...birth,
    name: nameOf(name ?? "", PICTURE_TYPES[type]),
    type,
    width,
    height,
    bytes: bytes.length,
    animated,
    ...notesOf(NO_NOTES, notes),
    removedAt: null,
  };
}

/** The notes with what was sent laid over them. A picture that is described is not decorative any more. */
function notesOf(notes: PictureNotes, sent: PictureNotesPatch): PictureNotes {
  const given = Object.fromEntries(
    Object.entries(sent).filter(([, value]) => value !== undefined),
  ) as Partial<PictureNotes>;
  const decorative = sent.decorative ?? (sent.alt ? false : notes.decorative);
  return { ...notes, ...given, decorative };
}

/** The name in the picture's address. One that looks like a form, such as 320.jpg, would never be reached. */
function nameOf(file: string, ending: string): string {
  const stem = slugify(file.replace(/^.*[/\\]/, "").replace(/\.[^.]*$/, "")) || "picture";
  return `${/^\d+$/.test(stem) ? `picture-${stem}` : stem}.${ending}`;
}

/** Reads one picture of the library. */
export async function findPicture(
  context: CommandContext,
  hash: string,
): Promise<Outcome<Picture>> {
  const [[picture]] = await context.store.db.read(pictureQuery(hash));
  return picture && maySee(context, picture) ? granted(picture) : unknown(hash);
}

/** The bytes of a picture, whether readers see it or not. */
export async function openPicture(context: CommandContext, hash: string): Promise<Outcome<Bytes>> {
  const picture = await findPicture(context, hash);
  if (!picture.ok) return picture;
  const bytes =
    picture.value.removedAt === null ? await context.store.pictures.original(picture.value) : null;
  return bytes ? granted(bytes) : gone(hash);
}

/** The bytes of a picture made small, for a list of them; those of the original where it cannot be. */
export async function openThumbnail(
  context: CommandContext,
  hash: string,
  width: number,
): Promise<Outcome<Bytes>> {
  const picture = await findPicture(context, hash);
  if (!picture.ok) return picture;
  // Of one that moves, a still.
  const form = { width, format: picture.value.animated ? "jpg" : "webp" } as const;
  const isThere = picture.value.removedAt === null;
  const bytes = isThere ? await context.store.pictures.sized(picture.value, form) : null;
  return bytes ? granted(bytes) : gone(hash);
}

/** A page of the library, newest first; one more than `limit`, if there is one. */
export async function listPictures(
  context: CommandContext,
  { before, limit }: { before: string | null; limit: number },
): Promise<(Picture & { born: string })[]> {
  const createdBy = maySeeAll(context) ? null : context.actor.id;
  const [rows] = await context.store.db.read(libraryQuery({ before, limit: limit + 1, createdBy }));
  return rows;
}

/** Changes what stories will be told of a picture; those that are saved already keep what they were told. */
export function describePicture(
  context: CommandContext,
  hash: string,
  { fields, issues }: Input<PictureNotesPatch>,
): Promise<Outcome<Picture>> {
  return act(context, async () => {
    const found = await findPicture(context, hash);
    if (!found.ok) return found;
    const before = found.value;
    const isOwn = before.createdBy === context.actor.id;
    if (!may(context.actor, "describe a picture", isOwn ? "own" : "any"))
      return refuseRight(context.actor, "describe a picture");
    if (before.removedAt !== null) return takenDown(hash);
    if (issues.length > 0) return invalid(issues);
    const after = { ...before, ...notesOf(before, fields) };
    if (JSON.stringify(before) === JSON.stringify(after)) return granted({ result: before });
    const changed = changesOf(before, after);
    const detail = { before: changesOf(after, before), after: changed };
    return granted({
      result: after,
      change: {
        kind: "private",
        writes: [writeNotes(hash, changed)],
        audit: [{ act: "describe", subject: `media:${hash}`, detail }],
      },
    });
  });
}

/** The notes that an editor changed; the others are left to whoever changes them at the same time. */
function changesOf(before: PictureNotes, after: PictureNotes): Partial<PictureNotes> {
  const names = Object.keys(NO_NOTES) as (keyof PictureNotes)[];
  return Object.fromEntries(
    names.filter((name) => before[name] !== after[name]).map((name) => [name, after[name]]),
  );
}

/** Takes a picture down: 410 at its addresses, its bytes deleted. One that is in use only if `force` says so. */
export async function takeDownPicture(
  context: CommandContext,
  hash: string,
  force: boolean,
): Promise<Outcome<null>> {
  const taken = await act<string>(context, async (now) => {
    const [[edition], [picture], uses, [front]] = await context.store.db.read(
      editionQuery(),
      pictureQuery(hash),
      pictureUseQuery(hash, USES_TOLD),
      frontQuery(),
    );
    if (!picture) return unknown(hash);
    if (picture.removedAt !== null) return granted({ result: picture.kept });
    if (uses.length > 0 && !force) return inUse(hash, uses);
    // Every page would show where it was, and the front page beside the story's own.
    const isLogo = uses.some(({ kind }) => kind === "logo");
    const fronted = front ? frontWithout(front, hash) : { writes: [] };
    return granted({
      result: picture.kept,
      change: {
        kind: "public",
        writes: [
          removePicture(hash, now, force),
          ...(isLogo ? [writeSettings({ logo: null })] : []),
          ...fronted.writes,
        ],
        takesAway: true,
        shows: {
          pictures: [hash],
          ...(isLogo ? { settings: { logos: [] } } : {}),
          ...fronted.shows,
        },
        seenAt: [originalPath(hash, picture.name)],
        edition: edition?.n ?? 0,
        audit: [
          {
            act: "take down",
            subject: `media:${hash}`,
            detail: { force, usedBy: uses.map(({ kind, id }) => `${kind}:${id}`) },
          },
        ],
      },
    });
  });
  // After the row, so that nobody is shown an address without bytes; called again, it deletes what a first try left.
  if (!taken.ok) return taken;
  await deleteBytes(context, [{ hash, kept: taken.value }]);
  return granted(null);
}

/** Keeps the bytes of a picture, before anything shows it. */
export function keepBytes(
  { store }: Pick<CommandContext, "store">,
  picture: Pick<Picture, "hash" | "kept" | "type">,
  bytes: Uint8Array,
): Promise<void> {
  return store.pictures.keep(picture, bytes);
}

/** Deletes the bytes of pictures that were taken down, or came to nothing. */
export async function deleteBytes(
  { store }: CommandContext,
  pictures: Pick<Picture, "hash" | "kept">[],
): Promise<void> {
  for (const picture of pictures) await store.pictures.remove(picture);
}

function inUse(hash: string, uses: PictureUse[]): Outcome<never> {
  const issues = uses.map(useOf);
  const detail = `Cannot delete the picture ${hash}: it is in use. Take it out there first, or send ?force=true.`;
  return refused({ kind: "wrongState", detail, issues });
}

/** Where an editor finds what uses a picture, and what that does with it. */
function useOf({ kind, id, live }: PictureUse): Issue {
  const uses: Record<PictureUse["kind"], Issue> = {
    story: {
      path: `articles.${id}`,
      message: `${live ? "The live story" : "The story"} ${id} shows it.`,
    },
    page: {
      path: `pages.${id}`,
      message: `${live ? "The live page" : "The page"} ${id} shows it.`,
    },
    front: { path: "front", message: `The front page shows it with the story ${id}.` },
    scheduledFront: {
      path: "front.scheduled",
      message: `The scheduled front page shows it with the story ${id}.`,
    },
    logo: { path: "settings.logo", message: "It is the paper's logo." },
  };
  return uses[kind];
}

function maySeeAll({ actor }: CommandContext): boolean {
  return may(actor, "see every picture");
}

/** Contributors see what readers see, and what they sent themselves. */
function maySee(context: CommandContext, { isSeen, createdBy }: LibraryPicture): boolean {
  return maySeeAll(context) || isSeen || createdBy === context.actor.id;
}

function unknown(hash: string): Outcome<never> {
  return refused({ kind: "unknown", detail: `There is no picture "${hash}".` });
}

function gone(hash: string): Outcome<never> {
  return refused({ kind: "unknown", detail: `The picture ${hash} was taken down.` });
}

function takenDown(hash: string): Outcome<never> {
  const detail = `The picture ${hash} was taken down. Upload it again to bring it back.`;
  return refused({ kind: "wrongState", detail });
}
