import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { ASSETS, buildDesk } from "./desk.ts";
import { buildWorker, type Mode } from "./worker.ts";

/** Writes the Worker's modules to dist/worker. */
export async function writeWorker(project: string, mode: Mode): Promise<void> {
  const folder = path.join(project, "dist/worker");
  const { files } = await buildWorker(path.join(project, "src/worker.ts"), folder, mode);
  await replace(
    folder,
    files.map(({ path: file, contents }) => ({ path: path.basename(file), contents })),
  );
}

/** Writes the desk to dist/assets. */
export async function writeDesk(project: string, mode: Mode): Promise<void> {
  const { files } = await buildDesk(path.join(project, "src/desk"), mode);
  await replace(path.join(project, ASSETS), files);
}

/** Makes a folder hold these files and no others. */
async function replace(
  folder: string,
  files: { path: string; contents: Uint8Array | string }[],
): Promise<void> {
  for (const file of files) {
    const target = path.join(folder, file.path);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, file.contents);
  }
  // What is no longer made would be uploaded, too. It goes last: another Wrangler may be reading the folder.
  const made = new Set(files.map(({ path: file }) => path.join(folder, file)));
  const there = await readdir(folder, { recursive: true, withFileTypes: true });
  const others = there
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !made.has(file));
  await Promise.all(others.map((file) => rm(file, { force: true })));
}
