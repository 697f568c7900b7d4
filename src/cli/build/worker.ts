import path from "node:path";
import { build, type OutputFile, type Plugin } from "esbuild";
import { readStylesheet } from "./stylesheet.ts";

/** What the Worker is built for. What is deployed is without what only a laptop needs. */
export type Mode = "production" | "development";

/** A module of a Worker. */
interface Module {
  /** Relative to the folder of the main module. */
  path: string;
  contents: string;
  /** Whether the Worker starts with it; otherwise it is loaded by the first act that needs it. */
  isStart: boolean;
}

/** A built Worker: its main module comes first. */
export interface BuiltWorker {
  modules: Module[];
  /** Everything to write: the modules and their source maps, by absolute paths. */
  files: OutputFile[];
}

/**
 * Builds a Worker for `folder` and writes nothing. What is loaded by `import()` becomes a module of its own, which Wrangler's
 * own bundler does not do: it would make one file of all, and each start would read it. For the rest it does as Wrangler does.
 */
export async function buildWorker(entry: string, folder: string, mode: Mode): Promise<BuiltWorker> {
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    outdir: folder,
    chunkNames: "[name]-[hash]",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2024",
    supported: { using: true },
    platform: "browser",
    conditions: ["workerd", "worker", "browser"],
    external: ["cloudflare:*", "node:*"],
    define: { "process.env.NODE_ENV": JSON.stringify(mode) },
    plugins: [stylesheets],
    // What it logs still names our own files and lines, by the source maps.
    minify: true,
    sourcemap: "linked",
    metafile: true,
    write: false,
    logLevel: "warning",
  });
  const outputs = new Map(
    Object.entries(metafile.outputs).map(([name, output]) => [path.resolve(name), output]),
  );
  const main = [...outputs].find(
    ([, { entryPoint }]) => entryPoint && path.resolve(entryPoint) === path.resolve(entry),
  );
  if (!main) throw new Error(`esbuild made no module of ${entry}.`);
  const start = new Set<string>();
  const begin = (file: string) => {
    if (start.has(file)) return;
    start.add(file);
    for (const { kind, path: name } of outputs.get(file)?.imports ?? [])
      if (kind === "import-statement" && outputs.has(path.resolve(name))) begin(path.resolve(name));
  };
  begin(main[0]);
  const modules = outputFiles
    .filter(({ path: file }) => file.endsWith(".mjs"))
    .map(({ path: file, text }) => ({
      path: path.relative(folder, file),
      contents: text,
      isStart: start.has(file),
      isMain: file === main[0],
    }))
    .sort((one, other) => Number(other.isMain) - Number(one.isMain))
    .map(({ isMain: _, ...module }) => module);
  return { modules, files: outputFiles };
}

/** Stylesheets are put into pages, and so are text. */
const stylesheets: Plugin = {
  name: "stylesheets",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path: file }) => ({
      contents: await readStylesheet(file),
      loader: "text",
    }));
  },
};
