import { describe, expect, it } from "vitest";
import { readSources, importsOf, withoutComments, type Source } from "./sources.ts";

// One seam: whatever readers see is written by a command's plan, which act() commits with its audit record and its outbox
// row. Types hold most of it: a read is no write, and notes.d1.ts takes nothing but notes. What they cannot say is here.

/** What changes something, and the files that may import it. */
const CAPABILITIES: { name: string; of: string; files: RegExp }[] = [
  { name: "commit", of: "store/commit.d1.ts", files: /^(?:editor\/act|store\/notes\.d1)\.ts$/ },
  { name: "RUN", of: "store/batch.d1.ts", files: /^store\/(?:commit|notes)\.d1\.ts$/ },
  {
    name: "note",
    of: "store/notes.d1.ts",
    files:
      /^editor\/(?:auth|copies|delivery|forms|indexing|version|keeping|presence\/commands|sign-in\/answers|stills\/due)\.ts$/,
  },
  {
    name: "take",
    of: "store/notes.d1.ts",
    files: /^editor\/(?:copies|delivery|forms|indexing|stills\/due)\.ts$/,
  },
  { name: "act", of: "editor/act.ts", files: /^editor\/[a-z-]+\/[\w-]+\.ts$/ },
  { name: "sql", of: "store/batch.d1.ts", files: /^store\// },
  { name: "sqlWrite", of: "store/batch.d1.ts", files: /^store\// },
  { name: "sqlNote", of: "store/batch.d1.ts", files: /^store\// },
  { name: "sqlTake", of: "store/batch.d1.ts", files: /^store\// },
  { name: "guarded", of: "store/batch.d1.ts", files: /^store\// },
  { name: "openDatabase", of: "store/batch.d1.ts", files: /^store\/open\.ts$/ },
  { name: "openEditor", of: "store/open.ts", files: /^(?:newsroom|cron|editor\/endpoint)\.ts$/ },
  { name: "purge", of: "edge/cache.ts", files: /^(?:runtime|worker)\.ts$/ },
];

/** What is said where something changes that no import shows, and the files that may say it. */
const SAID: { said: RegExp; files: RegExp }[] = [
  {
    said: /\bD1Database\b|\.(?:withSession|prepare|batch)\(/,
    files: /^store\/(?:batch\.d1|open)\.ts$/,
  },
  { said: /\bKVNamespace\b/, files: /^store\/(?:open|copies\.kv)\.ts$/ },
  { said: /\bR2Bucket\b/, files: /^store\/media\.r2\.ts$/ },
  { said: /\.(?:purge|invalidate)\(/, files: /^(?:edge\/cache|editor\/delivery)\.ts$/ },
  { said: /\bexports\.default\b/, files: /^runtime\.ts$/ },
  { said: /\bcopies\.keep\b/, files: /^editor\/copies\.ts$/ },
  {
    said: /\bpictures\.(?:keep|remove)\b/,
    files: /^editor\/media\/commands\.ts$/,
  },
];

/**
 * What the Worker notes for itself; of keys it is when they were used last, of previews that they are over, of charts when their
 * pictures are tried again.
 */
const NOTED = new Set([
  // What a passkey is to sign; nobody has come in by it yet.
  "challenges",
  "copies_written",
  "deployment",
  "index_turn",
  "keys set last_used_at",
  "outbox",
  "presence",
  "previews",
  "purge_allowance",
  // When they were used last, and that they are over.
  "invitations",
  "sessions",
  "stills",
  // The search index, which is another database (store/words.d1.ts).
  "${WORDS[index]}",
  "${TEXTS[index]}",
]);

const sources = readSources("src").filter(({ file }) => !file.startsWith("cli/"));

describe("the seam", () => {
  it("has found the code it checks", () => {
    expect(sources.length).toBeGreaterThan(100);
    for (const { of, name } of CAPABILITIES)
      expect(textOf(of), of).toMatch(new RegExp(`\\b${name}\\b`));
  });

  it("is the only way to what readers see", () => {
    expect(sources.flatMap(faultsIn)).toEqual([]);
  });

  it.each(rogues())("sees a way around it: %s", (_, file, text, told) => {
    expect(faultsIn({ file, text })).toEqual([expect.stringMatching(told)]);
  });
});

function textOf(file: string): string {
  return sources.find((source) => source.file === file)?.text ?? "";
}

/** Everything in a source that goes around the seam, a sentence each. */
function faultsIn(source: Source): string[] {
  const { file } = source;
  const text = withoutComments(source.text);
  const imported = importsOf(source).filter(({ typeOnly }) => !typeOnly);
  return [
    ...CAPABILITIES.filter((each) => !each.files.test(file)).flatMap(({ name, of }) =>
      imported
        .filter(
          ({ target, names }) => target === of && (names.includes(name) || names.includes("*")),
        )
        .map(() => `${file} imports ${name} of ${of}`),
    ),
    ...SAID.filter((each) => !each.files.test(file)).flatMap(({ said }) => {
      const match = said.exec(text);
      return match ? [`${file} says ${match[0]}`] : [];
    }),
    ...statementsIn(text).flatMap(({ tag, sql }) =>
      statementFaults(tag, sql).map((fault) => `${file} ${fault}`),
    ),
  ];
}

const WRITES =
  /\b(?:(?:insert(?:\s+or\s+\w+)?|replace)\s+into|delete\s+from)\s+(\S+)|\bupdate\s+(?:or\s+\w+\s+)?(\S+)\s+set\s+(\w+)/gi;

function statementFaults(tag: string, sql: string): string[] {
  const written = [...sql.matchAll(WRITES)].map(([, into, updated, column]) =>
    updated === "keys" ? `keys set ${column}` : (into ?? updated ?? ""),
  );
  if (/\b(?:create|drop|alter)\s+(?:table|index|view|trigger)\b/i.test(sql))
    return ["changes the schema"];
  if (written.includes("guard")) return ["writes to the guard by hand"];
  if (tag === "sql") return written.map((table) => `reads what writes to ${table}`);
  if (tag === "sqlWrite" || tag === "")
    return tag === "" ? written.map((table) => `has SQL that writes to ${table} under no tag`) : [];
  return written
    .filter((table) => !NOTED.has(table))
    .map((table) => `notes what is no note: ${table}`);
}

/** The statements in a text, by the tag before each; "" for text that stands under none. */
function statementsIn(text: string): { tag: string; sql: string }[] {
  return [...text.matchAll(/(\b\w+)?(?:<[^`<>]*(?:<[^`<>]*>)?[^`<>]*>)?`([^`]*)`/g)]
    .map(([, tag = "", sql = ""]) => ({ tag: tag.startsWith("sql") ? tag : "", sql }))
    .filter(({ tag, sql }) => tag !== "" || /^\s*(?:insert|update|delete|replace)\s/i.test(sql))
    .filter(({ sql }) => !sql.startsWith("insert into guard (${against})"));
}

function rogues(): [way: string, file: string, text: string, told: RegExp][] {
  return [
    [
      "a commit for a command",
      "editor/paper/commands.ts",
      'import { commit } from "../../store/commit.d1.ts";',
      /imports commit/,
    ],
    [
      "the same by another name",
      "cron.ts",
      'import { commit as settle } from "./store/commit.d1.ts";',
      /imports commit/,
    ],
    [
      "all of a file at once",
      "editor/copies.ts",
      'import * as all from "../store/commit.d1.ts";',
      /imports commit/,
    ],
    [
      "a note for a reader",
      "reader/app.ts",
      'import { note } from "../store/notes.d1.ts";',
      /imports note/,
    ],
    [
      "SQL outside the store",
      "editor/copies.ts",
      'import { sqlWrite } from "../store/batch.d1.ts";',
      /imports sqlWrite/,
    ],
    [
      "SQL under no tag",
      "editor/paper/commands.ts",
      "const like = { sql: `update live set path = ?1`, values: [] };",
      /under no tag/,
    ],
    [
      "a read that writes",
      "store/likes.d1.ts",
      "export const count = () => sql<Row>`delete from live`;",
      /reads what writes to live/,
    ],
    [
      "a note that is none",
      "store/likes.d1.ts",
      "export const count = () => sqlNote`update settings set value = 1`;",
      /no note: settings/,
    ],
    [
      "a key's secret as a note",
      "store/keys.d1.ts",
      "export const use = () => sqlNote`update keys set hash = ${hash}`;",
      /no note: keys set hash/,
    ],
    [
      "a taking that is no note",
      "store/likes.d1.ts",
      "export const grab = () => sqlTake`update live set path = '' returning path`;",
      /no note: live/,
    ],
    [
      "a table that the Worker makes",
      "store/likes.d1.ts",
      "export const open = () => sqlWrite`create table likes (path text)`;",
      /schema/,
    ],
    [
      "the guard by hand",
      "store/likes.d1.ts",
      "export const stop = () => sqlWrite`insert into guard (path) select null`;",
      /guard/,
    ],
    [
      "D1 past the batch",
      "store/likes.d1.ts",
      "export const wipe = (d1: any) => d1.prepare('x').run();",
      /says \.prepare\(/,
    ],
    [
      "a picture's bytes, deleted by the tick",
      "cron.ts",
      "const tidy = (store: Store) => store.pictures.remove(picture);",
      /pictures\.remove/,
    ],
    [
      "a purge by a command",
      "editor/paper/commands.ts",
      "const rush = (context: C) => context.purge('purge', all);",
      /says \.purge\(/,
    ],
    [
      "the platform's own purge",
      "app.ts",
      "const rush = (platform: Platform) => platform.cache?.purge({ tags: [] });",
      /says \.purge\(/,
    ],
  ];
}
