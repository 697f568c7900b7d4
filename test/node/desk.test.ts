import { gzipSync } from "node:zlib";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { buildDesk } from "../../src/cli/build/desk.ts";

// The desk's files, as Static Assets serves them.

const PROJECT = path.join(import.meta.dirname, "../..");
const { files, first } = await buildDesk(path.join(PROJECT, "src/desk"), "production");
const textOf = (name: string) => {
  const found = files.find((file) => file.path === name);
  return found === undefined ? null : Buffer.from(found.contents).toString();
};
const headers = rulesOf(textOf("_headers") ?? "");

/** What the first load may weigh, in bytes of gzip, without the rooms that somebody opens. */
const BUDGET = 60_000;

describe("the desk's files", () => {
  it("are a page, and files under names with a hash of what is in them", () => {
    const others = files
      .map((file) => file.path)
      .filter((name) => !name.startsWith("desk/assets/"));
    expect(others.toSorted()).toEqual(["_headers", "desk/index.html"]);
    const assets = files.filter(({ path: name }) => name.startsWith("desk/assets/"));
    expect(assets.length).toBeGreaterThan(3);
    for (const { path: name } of assets)
      expect(name).toMatch(/^desk\/assets\/[\w-]+-[A-Z0-9]{8}\.(js|css)$/);
  });

  it("weigh little at first", () => {
    const bytes = first.map((name) => gzipSync(textOf(`desk/assets/${name}`) ?? "").byteLength);
    expect(bytes.every((size) => size > 100)).toBe(true);
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(BUDGET);
  });

  it("have no script and no style in the page, and name only what is there", () => {
    const page = textOf("desk/index.html") ?? "";
    expect(page).not.toMatch(/<style|\sstyle=|\son\w+=|javascript:/i);
    expect([...page.matchAll(/<script\b[^>]*>([^<]*)/g)].map(([, inside]) => inside)).toEqual([""]);
    const named = [...page.matchAll(/(?:src|href)="(\/desk\/[^"]+)"/g)].map(([, name]) => name);
    expect(named.length).toBeGreaterThan(1);
    expect(named.filter((name) => textOf((name ?? "").slice(1)) === null)).toEqual([]);
    expect(first.filter((name) => !page.includes(name))).toEqual([]);
  });

  it("write no markup past Preact's escaping, and evaluate nothing", () => {
    const scripts = files.filter(({ path: name }) => name.endsWith(".js"));
    for (const { path: name } of scripts)
      expect([name, /\beval\(|new Function\(|document\.write\(/.exec(textOf(name) ?? "")]).toEqual([
        name,
        null,
      ]);
  });
});

describe("what the desk's files are served with", () => {
  const policy = new Map(
    (headers.get("/desk/*")?.get("content-security-policy") ?? "").split("; ").map((part) => {
      const [name = "", ...values] = part.split(" ");
      return [name, values.join(" ")];
    }),
  );

  it("lets nothing run, load or be framed but what the desk needs", () => {
    expect(Object.fromEntries(policy)).toEqual({
      "default-src": "'none'",
      "script-src": "'self'",
      "style-src": "'self'",
      "img-src": "'self' https: blob:",
      "connect-src": "'self'",
      "frame-src": "'self'",
      "base-uri": "'none'",
      "form-action": "'none'",
      "frame-ancestors": "'none'",
      "require-trusted-types-for": "'script'",
      "trusted-types": "'none'",
    });
  });

  it("keeps for good what has a hash in its name, and asks for the page anew", () => {
    expect(headers.get("/desk/*")?.get("cache-control")).toBe("no-cache");
    expect(headers.get("/desk/*")?.get("x-robots-tag")).toBe("noindex");
    const assets = headers.get("/desk/assets/*");
    expect(assets?.get("cache-control")).toBe("public, max-age=31536000, immutable");
    // Headers of more than one rule are joined, unless the later one takes them out first.
    expect(assets?.has("! cache-control")).toBe(true);
    expect([...headers.keys()]).toEqual(["/desk/*", "/desk/assets/*"]);
  });
});

/** The rules of a `_headers` file (https://developers.cloudflare.com/workers/static-assets/headers/). */
function rulesOf(text: string): Map<string, Map<string, string>> {
  const rules = new Map<string, Map<string, string>>();
  let own = new Map<string, string>();
  for (const line of text.split("\n").filter((each) => each.trim() !== "")) {
    if (!line.startsWith(" ")) {
      own = new Map();
      rules.set(line.trim(), own);
      continue;
    }
    const [name = "", ...value] = line.trim().split(":");
    own.set(name.toLowerCase(), value.join(":").trim());
  }
  return rules;
}
