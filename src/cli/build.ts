// npm run build: writes what Wrangler serves and deploys to dist/. Wrangler runs it by itself (wrangler.toml).
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { buildWorker, type Mode } from "./build/worker.ts";

const PROJECT = path.join(import.meta.dirname, "../..");

/** As Wrangler decides it when it bundles by itself. */
function modeOf({ NODE_ENV, WRANGLER_COMMAND }: NodeJS.ProcessEnv): Mode {
  if (NODE_ENV === "production" || NODE_ENV === "development") return NODE_ENV;
  return WRANGLER_COMMAND === "deploy" ? "production" : "development";
}

const folder = path.join(PROJECT, "dist/worker");
const { files } = await buildWorker(
  path.join(PROJECT, "src/worker.ts"),
  folder,
  modeOf(process.env),
);
// Modules that are no longer made would be uploaded, too.
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
await Promise.all(files.map(({ path: file, contents }) => writeFile(file, contents)));
