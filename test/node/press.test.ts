import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readFolder } from "../../src/cli/folder.ts";
import { openNewsroom } from "../../src/cli/newsroom-api.ts";
import { publishFolder, supplyFolder } from "../../src/cli/publish.ts";
import type { Report } from "../../src/cli/publish.ts";

// The API is a small server of this test's own: what press promises is what it sends, and what it makes of the answers.

interface Sent {
  method: string;
  path: string;
  body: Record<string, unknown>;
}

interface Reply {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

type Item = Record<string, unknown> & { key: string };

let root: string;
let server: Server;
let url: string;
let sent: Sent[];
let stored: Map<string, string>;
/** Answers before the server's own rules do, when it returns something. */
let intercept: (request: Sent) => Reply | undefined;

beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), "press-"));
  sent = [];
  stored = new Map();
  intercept = () => undefined;
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = JSON.parse(Buffer.concat(chunks).toString() || "{}") as Record<string, unknown>;
      const call = {
        method: request.method ?? "",
        path: (request.url ?? "").replace("/api/v1", ""),
        body,
      };
      sent.push(call);
      const reply =
        request.headers.authorization === "Bearer bs_test"
          ? (intercept(call) ?? answer(call))
          : UNKNOWN_KEY;
      response.writeHead(reply.status, { "content-type": "application/json", ...reply.headers });
      response.end(JSON.stringify(reply.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await rm(root, { recursive: true });
});

const UNKNOWN_KEY: Reply = { status: 401, body: { title: "Unauthorized" } };

function answer({ method, path: address, body }: Sent): Reply {
  if (address !== "/imports")
    return reply(write(`${method} ${address}`, JSON.stringify(body)) ? 1 : 0, body);
  const items = body["items"] as Item[];
  const errors = items.flatMap(({ section }, index) =>
    section === "city"
      ? []
      : [{ path: `items.${index}.section`, message: `There is no section "${String(section)}".` }],
  );
  if (errors.length > 0)
    return { status: 422, body: { title: "Invalid", detail: "Not accepted", errors } };
  let written = 0;
  const results = items.map((item) => {
    const created = !stored.has(item.key);
    const changed = write(item.key, JSON.stringify(item));
    if (changed) written += 10;
    return { key: item.key, id: `id-${item.key}`, url: `/city/${item.key}`, changed, created };
  });
  return reply(written, { items: results, edge: "live" });
}

function write(name: string, value: string): boolean {
  const changed = stored.get(name) !== value;
  stored.set(name, value);
  return changed;
}

function reply(written: number, body: unknown): Reply {
  return {
    status: 200,
    body,
    headers: { "server-timing": `d1;desc="trips=3 read=40 written=${written}"` },
  };
}

async function put(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(path.join(root, file)), { recursive: true });
  await writeFile(path.join(root, file), text);
}

async function putStory(key: string, front = ""): Promise<void> {
  await put(`${key}.md`, `---\ntitle: ${key}\nsection: city\n${front}---\nText.\n`);
}

async function press(): Promise<Report> {
  const newsroom = openNewsroom({ url, key: "bs_test", wait: async () => {} });
  return publishFolder(newsroom, await readFolder(root), () => {});
}

function importedItems(): Item[] {
  return sent
    .filter((call) => call.path === "/imports")
    .flatMap((call) => call.body["items"] as Item[]);
}

