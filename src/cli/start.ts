// npm start [-- --port 8787] [--fresh]
// Runs the whole paper on this machine: key, database, Worker, and the stories of content/. Needs no account and no network.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { findDatabases } from "./start/databases.ts";
import { ensureDevVars } from "./dev-vars.ts";
import { findPeople, invite } from "./invitations.ts";
import { readFolder } from "./folder/folder.ts";
import type { Folder } from "./folder/folder.ts";
import { openNewsroom } from "./press/newsroom-api.ts";
import { readPort, requireFreePort } from "./start/port.ts";
import { showProgress } from "./press/progress.ts";
import { supplyFolder } from "./press/publish.ts";
import { Refusal } from "./refusal.ts";
import { run } from "./run.ts";
import { listIssues, summarise } from "./press/report.ts";
import { startWrangler } from "./start/wrangler.ts";
import type { Wrangler } from "./start/wrangler.ts";
import { createWranglerOutput } from "./start/wrangler-output.ts";
import type { WranglerOutput } from "./start/wrangler-output.ts";

const PROJECT = path.join(import.meta.dirname, "../..");

/** How long the Worker may take to answer, in milliseconds. */
const PATIENCE = 60_000;

/** How often to look whether npm is still there, in milliseconds. */
const PARENT_CHECK = 250;

/** How long after a response Wrangler may log its request, in milliseconds. */
const LOG_DELAY = 200;

const MINUTE = 60_000;

const running = new Set<Wrangler>();
let stopping = false;

await run(async () => {
  const options = readOptions(process.argv.slice(2));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => {
      void stopAsAsked();
    });
  if (process.env["npm_lifecycle_event"] !== undefined) stopWithoutParent();
  try {
    return await start(options);
  } finally {
    await stopAll();
  }
});

async function start({ port, fresh }: { port: number; fresh: boolean }): Promise<number> {
  const started = performance.now();
  await requireFreePort(port);
  const state = path.join(PROJECT, ".wrangler/state");
  if (fresh) await rm(state, { recursive: true, force: true });
  const isNew = !existsSync(state);
  const { rootKey, wrote } = await ensureDevVars(path.join(PROJECT, ".dev.vars"));
  if (wrote) say("Wrote .dev.vars, with a key for this machine only.");

  await prepareDatabases();
  const site = { url: `http://localhost:${port}`, key: rootKey };
  // The cache has a limit of purges, here as in production. A new paper, which nobody has read, is published without a cache
  // in front of it, so that the first story after it is live at once.
  let folder = isNew ? await publishUncached(site, port) : null;
  say(isNew ? "Starting it anew, with the cache in front …" : "Starting the Worker …");
  const { output, failure } = await serve(site, port, []);
  if (!isNew) folder = await publishContent(site);
  const desk = await linkToDesk(site);
  say(presentation(site, folder, { desk, milliseconds: performance.now() - started }));
  // Wrangler logs a request after its response: the last of our own are still to come, and nobody's concern.
  await sleep(LOG_DELAY);
  output.open();
  tickEachMinute(site.url);
  return failure;
}

/** Runs the Worker until it answers; `failure` fails should it ever end by itself. */
async function serve(site: { url: string; key: string }, port: number, more: string[]) {
  const output = createWranglerOutput(say);
  const origin = ["--var", `SITE_ORIGIN:${site.url}`];
  const wrangler = keep(
    startWrangler(PROJECT, ["dev", "--port", String(port), ...origin, ...more], output),
  );
  const failure = failWhenItEnds(wrangler, output);
  await Promise.race([waitUntilReady(site), failure]);
  return { wrangler, output, failure };
}

async function publishUncached(
  site: { url: string; key: string },
  port: number,
): Promise<Folder | null> {
  say("Starting the Worker …");
  const { wrangler, failure } = await serve(site, port, ["--var", "EDGE:platform"]);
  const folder = await Promise.race([publishContent(site), failure]);
  // Its end is asked for, and no failure.
  failure.catch(() => null);
  running.delete(wrangler);
  await wrangler.stop();
  return folder;
}

/** Wrangler fires no cron by itself: it is asked to, so that a scheduled story keeps its hour here, too. */
function tickEachMinute(url: string): void {
  setInterval(() => void fetch(`${url}/cdn-cgi/local/scheduled`).catch(() => null), MINUTE).unref();
}

function readOptions(args: string[]): { port: number; fresh: boolean } {
  try {
    const { values } = parseArgs({
      args,
      options: { port: { type: "string" }, fresh: { type: "boolean" } },
    });
    return { port: readPort(values.port ?? "8787"), fresh: values.fresh ?? false };
  } catch (error) {
    if (error instanceof TypeError)
      throw new Refusal(`${error.message}\nUsage: npm start -- [--port 8787] [--fresh]`);
    throw error;
  }
}

