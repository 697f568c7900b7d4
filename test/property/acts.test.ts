import "../support/node-shims.ts";
import { afterEach, describe, expect, it, vi } from "vitest";
import { readers } from "../../src/reader/app.ts";
import { endpoints } from "../../src/editor/api.ts";
import { ACTS, openStage, type Chance } from "../support/acts.ts";
import { expressionOf } from "../../src/reader/pages.ts";
import { addressesOf } from "../support/purge-property.ts";
import { openSite } from "../support/sqlite-site.ts";

// The acts that the property test does are all that the API can do: an endpoint that writes and is in no act fails here.

afterEach(() => void vi.restoreAllMocks());

/** Numbers without chance, other ones for each seed. */
function chanceOf(seed: number): Chance {
  let state = seed * 7919 + 1;
  const number = (below: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  return {
    number,
    of: (list) => list[number(list.length)] as (typeof list)[number],
    some: (list, most) => list.slice(0, 1 + number(most)),
  };
}

/** The endpoint that takes a call, as `PATCH /articles/{id}`. */
function endpointOf(method: string, path: string): string {
  const [asked = ""] = path.split("?");
  const found = endpoints.find(
    (each) =>
      each.method === method &&
      new RegExp(`^${each.path.replace(/\{\w+\}/g, "[^/]+")}$`).test(asked),
  );
  return found ? `${found.method} ${found.path}` : `no endpoint: ${method} ${asked}`;
}

describe("the addresses that are looked at", () => {
  it("have one of every route that readers have", { timeout: 30_000 }, async () => {
    for (const how of ["log", "warn"] as const) vi.spyOn(console, how).mockReturnValue();
    const paper = await openSite({ unlimited: true });
    const stage = await openStage(paper, chanceOf(1), { now: () => Date.now(), pass: () => {} });
    const routes = readers.routes.filter(({ method }) => method === "GET").map(({ path }) => path);
    const addresses = (await addressesOf(stage)).map((address) => address.replace(/\?.*/, ""));
    // The first pattern that matches has the address.
    const met = new Set(
      addresses.map((address) => routes.find((route) => expressionOf(route).test(address))),
    );
    expect(routes.length).toBeGreaterThan(10);
    expect(routes.filter((route) => !met.has(route))).toEqual([]);
    const starts = (await addressesOf(stage)).filter((address) => address.includes("?from="));
    for (const address of starts)
      expect([address, (await paper.made(address)).status]).toEqual([address, 200]);
    expect(starts.length).toBeGreaterThan(3);
  });
});

describe("the list of acts", () => {
  it("has every endpoint that writes", { timeout: 30_000 }, async () => {
    for (const how of ["log", "warn"] as const) vi.spyOn(console, how).mockReturnValue();
    const paper = await openSite({ unlimited: true });
    const used = new Set<string>();
    const { upload } = paper;
    paper.upload = async (...given) => {
      const uploaded = await upload(...given);
      if (uploaded.status < 300) used.add("POST /media");
      return uploaded;
    };
    const clock = { now: () => Date.now(), pass: () => {} };
    const stage = await openStage(paper, chanceOf(1), clock);
    // What it took to open the newsroom is no act.
    used.clear();
    const writing = endpoints
      .filter(({ method }) => method !== "GET")
      .map(({ method, path }) => `${method} ${path}`);
    // Chance decides which state a story is in: some acts find one only after others.
    for (let seed = 0; seed < 6 && writing.some((endpoint) => !used.has(endpoint)); seed += 1)
      for (const act of Object.values(ACTS))
        await act(stage, chanceOf(seed), async (method, path, body, headers) => {
          const called = await paper.call(method, path, body, { "If-Match": "*", ...headers });
          // What is refused was not done.
          if (called.status < 300) used.add(endpointOf(method, path));
          return called;
        });
    expect(writing.filter((endpoint) => !used.has(endpoint))).toEqual([]);
    expect([...used].filter((endpoint) => endpoint.startsWith("no endpoint"))).toEqual([]);
  });
});
