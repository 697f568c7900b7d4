// npm run build: writes the Worker's modules, which Wrangler serves and deploys, to dist/. Wrangler runs it by itself.
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { buildWorker, type Mode } from "./build/worker.ts";

const PROJECT = path.join(import.meta.dirname, "../..");

/** As Wrangler decides it when it bundles by itself; it names its command to a build. */
function modeOf({ NODE_ENV, WRANGLER_COMMAND }: NodeJS.ProcessEnv): Mode {
  if (NODE_ENV === "production" || NODE_ENV === "development") return NODE_ENV;
  return WRANGLER_COMMAND === "deploy" ? "production" : "development";
}

const folder = path.join(PROJECT, "dist/worker");
try {
  const entry = path.join(PROJECT, "src/worker.ts");
  const { files } = await buildWorker(entry, folder, modeOf(process.env));
  await mkdir(folder, { recursive: true });
  await Promise.all(files.map(({ path: file, contents }) => writeFile(file, contents)));
  // What is no longer made would be uploaded, too. It goes last: another Wrangler may be reading the folder.
  const made = new Set(files.map(({ path: file }) => path.basename(file)));
  const others = (await readdir(folder)).filter((name) => !made.has(name));
  await Promise.all(others.map((name) => rm(path.join(folder, name), { force: true })));
} catch (error) {
  // What is wrong with a source esbuild has said already.
  if (!(error instanceof Error && "errors" in error)) throw error;
  process.exitCode = 1;
}
