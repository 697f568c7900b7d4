import { randomBytes } from "node:crypto";
import { chmod, readFile, writeFile } from "node:fs/promises";
import { parseEnv } from "node:util";

/** Makes sure that `.dev.vars` has a root key and turns on the local cache, keeps the rest of it, and returns the key. */
export async function ensureDevVars(file: string): Promise<{ rootKey: string; wrote: boolean }> {
  const before = await readDevVars(file);
  const known = parseEnv(before);
  const rootKey = known["ROOT_KEY"] || `bs_root_${randomBytes(32).toString("base64url")}`;
  const lines = [
    ...(known["ROOT_KEY"] ? [] : [`ROOT_KEY=${rootKey}`]),
    ...(known["EDGE"] ? [] : ["EDGE=stand-in"]),
  ];
  if (lines.length === 0) return { rootKey, wrote: false };
  const gap = before === "" || before.endsWith("\n") ? "" : "\n";
  await writeFile(file, `${before}${gap}${lines.join("\n")}\n`, { mode: 0o600 });
  // The mode above is for a new file only. The key opens everything: nobody else on the machine may read it.
  await chmod(file, 0o600);
  return { rootKey, wrote: true };
}

/** The root key in `.dev.vars`, if there is one. */
export async function findRootKey(file: string): Promise<string | null> {
  return parseEnv(await readDevVars(file))["ROOT_KEY"] || null;
}

async function readDevVars(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  }
}
