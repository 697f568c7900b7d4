import type { Issue } from "../../domain/problem.ts";
import { Addresses, addressOf, withoutOwnAddress } from "./addresses.ts";
import { BATCH, inBatches, issuesByPosition } from "./batches.ts";
import { Directory, resolve } from "./directory.ts";
import type { List } from "./directory.ts";
import { isMapping } from "../folder/fields.ts";
import type { Entry, Folder } from "../folder/folder.ts";
import { composeFront, placeFront } from "./front.ts";
import type { Answer, Newsroom } from "./newsroom-api.ts";
import { Pictures } from "./pictures.ts";
import { publishRedirects } from "./redirects.ts";
import type { Manner, Watch } from "./manner.ts";
import { Refusal } from "../refusal.ts";
import { fieldInFile } from "../folder/story-file.ts";
import type { StoryFile } from "../folder/story-file.ts";
import { settle } from "../folder/story-pictures.ts";

/** Stops a run where it is, as its user asked. */
export class Stopped extends Error {
  override name = "Stopped";
}

/** How many stories in a row may each meet a 500 before it is the site that is broken, and no story. */
const BROKEN_AFTER = 3;

/** One publication of a folder, step by step. */
export class PressRun {
  readonly directory: Directory;
  readonly #newsroom: Newsroom;
  readonly #folder: Folder;
  readonly #watch: Watch;
  readonly #manner: Manner;
  readonly #pictures: Pictures;
  /** The ids of the stories that the site has taken, by key. */
  readonly #ids = new Map<string, string>();
  readonly #addresses = new Addresses();
  #done = 0;
  #broken = 0;

