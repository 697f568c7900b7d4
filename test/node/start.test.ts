import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo, Server } from "node:net";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findDatabases } from "../../src/cli/start/databases.ts";
import { ensureDevVars } from "../../src/cli/dev-vars.ts";
import { readPort } from "../../src/cli/start/port.ts";
import { createWranglerOutput } from "../../src/cli/start/wrangler-output.ts";

const PROJECT = path.join(import.meta.dirname, "../..");

let root: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), "start-"));
});

afterEach(async () => {
  await rm(root, { recursive: true });
});

describe(".dev.vars", () => {
  const file = () => path.join(root, ".dev.vars");

  test("is written for its owner only, with a random key and the local cache", async () => {
    const { rootKey } = await ensureDevVars(file());
    expect(rootKey).toMatch(/^bs_root_[A-Za-z0-9_-]{43}$/);
    expect(await readFile(file(), "utf8")).toBe(`ROOT_KEY=${rootKey}\nEDGE=stand-in\n`);
    expect((await stat(file())).mode & 0o777).toBe(0o600);
    expect((await ensureDevVars(path.join(root, "other"))).rootKey).not.toBe(rootKey);
  });

  test("keeps what it has and gets only what it lacks", async () => {
    await writeFile(file(), '# mine\nROOT_KEY="bs_root_mine"\nHOOK=x', { mode: 0o644 });
    expect(await ensureDevVars(file())).toEqual({ rootKey: "bs_root_mine", wrote: true });
    expect(await readFile(file(), "utf8")).toBe(
      '# mine\nROOT_KEY="bs_root_mine"\nHOOK=x\nEDGE=stand-in\n',
    );
    expect((await stat(file())).mode & 0o777).toBe(0o600);
  });

  test("is left alone when it is complete, also when it says otherwise", async () => {
    await writeFile(file(), "EDGE=off\nROOT_KEY=bs_root_mine\n");
    expect(await ensureDevVars(file())).toEqual({ rootKey: "bs_root_mine", wrote: false });
    expect(await readFile(file(), "utf8")).toBe("EDGE=off\nROOT_KEY=bs_root_mine\n");
  });
});

describe("Wrangler's output", () => {
  const warning = [
    "\u001b[33m▲ \u001b[43;30mWARNING\u001b[0m Unable to fetch the `Request.cf` object! Falling back to a default placeholder...",
    "    at somewhere",
    "",
  ];

  test("is held back until the site is presented, errors aside", () => {
    const shown: string[] = [];
    const output = createWranglerOutput((line) => shown.push(line));
    for (const line of [
      "[wrangler:info] Ready on http://localhost:1",
      "✘ [ERROR] Build failed",
      "",
      "  src/worker.ts:3:1",
    ])
      output.take(line);
    expect(shown).toEqual(["✘ [ERROR] Build failed", "", "  src/worker.ts:3:1"]);
    expect(output.held()).toBe("[wrangler:info] Ready on http://localhost:1");
  });

  test("then shows the Worker's lines and warnings, but not the known noise nor a request twice", () => {
    const shown: string[] = [];
    const output = createWranglerOutput((line) => shown.push(line));
    output.open();
    for (const line of [
      ...warning,
      "[wrangler:info] GET / 200 OK (4ms)",
      "[wrangler:info] GET /city 404 Not Found (12ms)",
      "200 HIT         0 D1 trips     2 ms  GET /",
      "[wrangler:info] Reloading local server...",
      "hello",
      "▲ [WARNING] Yours",
    ])
      output.take(line);
    expect(shown).toEqual([
      "200 HIT         0 D1 trips     2 ms  GET /",
      "Reloading local server...",
      "hello",
      "▲ [WARNING] Yours",
    ]);
  });
});

test.each(["0", "65536", "http", "-1", "80.5", ""])("%j is not a port", (written) => {
  expect(() => readPort(written)).toThrow(
    `--port must be a number from 1 to 65535, got "${written}".`,
  );
});

test("every database with migrations is found in wrangler.toml", () => {
  const toml = `name = "paper"
[[d1_databases]]
binding = "DB"
migrations_dir = "migrations"
[[d1_databases]]
binding = "BARE"
[[kv_namespaces]]
binding = "COPIES"
[[d1_databases]]
migrations_dir = "search"
binding = "SEARCH"
`;
  expect(findDatabases(toml)).toEqual(["DB", "SEARCH"]);
});

