import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";

const PROJECT = path.join(import.meta.dirname, "..");

/** A Worker in one module, and what that imports. */
export interface Bundle {
  /** The main module's name and text; further modules it imports. */
  modules: { type: "ESModule" | "Text"; path: string; contents: string }[];
  /** The folder they are in. */
  folder: string;
}

/**
 * Bundles a Worker as `wrangler deploy` does, and deploys nothing; `config` is its wrangler.toml. For `development` it has the
 * stand-in for Workers Cache in it.
 */
export async function bundle(
  config: string,
  { main, mode = "development" }: { main?: string; mode?: "development" | "production" } = {},
): Promise<Bundle> {
  const folder = await mkdtemp(path.join(tmpdir(), "broadsheet-bundle-"));
  const args = ["deploy", ...(main === undefined ? [] : [main]), "--config", config];
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    [
      path.join(PROJECT, "node_modules/wrangler/bin/wrangler.js"),
      ...args,
      "--dry-run",
      "--outdir",
      folder,
    ],
    { cwd: PROJECT, encoding: "utf8", env: { ...process.env, NODE_ENV: mode } },
  );
  if (status !== 0)
    throw new Error(`Wrangler could not bundle ${main ?? config}:\n${stdout}${stderr}`);
  const names = (await readdir(folder)).filter((name) => /\.(js|css)$/.test(name)).sort(byMain);
  const modules = await Promise.all(
    names.map(async (name) => ({
      type: name.endsWith(".js") ? ("ESModule" as const) : ("Text" as const),
      path: name,
      contents: await readFile(path.join(folder, name), "utf8"),
    })),
  );
  return { modules, folder };
}

/** The main module comes first, and is the only script. */
function byMain(one: string, other: string): number {
  return Number(other.endsWith(".js")) - Number(one.endsWith(".js"));
}
