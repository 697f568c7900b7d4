import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { FileIssue } from "../../src/cli/folder/findings.ts";
import { readRedirects } from "../../src/cli/folder/redirects-file.ts";
import { summarise } from "../../src/cli/press/report.ts";
import { PressSite, type Reply, type Sent } from "./press-site.ts";

// The redirects of a folder: what is read of redirects.csv, and what is sent of it.

let root: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), "redirects-"));
});

afterEach(() => rm(root, { recursive: true }));

/** What is read of a file, and what is wrong with it. */
async function read(written: string | Uint8Array) {
  await writeFile(path.join(root, "redirects.csv"), written);
  const issues: FileIssue[] = [];
  const lines = await readRedirects(root, issues);
  return { lines, issues: issues.map(({ field, reason }) => `${field}: ${reason}`) };
}

describe("redirects.csv", () => {
  test("may be missing", async () => {
    expect(await readRedirects(root, [])).toEqual([]);
  });

  test("is a table with a head, in any order of its columns, of which kind may be missing", async () => {
    expect(await read("from,to,kind\n/old,/city\n/blog,/culture,prefix\n/libel,,gone\n")).toEqual({
      lines: [
        { line: 2, fields: { from: "/old", to: "/city" } },
        { line: 3, fields: { from: "/blog", to: "/culture", kind: "prefix" } },
        { line: 4, fields: { from: "/libel", kind: "gone" } },
      ],
      issues: [],
    });
    const { lines } = await read("To,From\nhttps://elsewhere.example/,/old");
    expect(lines).toEqual([
      { line: 2, fields: { from: "/old", to: "https://elsewhere.example/" } },
    ]);
  });

  test("is read with a byte order mark, Windows' line ends, empty lines and comments", async () => {
    const { lines, issues } = await read(
      "\ufefffrom,to,kind\r\n\r\n# Of the first site\r\n /old , /city#map , EXACT \r\n,,\r\n/older,/city\r\n",
    );
    expect(issues).toEqual([]);
    expect(lines).toEqual([
      { line: 4, fields: { from: "/old", to: "/city#map", kind: "exact" } },
      { line: 6, fields: { from: "/older", to: "/city" } },
    ]);
  });

  test("has cells in quotation marks, as RFC 4180 has them", async () => {
    const { lines } = await read(
      'from,to\n"/a,b","https://elsewhere.example/?q=""x"""\n/next,"/city"\n',
    );
    expect(lines.map(({ fields }) => fields)).toEqual([
      { from: "/a,b", to: 'https://elsewhere.example/?q="x"' },
      { from: "/next", to: "/city" },
    ]);
  });

  test("takes former addresses as readers ask for them: without host, capitals and slash", async () => {
    const { lines } = await read(
      "from,to\nhttps://old.example/News/Gate/,/city\n/A B/,/city\n/Über-uns,/city\n",
    );
    // A letter that has to be encoded is asked for as it was written: its bytes have no case.
    const asked = ["/news/gate", "/a%20b", "/%C3%9Cber-uns"];
    expect(lines.map(({ fields }) => fields.from)).toEqual(asked);
  });

  test.each([
    ["from;to\n/old;/city", ['line 1: "from;to" is no column here; these are: from, to, kind']],
    ["/old,/city\n", ['line 1: "/old" is no column here; these are: from, to, kind']],
    ["from,to,from\n", ['line 1: has the column "from" twice']],
    ["from,to\n/old,/city,gone\n", ["line 2: has 3 cells where the first line has 2"]],
    ["from,to\n\n,/city\n", ["line 3, from: is missing"]],
    ["from,to\n/old,/city\n/OLD/,/culture\n", ["line 3, from: /old stands in line 2 already"]],
    ['from,to\n"/old,/city\n', [": is no table in CSV (RFC 4180): "]],
  ])("is refused by line and column: %j", async (written, reasons) => {
    const { issues } = await read(written);
    for (const reason of reasons)
      expect(issues.some((issue) => issue.startsWith(reason))).toBe(true);
  });

  test("is refused when it is no text", async () => {
    expect((await read(new Uint8Array([0xff, 0xfe, 0x41]))).issues).toEqual([
      ": is not UTF-8 text",
    ]);
  });

  test("stands twice for a path and what is below it, which are two", async () => {
    const { lines } = await read("from,to,kind\n/old,/city,\n/old,/culture,prefix\n");
    expect(lines).toHaveLength(2);
  });
});

