import * as z from "zod/mini";
import { article, page, savedArticle, savedPage } from "./articles/response.ts";
import { front } from "./front/schema.ts";
import { holdersOfRight } from "../domain/role.ts";
import { PICTURE_TYPES } from "../domain/media.ts";
import type { Endpoint } from "./endpoint.ts";

/** https://json-schema.org/draft/2020-12 */
type JsonSchema = Record<string, unknown>;

interface Operation {
  operationId: string;
  summary: string;
  /** Who may call it. */
  description: string;
  tags: string[];
  parameters: {
    name: string;
    in: "path" | "query" | "header";
    required: boolean;
    description?: string;
    schema: JsonSchema;
  }[];
  requestBody?: { required: boolean; content: Record<string, { schema: JsonSchema }> };
  responses: Record<string, object>;
}

/** The API as an OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.1), made of the schemas that check it. */
export interface OpenApi {
  openapi: "3.1.1";
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  security: object[];
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, JsonSchema>;
    responses: Record<string, object>;
    securitySchemes: object;
  };
}

/** A refusal (RFC 9457). */
const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.optional(z.string()),
  instance: z.string(),
  errors: z.optional(z.array(z.object({ path: z.string(), message: z.string() }))),
  current: z
    .optional(z.union([article, page, front]))
    .check(z.describe("With 412: the story, the page, or the front page, as it is now.")),
  changed: z
    .optional(z.nullable(z.array(z.string())))
    .check(
      z.describe(
        "With 412: the fields that changed since the version that If-Match named, if it is known.",
      ),
    ),
});

/** Describes the endpoints, served from `origin`. */
export function openapi(endpoints: Endpoint[], origin: string): OpenApi {
  const paths: OpenApi["paths"] = {};
  for (const endpoint of endpoints) {
    const described = operationOf(endpoint, isReadable(endpoint, endpoints));
    (paths[endpoint.path] ??= {})[endpoint.method.toLowerCase()] = described;
  }
  return {
    openapi: "3.1.1",
    info: {
      title: "Broadsheet editors' API",
      version: "1",
      description:
        "Write, publish and withdraw stories and pages. Times are RFC 3339 in UTC. Lists are { items, next }: send next as cursor " +
        "for the page after. Errors are RFC 9457 problem details; 422 names every wrong field in errors.",
    },
    servers: [{ url: `${origin}/api/v1` }],
    security: [{ key: [] }],
    tags: [...new Set(endpoints.map(({ group }) => group))].map((name) => ({ name })),
    paths,
    components: {
      schemas: { Problem: jsonSchemaOf(problem, "output") },
      responses: {
        Problem: {
          description: "A problem. 412 carries what there is now in current; 503 says Retry-After.",
          content: problemContent(),
        },
      },
      securitySchemes: {
        key: { type: "http", scheme: "bearer", description: "A key: bs_<id>_<secret>." },
      },
    },
  };
}

/** Describes what a schema takes or gives, without the dialect: OpenAPI 3.1 names it once for all. */
function jsonSchemaOf(schema: z.core.$ZodType, io: "input" | "output"): JsonSchema {
  const { $schema: _, ...described } = z.toJSONSchema(schema, { io });
  return described;
}

/** Tells whether what a call makes has an address of its own at which it can be read. */
function isReadable({ path, makes, method }: Endpoint, endpoints: Endpoint[]): boolean {
  const at = makes && method === "PUT" ? path : `${path}/{`;
  return endpoints.some((other) => other.method === "GET" && other.path.startsWith(at));
}

function operationOf(endpoint: Endpoint, isReadAgain: boolean): Operation {
  const { response, makes, documentedBody, body = documentedBody, summary } = endpoint;
  return {
    operationId: operationId(endpoint),
    summary,
    description: holdersOf(endpoint),
    tags: [endpoint.group],
    parameters: [
      ...pathParameters(endpoint),
      ...queryParameters(endpoint),
      ...headerParameters(endpoint),
    ],
    ...(endpoint.upload && { requestBody: uploadBody(endpoint.upload) }),
    ...(body && {
      requestBody: {
        required: !endpoint.bodyOptional,
        content: { "application/json": { schema: jsonSchemaOf(documentedBody ?? body, "input") } },
      },
    }),
    responses: {
      ...Object.fromEntries(
        [response.status, ...(makes ? [201] : [])].map((status) => [
          status,
          {
            description: status === 201 ? "Made" : "Done",
            headers: headersOf(endpoint, status === 201 && isReadAgain),
            ...contentOf(response),
          },
        ]),
      ),
      ...Object.fromEntries(
        refusalsOf(endpoint).map((status) => [status, { $ref: "#/components/responses/Problem" }]),
      ),
    },
  };
}

