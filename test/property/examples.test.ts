import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import "../support/node-shims.ts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Paper } from "../support/paper.ts";
import { pictures } from "../support/pictures.ts";
import { ORIGIN, ROOT_KEY } from "../support/site.ts";
import { openSite } from "../support/sqlite-site.ts";

// The examples of the docs are run as they stand, by bash and curl, against a paper on this machine. Machines that have
// neither pass over them.

const hasTools = ["bash", "curl"].every((tool) => spawnSync(tool, ["--version"]).status === 0);

let paper: Paper;
let server: Server;
let url: string;
let folder: string;

beforeEach(async () => {
  vi.spyOn(console, "log").mockReturnValue();
  paper = await openSite();
  await paper.call("PUT", "/sections/city", { name: "City" });
  await paper.call("PUT", "/authors/mara-quill", { name: "Mara Quill" });
  server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${server.address().port}`;
  folder = mkdtempSync(`${tmpdir()}/examples-`);
  writeFileSync(`${folder}/.dev.vars`, `ROOT_KEY=${ROOT_KEY}\n`);
  writeFileSync(`${folder}/gate.jpg`, pictures.jpeg);
});

afterEach(() => {
  vi.restoreAllMocks();
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

/** Passes a request on to the paper, whose addresses begin with its own origin. */
async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { method, headers } = request;
  const answered = await paper.platform.exports.default.fetch(
    new Request(ORIGIN + request.url, {
      method,
      headers: { ...headers, "CF-Connecting-IP": "192.0.2.1" },
      redirect: "manual",
      ...(chunks.length > 0 ? { body: new Blob(chunks) } : {}),
    }),
  );
  response.writeHead(answered.status, Object.fromEntries(answered.headers));
  response.end(new Uint8Array(await answered.arrayBuffer()));
}

/** The examples of a page in one language. */
function examplesOf(file: string, language: string): string[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(/^```(\w+)\n([^]*?)^```$/gm)]
    .filter(([, name]) => name === language)
    .map(([, , example = ""]) => example);
}

/** One command a line, with the lines that continue it. */
function commandsOf(example: string): string[] {
  return example
    .split(/\n(?![ }])/)
    .map((command) => command.trim())
    .filter((command) => command !== "" && !command.startsWith("#"));
}

/** What is set here instead of being run: a variable, or a function of the shell. */
const DEFINITION = /^\w+(?:=|\(\) \{)/;

/** Runs the commands of a page, and returns those that failed, with what they printed. */
async function run(commands: string[], definitions: string[] = []): Promise<string[]> {
  const failed: string[] = [];
  let last = "";
  for (const written of commands) {
    const command = written.replaceAll("http://localhost:8787", url);
    const [, name, field] =
      /^(\w+)=…\s+# the answer's (\w+)/.exec(command) ?? /^(id|src)=…/.exec(command) ?? [];
    if (name !== undefined) {
      definitions.push(`${name}='${String(JSON.parse(last)[field ?? name])}'`);
    } else if (DEFINITION.test(command)) {
      definitions.push(command);
    } else {
      const { stdout, error } = await bash([...definitions, command].join("\n"));
      last = stdout;
      if (error || isProblem(stdout)) failed.push(`${command}\n${error?.message ?? ""}${stdout}`);
    }
  }
  return failed;
}

function bash(script: string): Promise<{ stdout: string; error: Error | null }> {
  return new Promise((resolve) => {
    execFile("bash", ["-c", script], { cwd: folder, timeout: 20_000 }, (error, stdout) =>
      resolve({ stdout, error }),
    );
  });
}

function isProblem(stdout: string): boolean {
  return /"status":\s*[45]\d\d\b/.test(stdout);
}

// Each command is a process of its own.
describe.skipIf(!hasTools)("the examples of the docs", { timeout: 30_000 }, () => {
  it("of README do what it says", async () => {
    const commands = examplesOf("README.md", "sh").flatMap(commandsOf);
    const shown = commands.filter((command) => !command.startsWith("npm "));
    expect(shown.length).toBeGreaterThan(10);
    expect(await run(shown)).toEqual([]);
    expect((await paper.visit("/city/trams-are-back")).status).toBe(410);
    expect(await (await paper.visit("/city/the-gate-is-shut")).text()).toContain(
      "As seen by the ferry",
    );
  });

  it("of a day's work for editors do what they say, in their order", async () => {
    await paper.call("PUT", "/sections/culture", { name: "Culture" });
    await paper.call("PUT", "/authors/jonas-field", { name: "Jonas Field" });
    const commands = examplesOf("docs/editors.md", "sh").flatMap(commandsOf);
    expect(commands.length).toBeGreaterThan(40);
    expect(await run(commands)).toEqual([]);
  });

  it("of the theme are settings that the API takes, and a refusal that it gives", async () => {
    const page = "docs/theme.md";
    const readme = examplesOf("README.md", "sh").flatMap(commandsOf);
    const definitions = readme.filter((command) => /^(?:key=|api\(\))/.test(command));
    const commands = examplesOf(page, "sh").flatMap(commandsOf);
    expect(await run([...definitions, ...commands])).toEqual([]);
    const [refusal = {}, settings] = examplesOf(page, "json").map((text) => JSON.parse(text));
    const { status, json } = await paper.call("PATCH", "/settings", settings);
    expect({ status, json }).toMatchObject({ status: 200, json: settings });
    const light = { paper: "#ffffff", accent: "#ffcc00" };
    const refused = await paper.call("PATCH", "/settings", { theme: { colours: { light } } });
    expect(refused).toMatchObject({ status: 422 });
    expect(refused.json.errors).toContainEqual(refusal);
  });

  it("of Markdown are what the answer says", async () => {
    const [notes] = examplesOf("docs/markdown.md", "json").map((text) => JSON.parse(text));
    const { json } = await paper.call("POST", "/articles", {
      title: "Twelve lines",
      section: "city",
      body: `${"A line.\n".repeat(11)}<font>Words</font>`,
    });
    expect(json).toMatchObject(notes);
  });

  it("of press are redirects that the API takes", async () => {
    const [table = ""] = examplesOf("docs/press.md", "csv");
    const rows = table.split("\n").filter((row) => row.includes(",") && !row.startsWith("from"));
    const items = rows.map((row) => {
      const [from = "", to, kind] = row.replace(/"([^"]*),([^"]*)"/, "$1%2C$2").split(",");
      const path = from
        .replace(/^https?:..[^/]+(.*)\/$/, "$1")
        .toLowerCase()
        .replace("%2c", ",");
      return { from: path, ...(to && { to }), ...(kind && { kind }) };
    });
    expect(items).toHaveLength(6);
    const { status, json } = await paper.call("POST", "/redirects/bulk", { items });
    expect([status, json.errors]).toEqual([200, undefined]);
    const { headers } = await paper.visit("/category/city/fish");
    expect(headers.get("Location")).toBe("/city/fish");
    expect((await paper.visit("/city/customs-house-plan")).status).toBe(410);
  });

  it("of operations run, where they need no account", async () => {
    const needsMore = /^npm|npx|sleep|while|…|\$(?:url|answer|ZONE|day)|api\.cloudflare\.com/;
    const [first = "", ...others] = examplesOf("docs/operations.md", "sh");
    const definitions = first
      .replace("https://paper.example", url)
      .replace(/KEY=bs_…\s.*/, `KEY=${ROOT_KEY}`);
    const shown = others
      .filter((example) => !needsMore.test(example))
      .map((example) => example.trim());
    expect(shown.length).toBeGreaterThan(5);
    expect(await run(shown, [definitions])).toEqual([]);
  });
});
