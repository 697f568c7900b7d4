import { effect, signal, untracked } from "@preact/signals";
import { api, upload, type Answer } from "../api.ts";
import type { Listed, Picture, UploadedPicture } from "../contract.ts";
import { me, mayI, settings } from "../session.ts";
import { fitForUpload } from "./convert.ts";
import { readEmbedded } from "./embedded.ts";
import { createUploads, type Notes, type Tools } from "./uploading.ts";

// The library as the desk reads and fills it.

/** How many pictures are shown at first, and with each step more. */
const SHOWN = 48;

/** How often a call is made for a page of what is found: each looks through a thousand pictures. */
const MOST_CALLS = 10;

/** Some of the pictures that are there, newest first, of which each says every word of `q`. */
export async function readLibrary(
  q: string,
  from: string | null = null,
): Promise<Answer<Listed<Picture>>> {
  const items: Picture[] = [];
  let next = from;
  for (let calls = 0; calls < MOST_CALLS; calls += 1) {
    // eslint-disable-next-line no-await-in-loop -- Each page says where the next one begins.
    const page = await api.get<Listed<Picture>>("/media", {
      q: q.trim(),
      limit: SHOWN,
      cursor: next,
    });
    if (!page.ok) return items.length > 0 ? listed(items, next) : page;
    items.push(...page.value.items.filter(({ removedAt }) => removedAt === null));
    ({ next } = page.value);
    if (next === null || items.length >= SHOWN / 2) break;
  }
  return listed(items, next);
}

function listed(items: Picture[], next: string | null): Answer<Listed<Picture>> {
  return { ok: true, value: { items, next }, etag: null };
}

/** What was uploaded here since the desk was opened: whoever uploads a picture may describe it. */
const own = signal<ReadonlySet<string>>(new Set());

/** Tells whether whoever is here may change what is told of a picture. */
export function mayDescribe({ hash }: Pick<Picture, "hash">): boolean {
  return mayI("describe a picture") || own.value.has(hash);
}

/** Changes what is told of a picture; what is left out stays. */
export function writeNotes(hash: string, notes: PictureChanges): Promise<Answer<Picture>> {
  return api.patch<Picture>(`/media/${hash}`, notes);
}

export type PictureChanges = Partial<Notes & Pick<Picture, "focalPoint">>;

const tools: Tools = {
  fit: fitForUpload,
  read: (file) => readEmbedded(file, settings.value?.language ?? "en"),
  async send(file, notes, progress) {
    const said = { ...written(notes), name: file.name };
    const answer = await upload<UploadedPicture>("/media", file, said, progress);
    if (answer.ok && answer.value.created) own.value = new Set([...own.value, answer.value.hash]);
    return answer;
  },
  show: (file) => URL.createObjectURL(file),
  hide: (preview) => URL.revokeObjectURL(preview),
};

/** The notes as they stand beside a picture's bytes: what is empty is left out. */
function written({ alt, decorative, caption, credit }: Notes) {
  return { alt, caption, credit, ...(decorative ? { decorative } : {}) };
}

/** How many have come into the library since the desk was opened; the list is read anew when it grows. */
export const arrived = signal(0);

/** What came into the library last, and as which upload. */
export const landed = signal<{ id: number; picture: UploadedPicture } | null>(null);

/** What is on its way; it goes on when somebody looks elsewhere in the desk. */
export const uploads = createUploads(tools, ({ id, stage }) => {
  if (stage.at !== "here") return;
  if (stage.picture.created) uploads.drop(id);
  landed.value = { id, picture: stage.picture };
  arrived.value += 1;
});

effect(() => {
  // Clearing reads what it writes, which an effect must not.
  if (me.value === null) untracked(uploads.clear);
});

window.addEventListener("beforeunload", (event) => {
  if (uploads.all.value.some(({ stage: { at } }) => at !== "here" && at !== "unfit"))
    event.preventDefault();
});
