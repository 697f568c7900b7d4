import { expect } from "vitest";
import { call, visit } from "./newsroom.ts";

// The verbs that journeys with pages that are no stories are told with.

export const force = { "If-Match": "*" };

/** Makes a page. */
export async function make(fields: object = {}) {
  const body = { title: "About", body: "We print *the truth*.", ...fields };
  const { status, json, text } = await call("POST", "/pages", { body });
  expect(status, text).toBe(201);
  return json;
}

export const makeLive = (fields: object = {}) => make({ status: "published", ...fields });
export const patch = (id: string, body: object) =>
  call("PATCH", `/pages/${id}`, { body, headers: force });
export const act = (id: string, verb: string, body?: object) =>
  call("POST", `/pages/${id}/${verb}`, { ...(body && { body }), headers: force });
export const statusOf = async (path: string) => (await visit(path)).status;
export const wrongIn = ({ json }: { json: { errors?: { path: string }[] } }) =>
  json.errors?.map(({ path }) => path);