  constructor(newsroom: Newsroom, folder: Folder, watch: Watch, manner: Manner) {
    this.#newsroom = {
      look: (path) => this.#look(newsroom, path),
      call: (method, path, body) => this.#send(() => newsroom.call(method, path, body)),
      replace: (path, body, etag) => this.#send(() => newsroom.replace(path, body, etag)),
    };
    this.#folder = folder;
    this.#watch = watch;
    this.#manner = manner;
    this.directory = new Directory(this.#newsroom, folder);
    this.#pictures = new Pictures(this.#newsroom, folder.pictures, (file, placed) => {
      if (!placed.ok) return;
      this.report.pictures[placed.did]++;
      if (placed.did !== "unchanged") this.#manner.tell({ what: placed.did, name: file.name });
    });
  }

  get report() {
    return this.#manner.report;
  }

  async publishSettings(): Promise<void> {
    const { settings, logo } = this.#folder;
    if (!settings) return;
    const placed = logo && (await this.#pictures.place(logo));
    if (placed && !placed.ok) {
      this.report.issues.push({ file: "settings.yaml", field: "logo", reason: placed.reason });
    }
    const { menu: _, footer: __, ...others } = settings;
    const body = placed?.ok ? { ...others, logo: { src: placed.src } } : others;
    this.#settle("settings.yaml", "", await this.#newsroom.call("PATCH", "/settings", body));
  }

  /** Behind the sections that the menus name. */
  async publishMenus(): Promise<void> {
    const { menu, footer } = this.#folder.settings ?? {};
    if (menu === undefined && footer === undefined) return;
    const body = { menu, footer };
    this.#settle("settings.yaml", "", await this.#newsroom.call("PATCH", "/settings", body));
  }

  async publishEntries(list: List, entries: Entry[]): Promise<void> {
    for (const { slug, fields } of entries) {
      // The order of the file is the order of the sections on every page, which name all of them but where it says otherwise.
      const position = this.#folder.sections.findIndex((section) => section.slug === slug);
      const body = list === "sections" ? { listed: true, ...fields, position } : fields;
      const path = `/${list}/${encodeURIComponent(slug)}`;
      this.#settle(`${list}.yaml`, slug, await this.#newsroom.call("PUT", path, body));
    }
  }

  /**
   * Pages are among them. A story goes behind those that it names, by their ids: an original before its translations, what is led
   * on to before what does.
   */
  async publishAllStories(): Promise<void> {
    let rest = await this.#resolveAll();
    for (let ready = rest; ready.length > 0;) {
      ready = rest.filter((story) => namedBy(story).every((key) => this.#ids.has(key)));
      rest = rest.filter((story) => !ready.includes(story));
      await this.#publishStories(ready.map((story) => this.#withIds(story)));
    }
    this.#refuseUnnamed(rest);
  }

  /** Behind the stories: a redirect must not take the path of one that is to come. */
  async publishRedirects(): Promise<void> {
    await publishRedirects(this.#newsroom, this.#folder.redirects, this.#manner);
  }

  /** Places the stories on the front page, or leaves it as it is when one of them is missing. */
  async publishFront(): Promise<void> {
    const { front } = this.#folder;
    if (!front) return;
    const placing = { ids: this.#ids, pictures: this.#pictures, issues: this.report.issues };
    const body = await composeFront(front, placing);
    if (body) this.#settle("front.yaml", "", await placeFront(this.#newsroom, body));
  }

  /** Puts slugs in place of names, and makes what is missing, if that is asked for. */
  async #resolveAll(): Promise<StoryFile[]> {
    const { make, dryRun } = this.#manner;
    const missing = { sections: new Map<string, Entry>(), authors: new Map<string, Entry>() };
    const stories: StoryFile[] = [];
    for (const story of this.#folder.stories) {
      const how = { make, checkAll: dryRun };
      const { fields, issues } = await resolve(story, this.directory, how, missing);
      const resolved = { ...story, fields };
      if (dryRun) issues.push(...this.#addresses.claim(resolved));
      if (issues.length > 0) this.#refuse(story, issues);
      else stories.push(withoutOwnAddress(resolved));
    }
    await this.#make("sections", missing.sections);
    await this.#make("authors", missing.authors);
    return stories;
  }

  async #make(list: List, entries: Map<string, Entry>): Promise<void> {
    for (const { slug, fields } of entries.values()) {
      // Behind the sections that the paper has put in an order.
      const body = list === "sections" ? { ...fields, position: 1000 } : fields;
      const response = await this.#newsroom.call("PUT", `/${list}/${slug}`, body);
      this.#blame(list, slug, response);
      if (!response.ok) continue;
      this.report.made++;
      this.#manner.tell({ what: "made", name: `${list}/${slug} (${String(fields["name"])})` });
    }
  }

  async #publishStories(stories: StoryFile[]): Promise<void> {
    for (const batch of inBatches(stories, this.#manner.oneByOne ? 1 : BATCH)) {
      const ready: StoryFile[] = [];
      for (const story of batch) {
        const settled = await settle(story, this.#pictures, this.#manner.skipPictures);
        this.report.notes.push(...settled.notes.map((note) => ({ file: story.file, note })));
        if (settled.issues.length > 0) this.#refuse(story, settled.issues);
        else ready.push(settled.story);
      }
      await this.#importBatch(ready);
    }
  }

  /** A story with the ids of those that it names, as the API wants them. */
  #withIds(story: StoryFile): StoryFile {
    const { translationOf, related, fields } = story;
    const idOf = (key: string) => this.#ids.get(key) ?? key;
    return {
      ...story,
      fields: {
        ...fields,
        ...(translationOf === null ? {} : { translationOf: idOf(translationOf) }),
        ...(related.length === 0 ? {} : { related: related.map(idOf) }),
      },
    };
  }

  /** Refuses what names a story that was not published, or that waits for it in turn. */
  #refuseUnnamed(stories: StoryFile[]): void {
    const waiting = new Set(stories.map(({ key }) => key));
    for (const story of stories) {
      const missing = namedBy(story).filter((key) => !this.#ids.has(key));
      const why = (key: string) =>
        waiting.has(key)
          ? `"${key}" names a story that waits for it, or is refused: of two stories that name each other only one can`
          : `"${key}" is not a story of this folder that was published`;
      const pathOf = (key: string) =>
        key === story.translationOf ? "translationOf" : `related.${story.related.indexOf(key)}`;
      this.#refuse(
        story,
        missing.map((key) => ({ path: pathOf(key), message: why(key) })),
      );
    }
  }

  /** Sends a batch, which the API takes whole or not at all: without the stories it objects to, until it is taken. */
  async #importBatch(batch: StoryFile[], again = false): Promise<void> {
    const rivals: StoryFile[] = [];
    let rest = batch;
    while (rest.length > 0) {
      const response = await this.#import(rest);
      if (response.ok) {
        this.#record(response.body, rest);
        break;
      }
      const blamed = issuesByPosition(response.issues);
      const accepted = rest.filter((_story, position) => !blamed.has(position));
      // A response that names no story (too large, say) is about one of them all the same: halving finds it.
      if (accepted.length === rest.length) {
        await this.#importHalves(rest, response);
        break;
      }
      for (const [position, story] of rest.entries()) {
        const issues = blamed.get(position);
        if (issues && response.status === 409 && !again) rivals.push(story);
        else if (issues) this.#refuse(story, issues);
      }
      rest = accepted;
    }
    // Whoever had what a rival wanted may have been refused as well, for another reason: then it is to be had now.
    if (rivals.length > 0) await this.#importBatch(rivals, true);
  }

  async #import(stories: StoryFile[]): Promise<Answer> {
    const { source, oneByOne } = this.#manner;
    const [only] = stories;
    if (oneByOne && only) {
      const path = `/imports/${source}/${encodeURIComponent(only.key)}`;
      return this.#newsroom.call("PUT", path, only.fields);
    }
    const items = stories.map((story) => ({ key: story.key, ...story.fields }));
    return this.#newsroom.call("POST", "/imports", { source, items });
  }

  async #importHalves(stories: StoryFile[], response: Answer & { ok: false }): Promise<void> {
    const [only] = stories;
    if (only && stories.length === 1) {
      const { status, detail, issues } = response;
      this.#broken = status === 500 ? this.#broken + 1 : 0;
      this.#refuse(only, issues.length > 0 ? issues : [{ path: "", message: detail }]);
      if (this.#broken >= BROKEN_AFTER)
        throw new Refusal(`The site answers 500 to every story: ${detail}`);
      return;
    }
    const middle = Math.ceil(stories.length / 2);
    await this.#importBatch(stories.slice(0, middle));
    await this.#importBatch(stories.slice(middle));
  }

  async #look(newsroom: Newsroom, path: string): Promise<unknown> {
    if (this.#manner.stopped()) throw new Stopped();
    return newsroom.look(path);
  }

  async #send(send: () => Promise<Answer>): Promise<Answer> {
    if (this.#manner.stopped()) throw new Stopped();
    const response = await send();
    this.report.rowsWritten += response.rowsWritten;
    if (response.ok && isMapping(response.body) && response.body["edge"] === "pending")
      this.report.pending = true;
    return response;
  }

  #record(body: unknown, batch: StoryFile[]): void {
    const items = isMapping(body)
      ? Array.isArray(body["items"])
        ? body["items"].filter(isMapping)
        : [body]
      : [];
    if (items.length !== batch.length) {
      throw new Error(`The import answered ${items.length} items for ${batch.length} stories`);
    }
    this.#broken = 0;
    for (const [index, item] of items.entries()) {
      const story = batch[index];
      if (!story) continue;
      const { id } = item;
      this.#ids.set(story.key, typeof id === "string" ? id : story.key);
      this.#advance(1);
      this.#noteLeft(story, item["notes"]);
      const what = this.#outcomeOf(item);
      const tally = story.fields["form"] === "page" ? this.report.pages : this.report;
      if (what === "would publish") tally.checked++;
      else tally[what]++;
      const url = what === "would publish" ? addressOf(story.fields) : item["url"];
      this.#manner.tell({ what, name: story.file, url: typeof url === "string" ? url : undefined });
    }
  }

  /** Counts the files of which something was left out. */
  #noteLeft({ file, bodyLine }: StoryFile, notes: unknown): void {
    const { left } = this.report;
    for (const { message, line } of Array.isArray(notes) ? notes.filter(isMapping) : []) {
      const first = `${file}:${bodyLine + Number(line) - 1}`;
      const known = left.get(String(message)) ?? { files: 0, first };
      left.set(String(message), { ...known, files: known.files + 1 });
    }
  }

  #outcomeOf(item: Record<string, unknown>): "created" | "updated" | "unchanged" | "would publish" {
    if (item["created"] === true) return "created";
    if (item["changed"] === false) return "unchanged";
    return item["created"] === false ? "updated" : "would publish";
  }

  #refuse({ file, names }: StoryFile, issues: Issue[]): void {
    this.report.issues.push(
      ...issues.map(({ path, message }) => ({
        file,
        field: fieldInFile(path.replace(/^items\.\d+\.?/, ""), names),
        reason: message,
      })),
    );
    this.#advance(1);
  }

  /** Tells what a part of a file came to: it was changed, refused, or the same already. */
  #settle(file: string, within: string, response: Answer): void {
    if (response.ok && response.rowsWritten > 0)
      this.#manner.tell({ what: "updated", name: within ? `${file}: ${within}` : file });
    this.#blame(file, within, response);
  }

  #blame(file: string, within: string, response: Answer): void {
    if (response.ok) return;
    const issues =
      response.issues.length > 0 ? response.issues : [{ path: "", message: response.detail }];
    for (const { path, message } of issues) {
      this.report.issues.push({
        file,
        field: [within, path].filter(Boolean).join("."),
        reason: message,
      });
    }
  }

  #advance(stories: number): void {
    this.#done += stories;
    this.#watch(this.#done);
  }
}

/** The keys of the stories that one names. */
function namedBy({ translationOf, related }: StoryFile): string[] {
  return [...(translationOf === null ? [] : [translationOf]), ...related];
}
