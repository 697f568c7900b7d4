import { computed, signal } from "@preact/signals";
import { api, listAll, whenSignedOut, type Answer, type Trouble } from "./api.ts";
import type { Author, Me, Section, Settings, Tag } from "./contract.ts";
import { may, type RightName } from "../domain/role.ts";

// Who is here, and what of the paper every room needs.

/** Who signed in; null for nobody; undefined until that is known. */
export const me = signal<Me | null | undefined>(undefined);
/** Why it is not known. */
export const entranceTrouble = signal<Trouble | null>(null);

export const settings = signal<Settings | null>(null);
export const sections = signal<Section[]>([]);
export const authors = signal<Author[]>([]);
export const tags = signal<Tag[]>([]);

export const timeZone = computed(() => settings.value?.timeZone ?? "UTC");
export const sectionNames = computed(
  () => new Map(sections.value.map(({ slug, name }) => [slug, name])),
);
export const authorNames = computed(
  () => new Map(authors.value.map(({ slug, name }) => [slug, name])),
);
export const tagNames = computed(() => new Map(tags.value.map(({ slug, name }) => [slug, name])));

/** Somebody's screen stays as it is when their session ends: they sign in above it, and go on. */
export const isSignedOutMeanwhile = signal(false);

whenSignedOut(() => {
  if (me.value) isSignedOutMeanwhile.value = true;
});

/** Tells whether whoever is here has a right to anything. */
export function mayI(right: RightName): boolean {
  return me.value ? may(me.value, right) : false;
}

/** Finds out who is here, and reads what every room needs. */
export async function enter(): Promise<void> {
  entranceTrouble.value = null;
  const who = await api.get<Me>("/people/me");
  if (!who.ok) {
    if (who.trouble.kind === "signedOut") me.value = null;
    else entranceTrouble.value = who.trouble;
    return;
  }
  const known = await readPaper();
  if (!known.ok) {
    entranceTrouble.value = known.trouble;
    return;
  }
  me.value = who.value;
  isSignedOutMeanwhile.value = false;
}

/** Reads what the paper is called, its hours, and what stories are filed under. */
async function readPaper(): Promise<Answer<null>> {
  const [paper, ...filed] = await Promise.all([api.get<Settings>("/settings"), readDirectory()]);
  if (!paper.ok) return paper;
  settings.value = paper.value;
  return filed[0];
}

/** Reads sections, authors and tags anew. */
export async function readDirectory(): Promise<Answer<null>> {
  const [ofSections, ofAuthors, ofTags] = await Promise.all([
    listAll<Section>("/sections"),
    listAll<Author>("/authors"),
    listAll<Tag>("/tags"),
  ]);
  if (!ofSections.ok) return ofSections;
  if (!ofAuthors.ok) return ofAuthors;
  if (!ofTags.ok) return ofTags;
  sections.value = ofSections.value;
  authors.value = ofAuthors.value;
  tags.value = ofTags.value;
  return { ok: true, value: null, etag: null };
}

/** Ends the session; while nobody knows that it has ended, nobody is told so. */
export async function signOut(): Promise<Answer<null>> {
  const answer = await api.delete("/people/me/sessions/current");
  if (!answer.ok && answer.trouble.kind !== "signedOut") return answer;
  me.value = null;
  isSignedOutMeanwhile.value = false;
  location.hash = "";
  return { ok: true, value: null, etag: null };
}
