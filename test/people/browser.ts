import { exports } from "cloudflare:workers";
import { call, ORIGIN, type Told } from "../support/newsroom.ts";
import { openDevice, type Device, type Odd } from "../support/authenticator.ts";

// A browser at the desk: a page of this site sends its requests, with the cookie that it was given.

export interface Browser {
  device: Device;
  /** The cookie that it has; null when it was taken away. */
  cookie: string | null;
  /** A call of the API from a page of this site; `headers` may say otherwise. */
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Told>;
  /** Accepts an invitation, and is signed in. */
  accept(url: string, odd?: Odd): Promise<Told>;
  signIn(odd?: Odd): Promise<Told>;
}

export async function openBrowser(device?: Device): Promise<Browser> {
  const browser: Browser = {
    device: device ?? (await openDevice()),
    cookie: null,
    async call(method, path, body, headers = {}) {
      const response = await exports.default.fetch(`${ORIGIN}/api/v1${path}`, {
        method,
        headers: {
          "Sec-Fetch-Site": "same-origin",
          "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
          ...(browser.cookie !== null && { Cookie: browser.cookie }),
          ...(body !== undefined && { "Content-Type": "application/json" }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const set = response.headers.get("Set-Cookie");
      if (set !== null)
        browser.cookie = set.includes("Max-Age=0") ? null : (set.split(";")[0] ?? null);
      const text = await response.text();
      if (response.status === 500) throw new Error(text);
      const isJson = response.headers.get("Content-Type")?.includes("json") ?? false;
      return {
        status: response.status,
        headers: response.headers,
        text,
        json: isJson && text ? JSON.parse(text) : null,
      };
    },
    async accept(url, odd) {
      const token = tokenIn(url);
      const asked = await browser.call("POST", "/invitations/challenge", { token });
      if (asked.status !== 200) return asked;
      const passkey = await browser.device.create(asked.json.options, odd);
      return browser.call("POST", "/invitations/accept", { token, passkey });
    },
    async signIn(odd) {
      const asked = await browser.call("POST", "/sessions/challenge");
      const passkey = await browser.device.get(asked.json.options, odd);
      return browser.call("POST", "/sessions", { passkey });
    },
  };
  return browser;
}

export const tokenIn = (url: string): string => url.split("#invitation=")[1] ?? "";

/** Makes a person with a role, and the link that invites them. */
export async function invited(
  role: string,
  fields: Record<string, unknown> = {},
): Promise<{ id: string; url: string }> {
  const { json: person } = await call("POST", "/people", {
    body: { name: `An ${role}`, role, ...fields },
  });
  const { json: invitation } = await call("POST", `/people/${person.id}/invitations`);
  return { id: person.id, url: invitation.url };
}

/** A browser in which a person with a role is signed in. */
export async function signedIn(role: string, fields: Record<string, unknown> = {}) {
  const { id, url } = await invited(role, fields);
  const browser = await openBrowser();
  const { status, text } = await browser.accept(url);
  if (status !== 201) throw new Error(text);
  return { id, browser };
}
