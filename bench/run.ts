// npm run bench [-- --quick] [-- --million] [-- --search] [-- --against <checkout>]
// Measures the built Worker in Miniflare, each thing against its floor within one run, and writes bench/RESULTS.md.
// docs/performance.md says what the figures mean. Every request goes to this machine.
import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { cpus, release } from "node:os";
import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { openNewsroom as openApi } from "../src/cli/press/newsroom-api.ts";
import { supplyFolder } from "../src/cli/press/publish.ts";
import { readFolder } from "../src/cli/folder/folder.ts";
import { monthOf } from "../src/domain/calendar.ts";
import type { PaperSample } from "../src/reader/kind.ts";
import { fillWith, NEWEST, type Spread } from "../test/support/filling.ts";
import { buildWorker, type BuiltWorker, type Mode } from "../src/cli/build/worker.ts";
import { load, type Took } from "./load.ts";
import { measureSearch } from "./search.ts";
import { KEY, openNewsroom, openPaper, type Paper, type WorkerName } from "./paper.ts";

const PROJECT = path.join(import.meta.dirname, "..");
const RESULTS = path.join(import.meta.dirname, "RESULTS.md");
const HOUR = 60 * 60 * 1000;

const { values: options } = parseArgs({
  options: {
    million: { type: "boolean" },
    quick: { type: "boolean" },
    /** Measures search alone, and leaves the other figures as they are. */
    search: { type: "boolean" },
    against: { type: "string" },
  },
});

/** How often everything is measured, turn by turn: of an odd number there is a middle one. */
const ROUNDS = options.quick ? 3 : 7;
const COLD = options.quick ? 100 : 200;
const WARM = options.quick ? 1000 : 4000;

const CORPORA: [name: string, count: number, spread: Spread][] = [
  ["100", 100, "hourly"],
  ["10,000", 10_000, "hourly"],
  ["100,000", 100_000, "hourly"],
  ...(options.million ? [["1,000,000", 1_000_000, "hourly"] as [string, number, Spread]] : []),
  ["5,000 in one second", 5000, "one second"],
];

/** The pages of a corpus whose speed is measured against the floors. */
function timedPages(count: number): Record<string, string> {
  return {
    article: storyOf(count),
    front: "/",
    section: "/city",
    author: "/authors/mara-quill",
    month: `/archive/${MONTH.replace("-", "/")}`,
    "article as Markdown": `${storyOf(count)}.md`,
  };
}

/** The month of the newest stories. */
const MONTH = monthOf(NEWEST - HOUR, "Europe/Lisbon");

/** A story from the middle of a corpus. */
function storyOf(count: number): string {
  return `/city/story-${Math.floor(count / 2)}`;
}

const report: string[] = [];
await run();

async function run(): Promise<void> {
  const built = {
    paper: await build("src/worker.ts"),
    recorder: await build("bench/workers/recorder.ts"),
  };
  if (options.search) return searchAlone(built);
  await size(await build("src/worker.ts", "production"));
  const costs: [string, Record<string, string>][] = [];
  for (const [name, count, spread] of CORPORA) {
    say(`${name} stories …`);
    const paper = await openPaper(built);
    try {
      await openNewsroom(paper);
      await fillWith(paper.db, count, spread);
      costs.push([spread === "hourly" ? `${name} stories` : name, await asked(paper, count)]);
      if (spread === "hourly") await speed(paper, name, count);
      if (count === 100) await warm(paper, count);
    } finally {
      await paper.close();
    }
  }
  report.push(...(await measureSearch(built, options.quick ?? false, say)));
  table("What the dearest page of each kind asks of D1: round trips · rows read", ["page"], costs);
  await weigh(built);
  await writeFile(RESULTS, head() + report.join("\n"));
  say(`\n${report.join("\n")}\nWritten to bench/RESULTS.md.`);
}

/** A Worker; for a laptop it has the stand-in for Workers Cache in it. Nothing is written. */
function build(entry: string, mode: Mode = "development"): Promise<BuiltWorker> {
  return buildWorker(path.join(PROJECT, entry), path.join(PROJECT, "dist/bench"), mode);
}

