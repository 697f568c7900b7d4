// npm run press -- <folder> [--url http://localhost:8787] [--key bs_…]
// Publishes a folder of Markdown files. What has not changed since the last time is not written again.
import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { findRootKey } from "./dev-vars.ts";
import { readFolder } from "./folder.ts";
import { openNewsroom } from "./newsroom-api.ts";
import { listIssues, showProgress, summarise } from "./progress.ts";
import { publishFolder } from "./publish.ts";
import { Refusal, run } from "./refusal.ts";

const USAGE = "Usage: npm run press -- <folder> [--url http://localhost:8787] [--key bs_…]";

const PROJECT = path.join(import.meta.dirname, "../..");

await run(async () => {
  const { folder: root, url, key } = await readOptions(process.argv.slice(2));
  const started = performance.now();
  const folder = await readFolder(root);
  const newsroom = openNewsroom({ url, key, note: (sentence) => console.log(sentence) });
  const progress = showProgress(folder.stories.length);
  const report = await publishFolder(newsroom, folder, progress.watch).finally(progress.stop);
  console.log(summarise(report, performance.now() - started));
  if (report.issues.length === 0) return 0;
  console.error(`\n${listIssues(report.issues)}`);
  return 1;
});

async function readOptions(args: string[]): Promise<{ folder: string; url: string; key: string }> {
  const { values, positionals } = parse(args);
  const [folder, ...more] = positionals;
  if (!folder || more.length > 0) throw new Refusal(USAGE);
  const url = values.url ?? "http://localhost:8787";
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? ""))
    throw new Refusal(`--url must be an address such as https://paper.example, got "${url}".`);
  const key =
    values.key ??
    (process.env["BROADSHEET_KEY"] || (await findRootKey(path.join(PROJECT, ".dev.vars"))));
  if (!key)
    throw new Refusal(
      "There is no key: pass --key, set BROADSHEET_KEY, or run npm start once, which makes one.",
    );
  // npm runs scripts in the project's folder; a relative path is meant from where the command was typed.
  return { folder: path.resolve(process.env["INIT_CWD"] ?? process.cwd(), folder), url, key };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { url: { type: "string" }, key: { type: "string" } },
    });
  } catch (error) {
    if (error instanceof TypeError) throw new Refusal(`${error.message}\n${USAGE}`);
    throw error;
  }
}
