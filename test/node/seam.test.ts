import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";

// One seam: whatever readers see is written by a command's plan, which act() commits with its audit record and its outbox
// row. Here the sources are read as text: what writes, what it writes to, and who may have it in hand.

/** Every table, by who sees what is in it. */
const TABLES = {
  /** Pages are made of these, or an act's guard is. */
  seen: [
    "articles",
    "authors",
    "edition",
    "front",
    "live",
    "live_authors",
    "live_pictures",
    "live_tags",
    "media",
    "paths",
    "revision_pictures",
    "revisions",
    "sections",
    "settings",
    "tags",
  ],
  /** Written with an act, too, and for editors alone. */
  kept: ["audit", "idempotency", "keys"],
  /** What the Worker notes for itself. */
  noted: ["copies_written", "deployment", "outbox", "purge_allowance"],
  /** Never holds a row: store/batch.d1.ts aborts a batch with it. */
  guard: ["guard"],
};

/** What each function of the store writes. A new one joins here, with the table that it writes. */
const WRITERS: Record<string, string[]> = {
  countCopies: ["copies_written"],
  deleteAuthor: ["authors"],
  deleteRedirect: ["paths"],
  deleteSection: ["sections"],
  deleteTag: ["tags"],
  finishOutbox: ["outbox"],
  forgetFinished: ["outbox"],
  leaseCopiesQuery: ["outbox"],
  leaseQuery: ["outbox"],
  moveEdition: ["edition"],
  releaseOutbox: ["outbox"],
  repeatOutbox: ["outbox"],
  postponeOutbox: ["outbox"],
  removePicture: ["media"],
  revokeKey: ["keys.revoked_at"],
  rotateKey: ["keys.hash"],
  takePurges: ["purge_allowance"],
  writeAnswered: ["idempotency"],
  writeAudit: ["audit"],
  writeAuthor: ["authors"],
  writeKey: ["keys"],
  writeKeyUse: ["keys.last_used_at"],
  writeMonths: ["live"],
  writeNotes: ["media"],
  writeOutbox: ["outbox"],
  writeRenderings: ["live_pictures", "media", "revision_pictures", "revisions"],
  writePicture: ["media"],
  writePlacement: ["front"],
  writeRedirect: ["paths"],
  writeSection: ["sections"],
  writeSectionCopies: ["outbox"],
  writeSettings: ["settings"],
  writeShown: ["media"],
  writeStories: [
    "articles",
    "live",
    "live_authors",
    "live_pictures",
    "live_tags",
    "media",
    "paths",
    "revision_pictures",
    "revisions",
    "tags",
  ],
  writeTag: ["tags"],
  writeTick: ["deployment"],
  writeVersion: ["deployment"],
};

/** The seam. */
const SEAM = "editor/act.ts";
const COMMANDS = "editor/commands/";

/** Who commits beside the seam, and all that they can write. */
const BOOKKEEPERS: Record<string, string[]> = {
  "cron.ts": ["deployment"],
  "editor/copies.ts": ["copies_written", "outbox"],
  "editor/delivery.ts": ["outbox", "purge_allowance"],
  "editor/endpoint.ts": ["keys.last_used_at"],
  "editor/forms.ts": ["outbox"],
  "editor/version.ts": ["deployment", "outbox"],
};

/** Who takes something while reading it, so that two do not get the same. */
const TAKERS = ["leaseCopiesQuery", "leaseQuery", "takePurges"];

/** Who may have in hand what changes bytes, copies and the edge: by what it is called there, and where. */
const HANDS: Record<string, string[]> = {
  "pictures.keep": ["editor/commands/media.ts"],
  "pictures.remove": ["editor/commands/media.ts"],
  "copies.keep": ["editor/copies.ts"],
  "desk.forget": ["editor/delivery.ts"],
  // An entry of the directory: its verb, and the statement that the verb plans with.
  "verbs.remove": ["editor/endpoints/directory.ts"],
  "kind.remove": ["editor/commands/directory.ts"],
};

