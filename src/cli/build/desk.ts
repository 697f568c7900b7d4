import { readFile } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";
import type { Mode } from "./worker.ts";

/** The folder whose files Static Assets serves as they are; its files have the addresses of their paths. */
export const ASSETS = "dist/assets";

/** A file of the desk, by its path within the folder of assets. */
interface Asset {
  path: string;
  contents: Uint8Array | string;
}

export interface BuiltDesk {
  files: Asset[];
  /** The names of what the page loads at once, and not only when somebody opens a room. */
  first: string[];
}

/**
 * Builds the editors' desk and writes nothing. Scripts and styles have names with a hash of their contents, so that a browser may
 * keep them for good; the page that names them has none, and is asked for anew each time (_headers).
 */
export async function buildDesk(source: string, mode: Mode): Promise<BuiltDesk> {
  const outdir = path.resolve(ASSETS, "desk/assets");
  const { outputFiles, metafile } = await build({
    entryPoints: { desk: path.join(source, "main.tsx"), look: path.join(source, "desk.css") },
    outdir,
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    target: ["chrome120", "firefox121", "safari17.4"],
    jsx: "automatic",
    jsxImportSource: "preact",
    define: { "process.env.NODE_ENV": JSON.stringify(mode) },
    minify: true,
    metafile: true,
    write: false,
    logLevel: "warning",
  });
  const outputs = Object.entries(metafile.outputs).map(([name, output]) => ({
    ...output,
    name: path.basename(name),
  }));
  const find = (entry: string): string => {
    const made = outputs.find(({ entryPoint }) => entryPoint?.endsWith(entry));
    if (!made) throw new Error(`esbuild made no file of ${entry}.`);
    return made.name;
  };
  const script = find("main.tsx");
  const style = find("desk.css");
  const first = new Set<string>();
  const begin = (name: string) => {
    if (first.has(name)) return;
    first.add(name);
    for (const { kind, path: other } of outputs.find((output) => output.name === name)?.imports ??
      [])
      if (kind === "import-statement") begin(path.basename(other));
  };
  begin(script);
  const page = (await readFile(path.join(source, "index.html"), "utf8"))
    .replace("desk.css", `/desk/assets/${style}`)
    .replace("main.tsx", `/desk/assets/${script}`)
    .replace(
      "<!-- modules -->",
      [...first]
        .filter((name) => name !== script)
        .map((name) => `<link rel="modulepreload" href="/desk/assets/${name}">`)
        .join(""),
    );
  return {
    files: [
      { path: "_headers", contents: await readFile(path.join(source, "_headers")) },
      { path: "desk/index.html", contents: page },
      ...outputFiles.map(({ path: file, contents }) => ({
        path: `desk/assets/${path.basename(file)}`,
        contents,
      })),
    ],
    first: [...first, style],
  };
}
