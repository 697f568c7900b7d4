import { env, exports } from "cloudflare:workers";
import { expect } from "vitest";
import { pictures } from "../support/pictures.ts";
import { call, ORIGIN, upload } from "../support/newsroom.ts";

// Verbs for pictures in the newsroom.

export const force = { "If-Match": "*" };
export const act = (id: string, name: string, body?: object) =>
  call("POST", `/articles/${id}/${name}`, { headers: force, ...(body && { body }) });
export const patch = (id: string, body: object) =>
  call("PATCH", `/articles/${id}`, { body, headers: force });

export async function uploaded(bytes = pictures.png, query: Record<string, string> = {}) {
  const { status, json } = await upload(bytes, {
    name: "Gate at night.PNG",
    alt: "A gate.",
    ...query,
  });
  expect(status, JSON.stringify(json)).toBe(201);
  return json;
}

export async function keysBelow(prefix: string): Promise<string[]> {
  return (await env.MEDIA.list({ prefix })).objects.map(({ key }) => key);
}

export async function bytesAt(path: string) {
  const response = await exports.default.fetch(ORIGIN + path);
  return { status: response.status, headers: response.headers, bytes: await response.bytes() };
}