describe("the redirects of a folder", () => {
  let site: PressSite;
  let known: Map<string, unknown>;

  beforeEach(async () => {
    site = await PressSite.open();
    known = new Map();
    site.intercept = (call) => (call.path.startsWith("/redirects/bulk") ? bulk(call) : undefined);
  });

  afterEach(() => site.close());

  /** The site's part: nothing may lead to /bad, and all of a call is taken or none. */
  function bulk({ path: address, body }: Sent): Reply {
    const items = body["items"] as { from: string; to?: string; kind?: string }[];
    const errors = items.flatMap(({ to }, index) =>
      to === "/bad" ? [{ path: `items.${index}.to`, message: "leads nowhere." }] : [],
    );
    if (errors.length > 0) return { status: 422, body: { title: "Invalid", errors } };
    const results = items.map(({ from, to = null, kind = "exact" }) => {
      const value = JSON.stringify([to, kind]);
      const changed = known.get(from) !== value;
      if (!address.endsWith("?check=true")) known.set(from, value);
      return { id: from, from, to, kind, changed };
    });
    return { status: 200, body: { items: results, edge: "live" } };
  }

  test("go out behind the stories and before the front page, and a second time nothing is written", async () => {
    await site.put("redirects.csv", "from,to,kind\n/old,/city/a\n/libel,,gone\n");
    await site.put("front.yaml", "lead: a\n");
    await site.putStory("a");
    const told: string[] = [];
    const manner = { tell: (event: { what: string; name: string }) => told.push(event.what) };
    const first = await site.press({}, manner);
    expect(site.writes()).toEqual(["POST /imports", "POST /redirects/bulk", "PUT /front"]);
    expect(site.sent.find(({ path: address }) => address === "/redirects/bulk")?.body).toEqual({
      items: [
        { from: "/old", to: "/city/a" },
        { from: "/libel", kind: "gone" },
      ],
      replace: true,
    });
    expect(first.redirects).toEqual({ made: 2, unchanged: 0 });
    expect(told).toEqual(["created", "redirected", "gone", "updated"]);
    expect(summarise(first, 400)).toContain("; 2 redirects made in 0.4 s");
    const second = await site.press();
    expect(second.redirects).toEqual({ made: 0, unchanged: 2 });
  });

  test("are named by line and column where the site refuses them, and the others go out", async () => {
    await site.put("redirects.csv", "from,to\n# Two\n/old,/bad\n/older,/city\n");
    const { issues, redirects } = await site.press();
    expect(issues).toEqual([
      { file: "redirects.csv", field: "line 3, to", reason: "leads nowhere." },
    ]);
    expect(redirects).toEqual({ made: 1, unchanged: 0 });
    expect([...known.keys()]).toEqual(["/older"]);
  });

  test("are named as a whole where the site does not say which", async () => {
    site.intercept = ({ path: address }) =>
      address.startsWith("/redirects")
        ? { status: 413, body: { title: "Too large", detail: "The body is too large." } }
        : undefined;
    await site.put("redirects.csv", "from,to\n/old,/city\n");
    const { issues } = await site.press();
    expect(issues).toEqual([
      { file: "redirects.csv", field: "", reason: "The body is too large." },
    ]);
  });

  test("are five hundred a call", async () => {
    const rows = Array.from({ length: 1001 }, (_, n) => `/old/${n},/city`);
    await site.put("redirects.csv", ["from,to", ...rows].join("\n"));
    expect((await site.press()).redirects.made).toBe(1001);
    expect(site.writes()).toHaveLength(3);
  });

  test("are only asked for by a dry run, which tells what would change", async () => {
    known.set("/old", JSON.stringify(["/city", "exact"]));
    await site.put("redirects.csv", "from,to\n/old,/city\n/older,/city\n");
    const report = await site.press({}, { dryRun: true });
    expect(site.writes()).toEqual([]);
    expect(summarise(report, 0)).toContain("1 redirect would be made, 1 there already");
    expect(known.has("/older")).toBe(false);
  });
});

test("the sample paper's redirects are read without a mistake", async () => {
  const issues: FileIssue[] = [];
  const lines = await readRedirects(path.join(import.meta.dirname, "../../content"), issues);
  expect(issues).toEqual([]);
  expect(lines.length).toBeGreaterThan(2);
  const text = await readFile(
    path.join(import.meta.dirname, "../../content/redirects.csv"),
    "utf8",
  );
  expect(text.startsWith("from,to,kind\n")).toBe(true);
});