describe("a story's file", () => {
  test("becomes the fields of the API, dates in UTC, and nothing that the file does not say", async () => {
    await put(
      "city/tides.md",
      "---\ntitle: 1984\nsection: city\ntags: [ferry, 2026]\nauthors: ines\ndate: 2026-11-03 08:00\nupdated: 2026-11-03T10:30:00+01:00\n" +
        "standfirst:\nhero: { src: /media/a/b.jpg, decorative: true, width: 800 }\ncorrections: [{ text: A word, at: 2026-11-04 }]\n---\n\nText.\n",
    );
    await press();
    expect(importedItems()).toEqual([
      {
        key: "city/tides",
        title: "1984",
        section: "city",
        tags: ["ferry", "2026"],
        authors: ["ines"],
        publishedAt: "2026-11-03T08:00:00Z",
        updatedAt: "2026-11-03T09:30:00Z",
        hero: { src: "/media/a/b.jpg", decorative: true, width: 800 },
        corrections: [{ text: "A word", at: "2026-11-04T00:00:00Z" }],
        body: "Text.\n",
      },
    ]);
  });

  test("may come from Windows and may have rules of dashes in its body", async () => {
    await put(
      "windows.md",
      "\uFEFF---\r\ntitle: Rules\r\nsection: city\r\n---\r\nOne\r\n\r\n---\r\n\r\nTwo\r\n---\r\n",
    );
    await press();
    expect(importedItems()[0]).toMatchObject({ title: "Rules", body: "One\n\n---\n\nTwo\n---\n" });
  });

  test.each([
    ["2026-02-30", "a day that does not exist"],
    ["2026-11-03 25:00", "an hour that does not exist"],
    ["3 November", "another notation"],
    ["2026", "a number"],
  ])("is refused with the date %s: %s", async (date) => {
    await putStory("dated", `date: ${date}\n`);
    expect((await press()).issues).toEqual([
      {
        file: "dated.md",
        field: "date",
        reason: expect.stringMatching(/^must be a date such as 2026-11-03, .* got /) as string,
      },
    ]);
  });

  test.each([
    ["no front matter", "Just text", "has no front matter"],
    ["front matter that never ends", "---\ntitle: A\n\nText", "has no front matter"],
    ["broken YAML", "---\ntitle: A\nsection: [city\n---\nText", "is not valid YAML: .* at line 3"],
    ["a list for front matter", "---\n- title\n---\nText", "not a mapping"],
  ])("is refused with %s, and the others are published", async (_what, text, reason) => {
    await put("bad.md", text);
    await putStory("good");
    const report = await press();
    expect(report.issues).toEqual([
      { file: "bad.md", field: "", reason: expect.stringMatching(reason) as string },
    ]);
    expect(report.created).toBe(1);
  });

  test("is refused with a field that nobody knows, so that no embargo is overlooked", async () => {
    await putStory("secret", "embargo: 2027-01-01\n");
    expect((await press()).issues).toMatchObject([{ file: "secret.md", field: "embargo" }]);
    expect(importedItems()).toEqual([]);
  });

  test("is refused when its name cannot be a key", async () => {
    await putStory("späte meldung");
    expect((await press()).issues).toMatchObject([{ file: "späte meldung.md", field: "" }]);
  });

  test("is refused when it is not UTF-8", async () => {
    await writeFile(
      path.join(root, "latin.md"),
      Buffer.from("---\ntitle: Caf\xe9\n---\n", "latin1"),
    );
    expect((await press()).issues).toEqual([
      { file: "latin.md", field: "", reason: "is not UTF-8 text" },
    ]);
  });
});