async function searchAlone(built: Parameters<typeof openPaper>[0]): Promise<void> {
  const section = (await measureSearch(built, options.quick ?? false, say)).join("\n");
  const before = await readFile(RESULTS, "utf8");
  const [start, ...others] = before.split(/^(?=## )/m);
  const kept = others.filter((each) => !each.startsWith("## A search"));
  const at = kept.findIndex((each) => each.startsWith("## What the dearest page"));
  const all = [start, ...kept.slice(0, at), `${section}\n`, ...kept.slice(at)];
  await writeFile(RESULTS, all.join(""));
}

function head(): string {
  const [cpu] = cpus();
  return `# Results

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} × ${cpu?.model ?? "unknown processor"}, ${process.platform} ${release()}, Node ${process.versions.node}, the built Worker in Miniflare. Medians of ${ROUNDS} rounds; what is compared was measured in turns within one run. Only ratios travel from machine to machine. [What they mean](../docs/performance.md).

`;
}

/** The Worker as it is uploaded, and how long it takes to be ready. */
async function size({ modules }: BuiltWorker): Promise<void> {
  const start = modules.filter(({ isStart }) => isStart);
  const folder = await mkdtemp(path.join(tmpdir(), "broadsheet-start-"));
  const beside = options.against === undefined ? null : path.resolve(options.against);
  const rounds = Array.from({ length: ROUNDS }, () => ({
    ours: startUp(PROJECT, folder),
    theirs: beside === null ? Number.NaN : startUp(beside, folder),
  }));
  const active = median(rounds.map(({ ours }) => ours));
  const ratio = median(rounds.map(({ ours, theirs }) => ours / theirs));
  const compared =
    beside === null ? "" : `; ${ratio.toFixed(2)} times that of \`--against\` (budget 1.5)`;
  report.push(
    "## The Worker\n",
    `- what a Worker starts with: ${bytesOf(start)}; budget 300 kB`,
    `- with what requests of editors, the cron and searches load: ${bytesOf(modules)}`,
    `- start-up: ${active.toFixed(0)} ms of processor time (\`wrangler check startup\`)${compared}; the platform allows 1,000\n`,
  );
  await rm(folder, { recursive: true });
}

function bytesOf(modules: BuiltWorker["modules"]): string {
  const gzip = modules.reduce((sum, { contents }) => sum + gzipSync(contents).byteLength, 0);
  const raw = modules.reduce((sum, { contents }) => sum + Buffer.byteLength(contents), 0);
  return `${kilobytes(gzip)} compressed (gzip), ${kilobytes(raw)} raw`;
}

/** The processor time, in milliseconds, that the Worker of a checkout needs until it is ready. */
function startUp(checkout: string, folder: string): number {
  const { stdout } = spawnSync(
    process.execPath,
    [
      path.join(checkout, "node_modules/wrangler/bin/wrangler.js"),
      "check",
      "startup",
      "--outfile",
      path.join(folder, "startup.cpuprofile"),
    ],
    { cwd: checkout, encoding: "utf8", env: { ...process.env, NODE_ENV: "production" } },
  );
  return Number(/Active:\s*([\d.]+)\s*ms/.exec(stdout)?.[1] ?? Number.NaN);
}

/** What each kind of page asks of D1. */
async function asked(paper: Paper, count: number): Promise<Record<string, string>> {
  const sample: PaperSample = {
    sections: ["city", "culture"],
    authors: ["mara-quill"],
    tags: ["all"],
    stories: [storyOf(count)],
    // The ids of the corpus are none that a share card has; of one that is there it is the same query.
    ids: ["a".repeat(16)],
    plain: ["/about"],
    months: [{ month: MONTH, sections: ["city"] }],
    starts: [],
    pictures: [],
    pages: 5,
  };
  const response = await fetch(await paper.urlOf("recorder"), {
    method: "POST",
    body: JSON.stringify(sample),
  });
  const found: Record<string, string> = {};
  for (const [kind, pages] of Object.entries(await response.json<Record<string, string[]>>())) {
    const costs: Recorded[] = [];
    for (const page of pages) costs.push(await recorded(paper, page));
    const [dearest] = costs.toSorted((one, other) => other.rowsRead - one.rowsRead);
    if (dearest)
      found[kind] = `${Math.max(...costs.map(({ trips }) => trips))} · ${dearest.rowsRead}`;
  }
  return found;
}

interface Recorded {
  status: number;
  trips: number;
  rowsRead: number;
  statements: { sql: string; values: unknown[] }[];
}

async function recorded(paper: Paper, page: string): Promise<Recorded> {
  const response = await fetch(new URL(page, await paper.urlOf("recorder")));
  return response.json<Recorded>();
}

/** How fast pages are made, against a Worker that asks D1 the same and one that asks nothing; and how fast editors are served. */
async function speed(paper: Paper, name: string, count: number): Promise<void> {
  const rows: string[][] = [];
  for (const [kind, page] of Object.entries(timedPages(count))) {
    const body = await (await fetch(new URL(page, await paper.urlOf("paper")))).text();
    const { statements } = await recorded(paper, page);
    await put(paper, "bare-d1", page, JSON.stringify({ statements, body }));
    await put(paper, "constant", page, body);
    const took = await inTurns(paper, page, ["paper", "bare-d1", "constant"], COLD);
    const [made, d1, constant] = [took["paper"], took["bare-d1"], took["constant"]];
    rows.push([
      kind,
      perSecond(made),
      perSecond(d1),
      ratio(made, d1),
      perSecond(constant),
      cpu(made),
      cpu(d1),
      over(made, d1),
    ]);
  }
  report.push(
    `## Making a page, with ${name} stories\n`,
    "Each request makes the page anew. Beside it: a Worker that makes one D1 batch of the same statements and answers with the same bytes, and one that only answers.\n",
    ...markdown(
      [
        "page",
        "pages/s",
        "D1 alone/s",
        "ratio",
        "constant/s",
        "CPU ms",
        "D1 alone, CPU ms",
        "over it, ms",
      ],
      rows,
    ),
  );
  await editing(paper);
}

/** What editors wait for. */
async function editing(paper: Paper): Promise<void> {
  const times: number[] = [];
  let live = 0;
  let timing = "";
  for (let story = 0; story < 7; story += 1) {
    const started = performance.now();
    const answer = await paper.call("POST", "/articles", {
      title: `The newest, ${story}`,
      section: "city",
      authors: ["mara-quill", "jonas-field"],
      tags: ["all", "most"],
      body: "It **works**.",
      status: "published",
    });
    times.push(performance.now() - started);
    if (answer["edge"] === "live") live += 1;
    timing = String(answer["timing"]);
  }
  const rates: number[] = [];
  for (let call = 0; call < 5; call += 1) {
    const items = Array.from({ length: 100 }, (_, n) => ({
      key: `${call}-${n}`,
      title: `Imported ${call} ${n}`,
      section: "city",
      authors: ["mara-quill"],
      tags: ["all"],
      body: "Words. ".repeat(200),
      status: "published",
      publishedAt: new Date(NEWEST - (call * 100 + n) * HOUR * 24).toISOString(),
    }));
    const started = performance.now();
    await paper.call("POST", "/imports", { source: "bench", items });
    rates.push((items.length * 1000) / (performance.now() - started));
  }
  const [trips, read] = ["trips", "read"].map(
    (label) => new RegExp(`${label}=(\\d+)`).exec(timing)?.[1],
  );
  report.push(
    `- publish → live: ${median(times).toFixed(0)} ms, with the purge and three pages read back through the cache (${live} of ${times.length} live; ${trips} round trips and ${read} rows of D1 for the act itself)`,
    `- import: ${median(rates).toFixed(0)} stories a second, 100 a call\n`,
  );
}

/** How fast the cache answers, against a Worker that only looks the page up. */
async function warm(paper: Paper, count: number): Promise<void> {
  const rows: string[][] = [];
  for (const kind of ["article", "front"]) {
    const page = timedPages(count)[kind] ?? "/";
    const answer = await fetch(new URL(page, await paper.urlOf("paper-at-the-edge")));
    await put(paper, "bare-cache", page, await answer.text());
    const took = await inTurns(paper, page, ["paper-at-the-edge", "bare-cache"], WARM);
    const [edge, bare] = [took["paper-at-the-edge"], took["bare-cache"]];
    rows.push([kind, perSecond(edge), perSecond(bare), ratio(edge, bare), cpu(edge), cpu(bare)]);
  }
  report.push(
    "## A page in the cache\n",
    "Through the stand-in, beside a Worker that makes one `caches.default.match` of the same bytes and does nothing else.\n",
    ...markdown(["page", "hits/s", "match/s", "ratio", "CPU ms", "match, CPU ms"], rows),
  );
}

/** Gives a bare Worker its bytes. */
async function put(paper: Paper, worker: WorkerName, page: string, body: string): Promise<void> {
  const headers = { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "max-age=3600" };
  const url = new URL(page, await paper.urlOf(worker));
  const { ok, status } = await fetch(url, { method: "PUT", body, headers });
  if (!ok) throw new Error(`${worker} did not take its bytes: ${status}`);
}

/** Asks each Worker for a page in turn, round after round. */
async function inTurns(
  paper: Paper,
  page: string,
  workers: WorkerName[],
  count: number,
): Promise<Partial<Record<WorkerName, Took[]>>> {
  const took: Partial<Record<WorkerName, Took[]>> = {};
  for (const worker of workers) await load(new URL(page, await paper.urlOf(worker)), 50);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const worker of workers) {
      const url = new URL(page, await paper.urlOf(worker));
      (took[worker] ??= []).push(await load(url, count));
    }
  }
  return took;
}

