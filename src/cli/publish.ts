import type { Issue } from "../domain/problem.ts";
import { isMapping } from "./fields.ts";
import type { Entry, FileIssue, Folder, StoryFile } from "./folder.ts";
import type { Answer, Newsroom } from "./newsroom-api.ts";

/** What became of a folder. `issues` are those found in reading and those that the site found. */
export interface Report {
  created: number;
  updated: number;
  unchanged: number;
  rowsWritten: number;
  /** Whether some readers may see the old pages for up to a minute. */
  pending: boolean;
  issues: FileIssue[];
}

/** Told how many of the folder's stories have been dealt with, published or refused. */
export type Watch = (done: number) => void;

/** The name under which the API keeps this importer's keys. */
const SOURCE = "press";

/** What one call of `POST /imports` may carry: its stories, and their JSON in bytes. The API takes 8 MiB. */
const BATCH_STORIES = 100;
const BATCH_BYTES = 6 * 1024 * 1024;

/** Publishes a folder: what stories refer to first, then the stories, then the front page, which refers to them. */
export async function publishFolder(
  newsroom: Newsroom,
  folder: Folder,
  watch: Watch,
): Promise<Report> {
  const run = new PressRun(newsroom, folder, watch);
  await run.publishSettings();
  await run.publishEntries("sections", folder.sections);
  await run.publishEntries("authors", folder.authors);
  await run.publishAllStories();
  await run.publishFront();
  return run.report;
}

/**
 * Publishes a folder onto a paper that editors may have changed since: all of it onto a new paper, and otherwise
 * only what the paper does not have. Stories take care of themselves: what has not changed here is left alone.
 */
export async function supplyFolder(
  newsroom: Newsroom,
  folder: Folder,
  watch: Watch,
): Promise<Report> {
  if (await isNew(newsroom)) return publishFolder(newsroom, folder, watch);
  const run = new PressRun(newsroom, folder, watch);
  await run.publishEntries("sections", await missing(newsroom, "sections", folder.sections));
  await run.publishEntries("authors", await missing(newsroom, "authors", folder.authors));
  await run.publishAllStories();
  return run.report;
}

async function isNew(newsroom: Newsroom): Promise<boolean> {
  return (await pageOf(newsroom, "/articles?limit=1")).items.length === 0;
}

async function missing(
  newsroom: Newsroom,
  list: "sections" | "authors",
  entries: Entry[],
): Promise<Entry[]> {
  const there = new Set<unknown>();
  for (let cursor: unknown = ""; typeof cursor === "string";) {
    const page = await pageOf(newsroom, `/${list}?limit=100${cursor && `&cursor=${cursor}`}`);
    for (const { slug } of page.items) there.add(slug);
    cursor = page.next;
  }
  return entries.filter(({ slug }) => !there.has(slug));
}

async function pageOf(
  newsroom: Newsroom,
  list: string,
): Promise<{ items: Record<string, unknown>[]; next: unknown }> {
  const answer = await newsroom.call("GET", list);
  const body = answer.ok && isMapping(answer.body) ? answer.body : {};
  return {
    items: Array.isArray(body["items"]) ? body["items"].filter(isMapping) : [],
    next: body["next"],
  };
}

class PressRun {
  readonly report: Report;
  readonly newsroom: Newsroom;
  readonly folder: Folder;
  readonly watch: Watch;
  /** The ids of the stories that the site has taken, by key. */
  readonly ids = new Map<string, string>();
  done = 0;

  constructor(newsroom: Newsroom, folder: Folder, watch: Watch) {
    this.newsroom = newsroom;
    this.folder = folder;
    this.watch = watch;
    this.report = {
      created: 0,
      updated: 0,
      unchanged: 0,
      rowsWritten: 0,
      pending: false,
      issues: [...folder.issues],
    };
  }

  async publishSettings(): Promise<void> {
    if (!this.folder.settings) return;
    this.blame("settings.yaml", "", await this.call("PATCH", "/settings", this.folder.settings));
  }

  async publishEntries(list: "sections" | "authors", entries: Entry[]): Promise<void> {
    for (const { slug, fields } of entries) {
      // The order of the file is the order of the sections on every page.
      const position = this.folder.sections.findIndex((section) => section.slug === slug);
      const body = list === "sections" ? { ...fields, position } : fields;
      this.blame(
        `${list}.yaml`,
        slug,
        await this.call("PUT", `/${list}/${encodeURIComponent(slug)}`, body),
      );
    }
  }

  /** Originals go first: their translations name them by id. */
  async publishAllStories(): Promise<void> {
    await this.publishStories(this.folder.stories.filter((story) => story.translationOf === null));
    await this.publishStories(this.translations());
  }

  async publishStories(stories: StoryFile[]): Promise<void> {
    for (const batch of inBatches(stories)) await this.importBatch(batch);
  }

  /** The translations whose original the site has: the API wants its id. */
  translations(): StoryFile[] {
    return this.folder.stories.flatMap((story) => {
      if (story.translationOf === null) return [];
      const id = this.ids.get(story.translationOf);
      if (id !== undefined) return [{ ...story, fields: { ...story.fields, translationOf: id } }];
      const reason = `"${story.translationOf}" is not a story of this folder that was published`;
      this.refuse(story, [{ path: "translationOf", message: reason }]);
      return [];
    });
  }

