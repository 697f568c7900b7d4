import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readOptions } from "../../src/cli/press/options.ts";
import { createReport, listLeft, tell } from "../../src/cli/press/report.ts";
import { png, PressSite } from "./press-site.ts";

let site: PressSite;

beforeEach(async () => {
  site = await PressSite.open();
});

afterEach(() => site.close());

interface Ended {
  code: number | null;
  out: string;
  errors: string;
}

/** Runs the program itself, as `npm run press` does. */
function run(args: string[], started: (child: ChildProcess) => void = () => {}): Promise<Ended> {
  const program = path.join(import.meta.dirname, "../../src/cli/press.ts");
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, BROADSHEET_KEY: "bs_test", INIT_CWD: site.root },
  });
  started(child);
  const ended: Ended = { code: null, out: "", errors: "" };
  child.stdout.on("data", (data: Buffer) => (ended.out += data.toString()));
  child.stderr.on("data", (data: Buffer) => (ended.errors += data.toString()));
  return new Promise((resolve) => child.on("close", (code) => resolve({ ...ended, code })));
}

describe("the command", () => {
  test("says for each file what changed, and at the end how much and how long", async () => {
    await site.putStory("a");
    await site.putStory("b");
    const first = await run([".", "--url", site.url]);
    expect(first).toMatchObject({ code: 0, errors: "2 of 2 stories\n" });
    expect(first.out).toMatch(
      /^created {4}a\.md → http:\S+\/city\/a\ncreated {4}b\.md → \S+\n2 stories created in [\d.]+ s; 20 D1 rows written\n$/,
    );
    await site.putStory("b", "standfirst: New\n");
    const second = await run([".", "--url", site.url]);
    expect(second.out).toMatch(
      /^updated {4}b\.md → \S+\n1 story updated, 1 unchanged in .*; 10 D1 rows written\n$/,
    );
    expect((await run([".", "--url", site.url, "--verbose"])).out).toMatch(
      /^unchanged {2}a\.md → /,
    );
  });

  test("goes on past bad files, names each with field and reason, and ends with 1", async () => {
    await site.putStory("good");
    await site.putStory("dated", "date: soon\n");
    await site.put("sport.md", "---\ntitle: B\nsection: sport\n---\n");
    const { code, out, errors } = await run([".", "--url", site.url]);
    expect(code).toBe(1);
    expect(out).toMatch(/^created {4}good.md/);
    expect(errors).toContain("Refused: 2 files\n  dated.md: date: must be a date such as");
    expect(errors).toContain('\n  sport.md: section: There is no section "sport".');
  });

  test("explains itself, and what is wrong with how it was called", async () => {
    const help = await run(["--help"]);
    expect([help.code, help.out]).toEqual([0, expect.stringMatching(/^Usage: npm run press/)]);
    const { code, errors } = await run(["nowhere", "--url", site.url]);
    expect([code, errors]).toEqual([1, expect.stringMatching(/nowhere: there is no such folder/)]);
  });

  test.each([
    [[], /^Which folder\?/],
    [["a", "b"], /one folder at a time/],
    [["a", "--sektion", "x"], /There is no option --sektion\./],
    [["a", "--map", "date"], /--map must be ours=theirs/],
    [["a", "--former", "x"], /--former must be a path such as/],
    [["a", "--source", "A B"], /--source must be/],
    [["a", "--url", "x"], /--url must be an address/],
  ])("does not take %j", (args, sentence) => {
    expect(() => readOptions(args, "/")).toThrow(sentence);
  });

  test("finishes the call under way at Ctrl-C, says how to go on, and goes on from there", async () => {
    for (let number = 10; number < 40; number++) await site.putStory(String(number));
    const stopped = await run([".", "--url", site.url, "--one-by-one"], (child) => {
      site.intercept = ({ path: address }) => {
        if (address.endsWith("/12")) child.kill("SIGINT");
        return undefined;
      };
    });
    expect(stopped.code).toBe(130);
    expect(stopped.errors).toMatch(/Stopped\. What was published stays; the same command goes on/);
    const there = site.stored.size;
    expect(there).toBeGreaterThanOrEqual(3);
    expect(there).toBeLessThan(30);
    expect(await site.press()).toMatchObject({ unchanged: there, created: 30 - there });
  });

  test("says how far it got when the site goes away", async () => {
    for (const key of ["a", "b", "c"]) await site.putStory(key);
    site.intercept = ({ path: address }) => {
      if (!address.endsWith("/b")) return undefined;
      return { status: 403, body: { detail: "Your key was revoked." } };
    };
    const { code, out, errors } = await run([".", "--url", site.url, "--one-by-one"]);
    expect([code, out]).toEqual([
      1,
      expect.stringMatching(/created {4}a.md[^]*1 story created in /),
    ]);
    expect(errors).toMatch(/Your key was revoked\. What was published stays/);
  });
});

