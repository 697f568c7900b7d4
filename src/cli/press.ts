// npm run press -- <folder> [options]; --help lists them.
// Publishes a folder of Markdown files. What has not changed since the last time is not written again.
import path from "node:path";
import process from "node:process";
import { findRootKey } from "./dev-vars.ts";
import { readFolder } from "./folder/folder.ts";
import { openNewsroom } from "./press/newsroom-api.ts";
import { readOptions, USAGE, whereTyped } from "./press/options.ts";
import type { Options } from "./press/options.ts";
import { Stopped } from "./press/press-run.ts";
import { showProgress } from "./press/progress.ts";
import { publishFolder } from "./press/publish.ts";
import { Refusal } from "./refusal.ts";
import { run } from "./run.ts";
import { createReport, listIssues, listLeft, listNotes, summarise, tell } from "./press/report.ts";

const PROJECT = path.join(import.meta.dirname, "../..");

/** What a shell expects of a program that was stopped by Ctrl-C: 128 and the signal's number. */
const INTERRUPTED = 130;

const GO_ON =
  "What was published stays; the same command goes on from here, and writes nothing a second time.";

/** npm passes on a Ctrl-C that the terminal has delivered already; only a later one is a second one. Milliseconds. */
const SAME_KEYSTROKE = 1000;

await run(async () => {
  const options = readOptions(process.argv.slice(2), whereTyped());
  if (options) return press(options);
  console.log(USAGE);
  return 0;
});

async function press(options: Options): Promise<number> {
  const { folder: root, url, dryRun, verbose } = options;
  const key = await findKey(options);
  const started = performance.now();
  const stopped = stopWhenAsked();
  const folder = await readFolder(root, options.reading);
  const progress = showProgress(folder.stories.length);
  const report = createReport();
  const manner = {
    ...options,
    skipPictures: options.reading.skipPictures,
    report,
    stopped,
    tell(event: Parameters<typeof tell>[0]) {
      if (verbose || event.what !== "unchanged") progress.say(tell(event, dryRun));
    },
  };
  const newsroom = openNewsroom({ url, key, note: (sentence) => progress.warn(sentence) });
  const broken = await publishFolder(newsroom, folder, progress.watch, manner)
    .then(() => null)
    .catch((error: unknown) => breakOf(error))
    .finally(progress.stop);
  if (report.notes.length > 0) console.log(listNotes(report.notes));
  if (report.left.size > 0) console.log(listLeft(report.left));
  console.log(summarise(report, performance.now() - started));
  if (report.issues.length > 0) console.error(`\n${listIssues(report.issues)}`);
  if (broken) console.error(`\n${broken.message} ${GO_ON}`);
  return broken?.code ?? (report.issues.length > 0 ? 1 : 0);
}

/** Why a run ended early. A bug keeps its stack. */
function breakOf(error: unknown): { message: string; code: number } {
  if (error instanceof Stopped) return { message: "Stopped.", code: INTERRUPTED };
  if (error instanceof Refusal) return { message: error.message, code: 1 };
  throw error;
}

/** Finishes the call that is under way at the first Ctrl-C, and nothing at the second. */
function stopWhenAsked(): () => boolean {
  let asked = 0;
  process.on("SIGINT", () => {
    if (asked > 0 && performance.now() - asked > SAME_KEYSTROKE) process.exit(INTERRUPTED);
    asked ||= performance.now();
  });
  return () => asked > 0;
}

async function findKey({ key: given }: Options): Promise<string> {
  const key =
    given ??
    (process.env["BROADSHEET_KEY"] || (await findRootKey(path.join(PROJECT, ".dev.vars"))));
  if (key) return key;
  throw new Refusal(
    "There is no key: pass --key, set BROADSHEET_KEY, or run npm start once, which makes one.",
  );
}
