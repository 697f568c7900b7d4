import { env, exports } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { call, openNewsroom, ORIGIN, publish, rowsOf, visit } from "../support/newsroom.ts";
import { openDevice } from "../support/authenticator.ts";
import { invited, openBrowser, signedIn, tokenIn } from "./browser.ts";

// People come in with a passkey, and nobody else does.

const VAGUE = "This needs a valid key (Authorization: Bearer bs_…), or to be signed in.";

beforeEach(openNewsroom);

/** Moves everything that has a time in a table into the past, by milliseconds. */
async function age(table: string, columns: string[], by: number): Promise<void> {
  const set = columns.map((column) => `${column} = ${column} - ${by}`).join(", ");
  await env.DB.prepare(`update ${table} set ${set}`).run();
}

describe("an invitation", () => {
  it("lets a person make a passkey, and signs them in", async () => {
    const { id, url } = await invited("editor", { name: "Mara Quill" });
    expect(url).toMatch(/^https:\/\/ledger\.example\/desk\/#invitation=[\w-]{43}$/);
    const browser = await openBrowser();
    const asked = await browser.call("POST", "/invitations/challenge", { token: tokenIn(url) });
    expect(asked.json).toMatchObject({
      name: "Mara Quill",
      role: "editor",
      options: {
        rp: { id: "ledger.example", name: "The Ledger" },
        attestation: "none",
        authenticatorSelection: { residentKey: "required", userVerification: "required" },
      },
    });
    const accepted = await browser.accept(url);
    expect([accepted.status, accepted.json]).toEqual([
      201,
      { id: `person:${id}`, name: "Mara Quill", role: "editor", author: null, kind: "person" },
    ]);
    expect(accepted.headers.get("Set-Cookie")).toMatch(
      /^__Host-broadsheet=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict; Max-Age=7776000$/,
    );
    expect((await browser.call("GET", "/people/me")).json).toEqual(accepted.json);
    // No secret of any of it is stored.
    for (const table of ["invitations", "sessions", "challenges"]) {
      const { results } = await env.DB.prepare(`select * from ${table}`).all();
      expect(JSON.stringify(results)).not.toContain(browser.cookie?.split("=")[1]);
      expect(JSON.stringify(results)).not.toContain(tokenIn(url));
    }
  });

  it("is good once, for a day, and not beside a newer one", async () => {
    const { id, url } = await invited("author");
    const { json: newer } = await call("POST", `/people/${id}/invitations`);
    const late = await openBrowser();
    expect((await late.accept(url)).status).toBe(401);
    expect((await late.accept(newer.url)).status).toBe(201);
    const thief = await openBrowser();
    const again = await thief.accept(newer.url);
    expect([again.status, again.json.detail]).toEqual([401, VAGUE]);

    const { url: old } = await invited("author");
    await age("invitations", ["expires_at"], 24 * 60 * 60_000);
    expect((await thief.accept(old)).status).toBe(401);
  });

  it("that two accept at once lets one of them in", async () => {
    const { url } = await invited("author");
    const token = tokenIn(url);
    const browsers = [await openBrowser(), await openBrowser()];
    const passkeys: unknown[] = [];
    for (const browser of browsers) {
      const asked = await browser.call("POST", "/invitations/challenge", { token });
      passkeys.push(await browser.device.create(asked.json.options));
    }
    const statuses = await Promise.all(
      browsers.map(async (browser, n) => {
        const passkey = passkeys[n];
        return (await browser.call("POST", "/invitations/accept", { token, passkey })).status;
      }),
    );
    expect(statuses.toSorted((one, other) => one - other)).toEqual([201, 401]);
    expect(await rowsOf("passkeys")).toBe(1);
    expect(await rowsOf("sessions")).toBe(1);
  });

  it.each([
    ["another site's", { origin: "https://evil.example" }],
    ["another host's", { rpId: "evil.example" }],
    ["nobody recognised", { verified: false }],
    ["a challenge of its own", { challenge: "A".repeat(43) }],
    ["an answer to another question", { type: "webauthn.get" }],
  ])("takes no passkey of %s", async (_, odd) => {
    const { url } = await invited("admin");
    const browser = await openBrowser();
    const refused = await browser.accept(url, odd);
    expect([refused.status, refused.json.detail, browser.cookie]).toEqual([401, VAGUE, null]);
    expect(await rowsOf("passkeys")).toBe(0);
    // It is not used up by that.
    expect((await browser.accept(url)).status).toBe(201);
  });
});

describe("a sign-in", () => {
  it("lets in whoever has the passkey, as what they are now", async () => {
    const { id, browser } = await signedIn("author", { author: "mara-quill" });
    const elsewhere = await openBrowser(browser.device);
    const { status, json } = await elsewhere.signIn();
    expect([status, json.author]).toEqual([201, "mara-quill"]);
    await call("PATCH", `/people/${id}`, { body: { role: "contributor" } });
    expect((await elsewhere.call("GET", "/people/me")).json.role).toBe("contributor");
    expect((await elsewhere.call("POST", "/redirects", {})).status).toBe(403);
  });

  it("is answered once: what was signed for it is no use again", async () => {
    const { browser } = await signedIn("editor");
    const asked = await browser.call("POST", "/sessions/challenge");
    const passkey = await browser.device.get(asked.json.options);
    const statuses = [];
    for (let n = 0; n < 2; n += 1)
      statuses.push((await browser.call("POST", "/sessions", { passkey })).status);
    expect(statuses).toEqual([201, 401]);
    const again = await browser.call("POST", "/sessions/challenge");
    const other = await browser.device.get(again.json.options);
    const both = await Promise.all(
      [1, 2].map(async () => (await browser.call("POST", "/sessions", { passkey: other })).status),
    );
    expect(both.toSorted((one, other) => one - other)).toEqual([201, 401]);
  });

  it.each([
    ["for another site", { origin: "https://evil.example" }],
    ["for another host", { rpId: "evil.example" }],
    ["by nobody recognised", { verified: false }],
    ["over another challenge", { challenge: "A".repeat(43) }],
    ["for somebody else", { userHandle: "c29tZWJvZHk" }],
    ["as a new passkey", { type: "webauthn.create" }],
  ])("is refused when signed %s", async (_, odd) => {
    const { browser } = await signedIn("admin");
    browser.cookie = null;
    const refused = await browser.signIn(odd);
    expect([refused.status, refused.json.detail, browser.cookie]).toEqual([401, VAGUE, null]);
    expect((await browser.signIn()).status).toBe(201);
  });

  it("is refused with a passkey that nobody has, or a signature of another", async () => {
    await signedIn("admin");
    const stranger = await openBrowser();
    expect((await stranger.signIn()).json.detail).toBe(VAGUE);
    const { browser } = await signedIn("admin");
    const forger = await openBrowser({ ...(await openDevice()), id: browser.device.id });
    const asked = await forger.call("POST", "/sessions/challenge");
    const forged = await forger.device.get(asked.json.options);
    const passkey = { ...forged, id: browser.device.id, rawId: browser.device.id };
    expect((await forger.call("POST", "/sessions", { passkey })).status).toBe(401);
  });

  it("is refused after five minutes, and an invitation's challenge is none", async () => {
    const { browser } = await signedIn("admin");
    const asked = await browser.call("POST", "/sessions/challenge");
    const passkey = await browser.device.get(asked.json.options);
    await age("challenges", ["expires_at"], 5 * 60_000);
    expect((await browser.call("POST", "/sessions", { passkey })).status).toBe(401);
    const { url } = await invited("editor");
    const other = await browser.call("POST", "/invitations/challenge", { token: tokenIn(url) });
    const signed = await browser.device.get(other.json.options);
    expect((await browser.call("POST", "/sessions", { passkey: signed })).status).toBe(401);
  });

  it("with a counter that went back goes on, and the audit says so", async () => {
    const { id, browser } = await signedIn("editor");
    await browser.signIn({ counter: 40 });
    expect((await browser.signIn({ counter: 7 })).status).toBe(201);
    const { json } = await call("GET", `/audit?subject=person:${id}`);
    expect(json.items[0]).toMatchObject({
      act: "sign in",
      actor: `person:${id}`,
      actorName: "An editor",
      detail: { counter: { before: 40, after: 7 } },
    });
  });

  it("names the field that is no passkey's answer", async () => {
    const browser = await openBrowser();
    const { status, json } = await browser.call("POST", "/sessions", { passkey: { id: "!" } });
    expect([status, json.errors[0].path]).toEqual([422, "passkey.id"]);
  });
});

describe("a session", () => {
  it("is for pages of this site alone", async () => {
    const { browser } = await signedIn("admin");
    const ask = async (headers: Record<string, string>) => {
      const { status } = await browser.call("POST", "/articles", { title: "Forged" }, headers);
      return status;
    };
    expect(await ask({ "Sec-Fetch-Site": "cross-site" })).toBe(401);
    expect(await ask({ "Sec-Fetch-Site": "same-site" })).toBe(401);
    expect(await ask({ "Sec-Fetch-Site": "none" })).toBe(401);
    expect(await ask({ "Sec-Fetch-Site": "", Origin: "https://evil.example" })).toBe(401);
    // A form can send no JSON.
    expect(await ask({ "Content-Type": "text/plain" })).toBe(415);
    expect(await ask({ "Content-Type": "application/x-www-form-urlencoded" })).toBe(415);
    expect(await ask({})).toBe(422);
  });

  it("counts by Origin where a browser says nothing else", async () => {
    const { browser } = await signedIn("editor");
    const ask = async (headers: Record<string, string>) => {
      const response = await exports.default.fetch(`${ORIGIN}/api/v1/people/me`, {
        headers: { Cookie: browser.cookie ?? "", ...headers },
      });
      await response.arrayBuffer();
      return response.status;
    };
    expect(await ask({ Origin: ORIGIN })).toBe(200);
    expect(await ask({ Origin: "https://evil.example" })).toBe(401);
    expect(await ask({ Origin: "null" })).toBe(401);
    expect(await ask({})).toBe(401);
  });

  it("is not what a browser was given by somebody else", async () => {
    const { url } = await invited("editor");
    const browser = await openBrowser();
    const fixed = `__Host-broadsheet=${"A".repeat(43)}`;
    browser.cookie = fixed;
    expect((await browser.call("GET", "/people/me")).status).toBe(401);
    await browser.accept(url);
    expect(browser.cookie).not.toBe(fixed);
    // Nobody is signed in by a page elsewhere, either.
    const asked = await browser.call("POST", "/sessions/challenge");
    const passkey = await browser.device.get(asked.json.options);
    for (const headers of [
      { "Sec-Fetch-Site": "cross-site" },
      { "Sec-Fetch-Site": "same-site" },
      { "Content-Type": "text/plain" },
    ]) {
      const forced = await browser.call("POST", "/sessions", { passkey }, headers);
      expect([401, 415]).toContain(forced.status);
      expect(forced.headers.get("Set-Cookie")).toBeNull();
    }
  });

  it("ends after thirty days without use, and after ninety in any case", async () => {
    const DAY = 24 * 60 * 60_000;
    const { browser } = await signedIn("editor");
    const status = async () => (await browser.call("GET", "/people/me")).status;
    await age("sessions", ["used_at", "created_at"], 29 * DAY);
    expect(await status()).toBe(200);
    // That was a use.
    await age("sessions", ["used_at", "created_at"], 29 * DAY);
    expect(await status()).toBe(200);
    await age("sessions", ["used_at", "created_at"], 29 * DAY);
    expect(await status()).toBe(200);
    await age("sessions", ["created_at"], 3 * DAY);
    expect(await status()).toBe(401);

    const { browser: idle } = await signedIn("editor");
    await age("sessions", ["used_at"], 30 * DAY);
    expect((await idle.call("GET", "/people/me")).status).toBe(401);
  });

  it("is listed, and ends where its owner ends it", async () => {
    const { browser } = await signedIn("editor");
    const phone = await openBrowser(browser.device);
    await phone.signIn();
    const { json } = await browser.call("GET", "/people/me/sessions");
    expect(json.items).toHaveLength(2);
    expect(json.items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ device: "Firefox on Linux", current: true }),
        expect.objectContaining({ current: false }),
      ]),
    );
    const other = json.items.find((each: { current: boolean }) => !each.current);
    const ended = await browser.call("DELETE", `/people/me/sessions/${other.id}`);
    expect([ended.status, ended.headers.get("Set-Cookie")]).toEqual([204, null]);
    expect((await phone.call("GET", "/people/me")).status).toBe(401);
    await browser.call("DELETE", "/people/me/sessions/current");
    expect(browser.cookie).toBeNull();
    expect(await rowsOf("sessions")).toBe(0);
  });

  it("is nobody else's to see or to end, and no key's", async () => {
    const { browser } = await signedIn("editor");
    const { browser: other } = await signedIn("admin");
    const { json } = await browser.call("GET", "/people/me/sessions");
    const id = json.items[0].id;
    expect((await other.call("DELETE", `/people/me/sessions/${id}`)).status).toBe(404);
    expect((await call("GET", "/people/me/sessions")).status).toBe(409);
    expect((await call("GET", "/people/me")).json).toMatchObject({ id: "root", kind: "key" });
  });

  it("changes nothing for readers: their pages never look at it", async () => {
    const story = await publish();
    const { browser } = await signedIn("admin");
    const { pathname } = new URL(story.url);
    for (const path of [pathname, "/", "/city"]) {
      const [plain, signed] = [
        await visit(path),
        await visit(path, { Cookie: browser.cookie ?? "", "Sec-Fetch-Site": "same-origin" }),
      ];
      expect(signed.text).toBe(plain.text);
      for (const name of [
        "ETag",
        "Cache-Control",
        "Cloudflare-CDN-Cache-Control",
        "Vary",
        "Set-Cookie",
      ])
        expect(signed.headers.get(name), name).toBe(plain.headers.get(name));
    }
  });

  it("ends at once where the person is removed, or signed out by an admin", async () => {
    const { id, browser } = await signedIn("editor");
    await call("DELETE", `/people/${id}/sessions`);
    expect((await browser.call("GET", "/people/me")).status).toBe(401);
    await browser.signIn();
    expect((await call("DELETE", `/people/${id}`)).status).toBe(204);
    expect((await browser.call("GET", "/people/me")).status).toBe(401);
    expect((await browser.signIn()).json.detail).toBe(VAGUE);
    expect((await call("POST", `/people/${id}/invitations`)).status).toBe(409);
  });
});

