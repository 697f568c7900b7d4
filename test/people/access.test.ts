import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { handle } from "../../src/app.ts";
import { call, openNewsroom, ORIGIN } from "../support/newsroom.ts";
import { openPaper } from "../support/paper.ts";

// A paper behind Cloudflare Access: who comes through it is named by their e-mail.

beforeEach(openNewsroom);

/** Asks who somebody is that Access knows by an e-mail. */
async function whoIs(email: string | undefined, headers: Record<string, string> = {}) {
  const { platform } = openPaper(env);
  const identity = email === undefined ? undefined : { email };
  const request = new Request(`${ORIGIN}/api/v1/people/me`, {
    headers: { "Sec-Fetch-Site": "same-origin", ...headers },
  });
  const access = { getIdentity: () => Promise.resolve(identity) };
  const response = await handle(request, env, { ...platform, access });
  return { status: response.status, json: await response.json<Record<string, unknown>>() };
}

describe("who comes through Cloudflare Access", () => {
  it("is the person of that e-mail, without a session of ours", async () => {
    const { json } = await call("POST", "/people", {
      body: { name: "Mara", role: "editor", email: "mara@ledger.example" },
    });
    const found = await whoIs("Mara@Ledger.example");
    expect(found).toMatchObject({ status: 200, json: { id: `person:${json.id}`, role: "editor" } });
    await call("DELETE", `/people/${json.id}`);
    expect((await whoIs("mara@ledger.example")).status).toBe(401);
  });

  it("is nobody where no person has it, and where Access says nothing", async () => {
    expect((await whoIs("stranger@ledger.example")).status).toBe(401);
    expect((await whoIs(undefined)).status).toBe(401);
  });

  it("is believed only in requests that a page of the site made", async () => {
    await call("POST", "/people", {
      body: { name: "Mara", role: "editor", email: "mara@ledger.example" },
    });
    const from = (site: string) => whoIs("mara@ledger.example", { "Sec-Fetch-Site": site });
    expect((await from("cross-site")).status).toBe(401);
    expect((await from("same-site")).status).toBe(401);
  });
});