  /** Sends a batch, which the API takes whole or not at all: without the stories it objects to, until it is taken. */
  async importBatch(batch: StoryFile[]): Promise<void> {
    let rest = batch;
    while (rest.length > 0) {
      const items = rest.map((story) => ({ key: story.key, ...story.fields }));
      const answer = await this.call("POST", "/imports", { source: SOURCE, items });
      if (answer.ok) return this.record(answer.body, rest);
      const blamed = issuesByPosition(answer.issues);
      const accepted = rest.filter((_story, position) => !blamed.has(position));
      // An answer that names no story (too large, say) is about one of them all the same: halving finds it.
      if (accepted.length === rest.length)
        return this.importHalves(rest, answer.detail, answer.issues);
      for (const [position, story] of rest.entries()) {
        const issues = blamed.get(position);
        if (issues) this.refuse(story, issues);
      }
      rest = accepted;
    }
  }

  async importHalves(stories: StoryFile[], detail: string, issues: Issue[]): Promise<void> {
    const [only] = stories;
    if (only && stories.length === 1)
      return this.refuse(only, issues.length > 0 ? issues : [{ path: "", message: detail }]);
    const middle = Math.ceil(stories.length / 2);
    await this.importBatch(stories.slice(0, middle));
    await this.importBatch(stories.slice(middle));
  }

  /** Places the stories on the front page, or leaves it as it is when one of them is missing. */
  async publishFront(): Promise<void> {
    const { front } = this.folder;
    if (!front) return;
    const named = [
      ...(front.lead === null ? [] : [["lead", front.lead]]),
      ...front.pinned.map((key, index) => [`pinned.${index}`, key]),
    ];
    const missing = named.filter(([, key]) => !this.ids.has(key ?? ""));
    for (const [field = "", key] of missing) {
      const reason = `"${key}" is not a story of this folder that was published; the front page stays as it is`;
      this.report.issues.push({ file: "front.yaml", field, reason });
    }
    if (missing.length > 0) return;
    const idOf = (key: string) => this.ids.get(key);
    const body = {
      lead: front.lead === null ? null : idOf(front.lead),
      pinned: front.pinned.map(idOf),
    };
    this.blame("front.yaml", "", await this.call("PUT", "/front", body));
  }

  private async call(method: string, path: string, body: unknown): Promise<Answer> {
    const answer = await this.newsroom.call(method, path, body);
    this.report.rowsWritten += answer.rowsWritten;
    if (answer.ok && isMapping(answer.body) && answer.body["edge"] === "pending")
      this.report.pending = true;
    return answer;
  }

  private record(body: unknown, batch: StoryFile[]): void {
    const items =
      isMapping(body) && Array.isArray(body["items"]) ? body["items"].filter(isMapping) : [];
    if (items.length !== batch.length) {
      throw new Error(`POST /imports answered ${items.length} items for ${batch.length} stories`);
    }
    for (const item of items) {
      this.ids.set(String(item["key"]), String(item["id"]));
      if (item["created"] === true) this.report.created++;
      else if (item["changed"] === true) this.report.updated++;
      else this.report.unchanged++;
    }
    this.advance(batch.length);
  }

  private refuse(story: StoryFile, issues: Issue[]): void {
    const { file } = story;
    this.report.issues.push(
      ...issues.map(({ path, message }) => ({ file, field: fieldOf(path), reason: message })),
    );
    this.advance(1);
  }

  private blame(file: string, within: string, answer: Answer): void {
    if (answer.ok) return;
    const issues =
      answer.issues.length > 0 ? answer.issues : [{ path: "", message: answer.detail }];
    for (const { path, message } of issues) {
      this.report.issues.push({
        file,
        field: [within, path].filter(Boolean).join("."),
        reason: message,
      });
    }
  }

  private advance(stories: number): void {
    this.done += stories;
    this.watch(this.done);
  }
}

function inBatches(stories: StoryFile[]): StoryFile[][] {
  const batches: StoryFile[][] = [];
  let room = 0;
  for (const story of stories) {
    const size = Buffer.byteLength(JSON.stringify(story.fields)) + story.key.length;
    const open = batches.at(-1);
    if (open && open.length < BATCH_STORIES && size <= room) open.push(story);
    else {
      batches.push([story]);
      room = BATCH_BYTES;
    }
    room -= size;
  }
  return batches;
}

/** What the API found wrong, by the position in the batch that `items.3.section` names; the paths are the story's own. */
function issuesByPosition(issues: Issue[]): Map<number, Issue[]> {
  const found = new Map<number, Issue[]>();
  for (const issue of issues) {
    const [, position, path = ""] = /^items\.(\d+)(?:\.(.*))?$/.exec(issue.path) ?? [];
    if (position === undefined) continue;
    const others = found.get(Number(position)) ?? [];
    found.set(Number(position), [...others, { path, message: issue.message }]);
  }
  return found;
}

/** The name that a field of the API has in the front matter. */
function fieldOf(path: string): string {
  return path
    .replace(/^items\.\d+\.?/, "")
    .replace(/^publishedAt\b/, "date")
    .replace(/^updatedAt\b/, "updated");
}
