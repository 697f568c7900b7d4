import { beforeAll, describe, expect, it } from "vitest";
import type { Bindings } from "../../src/store/open.ts";
import { openPaper } from "../support/paper.ts";
import { pathsStored } from "../support/platform.ts";
import { PRIVATE, EDGE, BINDINGS, MINUTE, openCounted, someone, stock, read } from "./stocked.ts";

// What may not be had from the door: address after address that is not there.

describe("whoever asks for address after address that is not there", () => {
  beforeAll(stock);

  /** The platform counts by the clock's minute: a test that began in one and ended in the next would count twice. */
  async function earlyInTheMinute(): Promise<void> {
    const left = MINUTE - (Date.now() % MINUTE);
    if (left < 4000) await new Promise((resolve) => setTimeout(resolve, left + 50));
  }

  it(
    "is refused after a hundred in a minute, and is given what is there all the same",
    {
      timeout: 15_000,
    },
    async () => {
      await earlyInTheMinute();
      const { paper } = openCounted();
      const client = someone();
      // Plainly or oddly: each is one fill of the cache.
      for (let n = 1; n <= 100; n += 1) {
        const path = n % 10 === 0 ? `/nothing-${n}?x=1` : `/nothing-${n}`;
        expect([n, (await paper.visit(path, client)).status]).toEqual([n, 404]);
      }
      for (const path of [
        "/nothing-101",
        "/nothing-102?x=1",
        "/city/nothing.md",
        "/tags/nothing",
      ]) {
        const refused = await read(await paper.visit(path, client));
        expect([
          path,
          refused.status,
          refused.headers.get("Retry-After"),
          refused.headers.get("Cache-Control"),
          refused.headers.get(EDGE),
        ]).toEqual([path, 429, "60", PRIVATE, null]);
        expect(refused.text).toMatch(/^Too many addresses/);
        expect(refused.text).not.toMatch(BINDINGS);
        expect(pathsStored(paper.platform).includes(path)).toBe(false);
      }
      // What the cache has of nothing costs nobody anything.
      expect((await paper.visit("/nothing-1", client)).status).toBe(404);
      for (const [path, status] of [
        ["/city/story-9", 200],
        ["/city/story-9?x=1", 200],
        ["/city/gone", 410],
        ["/city/before", 301],
        ["/healthz", 200],
      ] as const)
        expect([path, (await paper.visit(path, client)).status]).toEqual([path, status]);
      // Whoever has one address of IPv6 has its network: another of it is the same client.
      const network = client["CF-Connecting-IP"].split(":").slice(0, 4).join(":");
      const neighbour = { "CF-Connecting-IP": `${network}::5` };
      expect((await paper.visit("/nothing-105", neighbour)).status).toBe(429);
      expect((await paper.visit("/nothing-103", someone())).status).toBe(404);
      expect((await paper.visit("/nothing-104")).status).toBe(404);
    },
  );

  it("is not counted where nobody says who asks, where nothing counts, or where counting fails", async () => {
    const none = () => Promise.resolve({ success: false });
    const { paper } = openCounted({ FLOOD: { limit: none } });
    expect((await paper.visit("/nothing")).status).toBe(404);
    const fails = () => Promise.reject(new Error("Internal error"));
    const failing = openCounted({ FLOOD: { limit: fails } });
    expect((await failing.paper.visit("/nothing", someone())).status).toBe(404);
    const uncounted: Bindings = { ...paper.env };
    delete uncounted.FLOOD;
    expect((await openPaper(uncounted).visit("/nothing", someone())).status).toBe(404);
  });

  it("is one client with the whole of a network, however its addresses are written", async () => {
    // RFC 5952 leaves out the longest run of zeros, wherever that is.
    const networks = [
      ["2001:db8:a:b::1", "2001:db8:a:b:c:d:e:f"],
      ["2001:db8::1:2:3:4", "2001:db8::5:6:7:8", "2001:db8::1"],
      ["2001:db8:a::1", "2001:db8:a:0:1:2:3:4"],
    ];
    for (const network of networks) {
      const counted = new Set<string>();
      const limit = async ({ key }: { key: string }) => ({ success: counted.add(key).size < 99 });
      const { paper } = openCounted({ FLOOD: { limit } });
      for (const [n, address] of network.entries())
        await paper.visit(`/nothing-${n}`, { "CF-Connecting-IP": address });
      expect([network[0], counted.size]).toEqual([network[0], 1]);
    }
  });
});
