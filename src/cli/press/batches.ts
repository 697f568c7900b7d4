import type { Issue } from "../../domain/problem.ts";
import type { StoryFile } from "../folder/story-file.ts";

/** The most stories that one call of `POST /imports` may carry. */
export const BATCH = 100;

/** The most that the JSON of one call may come to, in bytes. The API takes 8 MiB. */
const BATCH_BYTES = 6 * 1024 * 1024;

/** Stories in as many calls as they need, in their order. */
export function inBatches(stories: StoryFile[], longest: number): StoryFile[][] {
  const batches: StoryFile[][] = [];
  let room = 0;
  for (const story of stories) {
    const size = Buffer.byteLength(JSON.stringify(story.fields)) + story.key.length;
    const open = batches.at(-1);
    if (open && open.length < longest && size <= room) open.push(story);
    else {
      batches.push([story]);
      room = BATCH_BYTES;
    }
    room -= size;
  }
  return batches;
}

/** What the API found wrong, by the position in the batch that `items.3.section` names; the paths are the story's own. */
export function issuesByPosition(issues: Issue[]): Map<number, Issue[]> {
  const found = new Map<number, Issue[]>();
  for (const issue of issues) {
    const [, position, path = ""] = /^items\.(\d+)(?:\.(.*))?$/.exec(issue.path) ?? [];
    if (position === undefined) continue;
    const others = found.get(Number(position)) ?? [];
    found.set(Number(position), [...others, { path, message: issue.message }]);
  }
  return found;
}