describe("the files beside the stories", () => {
  test("are told when they change something, and not when they do not", async () => {
    await site.put("settings.yaml", "title: The Test\n");
    await site.put("authors.yaml", "mara: { name: Mara }\n");
    const lines: string[] = [];
    const manner = {
      tell: (event: Parameters<typeof tell>[0]) => {
        lines.push(tell(event));
      },
    };
    await site.press({}, manner);
    expect(lines).toEqual(["updated    settings.yaml", "updated    authors.yaml: mara"]);
    await site.press({}, manner);
    expect(lines).toHaveLength(2);
  });
});

describe("what bodies lose", () => {
  test("is added up over the files, with the first line of the first", async () => {
    await site.putStory("city/a", "", "Text\n\n<font>x</font>\n");
    await site.putStory("city/b", "", "<font>y</font>\n");
    await site.putStory("city/c");
    const { left } = await site.press();
    const [first] = left.values();
    expect([...left.keys()]).toEqual(["<font> was left out; its words stay."]);
    expect(first?.files).toBe(2);
    expect(listLeft(left)).toMatch(
      /^left out {3}<font> was left out; its words stay\. \(2 files, first city\/a\.md:\d+\)$/,
    );
    const written = await readFile(path.join(site.root, "city/a.md"), "utf8");
    const line = Number(first?.first.split(":")[1]);
    expect(written.split("\n")[line - 1]).toBe("<font>x</font>");
    expect((await site.press()).left.size).toBe(0);
  });
});

describe("a dry run", () => {
  test("asks and never writes, and checks what can be checked", async () => {
    await site.put("gate.png", png(1));
    await site.put("settings.yaml", "title: The Test\n");
    await site.put("front.yaml", "lead: a\n");
    await site.putStory("a", "slug: a\nimage: gate.png\nimage_alt: Gate\n");
    await site.put("b.md", "---\ntitle: B\nsection: sport\nauthors: [Jane Doe]\n---\n");
    await site.put("c.md", "---\ntitle: A\nslug: a\nsection: city\n---\n");
    const lines: string[] = [];
    const report = await site.press(
      {},
      { dryRun: true, tell: (event) => lines.push(tell(event, true)) },
    );
    expect(site.writes()).toEqual([]);
    expect(lines).toEqual(["would upload gate.png", `would create a.md → ${site.url}/city/a`]);
    expect(report.issues.map(({ file, field }) => `${file}: ${field}`)).toEqual([
      "b.md: section",
      "b.md: authors.0",
      "c.md: slug",
    ]);
  });

  test("leaves it to the site to make room for an address that a file writes", async () => {
    await site.putStory("weather");
    await site.put("z.md", "---\ntitle: Rain\nslug: weather\nsection: city\n---\n");
    expect((await site.press({}, { dryRun: true })).issues).toEqual([]);
  });

  test("says what would change, and what would be refused", async () => {
    for (const key of ["a", "b", "c"]) await site.putStory(key);
    await site.press();
    await site.putStory("b", "standfirst: Changed\n");
    await site.putStory("d");
    await site.putStory("e");
    const refuse = { path: "items.4.title", message: "Is not nice." };
    site.intercept = ({ path, body }) =>
      path === "/imports?check=true" && (body["items"] as unknown[]).length === 5
        ? { status: 422, body: { title: "Invalid", errors: [refuse] } }
        : undefined;
    site.sent = [];
    const lines: string[] = [];
    const report = await site.press(
      {},
      { dryRun: true, tell: (event) => lines.push(tell(event, true)) },
    );
    expect(site.writes()).toEqual([]);
    expect(lines.map((line) => line.split(" → ")[0])).toEqual([
      "unchanged  a.md",
      "would update b.md",
      "unchanged  c.md",
      "would create d.md",
    ]);
    expect(report.issues).toEqual([{ file: "e.md", field: "title", reason: "Is not nice." }]);
  });

  test("tells what --make would make", async () => {
    await site.put("b.md", "---\ntitle: B\nsection: sport\n---\n");
    const lines: string[] = [];
    const manner = {
      dryRun: true,
      make: true,
      tell: (event: Parameters<typeof tell>[0]) => lines.push(tell(event, true)),
    };
    // The site cannot say what it would do with a story of a section that it has not got.
    expect(await site.press({}, manner)).toMatchObject({ checked: 1, made: 1, issues: [] });
    expect(site.writes()).toEqual([]);
    expect(lines).toContain("would make sections/sport (Sport)");
  });
});

