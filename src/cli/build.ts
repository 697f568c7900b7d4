// npm run build: writes the Worker's modules and the desk's files, which Wrangler serves and deploys, to dist/. Wrangler runs it by
// itself.
import path from "node:path";
import process from "node:process";
import type { Mode } from "./build/worker.ts";
import { writeDesk, writeWorker } from "./build/written.ts";

const PROJECT = path.join(import.meta.dirname, "../..");

/** As Wrangler decides it when it bundles by itself; it names its command to a build. */
function modeOf({ NODE_ENV, WRANGLER_COMMAND }: NodeJS.ProcessEnv): Mode {
  if (NODE_ENV === "production" || NODE_ENV === "development") return NODE_ENV;
  return WRANGLER_COMMAND === "deploy" ? "production" : "development";
}

try {
  const mode = modeOf(process.env);
  await Promise.all([writeWorker(PROJECT, mode), writeDesk(PROJECT, mode)]);
} catch (error) {
  // What is wrong with a source esbuild has said already.
  if (!(error instanceof Error && "errors" in error)) throw error;
  process.exitCode = 1;
}
