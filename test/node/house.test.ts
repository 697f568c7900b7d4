import { describe, expect, it } from "vitest";
import { importsOf, readSources, withoutComments } from "./sources.ts";

// Which room may import what. An import outside its row fails here; change the table only with the house.

interface Row {
  rooms: string[];
  packages: (string | RegExp)[];
}

const HOUSE: Record<string, Row> = {
  domain: { rooms: ["domain"], packages: ["@sindresorhus/transliterate", /^@orama\/stemmers\//] },
  purge: { rooms: ["purge", "domain"], packages: [] },
  text: {
    rooms: ["text", "domain"],
    packages: ["marked", "marked-cjk-friendly", "parse5", "entities/decode", "diff"],
  },
  pictures: { rooms: ["pictures"], packages: [] },
  store: { rooms: ["store", "domain", "purge"], packages: [] },
  edge: { rooms: ["edge"], packages: [] },
  views: { rooms: ["views", "domain", "text/diff.ts"], packages: [/^hono\/(jsx|html)/] },
  reader: {
    rooms: ["reader", "views", "domain", "purge/tags.ts", "edge", "store/published/reader.d1.ts"],
    packages: [/^hono(\/|$)/],
  },
  editor: {
    rooms: ["editor", "views", "store", "domain", "purge", "text", "pictures"],
    packages: [/^hono(\/|$)/, "zod/mini", "zod/locales", "@simplewebauthn/server"],
  },
  cli: {
    rooms: ["cli", "domain", "text", "pictures"],
    packages: [
      /^node:/,
      "yaml",
      "smol-toml",
      "csv-parse/sync",
      "cli-progress",
      "esbuild",
      "playwright-core",
      "axe-core",
      "lighthouse",
      "sharp",
    ],
  },
  // What the API answers it has as types, from the API's schemas: see "gives the desk the API's types alone".
  desk: {
    rooms: ["desk", "domain", "editor"],
    packages: [
      "preact",
      "preact/hooks",
      "@preact/signals",
      "@simplewebauthn/browser",
      "exifreader",
      "csv-parse/browser/esm/sync",
      "zod/mini",
    ],
  },
  // worker, app, newsroom, cron and runtime: the wiring.
  "": {
    rooms: ["", "domain", "purge", "pictures", "store", "edge", "views", "reader", "editor"],
    packages: ["hono", "hono/hono-base", "hono/router/trie-router", /^cloudflare:/],
  },
};

const PURE =
  /\bDate\.now\(|\bnew Date\(\)|\bfetch\(|\bD1Database\b|\bKVNamespace\b|\bMath\.random\(/;

/** What no line of a room may say, whoever it imports it from. */
const NEVER: Record<string, RegExp> = {
  domain: PURE,
  purge: PURE,
  text: PURE,
  pictures: PURE,
  views: /\bDate\.now\(|\bnew Date\(\)|\bfetch\(|\bContext\b|\benv\./,
  store: /\bDate\.now\(/,
  reader: /\bDate\.now\(/,
  editor: /\bDate\.now\(|\bctx\.|\bMath\.random\(/,
};

const sources = readSources("src").map((source) => ({ ...source, room: roomOf(source.file) }));
const files = sources.map(({ file }) => file);
const imports = sources.flatMap((source) =>
  importsOf(source).map((made) => ({ ...made, room: source.room })),
);

/** The files that each file imports. */
const targets = new Map(
  files.map((file) => {
    const own = imports.filter((made) => made.file === file);
    return [file, own.flatMap(({ target }) => target ?? [])];
  }),
);

describe("the house", () => {
  it("has found the code it checks", () => {
    expect(files).toContain("worker.ts");
    expect(imports.length).toBeGreaterThan(100);
    expect(new Set(sources.map(({ room }) => room))).toEqual(new Set(Object.keys(HOUSE)));
  });

  it("keeps every import inside its row of the table", () => {
    expect(
      imports.filter((made) => !isAllowed(made)).map(({ file, from }) => `${file} imports ${from}`),
    ).toEqual([]);
  });

  it("goes in no circle, types included", () => {
    expect(circlesIn(targets)).toEqual([]);
    const circle = new Map([
      ["a", ["b", "c"]],
      ["b", ["c"]],
      ["c", ["b"]],
    ]);
    expect(circlesIn(circle)).toEqual(["b imports c imports b"]);
  });

  it("gives readers nothing of the store but the Reader, and that as a type", () => {
    const taken = imports.filter(({ room, from }) => room === "reader" && from.includes("store/"));
    expect(
      taken.filter(({ typeOnly }) => !typeOnly).map(({ file, from }) => `${file} imports ${from}`),
    ).toEqual([]);
  });

  it("gives the desk the API's types alone, and the network in one place", () => {
    const taken = imports.filter(({ room, target }) => room === "desk" && target !== null);
    const ofApi = taken.filter(({ target }) => roomOf(target ?? "") === "editor");
    expect(ofApi.length).toBeGreaterThan(10);
    expect(
      ofApi
        .filter(
          ({ file, target, typeOnly }) =>
            file !== "desk/contract.ts" ||
            !typeOnly ||
            !/^editor\/[a-z-]+\/(?:schema|response)\.ts$/.test(target ?? ""),
        )
        .map(({ file, from }) => `${file} imports ${from}`),
    ).toEqual([]);
    const calling = sources.filter(
      ({ room, text }) =>
        room === "desk" &&
        /\bfetch\(|XMLHttpRequest|sendBeacon|WebSocket/.test(withoutComments(text)),
    );
    expect(calling.map(({ file }) => file)).toEqual(["desk/api.ts"]);
  });

  it("starts the Worker with what readers need, and loads the rest when it is needed", () => {
    const start = startOf("worker.ts");
    const parts = [...start].map((file) => roomOf(file) || file);
    expect(parts).toEqual(expect.arrayContaining(["worker.ts", "reader", "views"]));
    const packages = imports.filter(({ file, target }) => target === null && start.has(file));
    expect([...start].filter((file) => /^(?:editor|text|newsroom|cron)\b/.test(file))).toEqual([]);
    expect(
      packages.filter((made) => !made.later && !/^(?:hono|cloudflare:)/.test(made.from)),
    ).toEqual([]);
  });

  it("keeps clocks, chance and the network out of the rooms that must not know them", () => {
    const said = sources.flatMap(({ file, room, text }) => {
      const match = NEVER[room]?.exec(withoutComments(text));
      return match ? [`${file} says ${match[0]}`] : [];
    });
    expect(said).toEqual([]);
  });

  it("makes pages of paths, and never of requests", () => {
    const pages = sources.filter(({ room, file }) => room === "reader" && file !== "reader/app.ts");
    expect(pages.length).toBeGreaterThan(10);
    const said = pages.filter(({ text }) => /\bRequest\b|\breq\b/.test(withoutComments(text)));
    expect(said.map(({ file }) => file)).toEqual([]);
  });

  it("names bindings in store/open.ts only", () => {
    const named = sources.filter(({ text }) =>
      /\benv\.(DB|SEARCH|COPIES\w*|MEDIA|IMAGES|FLOOD|ROOT_KEY|SITE_ORIGIN|EDGE)\b/.test(text),
    );
    expect(named.map(({ file }) => file)).toEqual(["store/open.ts"]);
  });

  it("writes markup past the escaping in prose.tsx only", () => {
    const raw = sources.filter(({ text }) =>
      /\braw\(|dangerouslySetInnerHTML/.test(withoutComments(text)),
    );
    expect(raw.map(({ file }) => file)).toEqual(["views/prose.tsx"]);
  });

  it("gives readers' SQL only what is published", () => {
    const readers = sources.filter(({ file }) => file.startsWith("store/published/"));
    expect(readers.length).toBeGreaterThan(4);
    const text = readers.map((source) => withoutComments(source.text)).join("\n");
    const tables = new Set(
      [...text.matchAll(/\b(?:from|join)\s+([a-z_]+)\b(?!\s*\()/g)].map(([, table]) => table),
    );
    const others = [...tables].filter(
      (table) =>
        !/^(published_\w+|public_settings|paths|hops)$/.test(table ?? "") &&
        // What a statement makes for itself of these.
        !/^(asked|own|subjects|series|chosen|beside|shown|near)$/.test(table ?? ""),
    );
    expect(others).toEqual([]);
    expect(text).not.toMatch(/\b(insert|update|delete)\b\s+(into|from|[a-z]+ set)/);
  });

  it("has one default export: the Worker", () => {
    const made = sources.filter(
      ({ file, text }) => !file.startsWith("cli/") && /^export default/m.test(text),
    );
    expect(made.map(({ file }) => file)).toEqual(["worker.ts"]);
  });

  it("has no corridors: no utils, lib, helpers, services, no index files", () => {
    expect(
      files.filter((file) => /(^|\/)(utils?|lib|helpers?|services?|index)(\/|\.)/.test(file)),
    ).toEqual([]);
  });
});

/** What a file cannot start without. */
function startOf(main: string): Set<string> {
  const start = new Set([main]);
  for (const each of start)
    for (const { file, target, typeOnly, later } of imports)
      if (file === each && target !== null && !typeOnly && !later) start.add(target);
  return start;
}

/** Ways that lead from a file back to it, each told once. */
function circlesIn(graph: ReadonlyMap<string, string[]>): string[] {
  const circles: string[] = [];
  const done = new Set<string>();
  const walk = (file: string, trail: string[]) => {
    const at = trail.indexOf(file);
    if (at !== -1) circles.push([...trail.slice(at), file].join(" imports "));
    if (at !== -1 || done.has(file)) return;
    for (const target of graph.get(file) ?? []) walk(target, [...trail, file]);
    done.add(file);
  };
  for (const file of graph.keys()) walk(file, []);
  return circles;
}

function isAllowed({ target, room, from }: (typeof imports)[number]): boolean {
  const row = HOUSE[room];
  if (!row) return false;
  if (target === null) {
    return row.packages.some((allowed) =>
      typeof allowed === "string" ? allowed === from : allowed.test(from),
    );
  }
  return row.rooms.some((allowed) =>
    allowed.includes(".") ? target === allowed : roomOf(target) === allowed,
  );
}

function roomOf(file: string): string {
  return file.includes("/") ? (file.split("/")[0] ?? "") : "";
}
