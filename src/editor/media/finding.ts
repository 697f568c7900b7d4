import { fold } from "../../domain/search/tokens.ts";
import { may } from "../../domain/role.ts";
import { picturesQuery, saidQuery, type LibraryPicture } from "../../store/media.d1.ts";
import type { CommandContext } from "../context.ts";

/** How many pictures one call looks through. */
const LOOKED_THROUGH = 1000;

/**
 * A page of the pictures that say every word of `q` somewhere, in whatever case and with whatever accents, newest first. It ends where a
 * call has looked through so many: `next` is after which picture to go on, though there may be fewer than `limit` until there, or none.
 */
export async function findPictures(
  { store, actor }: CommandContext,
  q: string,
  { before, limit }: { before: string | null; limit: number },
): Promise<{ pictures: LibraryPicture[]; next: string | null }> {
  const words = folded(q)
    .split(" ")
    .filter((word) => word !== "");
  // Dashes and marks alone are said by none.
  if (words.length === 0) return { pictures: [], next: null };
  const createdBy = may(actor, "see every picture") ? null : actor.id;
  const [said] = await store.db.read(saidQuery({ before, limit: LOOKED_THROUGH, createdBy }));
  const isFound = ({ text }: { text: string }) => {
    const told = folded(text);
    return words.every((word) => told.includes(word));
  };
  const found = said.filter(isFound).slice(0, limit + 1);
  const shown = found.slice(0, limit);
  const end = said.length === LOOKED_THROUGH ? said.at(-1) : undefined;
  const last = found.length > limit ? shown.at(-1) : end;
  const hashes = shown.map(({ hash }) => hash);
  const [pictures] = hashes.length === 0 ? [[]] : await store.db.read(picturesQuery(hashes, []));
  const byHash = new Map(pictures.map((picture) => [picture.hash, picture]));
  return { pictures: hashes.flatMap((hash) => byHash.get(hash) ?? []), next: last?.born ?? null };
}

function folded(text: string): string {
  return text
    .split(/[\s_-]+/)
    .map(fold)
    .join(" ")
    .trim();
}
