import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import { holdersOfRight } from "../../src/domain/role.ts";
import { endpoints } from "../../src/editor/api.ts";
import { openapi } from "../../src/editor/openapi.ts";

const document = openapi(endpoints, "https://ledger.example");

describe("the OpenAPI document", () => {
  it("is valid OpenAPI 3.1 by an independent validator", async () => {
    const { valid, errors } = await new Validator().validate(
      structuredClone(document) as unknown as Record<string, unknown>,
    );
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
  });

  it("names every call once, with its key, its body and its refusals", () => {
    const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
    expect(operations).toHaveLength(endpoints.length);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(endpoints.length);
    for (const { method, path, ifMatch, upload, body = upload } of endpoints) {
      const operation = document.paths[path]?.[method.toLowerCase()];
      expect(operation?.requestBody !== undefined, path).toBe(body !== undefined);
      expect(Object.keys(operation?.responses ?? {}), path).toEqual(
        expect.arrayContaining(["401", "403", "503"]),
      );
      if (ifMatch)
        expect(Object.keys(operation?.responses ?? {})).toEqual(
          expect.arrayContaining(["412", "428"]),
        );
    }
  });

  it("says who may call, and what some requests need beside", () => {
    const told = (path: string, method: string) =>
      String(document.paths[path]?.[method]?.description);
    expect(told("/keys", "post")).toBe("For admins.");
    expect(told("/articles", "post")).toBe(
      "For contributors, authors, editors, admins. With another status than draft: editors, admins; authors for their own.",
    );
    for (const { path, method, right, alsoNeeds } of endpoints)
      for (const name of [right, ...(alsoNeeds ? [alsoNeeds.right] : [])])
        expect(told(path, method.toLowerCase())).toContain(holdersOfRight(name));
  });

  it("says of a limit what the call takes", () => {
    const limitOf = (path: string, method: string) =>
      document.paths[path]?.[method]?.parameters.find(({ name }) => name === "limit")?.schema;
    const whole = { type: "integer", minimum: 1 };
    expect(limitOf("/articles", "get")).toMatchObject({ ...whole, maximum: 100, default: 20 });
    expect(limitOf("/rerender", "post")).toMatchObject({ ...whole, maximum: 50, default: 10 });
  });

  it("says of a body what the checks say", () => {
    const schema =
      document.paths["/articles"]?.post?.requestBody?.content["application/json"]?.schema;
    expect(schema).toMatchObject({
      type: "object",
      required: ["title", "section"],
      additionalProperties: false,
    });
  });
});