/** The headers of a response: the version of a story or the front page, and where what was made can be read. */
function headersOf({ response, group }: Endpoint, isReadAgain: boolean): object {
  const stories: Endpoint["response"]["schema"][] = [article, page, savedArticle, savedPage];
  const versioned = group === "Front page" || stories.includes(response.schema);
  const text = (description: string) => ({ description, schema: { type: "string" } });
  return {
    ...(versioned && { ETag: text('The version, like "3", to send as If-Match.') }),
    ...(isReadAgain && { Location: text("Where it can be read.") }),
  };
}

/** A picture in a form with its fields, or by itself with the same fields in the query. */
function uploadBody(fields: z.ZodMiniObject): NonNullable<Operation["requestBody"]> {
  const form = jsonSchemaOf(fields, "input");
  const file = { type: "string", contentMediaType: "application/octet-stream" };
  return {
    required: true,
    content: {
      "multipart/form-data": {
        schema: {
          ...form,
          properties: { file, ...(form["properties"] as JsonSchema) },
          required: ["file"],
        },
      },
      ...Object.fromEntries(Object.keys(PICTURE_TYPES).map((type) => [type, { schema: {} }])),
    },
  };
}

function contentOf({ schema, also }: Endpoint["response"]): object {
  if (schema === "file") return { content: { "image/*": { schema: {} } } };
  if (schema === null) return {};
  return {
    content: {
      "application/json": { schema: jsonSchemaOf(schema, "output") },
      ...(also && { [also]: { schema: { type: "string" } } }),
    },
  };
}

/** Which refusals a call can get, by what it takes. */
function refusalsOf({ method, path, ifMatch, upload, body = upload }: Endpoint): number[] {
  return [
    ...(body || ifMatch ? [400] : []),
    401,
    403,
    ...(path.includes("{") ? [404] : []),
    ...(method === "GET" ? [] : [409]),
    ...(ifMatch ? [412] : []),
    ...(body ? [413, 415] : []),
    422,
    ...(ifMatch ? [428] : []),
    503,
  ];
}

function operationId({ method, path }: Endpoint): string {
  const words = path
    .split("/")
    .filter(Boolean)
    .map((segment) => segment.replace(/[{}]/g, ""));
  return [
    method.toLowerCase(),
    ...words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)),
  ].join("");
}

function pathParameters({ path }: Endpoint): Operation["parameters"] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
}

function queryParameters({ query, upload }: Endpoint): Operation["parameters"] {
  return Object.entries((query ?? upload)?.shape ?? {}).map(([name, field]) => ({
    name,
    in: "query",
    required: false,
    // As text it could be anything: what it comes to says its bounds.
    schema: jsonSchemaOf(field as z.ZodMiniType, name === "limit" ? "output" : "input"),
  }));
}

function headerParameters(declared: Endpoint): Operation["parameters"] {
  const version = {
    name: "If-Match",
    description: 'The version you read, like "3", or *.',
    required: true,
  };
  const retry = {
    name: "Idempotency-Key",
    description:
      "The same call with the same key within 24 hours gets the first response, and is not carried out again.",
    required: false,
  };
  const named = [
    ...(declared.ifMatch ? [version] : []),
    ...(declared.method === "POST" ? [retry] : []),
  ];
  return named.map((header) => ({ ...header, in: "header", schema: { type: "string" } }));
}

function problemContent() {
  return { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };
}

/** Who may make a call, in a sentence or two. */
function holdersOf({ right, alsoNeeds }: Endpoint): string {
  const also = alsoNeeds && ` ${alsoNeeds.when}: ${holdersOfRight(alsoNeeds.right)}.`;
  return `For ${holdersOfRight(right)}.${also ?? ""}`;
}