/** A Wrangler that notes its calls, starts a process of its own and answers like a new site. */
const FAKE_WRANGLER = `
const { spawn } = require("node:child_process");
const fs = require("node:fs");
const args = process.argv.slice(2);
fs.appendFileSync("calls.log", JSON.stringify(args) + "\\n");
if (args[0] === "d1") {
  fs.mkdirSync(".wrangler/state", { recursive: true });
  if (fs.existsSync("broken-migration")) { console.error("near the comma: syntax error"); process.exit(1); }
  process.exit(0);
}
process.on("SIGTERM", () => { fs.writeFileSync("asked", ""); process.exit(0); });
// A test that fails must leave nothing behind either.
setTimeout(() => process.exit(9), 20000);
const grandchild = spawn(process.execPath, ["-e", "setTimeout(() => {}, 20000)"], { stdio: "inherit" });
fs.writeFileSync("grandchild.pid", String(grandchild.pid));
require("node:http").createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    if (request.url === "/die") process.exit(3);
    const { items = [] } = JSON.parse(Buffer.concat(chunks).toString() || "{}");
    console.log("[wrangler:info] " + request.method + " " + request.url + " 200 OK (1ms)");
    console.log("200 HIT " + request.method + " " + request.url);
    const invited = { id: "first", url: "http://" + request.headers.host + "/desk/#invitation=once", expiresAt: "" };
    response.end(JSON.stringify({ ...invited, items: items.map(({ key }) => ({ key, id: key, created: true, changed: true })) }));
  });
}).listen(Number(args[args.indexOf("--port") + 1]), "localhost");
`;

