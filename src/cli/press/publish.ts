import { pageOf } from "./directory.ts";
import type { Directory, List } from "./directory.ts";
import { openDryRun } from "./dry-run.ts";
import type { Entry, Folder } from "../folder/folder.ts";
import type { Newsroom } from "./newsroom-api.ts";
import type { Manner, Watch } from "./manner.ts";
import { PressRun } from "./press-run.ts";
import { createReport } from "./report.ts";
import type { Report } from "./report.ts";

/** Publishes a folder: what stories refer to first, then the stories, then the front page, which refers to them. */
export async function publishFolder(
  newsroom: Newsroom,
  folder: Folder,
  watch: Watch,
  manner: Partial<Manner> = {},
): Promise<Report> {
  const run = openRun(newsroom, folder, watch, manner);
  await run.publishSettings();
  await run.publishEntries("sections", folder.sections);
  await run.publishEntries("authors", folder.authors);
  await run.publishEntries("tags", folder.tags);
  await run.publishAllStories();
  await run.publishMenus();
  await run.publishRedirects();
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
  const run = openRun(newsroom, folder, watch, {});
  const { directory } = run;
  await run.publishEntries("sections", await missing(directory, "sections", folder.sections));
  await run.publishEntries("authors", await missing(directory, "authors", folder.authors));
  await run.publishEntries("tags", await missing(directory, "tags", folder.tags));
  await run.publishAllStories();
  return run.report;
}

function openRun(
  newsroom: Newsroom,
  folder: Folder,
  watch: Watch,
  given: Partial<Manner>,
): PressRun {
  const manner: Manner = {
    source: "press",
    oneByOne: false,
    make: false,
    skipPictures: false,
    dryRun: false,
    report: createReport(),
    tell: () => {},
    stopped: () => false,
    ...given,
  };
  manner.report.issues.push(...folder.issues);
  manner.report.notes.push(...folder.notes);
  manner.report.dryRun = manner.dryRun;
  return new PressRun(manner.dryRun ? openDryRun(newsroom) : newsroom, folder, watch, manner);
}

async function isNew(newsroom: Newsroom): Promise<boolean> {
  return (await pageOf(newsroom, "/articles?limit=1")).items.length === 0;
}

async function missing(directory: Directory, list: List, entries: Entry[]): Promise<Entry[]> {
  const there = await directory.onSite(list);
  return entries.filter(({ slug }) => !there.has(slug));
}
