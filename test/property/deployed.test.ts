import { readFileSync } from "node:fs";
import "../support/node-shims.ts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CHECKS } from "../../src/cli/smoke/checks.ts";
import { openDeployed } from "../../src/cli/smoke/deployed.ts";
import type { Paper } from "../support/paper.ts";
import { ORIGIN, ROOT_KEY } from "../support/site.ts";
import { openSite } from "../support/sqlite-site.ts";

// npm run smoke, of a paper behind the stand-in: what it expects of the platform is what the stand-in does.

let paper: Paper;

beforeEach(async () => {
  for (const how of ["log", "warn", "error"] as const) vi.spyOn(console, how).mockReturnValue();
  paper = await openSite();
  await paper.call("PUT", "/sections/city", { name: "City", listed: true });
  await paper.call("POST", "/articles", { title: "One", section: "city", status: "published" });
  await paper.tick();
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    const headers = new Headers(init.headers);
    headers.set("CF-Connecting-IP", "192.0.2.1");
    return paper.platform.exports.default.fetch(
      new Request(url, { ...init, headers, signal: null }),
    );
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** A paper for the checks, in which waiting is a tick each minute. */
function open() {
  const wait = async (milliseconds: number) => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + milliseconds });
    for (let tick = 0; tick < Math.floor(milliseconds / 60_000); tick += 1) await paper.tick();
    await paper.platform.settled();
    vi.useRealTimers();
  };
  return openDeployed({ url: ORIGIN, key: ROOT_KEY, section: undefined, wait });
}

describe("the checks of a deployment", () => {
  it("have the numbers and questions that the docs have", () => {
    const docs = readFileSync("docs/operations.md", "utf8");
    const told = [...docs.matchAll(/^### (\d+)\. (.*)$/gm)].map(([, n, asks]) => `${n}. ${asks}`);
    const made = CHECKS.map(({ number, asks }) => `${number}. ${asks}`);
    expect(told.filter((line) => made.includes(line))).toEqual(made);
  });

  it("find what they expect, and leave nothing behind", async () => {
    const deployed = open();
    const found: string[] = [];
    for (const check of CHECKS.filter(({ takes }) => takes !== "a flood")) {
      const finding = await check.run(deployed);
      if (!finding.isExpected) found.push(`${check.number}: ${finding.found}`);
    }
    expect(found).toEqual([]);
    expect(await deployed.tidy()).toEqual([]);
    const { json } = await paper.call("GET", "/articles?status=published");
    expect(json.items.map(({ title }: { title: string }) => title)).toEqual(["One"]);
  });

  it("bin a story that is still being written when they are ended, and write no other", async () => {
    const deployed = open();
    const writing = deployed.write({ title: "Half written", status: "published" });
    await new Promise((resolve) => setTimeout(resolve, 0));
    const tidied = Promise.all([deployed.tidy(), deployed.tidy()]);
    await writing.catch(() => null);
    expect(await tidied).toEqual([[], []]);
    const { json } = await paper.call("GET", "/articles?status=published");
    expect(json.items.map(({ title }: { title: string }) => title)).toEqual(["One"]);
    await expect(deployed.write({ title: "Too late" })).rejects.toThrow("being ended");
  });

  it("say so where there is no cache, where purges are refused, and where nothing answers", async () => {
    const [cached, , purged] = CHECKS;
    paper.platform.refusing = true;
    expect(await purged?.run(open())).toMatchObject({
      isExpected: false,
      found: expect.stringContaining("pending"),
    });
    paper.platform.refusing = false;
    Object.assign(paper.platform.cache ?? {}, {
      invalidate: () => Promise.resolve({ success: true }),
    });
    expect(await CHECKS.find(({ number }) => number === 5)?.run(open())).toMatchObject({
      isExpected: false,
      found: expect.stringContaining("the same ETag"),
    });
    vi.stubGlobal("fetch", (url: string, init: RequestInit) =>
      paper.made(new URL(url).pathname, init.headers as Record<string, string>),
    );
    expect(await cached?.run(open())).toMatchObject({
      isExpected: false,
      found: expect.stringContaining("no cf-cache-status"),
    });
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("fetch failed")));
    await expect(cached?.run(open())).rejects.toThrow(`${ORIGIN}/archive does not answer`);
  });
});
