import { readFile } from "node:fs/promises";
import path from "node:path";
import { originalPath } from "../../domain/media.ts";
import { readPicture } from "../../pictures/gate.ts";
import { hashOfPicture } from "../../domain/media.ts";
import { isMapping } from "../folder/fields.ts";
import type { Answer, Newsroom } from "./newsroom-api.ts";
import type { PictureFile } from "../folder/picture-files.ts";
import type { PictureNotes } from "../folder/picture-notes.ts";

/** What became of a picture: its address on the site, or why it has none. */
export type Placed =
  | { ok: true; src: string; described: boolean; did: "uploaded" | "described" | "unchanged" }
  | { ok: false; reason: string };

/** The most that the API takes of one picture, in bytes. */
const PICTURE_BYTES = 10 * 1024 * 1024;

/** Puts a folder's pictures on the site, each once, and only those that it does not have. */
export class Pictures {
  readonly #newsroom: Newsroom;
  readonly #notes: Map<string, PictureNotes>;
  readonly #placed = new Map<string, Placed>();
  /** Told once about every picture. */
  readonly #tell: (file: PictureFile, placed: Placed) => void;

  constructor(
    newsroom: Newsroom,
    notes: Map<string, PictureNotes>,
    tell: (file: PictureFile, placed: Placed) => void,
  ) {
    this.#newsroom = newsroom;
    this.#notes = notes;
    this.#tell = tell;
  }

  /** Finds out where a picture is on the site, after uploading it if need be. */
  async place(file: PictureFile): Promise<Placed> {
    const before = this.#placed.get(file.file);
    if (before) return before;
    const placed = await this.#placeOnce(file);
    this.#placed.set(file.file, placed);
    this.#tell(file, placed);
    return placed;
  }

  async #placeOnce({ file, name }: PictureFile): Promise<Placed> {
    const read = readPicture(await readFile(file));
    if (!read.ok) return { ok: false, reason: read.message };
    const { type } = read.value;
    const bytes = new Uint8Array(read.value.bytes);
    if (bytes.length > PICTURE_BYTES)
      return { ok: false, reason: `is ${bytes.length} bytes; at most ${PICTURE_BYTES} are taken` };
    const notes = this.#notes.get(name) ?? {};
    const hash = await hashOfPicture(bytes);
    const known = await this.#newsroom.look(`/media/${hash}`);
    if (isMapping(known) && typeof known["removedAt"] === "string") {
      const when = known["removedAt"].slice(0, 10);
      const reason = `was taken down from the site on ${when}; upload it by POST /api/v1/media to bring it back`;
      return { ok: false, reason };
    }
    if (isMapping(known)) return this.#describe(hash, known, notes, "unchanged");
    // What is sent has been through the gate already: no place or camera leaves this machine.
    const query = new URLSearchParams({ name: path.basename(name), ...texts(notes) });
    const response = await this.#newsroom.call("POST", `/media?${query.toString()}`, {
      type,
      bytes,
    });
    if (!response.ok) return { ok: false, reason: reasonOf(response) };
    const picture = isMapping(response.body) ? response.body : {};
    return this.#describe(
      hash,
      { src: originalPath(hash, path.basename(name)), ...picture },
      notes,
      "uploaded",
    );
  }

  /** The folder is the truth: where the site tells something else of a picture, it is told anew. */
  async #describe(
    hash: string,
    picture: Record<string, unknown>,
    notes: PictureNotes,
    did: "uploaded" | "unchanged",
  ): Promise<Placed> {
    const told = { ...picture, ...notes };
    const placed = {
      ok: true as const,
      src: String(picture["src"]),
      described: Boolean(told["alt"]) || told["decorative"] === true,
    };
    const differs = Object.entries(notes).some(([name, value]) => picture[name] !== value);
    if (!differs) return { ...placed, did };
    const response = await this.#newsroom.call("PATCH", `/media/${hash}`, notes);
    if (!response.ok) return { ok: false, reason: `pictures.yaml: ${reasonOf(response)}` };
    return { ...placed, did: did === "uploaded" ? did : "described" };
  }
}

function texts(notes: PictureNotes): Record<string, string> {
  return Object.fromEntries(Object.entries(notes).map(([name, value]) => [name, String(value)]));
}

function reasonOf(response: Answer & { ok: false }): string {
  const issues = response.issues.map(({ path, message }) =>
    path ? `${path}: ${message}` : message,
  );
  return issues.join("; ") || response.detail;
}