describe("a folder", () => {
  test("is sent in the order in which its parts refer to one another", async () => {
    await put("settings.yaml", "title: The Test\n");
    await put("sections.yaml", "- { slug: city, name: City }\n- { slug: arts, name: Arts }\n");
    await put("authors.yaml", "ines: { name: Ines, bio: Writes. }\n");
    await put("front.yaml", "lead: b\npinned: [a]\n");
    await putStory("a");
    await putStory("b");
    const report = await press();
    expect(report.issues).toEqual([]);
    expect(
      sent.map((call) => [call.method, call.path, call.path === "/imports" ? null : call.body]),
    ).toEqual([
      ["PATCH", "/settings", { title: "The Test" }],
      ["PUT", "/sections/city", { name: "City", position: 0 }],
      ["PUT", "/sections/arts", { name: "Arts", position: 1 }],
      ["PUT", "/authors/ines", { name: "Ines", bio: "Writes." }],
      ["POST", "/imports", null],
      ["PUT", "/front", { lead: "id-b", pinned: ["id-a"] }],
    ]);
  });

  test("is written once: the second run changes nothing and says so", async () => {
    await put("settings.yaml", "title: The Test\n");
    await putStory("a");
    await putStory("b");
    expect(await press()).toMatchObject({ created: 2, updated: 0, unchanged: 0, rowsWritten: 21 });
    expect(await press()).toMatchObject({ created: 0, updated: 0, unchanged: 2, rowsWritten: 0 });
    await putStory("b", "standfirst: New\n");
    expect(await press()).toMatchObject({ created: 0, updated: 1, unchanged: 1, rowsWritten: 10 });
  });

  test("goes out in batches of at most 100 stories and 6 MiB", async () => {
    for (let number = 0; number < 14; number++)
      await put(`${number}.md`, `---\ntitle: T\nsection: city\n---\n${"x".repeat(500_000)}`);
    expect(await press()).toMatchObject({ created: 14, issues: [] });
    const batches = sent.map((call) => call.body["items"] as Item[]);
    expect(batches.map((batch) => batch.length)).toEqual([12, 2]);
    for (const batch of batches) expect(JSON.stringify(batch).length).toBeLessThan(6 * 1024 * 1024);
    sent = [];
    for (let number = 0; number < 130; number++) await putStory(String(number));
    await press();
    expect(sent.map((call) => (call.body["items"] as Item[]).length)).toEqual([100, 30]);
  });

  test("links a translation to its original by id, whichever is read first", async () => {
    await putStory("zz-original");
    await putStory("aa-translation", "translationOf: zz-original\nlanguage: fr\n");
    await putStory("lost", "translationOf: nowhere\n");
    const report = await press();
    expect(importedItems().find(({ key }) => key === "aa-translation")?.["translationOf"]).toBe(
      "id-zz-original",
    );
    expect(report.issues).toMatchObject([{ file: "lost.md", field: "translationOf" }]);
  });

  test("that does not exist is named", async () => {
    await expect(readFolder(path.join(root, "nowhere"))).rejects.toThrow(
      /nowhere: there is no such folder/,
    );
  });
});

describe("a paper that has been edited", () => {
  test("keeps its settings, sections, authors and front when the site is started again", async () => {
    await writeFile(path.join(root, "settings.yaml"), "title: The folder's title\n");
    await writeFile(path.join(root, "authors.yaml"), "ann:\n  name: Ann\nbea:\n  name: Bea\n");
    await writeFile(path.join(root, "one.md"), "---\ntitle: One\nsection: city\n---\nWords.\n");
    intercept = ({ method, path: address }) => {
      if (method !== "GET") return undefined;
      const items = address.startsWith("/articles") ? [{ id: "x" }] : [{ slug: "ann" }];
      return { status: 200, body: { items, next: null } };
    };
    const newsroom = openNewsroom({ url, key: "bs_test", wait: async () => {} });
    await supplyFolder(newsroom, await readFolder(root), () => {});
    const written = sent.filter(({ method }) => method !== "GET");
    expect(written.map((call) => `${call.method} ${call.path}`)).toEqual([
      "PUT /authors/bea",
      "POST /imports",
    ]);
  });
});