/** Who gives commands to do: the API's endpoints, and the clock its two. */
const GIVERS = /^editor\/(?:commands|endpoints)\/|^cron\.ts of editor\/commands\/due\.ts$/;

/** Names that only some files may import, and from where. */
const KEYS: { name: string; of: string; files: RegExp }[] = [
  { name: "act", of: SEAM, files: /^editor\/commands\// },
  { name: "sql", of: "store/batch.d1.ts", files: /^store\// },
  { name: "sqlWrite", of: "store/batch.d1.ts", files: /^store\// },
  { name: "sqlTake", of: "store/batch.d1.ts", files: /^store\// },
  { name: "guarded", of: "store/batch.d1.ts", files: /^store\// },
  { name: "openDatabase", of: "store/batch.d1.ts", files: /^store\/open\.ts$/ },
  { name: "openEditor", of: "store/open.ts", files: /^(?:app|cron|editor\/(?:api|endpoint))\.ts$/ },
  { name: "forget", of: "edge/cache.ts", files: /^(?:runtime|worker)\.ts$/ },
];

/** What the platform gives to write with, and the files that may say its name. */
const PLATFORM: { said: RegExp; files: RegExp }[] = [
  { said: /\b(?:DB|COPIES|MEDIA|IMAGES)\b/, files: /^store\/open\.ts$/ },
  { said: /\bD1Database\b|\.(?:withSession|prepare|batch)\(/, files: /^store\/(?:batch\.d1)\.ts$/ },
  { said: /\bKVNamespace\b/, files: /^store\/(?:open|copies\.kv)\.ts$/ },
  { said: /\bR2Bucket\b/, files: /^store\/media\.r2\.ts$/ },
  { said: /\.(?:purge|invalidate)\(/, files: /^edge\/cache\.ts$/ },
  // The Worker as it calls itself: through the cache, and by RPC to make it forget.
  { said: /\bexports\.default\b/, files: /^(?:app|runtime)\.ts$/ },
  { said: /\b(?:create|drop|alter)\s+(?:table|index|view|trigger)\b/i, files: /^$/ },
];

interface Source {
  file: string;
  text: string;
}

interface Import {
  file: string;
  /** The file that is imported. */
  of: string;
  /** Names as they are exported; `*` for all of them. */
  names: string[];
  again: boolean;
}

/** A function of the store that writes, itself or by another. */
interface Writer {
  name: string;
  file: string;
  isExported: boolean;
  targets: Set<string>;
  takes: boolean;
}

const SRC = "src";
const sources: Source[] = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((file) => /(?<!\.d)\.tsx?$/.test(file))
  .map((file) => ({ file, text: withoutComments(readFileSync(join(SRC, file), "utf8")) }));
const migrations = readdirSync("migrations")
  .filter((file) => file.endsWith(".sql"))
  .map((file) => readFileSync(join("migrations", file), "utf8"))
  .join("\n");
const house = surveyed(sources);

describe("the seam", () => {
  it("has found the code it checks", () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(sources.map(({ file }) => file)).toEqual(
      expect.arrayContaining([SEAM, ...Object.keys(BOOKKEEPERS), ...Object.values(HANDS).flat()]),
    );
  });

  it("knows every table, and who sees what is in it", () => {
    expect(tablesIn(migrations)).toEqual(Object.values(TABLES).flat().sort());
  });

  it("knows every function that writes, and what it writes to", () => {
    const found = house.writers.filter(({ isExported }) => isExported);
    const told = found.map(({ name, targets }) => [name, [...targets].sort()]);
    expect(Object.fromEntries(told)).toEqual(WRITERS);
    expect(found.length, "no two of one name").toBe(Object.keys(WRITERS).length);
    const takers = found.filter(({ takes }) => takes).map(({ name }) => name);
    expect(takers.sort()).toEqual(TAKERS);
  });

  it("is the only way to what readers see", () => {
    expect(faultsIn(sources, migrations)).toEqual([]);
    const has = (file: string) => targetsOf(file).some((target) => TABLES.seen.includes(target));
    const outside = sources
      .map(({ file }) => file)
      .filter((file) => !file.startsWith("store/") && !file.startsWith(COMMANDS) && has(file));
    expect(outside).toEqual([SEAM]);
  });

  it("lets nobody write more than they do, nor commit without need", () => {
    const does = Object.keys(BOOKKEEPERS).map((file) => [file, targetsOf(file)]);
    expect(Object.fromEntries(does)).toEqual(BOOKKEEPERS);
    const commits = sources.filter(({ text }) => text.includes(".commit(")).map(({ file }) => file);
    expect(commits.sort()).toEqual([...Object.keys(BOOKKEEPERS), SEAM].sort());
    const hands = Object.entries(HANDS).flatMap(([hand, files]) =>
      files.filter((file) => !textOf(file).includes(`${hand}(`)).map((file) => `${file}: ${hand}`),
    );
    expect(hands, "hands that nobody has").toEqual([]);
  });
});

function textOf(file: string): string {
  return sources.find((source) => source.file === file)?.text ?? "";
}

/** Everything that a file has in hand of the store writes to. */
function targetsOf(file: string): string[] {
  const { imports, writers } = house;
  const targets = inHand(file, imports, writers).flatMap((writer) => [...writer.targets]);
  return [...new Set(targets)].sort();
}

/** Ways around the seam: what somebody might write, where, and what must be said of it. */
const ROGUES: [way: string, file: string, text: string, told: RegExp][] = [
  [
    "SQL in a command",
    "editor/commands/likes.ts",
    "const like = { sql: `update live set path = ?1`, values: [] };",
    /SQL outside the store/,
  ],
  [
    "SQL in capitals, among the readers' pages",
    "reader/likes.ts",
    'const like = "INSERT OR REPLACE INTO settings (name) VALUES (?1)";',
    /SQL outside the store/,
  ],
  [
    "the tag that makes SQL, outside the store",
    "editor/copies.ts",
    'import { sql } from "../store/batch.d1.ts";',
    /imports sql/,
  ],
  [
    "a table whose name nobody can read",
    "store/likes.d1.ts",
    "export const wipe = (table: string) => ({ sql: `delete from ${table}`, values: [] });",
    /writes to a table that is not named/,
  ],
  [
    "a table that nobody has classified",
    "store/likes.d1.ts",
    "export const like = () => sqlWrite`insert into likes (path) values (${path})`;",
    /writes to likes, which is in no list/,
  ],
  [
    "a table that the Worker makes by itself",
    "store/likes.d1.ts",
    "export const open = () => sqlWrite`create table likes (path text)`;",
    /says create table/,
  ],
  [
    "the guard, by hand",
    "store/likes.d1.ts",
    "export const abort = () => sqlWrite`insert into guard (path) select null`;",
    /writes to guard/,
  ],
  [
    "a story taken back by the tick",
    "cron.ts",
    'import { writeStories } from "./store/articles.d1.ts";',
    /imports writeStories, which writes articles/,
  ],
  [
    "a new function of the store, in the hands of the door",
    "door.ts",
    'import { hide } from "./store/likes.d1.ts";',
    /imports hide, which writes live/,
  ],
  [
    "the same by another name",
    "health.ts",
    'import { hide as look } from "./store/likes.d1.ts";',
    /imports hide, which writes live/,
  ],
  [
    "the same by another function",
    "app.ts",
    'import { hideAll } from "./store/likes.d1.ts";',
    /imports hideAll, which writes live/,
  ],
  [
    "all of a file of the store at once",
    "runtime.ts",
    'import * as paper from "./store/paper.d1.ts";',
    /imports all of store\/paper\.d1\.ts/,
  ],
  [
    "a file of the store when it is needed",
    "runtime.ts",
    'export const later = () => import("./store/paper.d1.ts");',
    /imports all of store\/paper\.d1\.ts/,
  ],
  [
    "what another file passes on",
    "editor/plan.ts",
    'export { writeSettings } from "../store/paper.d1.ts";',
    /imports writeSettings/,
  ],
  [
    "a plan's file that has the statements itself",
    "editor/plan.ts",
    'import { moveEdition } from "../store/paper.d1.ts";',
    /imports moveEdition, which writes edition/,
  ],
  [
    "a delivery that changes the settings, too",
    "editor/delivery.ts",
    'import { writeSettings } from "../store/paper.d1.ts";',
    /imports writeSettings, which writes settings/,
  ],
  [
    "an endpoint that changes more of a key than when it was used",
    "editor/endpoint.ts",
    'import { rotateKey } from "../store/keys.d1.ts";',
    /imports rotateKey, which writes keys\.hash/,
  ],
  [
    "a command that commits by itself",
    "editor/commands/paper.ts",
    "export const rush = (desk: Desk, writes: Write[]) => desk.store.db.commit(writes);",
    /commits/,
  ],
  [
    "a commit by another name",
    "editor/commands/paper.ts",
    "export function rush({ store: { db } }: Desk) { const { commit: settle } = db; }",
    /commits/,
  ],
  [
    "a commit for a reader",
    "reader/pages.ts",
    "export const rush = (ask: Ask) => ask.reader.db.commit([]);",
    /commits/,
  ],
  [
    "a command that takes of the allowance",
    "editor/commands/edge.ts",
    'import { takePurges } from "../../store/allowances.d1.ts";',
    /imports takePurges/,
  ],
  [
    "a store for a reader",
    "door.ts",
    'import { openEditor as open } from "./store/open.ts";',
    /imports openEditor/,
  ],
  [
    "an act that is no command",
    "editor/endpoints/paper.ts",
    'import { act } from "../act.ts";',
    /imports act/,
  ],
  [
    "a read that writes",
    "store/likes.d1.ts",
    "export const count = (db: Database) => db.read(sql`update live set path = '' returning path`);",
    /takes from live/,
  ],
  [
    "a read that writes, without asking for anything",
    "store/likes.d1.ts",
    "export const count = (db: Database) => db.read(sql`delete from live`);",
    /reads what writes/,
  ],
  [
    "a guard of somebody's own",
    "editor/plan.ts",
    'import { guarded } from "../store/batch.d1.ts";',
    /imports guarded/,
  ],
  [
    "a write that the store passes on under another roof",
    "store/likes.d1.ts",
    'export { writeSettings as look } from "./paper.d1.ts";',
    /imports writeSettings, which writes settings/,
  ],
  [
    "a write that a command hands on to who commits",
    "editor/delivery.ts",
    'import { written } from "./commands/redirects.ts";',
    /imports written of editor\/commands/,
  ],
  [
    "an act of the tick that is not the clock's",
    "cron.ts",
    'import { purgeByHand } from "./editor/commands/edge.ts";',
    /imports purgeByHand/,
  ],
  [
    "a database of somebody's own",
    "editor/copies.ts",
    'import { openDatabase } from "../store/batch.d1.ts";',
    /imports openDatabase/,
  ],
  ["D1 past the store", "app.ts", "const wipe = (env: Bindings) => env.DB.exec('');", /says DB/],
  [
    "D1 past the store, taken apart",
    "cron.ts",
    "const wipe = ({ DB: all }: Bindings) => all;",
    /says DB/,
  ],
  [
    "a session past the batch",
    "store/likes.d1.ts",
    "export const wipe = (d1: any) => d1.prepare('x').run();",
    /says \.prepare\(/,
  ],
  [
    "a picture's bytes, kept by an endpoint",
    "editor/endpoints/media.ts",
    "const keep = (desk: Desk) => desk.store.pictures.keep(picture, bytes);",
    /has pictures\.keep/,
  ],
  [
    "a picture's bytes, deleted by the tick",
    "cron.ts",
    "const tidy = (desk: Desk) => desk.store.pictures?.remove(picture);",
    /has pictures\.remove/,
  ],
  [
    "the bytes by another name",
    "editor/commands/stories.ts",
    "function tidy({ store: { pictures: bytes } }: Desk) { bytes.remove(picture); }",
    /has bytes\.remove/,
  ],
  [
    "the bytes' own verb",
    "editor/commands/stories.ts",
    "function tidy({ store }: Desk) { const { original, remove } = store.pictures; }",
    /takes remove/,
  ],
  [
    "a copy, kept by the door",
    "door.ts",
    "const keep = (copies: Copies) => copies.keep('/', copy);",
    /has copies\.keep/,
  ],
  ["KV itself", "editor/copies.ts", "let kv: KVNamespace;", /says KVNamespace/],
  ["R2 itself", "editor/upload.ts", "let bucket: R2Bucket;", /says R2Bucket/],
  [
    "a command that forgets by itself",
    "editor/commands/edge.ts",
    "const rush = (desk: Desk) => desk.forget('purge', { everything: true });",
    /has desk\.forget/,
  ],
  [
    "the same, taken apart",
    "editor/commands/edge.ts",
    "const rush = ({ clock, forget }: Desk) => forget('purge', { everything: true });",
    /takes forget/,
  ],
  [
    "the cache's own verb",
    "health.ts",
    'import { forget } from "./edge/cache.ts";',
    /imports forget/,
  ],
  [
    "the Worker's own, called by itself",
    "cron.ts",
    "const rush = (platform: Platform) => platform.exports.default['purge']?.({ tags: [] });",
    /says exports\.default/,
  ],
  [
    "the platform's own",
    "door.ts",
    "const rush = (platform: Platform) => platform.cache?.purge({ tags: [] });",
    /says \.purge\(/,
  ],
];

/** What the store has, too, for whoever goes around: it is no fault by itself. */
const HIDE: Source = {
  file: "store/likes.d1.ts",
  text: `
export function hide(id: string): Write {
  return sqlWrite\`delete from live where article_id = \${id}\`;
}

export function hideAll(ids: string[]): Write[] {
  return ids.map(hide);
}
`,
};

describe("a way around the seam is seen:", () => {
  const around = [...sources, HIDE];

  it("none where there is none", () => {
    expect(faultsIn(around, migrations)).toEqual([]);
  });

  it.each(ROGUES)("%s", (_, file, text, told) => {
    const before = around.find((source) => source.file === file)?.text ?? "";
    const others = around.filter((source) => source.file !== file);
    const faults = faultsIn([...others, { file, text: `${before}\n${text}\n` }], migrations);
    expect(faults).toEqual(expect.arrayContaining([expect.stringMatching(told)]));
    // Nobody else is blamed for it.
    expect(faults.filter((fault) => !fault.startsWith(`${file} `))).toEqual([]);
  });

  it("a new table", () => {
    const more = `${migrations}\nCREATE TABLE IF NOT EXISTS likes (path text primary key) strict;`;
    expect(faultsIn(sources, more)).toEqual(["migrations make likes, which is in no list"]);
  });
});

/** Everything in the sources that goes around the seam, a sentence each. */
function faultsIn(all: Source[], sql: string): string[] {
  const { imports, writers } = surveyed(all);
  return [
    ...tablesIn(sql)
      .filter((table) => !Object.values(TABLES).flat().includes(table))
      .map((table) => `migrations make ${table}, which is in no list`),
    ...all.flatMap((source) => [...sqlFaults(source), ...handFaults(source), ...tagFaults(source)]),
    ...imports.flatMap((made) => importFaults(made, writers)),
  ];
}

function surveyed(all: Source[]): { imports: Import[]; writers: Writer[] } {
  return { imports: importsIn(all), writers: writersIn(all) };
}

/** What writes and is imported by a file, or its own. */
function inHand(file: string, imports: Import[], writers: Writer[]): Writer[] {
  const made = imports.filter((each) => each.file === file);
  return writers.filter(
    (writer) =>
      writer.file === file ||
      made.some(({ of, names }) => of === writer.file && names.includes(writer.name)),
  );
}

function sqlFaults({ file, text }: Source): string[] {
  const isStore = /^store\/[\w-]+\.d1\.ts$/.test(file);
  return writesIn(text).flatMap(({ table }) => {
    if (!isStore) return [`${file} has SQL outside the store that writes to ${table}`];
    if (!/^\w+$/.test(table)) return [`${file} writes to a table that is not named: ${table}`];
    if (TABLES.guard.includes(table))
      return file === "store/batch.d1.ts" ? [] : [`${file} writes to ${table} by hand`];
    const isKnown = Object.values(TABLES).flat().includes(table);
    return isKnown ? [] : [`${file} writes to ${table}, which is in no list`];
  });
}

function importFaults({ file, of, names, again }: Import, writers: Writer[]): string[] {
  const faults = KEYS.filter((key) => key.of === of && !key.files.test(file)).flatMap(({ name }) =>
    names.includes(name) || names.includes("*") ? [`${file} imports ${name} of ${of}`] : [],
  );
  if (of.startsWith(COMMANDS) && !GIVERS.test(`${file} of ${of}`))
    faults.push(`${file} imports ${names.join(", ")} of ${of}`);
  if (!of.startsWith("store/") || (file.startsWith("store/") && !again)) return faults;
  const writes = writers.filter((writer) => writer.file === of);
  if (names.includes("*") && writes.length > 0)
    return [...faults, `${file} imports all of ${of}, some of which writes`];
  for (const { name, targets } of writes.filter((writer) => names.includes(writer.name))) {
    const mayPlan = (file === SEAM || file.startsWith(COMMANDS)) && !TAKERS.includes(name);
    const may = mayPlan ? [...targets] : BOOKKEEPERS[file];
    const others = [...targets].filter((target) => !may?.includes(target));
    if (others.length > 0 || again)
      faults.push(`${file} imports ${name}, which writes ${[...targets].sort().join(", ")}`);
  }
  return faults;
}

/** What changes something in the hands of who must not have it: D1, R2, KV or the edge. */
function handFaults({ file, text }: Source): string[] {
  if (file.startsWith("cli/")) return [];
  const faults = PLATFORM.flatMap(({ said, files }) => {
    const match = files.test(file) ? null : said.exec(text);
    return match ? [`${file} says ${match[0]}`] : [];
  });
  const mayCommit = file === SEAM || file in BOOKKEEPERS || file === "store/batch.d1.ts";
  if (!mayCommit && /\bcommit\b/.test(text)) faults.push(`${file} commits`);
  // Pictures are read there, byte by byte, into what is kept of them: nothing of a store is in reach.
  if (/^(?:pictures|text)\//.test(file)) return faults;
  for (const [, whose = "", verb = ""] of text.matchAll(/(\w+)\)*[?!]?\.(keep|remove|forget)\(/g)) {
    const hand = `${whose}.${verb}`;
    if (!HANDS[hand]?.includes(file)) faults.push(`${file} has ${hand}`);
  }
  const apart = /[{,]\s*(keep|remove|forget)\s*(?::\s*\w+\s*)?(?:,[^{}]*)?\}\s*[:=]/g;
  for (const [, verb] of text.matchAll(apart)) faults.push(`${file} takes ${verb}`);
  return faults;
}

/** Statements under the wrong tag, which no type sees: what changes rows is written or taken, and few may take. */
function tagFaults({ file, text }: Source): string[] {
  return functionsIn(text).flatMap(({ name, body }) => [
    ...writesIn(body)
      .filter(({ isTaken }) => isTaken && !TAKERS.includes(name))
      .map(({ table }) => `${file} takes from ${table} in ${name}`),
    ...[...body.matchAll(/\bsql(?:<[^`]*>)?`([^`]*)`/g)]
      .filter(([, statement = ""]) => writesIn(statement).length > 0)
      .map(() => `${file} reads what writes in ${name}`),
  ]);
}

/** The functions of the store that write; what an inner one writes, its caller does. */
function writersIn(all: Source[]): Writer[] {
  const store = all.filter(({ file }) => file.startsWith("store/") && file !== "store/batch.d1.ts");
  const imports = importsIn(store);
  const functions = store.flatMap(({ file, text }) =>
    functionsIn(text).map(({ name, body, isExported }) => ({
      file,
      name,
      isExported,
      writes: writesIn(body),
      words: wordsIn(body),
    })),
  );
  const found = functions.map(({ name, file, isExported, writes }): Writer => ({
    name,
    file,
    isExported,
    targets: new Set(writes.flatMap((write) => write.targets)),
    takes: writes.some(({ isTaken }) => isTaken),
  }));
  for (let before = -1; before !== sizeOf(found);) {
    before = sizeOf(found);
    const writing = found.filter(({ targets }) => targets.size > 0);
    for (const [index, { file, name, words }] of functions.entries())
      for (const called of inHand(file, imports, writing))
        if (called.name !== name && words.has(called.name))
          for (const target of called.targets) found[index]?.targets.add(target);
  }
  return found.filter(({ targets }) => targets.size > 0);
}

function sizeOf(found: Writer[]): number {
  return found.reduce((sum, { targets }) => sum + targets.size, 0);
}

function wordsIn(text: string): Set<string> {
  return new Set(text.match(/\b\w+\b/g));
}

/** What stands at the left edge, and all that is in it. */
function functionsIn(text: string): { name: string; body: string; isExported: boolean }[] {
  const starts = [
    ...text.matchAll(
      /^(export\s+)?(?:default\s+)?(?:(?:async\s+)?function\*?|class|const|let)\s+(\w+)/gm,
    ),
  ];
  return starts.map((start, index) => ({
    name: start[2] ?? "",
    body: text.slice(start.index, starts[index + 1]?.index),
    isExported: start[1] !== undefined,
  }));
}

interface SqlWrite {
  table: string;
  /** The table; of a key, the columns that change. */
  targets: string[];
  /** It answers what it has changed. */
  isTaken: boolean;
}

/** The SQL statements that write. `on conflict … do update set` belongs to the one that it stands in. */
function writesIn(text: string): SqlWrite[] {
  const name = /["[]?(\w+|\$\{[^}]*\})["\]]?/.source;
  const statement = new RegExp(
    `\\b(?:(?:insert(?:\\s+or\\s+\\w+)?|replace)\\s+into|delete\\s+from)\\s+${name}|` +
      `\\bupdate\\s+(?:or\\s+\\w+\\s+)?${name}\\s+set\\b`,
    "gi",
  );
  return [...text.matchAll(statement)].map((match) => {
    const [, into, updated] = match;
    const table = (into ?? updated ?? "").toLowerCase();
    const rest = text.slice(match.index + match[0].length).split("`")[0] ?? "";
    const set = rest.split(/\bwhere\b/)[0] ?? "";
    const columns = [...set.matchAll(/(?:^|,)\s*(\w+)\s*=/g)].map(([, column]) => column ?? "");
    const targets =
      updated && table === "keys" ? columns.map((column) => `${table}.${column}`) : [table];
    return { table, targets, isTaken: /\breturning\b/i.test(rest) };
  });
}

function tablesIn(sql: string): string[] {
  const made = sql.matchAll(/^\s*create\s+table\s+(?:if\s+not\s+exists\s+)?(\w+)/gim);
  return [...new Set([...made].map(([, table]) => table ?? ""))].sort();
}

function importsIn(all: Source[]): Import[] {
  return all.flatMap(({ file, text }) => {
    const target = (from: string) => normalize(join(dirname(file), from));
    const made = [...text.matchAll(/^(import|export)\s+(?!type\b)([^;]*?)\s+from\s+"(\.[^"]+)"/gm)];
    const later = [...text.matchAll(/\bimport\("(\.[^"]+)"\)/g)];
    return [
      ...made.map(([, how, what = "", from = ""]) => ({
        file,
        of: target(from),
        names: namesIn(what),
        again: how === "export",
      })),
      ...later.map(([, from = ""]) => ({ file, of: target(from), names: ["*"], again: false })),
    ];
  });
}

/** `{ a, b as c, type D }` gives a and b. */
function namesIn(what: string): string[] {
  if (what.includes("*")) return ["*"];
  return what
    .replace(/[{}]/g, "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "" && !name.startsWith("type "))
    .map((name) => name.split(/\s+as\s+/)[0] ?? name);
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1");
}