describe("one by one", () => {
  test("each story and each picture goes in a call of its own", async () => {
    await site.put("gate.png", png(1));
    await site.putStory("deep/a", "", "![Gate](/gate.png)\n");
    await site.putStory("b");
    expect(await site.press({}, { oneByOne: true, source: "blog" })).toMatchObject({ created: 2 });
    expect(site.writes()).toEqual([
      "PUT /imports/blog/b",
      "POST /media?name=gate.png",
      "PUT /imports/blog/deep%2Fa",
    ]);
    expect(await site.press({}, { oneByOne: true, source: "blog" })).toMatchObject({
      unchanged: 2,
      rowsWritten: 0,
    });
  });

  test("a refused story is named, and the next one goes", async () => {
    await site.putStory("a");
    await site.putStory("b");
    site.intercept = ({ path: address }) =>
      address.endsWith("/a")
        ? { status: 422, body: { errors: [{ path: "title", message: "No." }] } }
        : undefined;
    expect(await site.press({}, { oneByOne: true })).toMatchObject({
      created: 1,
      issues: [{ file: "a.md", field: "title", reason: "No." }],
    });
  });
});

describe("a batch", () => {
  test("takes a story after all when its only rival was refused for something else", async () => {
    await site.put("a.md", "---\ntitle: A\nsection: city\naliases: [/b]\n---\n");
    await site.put("b.md", "---\ntitle: B\nsection: sport\n---\n");
    await site.putStory("c");
    let conflicts = 0;
    site.intercept = ({ body }) => {
      const items = (body["items"] ?? []) as { key: string; section: string }[];
      const position = items.findIndex(({ key }) => key === "a");
      if (position < 0 || items.length === 1 || items.some(({ section }) => section === "sport"))
        return undefined;
      conflicts++;
      return {
        status: 409,
        body: { errors: [{ path: `items.${position}.redirectFrom.0`, message: "Taken." }] },
      };
    };
    expect(await site.press()).toMatchObject({ created: 2, issues: [{ file: "b.md" }] });
    expect(conflicts).toBe(1);
  });

  test("that meets a bug of the site's goes without the story that finds it", async () => {
    for (const key of ["a", "b", "c", "d"]) await site.putStory(key);
    site.intercept = ({ body }) =>
      JSON.stringify(body).includes('"key":"c"')
        ? { status: 500, body: { detail: "A bug." } }
        : undefined;
    expect(await site.press()).toMatchObject({
      created: 3,
      issues: [{ file: "c.md", reason: "A bug." }],
    });
  });

  test("is not cut into stories when the site is broken for all", async () => {
    for (let number = 0; number < 20; number++) await site.putStory(String(number));
    site.intercept = () => ({ status: 500, body: { detail: "A bug." } });
    await expect(site.press()).rejects.toThrow(/answers 500 to every story/);
    expect(site.sent.length).toBeLessThan(15);
  });

  test("is sent again when its connection breaks", async () => {
    await site.putStory("a");
    let broken = 0;
    site.intercept = () => {
      if (broken++ === 0) site.hangUp();
      return undefined;
    };
    const report = createReport();
    await site.press({}, { report });
    expect(report).toMatchObject({ created: 0, unchanged: 1 });
  });
});
