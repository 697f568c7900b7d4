// npm run test:cache [-- --source FOLDER]
// Runs the public tests for HTTP caches (https://github.com/http-tests/cache-tests) through the stand-in: the set that npm
// carries, or the one in a clone. Every request goes to this machine.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { buildWorker } from "../../../src/cli/build/worker.ts";
import { exceptionsOf, OPTIMAL } from "./exceptions.ts";

const HERE = import.meta.dirname;
const OF_NPM = path.join(HERE, "../../../node_modules/http-cache-tests");

/** How long the suite's origin may take to listen, in milliseconds. */
const PATIENCE = 10_000;

interface Test {
  id: string;
  name: string;
  kind?: "required" | "optimal" | "check";
  depends_on?: string[];
  browser_only?: boolean;
}

interface Suite {
  id: string;
  name: string;
  tests: Test[];
}

/** True, or which assertion failed. */
type Results = Record<string, true | [kind: string, message: string]>;

const { values } = parseArgs({ options: { source: { type: "string" } } });
process.exitCode = await run(path.resolve(values.source ?? OF_NPM));

async function run(source: string): Promise<number> {
  const layout = layoutOf(source);
  const port = await freePort();
  const origin = spawn(process.execPath, [layout.server], {
    cwd: source,
    stdio: "ignore",
    env: {
      ...process.env,
      npm_config_protocol: "http",
      npm_config_port: String(port),
      npm_config_pidfile: path.join(await mkdtemp(path.join(tmpdir(), "broadsheet-suite-")), "pid"),
    },
  });
  const folder = path.join(HERE, "../../../dist/cache-suite");
  const { modules } = await buildWorker(path.join(HERE, "worker.ts"), folder, "development");
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      modules: modules.map(({ path, contents }) => ({ type: "ESModule" as const, path, contents })),
      compatibilityDate: "2026-10-23",
      cf: false,
      bindings: { ORIGIN: `http://127.0.0.1:${port}` },
      // Past Miniflare's own front, which compresses.
      unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
    }),
  );
  try {
    await untilItListens(port);
    const base = (await miniflare.unsafeGetDirectURL()).origin;
    const suites = await load<{ default: Suite[] }>(path.join(source, "tests/index.mjs"));
    const tests = suites.default.flatMap((suite) =>
      suite.tests.filter((test) => test.browser_only !== true),
    );
    const results = await layout.run(suites.default, base);
    return report(tests, results, exceptionsOf(layout.set));
  } finally {
    await miniflare.dispose();
    origin.kill();
    await once(origin, "exit");
  }
}

/** Where a set has its parts: it was rearranged after the one that npm carries. */
function layoutOf(source: string) {
  const engine = path.join(source, "test-engine");
  const isNewer = existsSync(engine);
  const root = isNewer ? engine : source;
  return {
    set: isNewer ? ("newer" as const) : ("older" as const),
    server: path.join(root, "server/server.mjs"),
    async run(suites: Suite[], base: string): Promise<Results> {
      const runner = await load<{
        runTests: (...args: unknown[]) => Promise<void>;
        getResults: () => Results;
      }>(path.join(root, "client/runner.mjs"));
      await (isNewer
        ? runner.runTests(suites, false, base)
        : runner.runTests(suites, fetch, false, base));
      return runner.getResults();
    },
  };
}

/** Prints the table, and says whether it is as it should be. */
function report(
  tests: Test[],
  results: Results,
  exceptions: ReturnType<typeof exceptionsOf>,
): number {
  const kinds = ["required", "optimal", "check"] as const;
  const of = (kind: string) => tests.filter((test) => (test.kind ?? "required") === kind);
  const passes = ({ id }: Test) => results[id] === true;
  for (const kind of kinds) {
    const all = of(kind);
    console.log(`${kind.padEnd(9)} ${all.filter(passes).length} of ${all.length}`);
    if (kind === "check") continue;
    for (const test of all.filter((test) => !passes(test))) {
      const told = results[test.id];
      console.log(`  ${test.id}: ${Array.isArray(told) ? told[1] : "was not run"}`);
      const exception = exceptions.get(test.id);
      if (exception) console.log(`    ${exception.because} ${exception.page}`);
    }
  }
  const checks = of("check").filter(passes);
  console.log(`\nYes to: ${checks.map(({ id }) => id).join(", ")}`);

  const unforeseen = of("required").filter((test) => !passes(test) && !exceptions.has(test.id));
  const unneeded = of("required").filter((test) => passes(test) && exceptions.has(test.id));
  const optimal = of("optimal").filter(passes).length;
  for (const { id } of unforeseen) console.log(`\nFailed, and no exception: ${id}`);
  for (const { id } of unneeded) console.log(`\nPassed, and excepted: ${id}`);
  if (optimal < OPTIMAL)
    console.log(`\nFewer than ${OPTIMAL} optimal tests were passed: ${optimal}.`);
  return unforeseen.length + unneeded.length > 0 || optimal < OPTIMAL ? 1 : 0;
}

async function load<Module>(file: string): Promise<Module> {
  return (await import(pathToFileURL(file).href)) as Module;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("No port is free.");
  return address.port;
}

async function untilItListens(port: number): Promise<void> {
  const patienceEnds = Date.now() + PATIENCE;
  while (Date.now() < patienceEnds) {
    const answer = await fetch(`http://127.0.0.1:${port}/state/none`).catch(() => null);
    if (answer) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The suite's origin did not listen on port ${port} within ${PATIENCE / 1000} s.`);
}
