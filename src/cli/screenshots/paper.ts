import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { findDatabases } from "../start/databases.ts";
import { ensureDevVars, findRootKey } from "../dev-vars.ts";
import { readFolder } from "../folder/folder.ts";
import { openNewsroom, type Newsroom } from "../press/newsroom-api.ts";
import { listIssues } from "../press/report.ts";
import { publishFolder } from "../press/publish.ts";
import { Refusal } from "../refusal.ts";
import { freePort } from "../start/port.ts";
import { startWrangler, type Wrangler } from "../start/wrangler.ts";
import { createWranglerOutput, type WranglerOutput } from "../start/wrangler-output.ts";

const PROJECT = path.join(import.meta.dirname, "../../..");
const DEV_VARS = path.join(PROJECT, ".dev.vars");

/** What a paper of our own takes for its address: its port is another one each time, and pages would show it. */
const ORIGIN = "https://packet.example";

/** How long the Worker may take to answer, in milliseconds. */
const PATIENCE = 60_000;

/** A paper that runs, and its editors' API. */
export interface Paper {
  url: string;
  newsroom: Newsroom;
  /** Whether it was started for this, and is gone afterwards. */
  own: boolean;
  /** Stops it, if it was started for this. */
  close(): Promise<void>;
}

/** What a paper of our own is made with. */
interface Making {
  /** Whether its pages name the address that it has, which is another one each time. */
  named?: boolean;
  /** Publishes what is in it. */
  fill?(newsroom: Newsroom): Promise<void>;
}

/** The paper that --url names, or one of its own with the stories of content/, in databases that are gone with it. */
export async function openPaper(
  { url, key }: { url?: string; key?: string },
  making: Making = {},
): Promise<Paper> {
  if (url === undefined) return startPaper(making);
  const known = key ?? process.env["BROADSHEET_KEY"] ?? (await findRootKey(DEV_VARS));
  if (!known) throw new Refusal("There is no key: pass --key, or set BROADSHEET_KEY.");
  return {
    url,
    newsroom: openNewsroom({ url, key: known }),
    own: false,
    close: async () => {},
  };
}

async function startPaper({ named = false, fill = publishContent }: Making): Promise<Paper> {
  const state = await mkdtemp(path.join(tmpdir(), "broadsheet-"));
  const { rootKey } = await ensureDevVars(DEV_VARS);
  const output = createWranglerOutput(() => {});
  const toml = await readFile(path.join(PROJECT, "wrangler.toml"), "utf8");
  for (const binding of findDatabases(toml)) {
    const apply = ["d1", "migrations", "apply", binding, "--local", "--persist-to", state];
    const how = await startWrangler(PROJECT, apply, output).ended;
    if (how !== "exit code 0") throw new Refusal(`Cannot prepare ${binding}.\n\n${output.held()}`);
  }
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const dev = [
    "dev",
    "--port",
    String(port),
    "--persist-to",
    state,
    "--var",
    `SITE_ORIGIN:${named ? url : ORIGIN}`,
  ];
  const wrangler = startWrangler(PROJECT, dev, output);
  const newsroom = openNewsroom({ url, key: rootKey });
  const close = async () => {
    await wrangler.stop();
    await rm(state, { recursive: true, force: true });
  };
  try {
    await waitUntilReady(url, wrangler, output);
    await fill(newsroom);
    // The cron does what is left of the purges, and wrangler fires none by itself.
    await (await fetch(`${url}/cdn-cgi/local/scheduled`)).body?.cancel();
  } catch (error) {
    await close();
    throw error;
  }
  return { url, newsroom, own: true, close };
}

async function waitUntilReady(
  url: string,
  wrangler: Wrangler,
  output: WranglerOutput,
): Promise<void> {
  const ended = wrangler.ended.then((how) => {
    throw new Refusal(`Wrangler ended with ${how}.\n\n${output.held()}`);
  });
  const answers = async () => {
    for (const end = Date.now() + PATIENCE; Date.now() < end; await sleep(200)) {
      const response = await fetch(url).catch(() => null);
      await response?.body?.cancel();
      if (response?.ok) return;
    }
    throw new Refusal(`The Worker did not answer within ${PATIENCE / 1000} s.\n\n${output.held()}`);
  };
  await Promise.race([answers(), ended]);
  // Its end is expected from now on.
  ended.catch(() => {});
}

async function publishContent(newsroom: Newsroom): Promise<void> {
  const folder = await readFolder(path.join(PROJECT, "content"));
  const { issues } = await publishFolder(newsroom, folder, () => {});
  if (issues.length > 0) console.error(listIssues(issues));
}