/** What the sample paper's pages weigh. */
async function weigh(built: Parameters<typeof openPaper>[0]): Promise<void> {
  const paper = await openPaper(built);
  try {
    const url = (await paper.urlOf("paper")).origin;
    const folder = await readFolder(path.join(PROJECT, "content"));
    await supplyFolder(openApi({ url, key: KEY, note: () => {} }), folder, () => {});
    const listed = async (query: string) =>
      (await paper.db.prepare(query).all<{ path: string }>()).results.map(({ path }) => url + path);
    const one = async (query: string) => sizeOf((await listed(query))[0] ?? url);
    const stories = await Promise.all((await listed("select path from live")).map(sizeOf));
    const byWeight = stories.toSorted((one, other) => one.gzip - other.gzip);
    const month = "substr(month, 1, 4) || '/' || substr(month, 6, 2)";
    const rows = [
      ["article, the lightest", byWeight[0]],
      ["article, the middle one", byWeight[Math.floor(byWeight.length / 2)]],
      ["article, the heaviest", byWeight.at(-1)],
      ["article as Markdown", await one("select path || '.md' as path from live order by path")],
      ["front", await sizeOf(`${url}/`)],
      [
        "section",
        await one(
          "select '/' || s.slug as path from live l join sections s on s.id = l.section order by l.path",
        ),
      ],
      [
        "author",
        await one(
          "select '/authors/' || a.slug as path from live_authors x join authors a on a.id = x.author group by 1 order by count(*) desc",
        ),
      ],
      [
        "topic",
        await one(
          "select '/tags/' || t.slug as path from live_tags x join tags t on t.id = x.tag group by 1 order by count(*) desc",
        ),
      ],
      [
        "month",
        await one(
          `select '/archive/' || ${month} as path from live group by 1 order by count(*) desc`,
        ),
      ],
      ["archive", await sizeOf(`${url}/archive`)],
      ["nothing there", await sizeOf(`${url}/no/such-page`)],
    ] as [string, Weight][];
    report.push(
      "## What a page weighs\n",
      `HTML with its styles, of the sample paper (${stories.length} stories), kB.\n`,
      ...markdown(
        ["page", "raw", "gzip", "brotli"],
        rows.map(([kind, weight]) => [
          kind,
          ...[weight.raw, weight.gzip, weight.brotli].map((bytes) => (bytes / 1000).toFixed(1)),
        ]),
      ),
    );
  } finally {
    await paper.close();
  }
}

