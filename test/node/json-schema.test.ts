import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import * as answers from "../../src/editor/answers.ts";
import { endpoints } from "../../src/editor/api.ts";
import { jsonSchemaOf } from "../../src/editor/json-schema.ts";

interface Documented {
  name: string;
  schema: z.core.$ZodType;
  side: "input" | "output";
}

/** Every schema that the OpenAPI document is made of, by where it is used. */
const documented: Documented[] = [
  { name: "a problem", schema: answers.problem, side: "output" },
  ...endpoints.flatMap(({ method, path, query, body, documentedBody, upload, answer }) => {
    const call = `${method} ${path}`;
    const taken: Documented[] = Object.entries({ query, body, documentedBody, upload }).flatMap(
      ([name, schema]) =>
        schema ? [{ name: `the ${name} of ${call}`, schema, side: "input" }] : [],
    );
    const parameters: Documented[] = Object.entries((query ?? upload)?.shape ?? {}).map(
      ([name, schema]) => ({ name: `${name} of ${call}`, schema, side: "input" }),
    );
    const given: Documented[] =
      answer.schema && answer.schema !== "file"
        ? [{ name: `the answer of ${call}`, schema: answer.schema, side: "output" }]
        : [];
    return [...taken, ...parameters, ...given];
  }),
];

/** What the library says: in JSON, and without the dialect, which an OpenAPI document names once for all. */
function libraryOf({ schema, side }: Documented): unknown {
  const { $schema: _, ...said } = z.toJSONSchema(schema, { io: side });
  return said;
}

function oursOf({ schema, side }: Documented): unknown {
  return JSON.parse(JSON.stringify(jsonSchemaOf(schema, side)));
}

describe("a JSON Schema", () => {
  it("is held to the library in every call", () => {
    expect(documented.length).toBeGreaterThan(endpoints.length);
  });

  it.each(documented)("says of $name what the library says", (use) => {
    expect(oursOf(use)).toStrictEqual(libraryOf(use));
  });

  it.each([
    ["a kind of schema", z.union([z.string(), z.number()])],
    ["a check", z.number().check(z.multipleOf(2))],
    ["a format of text", z.object({ address: z.email() })],
    ["a format of number", z.array(z.int32())],
    ["what a function makes", z.pipe(z.string(), z.transform(Number))],
  ])("is refused for %s that it was not taught, and says where to teach it", (_what, schema) => {
    expect(() => jsonSchemaOf(schema, "output")).toThrow(
      /^Cannot document .+ teach src\/editor\/json-schema\.ts/,
    );
  });
});