describe("npm start", () => {
  let port: number;
  let program: ChildProcess;
  let printed: string;

  beforeEach(async () => {
    printed = "";
    port = await findFreePort();
    await cp(path.join(PROJECT, "src/cli"), path.join(root, "src/cli"), { recursive: true });
    for (const room of ["domain", "text", "pictures"])
      await cp(path.join(PROJECT, "src", room), path.join(root, "src", room), { recursive: true });
    await mkdir(path.join(root, "node_modules/wrangler/bin"), { recursive: true });
    await mkdir(path.join(root, "node_modules/@sindresorhus"), { recursive: true });
    for (const name of [
      "yaml",
      "smol-toml",
      "csv-parse",
      "cli-progress",
      "@sindresorhus/transliterate",
    ]) {
      await symlink(
        path.join(PROJECT, "node_modules", name),
        path.join(root, "node_modules", name),
      );
    }
    await writeFile(path.join(root, "node_modules/wrangler/bin/wrangler.js"), FAKE_WRANGLER);
    await writeFile(path.join(root, "package.json"), '{ "type": "module" }');
    await writeFile(
      path.join(root, "node_modules/wrangler/package.json"),
      '{ "type": "commonjs" }',
    );
    await writeFile(
      path.join(root, "wrangler.toml"),
      '[[d1_databases]]\nbinding = "DB"\nmigrations_dir = "migrations"\n',
    );
    await mkdir(path.join(root, "content"));
    await writeFile(path.join(root, "content/sections.yaml"), "harbour: { name: Harbour }\n");
    await writeFile(
      path.join(root, "content/tides.md"),
      "---\ntitle: Tides\nsection: harbour\n---\nText\n",
    );
    await writeFile(path.join(root, "content/bad.md"), "no front matter\n");
  });

  afterEach(async () => {
    if (program.exitCode !== null || program.signalCode !== null) return;
    const closed = new Promise((resolve) => program.once("close", resolve));
    program.kill("SIGTERM");
    await closed;
  });

  function start(...args: string[]): Promise<number | null> {
    const env = { ...process.env };
    delete env["npm_lifecycle_event"];
    return run(
      process.execPath,
      [path.join(root, "src/cli/start.ts"), "--port", String(port), ...args],
      env,
    );
  }

  /** Resolves when the program and whoever else holds its output have ended. */
  function run(command: string, args: string[], env: NodeJS.ProcessEnv): Promise<number | null> {
    program = spawn(command, args, { cwd: root, env });
    program.stdout?.on("data", (chunk: Buffer) => (printed += chunk.toString()));
    program.stderr?.on("data", (chunk: Buffer) => (printed += chunk.toString()));
    return new Promise((resolve) => program.once("close", (code) => resolve(code)));
  }

  async function until(words: string): Promise<void> {
    for (let tries = 0; !printed.includes(words); tries++) {
      if (tries > 750) throw new Error(`"${words}" was not printed, but:\n${printed}`);
      await sleep(20);
    }
  }

  async function grandchildLives(): Promise<boolean> {
    const pid = await readFile(path.join(root, "grandchild.pid"), "utf8");
    // One that nobody has collected yet is in state Z.
    if (process.platform === "linux")
      return /\) [^ZX] /.test(await readFile(`/proc/${pid}/stat`, "utf8").catch(() => ""));
    try {
      return process.kill(Number(pid), 0);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
      throw error;
    }
  }

  test("prepares the database, starts the Worker, publishes the content and says where everything is", async () => {
    const ended = start();
    await until("Ready in");
    const { ROOT_KEY } = Object.fromEntries(
      (await readFile(path.join(root, ".dev.vars"), "utf8"))
        .split("\n")
        .map((line) => line.split("=")),
    );
    const dev = ["dev", "--port", String(port), "--var", `SITE_ORIGIN:http://localhost:${port}`];
    expect(
      (await readFile(path.join(root, "calls.log"), "utf8"))
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      ["d1", "migrations", "apply", "DB", "--local"],
      // A new paper is published before the cache is in front of it.
      [...dev, "--var", "EDGE:platform"],
      dev,
    ]);
    expect(printed).toContain("1 story created");
    expect(printed).toContain("bad.md: has no front matter");
    expect(printed).toContain(`API        http://localhost:${port}/api/v1\n`);
    expect(printed).toContain(`Key        ${ROOT_KEY}\n`);
    expect(printed).toContain(`Desk       http://localhost:${port}/desk/#invitation=once\n`);
    expect(printed).toMatch(
      new RegExp(`curl -sS http://localhost:${port}/api/v1/articles .*"section":"harbour"`),
    );
    await sleep(300);
    await fetch(`http://localhost:${port}/a-page`);
    await until("200 HIT GET /a-page");
    expect(printed).not.toContain("200 OK (1ms)");
    expect(printed).not.toContain("POST /api/v1/imports");
    expect(await grandchildLives()).toBe(true);
    program.kill("SIGINT");
    expect(await ended).toBe(0);
    // Asked to end, not killed: what it has to put in order, it can.
    await stat(path.join(root, "asked"));
    expect(await grandchildLives()).toBe(false);
  });

  test("ends with the reason, and leaves nothing running, when Wrangler ends", async () => {
    const ended = start();
    await until("Ready in");
    await fetch(`http://localhost:${port}/die`).catch(() => null);
    expect(await ended).toBe(1);
    expect(printed).toContain("Wrangler ended by itself with exit code 3.");
    expect(await grandchildLives()).toBe(false);
  });

  test("stops with npm, whose signal ends at the shell in between", async () => {
    const command = `"${process.execPath}" src/cli/start.ts --port ${port}; true`;
    const ended = run("sh", ["-c", command], { ...process.env, npm_lifecycle_event: "start" });
    await until("Ready in");
    program.kill("SIGTERM");
    await ended;
    expect(await grandchildLives()).toBe(false);
  });

  test("--fresh removes the local state and nothing else; a migration that then fails is shown and ends it", async () => {
    await mkdir(path.join(root, ".wrangler/state/v3"), { recursive: true });
    await writeFile(path.join(root, ".wrangler/other"), "");
    await writeFile(path.join(root, ".dev.vars"), "ROOT_KEY=bs_root_mine\nEDGE=stand-in\n");
    await writeFile(path.join(root, "broken-migration"), "");
    expect(await start("--fresh")).toBe(1);
    await expect(stat(path.join(root, ".wrangler/state/v3"))).rejects.toThrow("ENOENT");
    await stat(path.join(root, ".wrangler/other"));
    expect(await readFile(path.join(root, ".dev.vars"), "utf8")).toBe(
      "ROOT_KEY=bs_root_mine\nEDGE=stand-in\n",
    );
    expect(printed).toContain(
      "Cannot prepare the database DB: Wrangler ended with exit code 1.\n\nnear the comma: syntax error",
    );
  });

  test("names a port that is in use, and the way out, before it touches anything", async () => {
    const other = await listen(port);
    await mkdir(path.join(root, ".wrangler/state"), { recursive: true });
    expect(await start("--fresh")).toBe(1);
    expect(printed).toContain(`Port ${port} is in use by another program.`);
    expect(printed).toContain(`npm start -- --port ${port + 1}`);
    await stat(path.join(root, ".wrangler/state"));
    other.close();
  });

  test("refuses an option that it does not have with a sentence, not a stack", async () => {
    expect(await start("--prot", "1")).toBe(1);
    expect(printed).toContain("Usage: npm start -- [--port 8787] [--fresh]");
    expect(printed).not.toContain("    at ");
  });
});

function listen(port: number): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}

async function findFreePort(): Promise<number> {
  const server = await listen(0);
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
