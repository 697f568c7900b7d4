import { dirname, resolve } from "node:path";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig, type Plugin } from "vitest/config";
import { readStylesheet } from "./src/cli/build/stylesheet.ts";
import { writeDesk } from "./src/cli/build/written.ts";

// wrangler.toml serves it.
await writeDesk(import.meta.dirname, "development");

const bindings = {
  TEST_MIGRATIONS: await readD1Migrations("migrations"),
  TEST_SEARCH_MIGRATIONS: await readD1Migrations("migrations/search"),
  ROOT_KEY: "bs_root_for_the_tests_and_nothing_else_at_all",
  SITE_ORIGIN: "https://ledger.example",
  // Whatever a developer's .dev.vars says.
  EDGE: "platform",
};

/** In milliseconds: machines are shared, and no test is about how long something takes. */
const PATIENCE = 20_000;

/** Runs in workerd, with the D1 of wrangler.toml. */
function inWorkerd(name: string, include: string, exclude: string) {
  return {
    plugins: [
      stylesheetsAsText,
      cloudflareTest({
        main: "./src/worker.ts",
        wrangler: { configPath: "./wrangler.toml" },
        miniflare: { bindings },
      }),
    ],
    test: {
      name,
      include: [include],
      exclude: [exclude],
      isolate: false,
      testTimeout: PATIENCE,
    },
  };
}

/** What stands before the path of a stylesheet, and hides its ending, so that Vite leaves it alone. */
const TEXT = "\0text:";

/** Gives a stylesheet as its text, as the build does. */
const stylesheetsAsText: Plugin = {
  name: "stylesheets-as-text",
  enforce: "pre",
  resolveId(source, importer) {
    if (!source.endsWith(".css") || importer === undefined) return null;
    return `${TEXT}${resolve(dirname(importer), source)}.js`;
  },
  async load(id) {
    if (!id.startsWith(TEXT)) return null;
    const path = id.slice(TEXT.length, -".js".length);
    return `export default ${JSON.stringify(await readStylesheet(path))};`;
  },
};

/** Runs in Node, where the Worker's code can be imported, too. */
function inNode(name: string, include: string[]) {
  return {
    plugins: [stylesheetsAsText],
    test: { name, include, testTimeout: PATIENCE, environment: "node" as const },
  };
}

export default defineConfig({
  test: {
    // Of two cores Vitest would leave one to itself, and run Node's tests after the Worker's.
    maxWorkers: 2,
    projects: [
      inWorkerd("worker", "test/**/*.test.{ts,tsx}", "test/{node,property}/**"),
      inNode("node", ["test/node/*.test.ts", "test/property/*.test.ts"]),
      inNode("deep", ["test/property/*.deep.ts"]),
    ],
  },
});