describe("a story that the site refuses", () => {
  test("is named with field and reason, and the rest of its batch is published", async () => {
    await putStory("a");
    await put("b.md", "---\ntitle: B\nsection: sport\n---\nText\n");
    await putStory("c");
    const report = await press();
    expect(report.issues).toEqual([
      { file: "b.md", field: "section", reason: 'There is no section "sport".' },
    ]);
    expect(report.created).toBe(2);
    expect([...stored.keys()].sort()).toEqual(["a", "c"]);
  });

  test("is found even when the answer does not say which it is", async () => {
    for (const key of ["a", "b", "c", "d", "e"]) await putStory(key);
    intercept = ({ body }) =>
      JSON.stringify(body).includes('"key":"d"')
        ? { status: 413, body: { title: "Too large", detail: "Too large." } }
        : undefined;
    const report = await press();
    expect(report.issues).toEqual([{ file: "d.md", field: "", reason: "Too large." }]);
    expect(report.created).toBe(4);
  });

  test("leaves the front page as it was when it is placed there", async () => {
    await put("front.yaml", "lead: bad\npinned: [a]\n");
    await putStory("a");
    await put("bad.md", "---\ntitle: B\nsection: sport\n---\nText\n");
    const report = await press();
    expect(report.issues).toMatchObject([
      { file: "bad.md" },
      { file: "front.yaml", field: "lead" },
    ]);
    expect(sent.some((call) => call.path === "/front")).toBe(false);
  });

  test("does not hide what is wrong with authors.yaml", async () => {
    await put("authors.yaml", "ines: { name: Ines }\n");
    intercept = ({ path: address }) =>
      address === "/authors/ines"
        ? { status: 422, body: { errors: [{ path: "name", message: "Too short." }] } }
        : undefined;
    expect((await press()).issues).toEqual([
      { file: "authors.yaml", field: "ines.name", reason: "Too short." },
    ]);
  });
});

describe("a site in trouble", () => {
  test("is asked again after the time that it names", async () => {
    await putStory("a");
    const waits: number[] = [];
    const replies = [503, 429];
    intercept = () => {
      const status = replies.shift();
      return status === undefined
        ? undefined
        : { status, body: {}, headers: { "retry-after": "7" } };
    };
    const wait = async (milliseconds: number) => void waits.push(milliseconds);
    const report = await publishFolder(
      openNewsroom({ url, key: "bs_test", wait }),
      await readFolder(root),
      () => {},
    );
    expect(waits).toEqual([7000, 7000]);
    expect(report.created).toBe(1);
  });

  test("is given up after a few times, with its reason", async () => {
    await putStory("a");
    intercept = () => ({
      status: 503,
      body: { title: "Unavailable", detail: "The secret ROOT_KEY is missing." },
    });
    await expect(press()).rejects.toThrow(
      /answered 503 to POST \/api\/v1\/imports: The secret ROOT_KEY is missing/,
    );
    expect(sent.length).toBe(6);
  });

  test("that is not running is a sentence on how to start it", async () => {
    await putStory("a");
    server.close();
    await expect(press()).rejects.toThrow(/Nothing answers at http.*npm start/);
  });

  test("that does not know the key is not sent anything else", async () => {
    await putStory("a");
    await put("settings.yaml", "title: The Test\n");
    const newsroom = openNewsroom({ url, key: "bs_wrong" });
    await expect(publishFolder(newsroom, await readFolder(root), () => {})).rejects.toThrow(
      /does not accept the key/,
    );
    expect(sent.length).toBe(1);
  });
});

describe("the sample paper", () => {
  const content = path.join(import.meta.dirname, "../../content");

  test("has no file that cannot be read, and names only sections, authors and stories that it has", async () => {
    const folder = await readFolder(content);
    expect(folder.issues).toEqual([]);
    expect(folder.stories.length).toBeGreaterThanOrEqual(9);
    const sections = new Set(folder.sections.map(({ slug }) => slug));
    const authors = new Set(folder.authors.map(({ slug }) => slug));
    const keys = new Set(folder.stories.map(({ key }) => key));
    for (const { key, fields, translationOf } of folder.stories) {
      expect(sections, key).toContain(fields["section"]);
      for (const author of fields["authors"] as string[]) expect(authors, key).toContain(author);
      if (translationOf) expect(keys, key).toContain(translationOf);
      expect(String(fields["publishedAt"]) < "2026-11-20", key).toBe(true);
    }
    for (const key of folder.front?.pinned ?? []) expect(keys).toContain(key);
  });

  test("is written without a byte that the next save would change", async () => {
    for (const { file } of (await readFolder(content)).stories) {
      expect(await readFile(path.join(content, file), "utf8"), file).toMatch(
        /^---\n[^\r]*[^\n]\n$/,
      );
    }
  });
});
