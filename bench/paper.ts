import { mkdtemp, readFile, rm } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { readD1Migrations } from "@cloudflare/vitest-plugin";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import type { BuiltWorker } from "../src/cli/build/worker.ts";

const HERE = import.meta.dirname;
const PROJECT = path.join(HERE, "..");

export const KEY = "bs_root_for_the_bench_and_nothing_else_at_all";

/** The built paper, and what it is measured against, over one database. */
const WORKERS = [
  "paper",
  "paper-at-the-edge",
  "recorder",
  "bare-cache",
  "bare-d1",
  "constant",
] as const;

export type WorkerName = (typeof WORKERS)[number];

/** A running paper. */
export interface Paper {
  db: D1Database;
  search: D1Database;
  /** Where a Worker answers. */
  urlOf(worker: WorkerName): Promise<URL>;
  /** One call of the API; throws for an answer that is no success. */
  call(method: string, path: string, body?: object): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

/** The modules of a Worker as Miniflare takes them. */
function modulesIn({ modules }: BuiltWorker) {
  return modules.map(({ path, contents }) => ({ type: "ESModule" as const, path, contents }));
}

/** Opens an empty paper in Miniflare, past the proxies of `wrangler dev`. */
export async function openPaper(built: Record<"paper" | "recorder", BuiltWorker>): Promise<Paper> {
  const kept = await mkdtemp(path.join(tmpdir(), "broadsheet-bench-"));
  const modulesOf = async (name: WorkerName) => {
    if (name === "recorder") return modulesIn(built.recorder);
    if (name.startsWith("paper")) return modulesIn(built.paper);
    const source = await readFile(path.join(HERE, "workers", `${name}.ts`), "utf8");
    return [
      { type: "ESModule" as const, path: `${name}.js`, contents: stripTypeScriptTypes(source) },
    ];
  };
  const workers = await Promise.all(
    WORKERS.map(async (name) => ({
      name,
      modules: await modulesOf(name),
      compatibilityDate: "2026-10-23",
      d1Databases: { DB: "paper", SEARCH: "search" },
      kvNamespaces: { COPIES: "copies" },
      r2Buckets: { MEDIA: "media" },
      bindings: {
        SITE_ORIGIN: "http://paper.example",
        ROOT_KEY: KEY,
        COPIES_A_DAY: "800",
        EDGE: name === "paper-at-the-edge" ? "stand-in" : "platform",
        CF_VERSION_METADATA: { id: "bench", tag: "", timestamp: "" },
      },
      unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
    })),
  );
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      workers,
      cf: false,
      d1Persist: path.join(kept, "d1"),
      handleRuntimeStdio: quiet,
    }),
  );
  const db = await miniflare.getD1Database("DB", "paper");
  for (const { queries } of await readD1Migrations(path.join(PROJECT, "migrations")))
    for (const query of queries) await db.prepare(query).run();
  const search = await miniflare.getD1Database("SEARCH", "paper");
  for (const { queries } of await readD1Migrations(path.join(PROJECT, "migrations/search")))
    for (const query of queries) await search.prepare(query).run();

  const urlOf = (worker: WorkerName) => miniflare.unsafeGetDirectURL(worker);
  return {
    db,
    search,
    urlOf,
    async call(method, where, body) {
      const response = await fetch(new URL(`/api/v1${where}`, await urlOf("paper-at-the-edge")), {
        method,
        headers: {
          Authorization: `Bearer ${KEY}`,
          "Content-Type": "application/json",
          "If-Match": "*",
        },
        ...(body && { body: JSON.stringify(body) }),
      });
      const told = await response.text();
      if (!response.ok) throw new Error(`${method} ${where} answered ${response.status}: ${told}`);
      return {
        ...(JSON.parse(told || "{}") as Record<string, unknown>),
        timing: response.headers.get("Server-Timing"),
      };
    },
    async close() {
      await miniflare.dispose();
      await rm(kept, { recursive: true, force: true });
    },
  };
}

/** What the Workers print is not what is measured: but their errors are worth a word. */
function quiet(stdout: NodeJS.ReadableStream, stderr: NodeJS.ReadableStream): void {
  stdout.resume();
  stderr.on("data", (chunk: Buffer) => {
    const text = chunk.toString();
    if (/error|exception/i.test(text)) console.error(text.trim().slice(0, 500));
  });
}

/** The sections, authors and settings that every corpus has. */
export async function openNewsroom(paper: Paper): Promise<void> {
  await paper.call("PATCH", "/settings", { title: "The Ledger", timeZone: "Europe/Lisbon" });
  await paper.call("PUT", "/sections/city", { name: "City", position: 1, listed: true });
  await paper.call("PUT", "/sections/culture", { name: "Culture", position: 2, listed: true });
  await paper.call("PUT", "/authors/mara-quill", { name: "Mara Quill", bio: "At the harbour." });
  await paper.call("PUT", "/authors/jonas-field", { name: "Jonas Field" });
}
