import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { squeeze } from "../../src/cli/build/stylesheet.ts";
import { buildWorker } from "../../src/cli/build/worker.ts";

// The modules that are deployed.

const PROJECT = path.join(import.meta.dirname, "../..");
const build = (mode: "production" | "development") =>
  buildWorker(path.join(PROJECT, "src/worker.ts"), path.join(PROJECT, "dist/test"), mode);

const says = (modules: { contents: string }[], sentence: string) =>
  modules.some(({ contents }) => contents.includes(sentence));

/** What an endpoint says of itself, what a page says, and what the stand-in refuses with. */
const OF_EDITORS = "Read one story as its editors see it.";
const OF_READERS = "Skip to the content";
const OF_STAND_IN = "purgeEverything excludes tags and pathPrefixes.";

describe("the Worker's modules", () => {
  it("are what wrangler.toml names, and others that are loaded later", async () => {
    const { modules } = await build("production");
    expect(modules[0]?.path).toBe("worker.mjs");
    const toml = await readFile(path.join(PROJECT, "wrangler.toml"), "utf8");
    expect(toml).toContain('main = "dist/worker/worker.mjs"');
    const start = modules.filter(({ isStart }) => isStart);
    const later = modules.filter(({ isStart }) => !isStart);
    expect([says(start, OF_READERS), says(later, OF_READERS)]).toEqual([true, false]);
    expect([says(start, OF_EDITORS), says(later, OF_EDITORS)]).toEqual([false, true]);
  });

  it("have the stand-in for the platform's cache on a laptop alone", async () => {
    const [deployed, local] = await Promise.all([build("production"), build("development")]);
    expect(says(deployed.modules, OF_STAND_IN)).toBe(false);
    expect(says(local.modules, OF_STAND_IN)).toBe(true);
  });
});

describe("a stylesheet in them", () => {
  it("loses what only its authors read, and nothing else", () => {
    expect(
      squeeze('/* why */\n.a,\n.b > c {\n  margin: 0 calc(1px + 2px);\n  content: "#";\n}\n'),
    ).toBe('.a,.b > c{margin:0 calc(1px + 2px);content:"#"}');
  });
});
