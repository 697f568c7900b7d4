import { isMapping } from "../folder/fields.ts";
import type { FileIssue } from "../folder/findings.ts";
import { entriesOfFile } from "../folder/front-file.ts";
import type { FrontEntry, FrontFile } from "../folder/front-file.ts";
import type { Answer, Newsroom } from "./newsroom-api.ts";
import type { Pictures } from "./pictures.ts";

// The front page of a folder on its way to the site.

/** How often the front is read again when somebody else has changed it in between. */
const ATTEMPTS = 2;

/** What a front page needs of a run. */
interface Placing {
  /** The ids of the stories that the site has taken, by key. */
  ids: ReadonlyMap<string, string>;
  pictures: Pick<Pictures, "place">;
  issues: FileIssue[];
}

/** The front page as the API takes it, or null when a story or a picture of it is missing, which is told. */
export async function composeFront(front: FrontFile, placing: Placing): Promise<object | null> {
  const { ids, pictures, issues } = placing;
  const before = issues.length;
  const tell = (field: string, reason: string) =>
    issues.push({ file: "front.yaml", field, reason });
  const sent = new Map<FrontEntry, unknown>();
  for (const [field, entry] of entriesOfFile(front)) {
    const { picture, story, ...own } = entry;
    const id = ids.get(story);
    if (id === undefined)
      tell(
        field,
        `"${story}" is not a story of this folder that was published; the front page stays as it is`,
      );
    const placed = picture && (await pictures.place(picture));
    if (placed && !placed.ok) tell(`${field}.hero`, `${picture.name}: ${placed.reason}`);
    const hero = placed?.ok ? { hero: { ...own.hero, src: placed.src } } : {};
    sent.set(entry, Object.keys(own).length > 0 ? { story: id, ...own, ...hero } : id);
  }
  if (issues.length > before) return null;
  const all = (entries: FrontEntry[]) => entries.map((entry) => sent.get(entry));
  return {
    lead: front.lead && sent.get(front.lead),
    pinned: all(front.pinned),
    rows: front.rows.map(({ name, entries }) => ({ name, entries: all(entries) })),
  };
}

/** Puts a front page in the place of the one that is there; what is scheduled stays. */
export async function placeFront(newsroom: Newsroom, body: object): Promise<Answer> {
  for (let tries = 1; ; tries += 1) {
    const there = await newsroom.look("/front");
    const version = isMapping(there) ? there["version"] : undefined;
    const answer = await newsroom.replace("/front", body, `"${String(version)}"`);
    // A connection that broke after the site had taken it looks the same, and is the same the second time.
    if (answer.ok || answer.status !== 412 || tries === ATTEMPTS) return answer;
  }
}
