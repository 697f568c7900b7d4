import { formPaths, pictureAt } from "../domain/media.ts";
import type { Change, Desk } from "./act.ts";

// The smaller forms of the pictures that open stories: made behind the answer that publishes them, not by the first reader.

/** Of how many stories in one act: an import leaves most to their readers. */
const STORIES_AT_MOST = 3;

/** The addresses of the forms that a change brings to readers, in the order in which pages are likely to ask for them. */
export function newForms({ stories = [] }: Change): string[] {
  const heroes = stories.flatMap(({ before, live, shown: { hero } }) => {
    const hash = live && hero ? pictureAt(hero.src)?.hash : undefined;
    return hash === undefined || before?.pictures.includes(hash) ? [] : [{ hash, hero }];
  });
  return heroes
    .slice(0, STORIES_AT_MOST)
    .flatMap(({ hash, hero }) => (hero?.width ? formPaths(hash, hero.width) : []));
}

/** Asks for forms as a reader does, one after the other, so that they are made and near. What fails a reader asks for again. */
export async function makeForms(desk: Desk, paths: string[]): Promise<void> {
  for (const path of paths) {
    try {
      const made = await desk.selfFetch(path);
      // Only what was read to its end is stored.
      await made.arrayBuffer();
      if (made.status !== 200) {
        console.warn(JSON.stringify({ event: "form not made", path, status: made.status }));
        return;
      }
    } catch (error) {
      console.warn(JSON.stringify({ event: "form not made", path, error: String(error) }));
      return;
    }
  }
}
