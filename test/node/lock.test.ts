import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { completeLock } from "../../src/cli/lock.ts";
import type { Lock } from "../../src/cli/lock.ts";

const builder = {
  version: "2.0.0",
  dev: true,
  optionalDependencies: { "@builder/linux-x64-musl": "2.0.0" },
};

function lockOf(packages: Lock["packages"]): Lock {
  return { packages: { "": {}, ...packages } };
}

describe("a lock that lacks a platform's binary", () => {
  test("gets an entry that says for which machines it is", () => {
    const { lock, added } = completeLock(lockOf({ "node_modules/builder": builder }));
    expect(added).toEqual(["@builder/linux-x64-musl@2.0.0"]);
    expect(JSON.stringify(lock.packages["node_modules/@builder/linux-x64-musl"])).toBe(
      '{"version":"2.0.0","cpu":["x64"],"dev":true,"libc":["musl"],"optional":true,"os":["linux"]}',
    );
  });

  test.each([
    ["@a/binding-win32-arm64-msvc", { cpu: ["arm64"], os: ["win32"] }],
    ["@a/binding-linux-arm64-gnu", { cpu: ["arm64"], libc: ["glibc"], os: ["linux"] }],
    ["@a/binding-wasm32-wasi", { cpu: ["wasm32"] }],
    ["@a/binding-openharmony-arm64", { cpu: ["arm64"], os: ["openharmony"] }],
    ["workerd-darwin-64", { cpu: ["x64"], os: ["darwin"] }],
    ["@a/sunos-x64", { cpu: ["x64"], os: ["sunos"] }],
    ["@a/linux-ia32", { cpu: ["ia32"], os: ["linux"] }],
    ["@a/darwin-universal", { os: ["darwin"] }],
  ])("reads the platform of %s in its name", (name, platform) => {
    const { lock } = completeLock(
      lockOf({ "node_modules/a": { version: "1.0.0", optionalDependencies: { [name]: "1.0.0" } } }),
    );
    expect(lock.packages[`node_modules/${name}`]).toEqual({
      version: "1.0.0",
      optional: true,
      ...platform,
    });
  });

  test("keeps npm's order", () => {
    const { lock } = completeLock(
      lockOf({ "node_modules/ada": { version: "1.0.0" }, "node_modules/builder": builder }),
    );
    expect(Object.keys(lock.packages)).toEqual([
      "",
      "node_modules/@builder/linux-x64-musl",
      "node_modules/ada",
      "node_modules/builder",
    ]);
  });

  test("is complete after one run", () => {
    const once = completeLock(
      lockOf({
        "node_modules/builder": builder,
        "node_modules/a/node_modules/builder": { ...builder },
      }),
    );
    expect(completeLock(once.lock)).toEqual({ lock: once.lock, added: [] });
  });
});

describe("a binary that stands elsewhere in the tree", () => {
  const nested = "node_modules/app/node_modules/builder";

  test("counts as present below its own parent", () => {
    const own = `${nested}/node_modules/@builder/linux-x64-musl`;
    expect(completeLock(lockOf({ [nested]: builder, [own]: { version: "2.0.0" } })).added).toEqual(
      [],
    );
  });

  test("counts as present beside its parent", () => {
    const beside = "node_modules/app/node_modules/@builder/linux-x64-musl";
    expect(
      completeLock(lockOf({ [nested]: builder, [beside]: { version: "2.0.0" } })).added,
    ).toEqual([]);
  });

  test("does not count when it is another version, which keeps its place", () => {
    const top = "node_modules/@builder/linux-x64-musl";
    const { lock } = completeLock(lockOf({ [nested]: builder, [top]: { version: "1.0.0" } }));
    expect(lock.packages[top]?.version).toBe("1.0.0");
    expect(lock.packages[`${nested}/node_modules/@builder/linux-x64-musl`]?.version).toBe("2.0.0");
  });

  test("is left to npm when only a range of versions is known", () => {
    const ranged = { version: "1.0.0", optionalDependencies: { fsevents: "~2.3.3" } };
    expect(completeLock(lockOf({ "node_modules/vite": ranged })).added).toEqual([]);
  });
});

test("this project's own lock names every platform's binaries", async () => {
  const lock = JSON.parse(
    await readFile(path.join(import.meta.dirname, "../../package-lock.json"), "utf8"),
  ) as Lock;
  expect(completeLock(lock).added).toEqual([]);
});
