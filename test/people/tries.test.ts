import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { handle } from "../../src/app.ts";
import { openNewsroom, ORIGIN } from "../support/newsroom.ts";
import { openPaper } from "../support/paper.ts";

// Tries to sign in are counted, by the address that they come from and the person that they are for.

beforeEach(openNewsroom);

describe("tries to sign in", () => {
  it("are refused once an address has made too many, and others' are not", async () => {
    const counted = new Map<string, number>();
    const SIGN_IN: RateLimit = {
      limit({ key }) {
        counted.set(key, (counted.get(key) ?? 0) + 1);
        return Promise.resolve({ success: (counted.get(key) ?? 0) <= 3 });
      },
    };
    const { platform } = openPaper(env);
    const attempt = async (address: string) => {
      const request = new Request(`${ORIGIN}/api/v1/sessions/challenge`, {
        method: "POST",
        headers: { "Sec-Fetch-Site": "same-origin", "CF-Connecting-IP": address },
      });
      const response = await handle(request, { ...env, SIGN_IN }, platform);
      await response.arrayBuffer();
      return [response.status, response.headers.get("Retry-After")];
    };
    for (let n = 0; n < 3; n += 1) expect(await attempt("2001:db8::1")).toEqual([200, null]);
    // All addresses of one network are one client's.
    expect(await attempt("2001:db8::2")).toEqual([429, "60"]);
    expect(await attempt("192.0.2.1")).toEqual([200, null]);
  });
});