describe("passkeys", () => {
  it("are added by who has just signed, and the last one stays", async () => {
    const { browser } = await signedIn("editor");
    const own = async () => (await browser.call("GET", "/people/me/passkeys")).json.items;
    const [first] = await own();
    expect((await browser.call("DELETE", `/people/me/passkeys/${first.id}`)).status).toBe(409);

    const challenge = await browser.call("POST", "/sessions/challenge");
    const proof = await browser.device.get(challenge.json.options);
    const asked = await browser.call("POST", "/people/me/passkeys/challenge", { passkey: proof });
    expect(asked.json.options.excludeCredentials).toHaveLength(1);
    const phone = await openDevice();
    const passkey = await phone.create(asked.json.options);
    const added = await browser.call("POST", "/people/me/passkeys", { passkey, label: "Phone" });
    expect([added.status, added.json.label]).toEqual([201, "Phone"]);
    // Once.
    expect((await browser.call("POST", "/people/me/passkeys", { passkey })).status).toBe(401);
    const again = await browser.call("POST", "/people/me/passkeys/challenge", { passkey: proof });
    expect(again.status).toBe(401);

    const renamed = await browser.call("PATCH", `/people/me/passkeys/${added.json.id}`, {
      label: "New phone",
    });
    expect(renamed.json.label).toBe("New phone");
    const onPhone = await openBrowser(phone);
    expect((await onPhone.signIn()).status).toBe(201);
    expect((await browser.call("DELETE", `/people/me/passkeys/${phone.id}`)).status).toBe(204);
    expect((await onPhone.call("GET", "/people/me")).status).toBe(401);
    expect((await onPhone.signIn()).status).toBe(401);
    expect(await own()).toHaveLength(1);
  });

  it("are not added with what somebody else signed, nor for somebody else", async () => {
    const { browser } = await signedIn("contributor");
    const { browser: other } = await signedIn("admin");
    const challenge = await browser.call("POST", "/sessions/challenge");
    const proof = await other.device.get(challenge.json.options);
    const asked = await browser.call("POST", "/people/me/passkeys/challenge", { passkey: proof });
    expect(asked.status).toBe(401);
    const { url } = await invited("editor");
    const invitation = await browser.call("POST", "/invitations/challenge", {
      token: tokenIn(url),
    });
    const passkey = await (await openDevice()).create(invitation.json.options);
    expect((await browser.call("POST", "/people/me/passkeys", { passkey })).status).toBe(401);
    const id = other.device.id;
    expect((await browser.call("DELETE", `/people/me/passkeys/${id}`)).status).toBe(404);
  });
});