interface Weight {
  raw: number;
  gzip: number;
  brotli: number;
}

async function sizeOf(url: string): Promise<Weight> {
  const body = Buffer.from(await (await fetch(url)).arrayBuffer());
  // As the platform compresses on the fly.
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };
  return {
    raw: body.byteLength,
    gzip: gzipSync(body).byteLength,
    brotli: brotliCompressSync(body, quality).byteLength,
  };
}

function table(title: string, first: string[], columns: [string, Record<string, string>][]): void {
  const kinds = [...new Set(columns.flatMap(([, found]) => Object.keys(found)))];
  report.push(
    `## ${title}\n`,
    ...markdown(
      [...first, ...columns.map(([name]) => name)],
      kinds.map((kind) => [kind, ...columns.map(([, found]) => found[kind] ?? "")]),
    ),
  );
}

function markdown(heads: string[], rows: string[][]): string[] {
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  return [line(heads), line(heads.map((_, n) => (n === 0 ? "---" : "--:"))), ...rows.map(line), ""];
}

function median(values: number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function perSecond(took: Took[] = []): string {
  return Math.round(median(took.map(({ requests }) => requests))).toLocaleString("en");
}

/** The median of the rounds' ratios, not the ratio of the medians: a slow round was slow for both. */
function ratio(took: Took[] = [], floor: Took[] = []): string {
  const ratios = took.map(({ requests }, n) => requests / (floor[n]?.requests ?? Number.NaN));
  return median(ratios).toFixed(2);
}

function cpuOf(took: Took[] = []): number {
  return median(took.flatMap(({ cpu }) => cpu ?? []));
}

function cpu(took?: Took[]): string {
  return cpuOf(took).toFixed(2);
}

/** The median of what each round's requests took beyond the floor's: of a slow round both are. */
function over(took: Took[] = [], floor: Took[] = []): string {
  return median(
    took.flatMap(({ cpu }, n) => {
      const least = floor[n]?.cpu ?? null;
      return cpu === null || least === null ? [] : [cpu - least];
    }),
  ).toFixed(2);
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

function say(sentence: string): void {
  console.log(sentence);
}