async function prepareDatabases(): Promise<void> {
  for (const binding of findDatabases(
    await readFile(path.join(PROJECT, "wrangler.toml"), "utf8"),
  )) {
    say(`Preparing the local database ${binding} …`);
    const output = createWranglerOutput(say);
    const wrangler = keep(
      startWrangler(PROJECT, ["d1", "migrations", "apply", binding, "--local"], output),
    );
    const how = await endOf(wrangler);
    running.delete(wrangler);
    if (how !== "exit code 0")
      throw new Refusal(
        `Cannot prepare the database ${binding}: Wrangler ended with ${how}.\n\n${output.held()}`,
      );
  }
}

/** Waits until the API answers, which needs the Worker, its key and its database. */
async function waitUntilReady({ url, key }: { url: string; key: string }): Promise<void> {
  const patienceEnds = Date.now() + PATIENCE;
  let last = "did not answer";
  while (Date.now() < patienceEnds) {
    const response = await fetch(`${url}/api/v1/settings`, {
      headers: { authorization: `Bearer ${key}` },
      signal: AbortSignal.timeout(10_000),
    }).catch(() => null);
    if (response) last = `answered ${response.status}: ${(await response.text()).slice(0, 500)}`;
    if (response?.status === 200) return;
    await sleep(100);
  }
  throw new Refusal(
    `The Worker did not become ready in ${PATIENCE / 1000} s: ${url}/api/v1/settings ${last}`,
  );
}

/** Publishes the sample paper. What is wrong with it is reported; the site runs on without it. */
async function publishContent(site: { url: string; key: string }): Promise<Folder | null> {
  const root = path.join(PROJECT, "content");
  if (!existsSync(root)) return null;
  const started = performance.now();
  const folder = await readFolder(root);
  const progress = showProgress(folder.stories.length);
  try {
    const report = await supplyFolder(
      openNewsroom({ ...site, note: say }),
      folder,
      progress.watch,
    ).finally(progress.stop);
    say(`Published content/: ${summarise(report, performance.now() - started)}`);
    if (report.issues.length > 0) console.error(`\n${listIssues(report.issues)}`);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    console.error(`\nContent was not published: ${error.message}`);
  }
  return folder;
}

/** Where the desk is: the link that invites its first admin, until they have come in. */
async function linkToDesk(site: { url: string; key: string }): Promise<string> {
  const newsroom = openNewsroom(site);
  const people = await findPeople(newsroom);
  if (people.some(({ role, passkeys }) => role === "admin" && passkeys > 0))
    return `${site.url}/desk/`;
  const first = people.find(({ role }) => role === "admin")?.name ?? nameOfDeveloper();
  const { url } = await invite(newsroom, { name: first, role: "admin" });
  return `${url}\n             Once, within a day: ${first} makes a passkey there, and is an admin.`;
}

/** Who works on this machine, if Git knows. */
function nameOfDeveloper(): string {
  const { stdout } = spawnSync("git", ["config", "user.name"], { cwd: PROJECT, encoding: "utf8" });
  return stdout?.trim().slice(0, 100) || "Editor";
}

function presentation(
  site: { url: string; key: string },
  folder: Folder | null,
  { desk, milliseconds }: { desk: string; milliseconds: number },
): string {
  const title = folder?.settings?.["title"];
  // The time makes the headline, and so the story's address, a new one at each start.
  const story = {
    title: `Stop press at ${new Date().toTimeString().slice(0, 8)}`,
    section: folder?.sections[0]?.slug ?? "news",
    body: "It **works**.",
    status: "published",
  };
  return `
  ${typeof title === "string" ? title : "The paper"}
  ${site.url}

  Desk       ${desk}
  API        ${site.url}/api/v1
  Reference  ${site.url}/api/v1/docs
  Key        ${site.key}

  Publish a story:

curl -sS ${site.url}/api/v1/articles -H "Authorization: Bearer ${site.key}" -H "Content-Type: application/json" -d '${JSON.stringify(story)}'

  Ready in ${(milliseconds / 1000).toFixed(1)} s. Ctrl-C stops it. Requests follow.
`;
}

async function failWhenItEnds(wrangler: Wrangler, output: WranglerOutput): Promise<never> {
  const how = await endOf(wrangler);
  throw new Refusal(`Wrangler ended by itself with ${how}.\n\n${output.held()}`.trim());
}

/** How it ended by itself. An end that was asked for is nothing to act on: this program is about to exit. */
async function endOf(wrangler: Wrangler): Promise<string> {
  const how = await wrangler.ended;
  return stopping ? new Promise<never>(() => {}) : how;
}

/** npm passes on a Ctrl-C that the terminal has delivered already: the second one changes nothing. */
async function stopAsAsked(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await stopAll();
  process.exit(0);
}

/** A signal to npm goes no further than the shell between npm and this program, which dies of it. */
function stopWithoutParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) void stopAsAsked();
  }, PARENT_CHECK).unref();
}

async function stopAll(): Promise<void> {
  await Promise.all([...running].map((wrangler) => wrangler.stop()));
}

function keep(wrangler: Wrangler): Wrangler {
  running.add(wrangler);
  return wrangler;
}

function say(sentence: string): void {
  console.log(sentence);
}
