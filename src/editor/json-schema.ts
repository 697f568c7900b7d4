import * as z from "zod/mini";

// What a schema says, as JSON Schema 2020-12 (https://json-schema.org/draft/2020-12), of which OpenAPI 3.1 is made.
// Promises what the library's z.toJSONSchema says, which a test holds it to; relies on the parts of a schema that Zod
// documents for libraries (https://zod.dev/library-authors). Does not know the kinds of schema that the API has not:
// knowing them all is what the library's weighs ten times as much for.

export type JsonSchema = Record<string, unknown>;

/** What is sent, or what is answered. */
type Side = "input" | "output";

/** Describes one side of a schema. Throws on a kind of schema, of check or of format that it was not taught. */
export function jsonSchemaOf(schema: z.core.$ZodType, side: Side): JsonSchema {
  return { ...kindOf(schema, side), ...z.globalRegistry.get(schema) };
}

function kindOf(schema: z.core.$ZodType, side: Side): JsonSchema {
  const { def } = insideOf(schema);
  switch (def.type) {
    case "string":
    case "number":
    case "boolean":
      return { type: def.type, ...limitsOf(schema) };
    case "enum":
      return { type: "string", enum: Object.values(def.entries) };
    case "literal":
      return { type: typeof def.values[0], const: def.values[0] };
    case "unknown":
      return {};
    case "array":
      return { type: "array", items: jsonSchemaOf(def.element, side), ...limitsOf(schema) };
    case "record":
      return {
        type: "object",
        propertyNames: jsonSchemaOf(def.keyType, side),
        additionalProperties: jsonSchemaOf(def.valueType, side),
      };
    case "object":
      return objectOf(def, side);
    case "optional":
      return jsonSchemaOf(def.innerType, side);
    case "nullable":
      return orNull(jsonSchemaOf(def.innerType, side));
    case "default":
      return { ...jsonSchemaOf(def.innerType, side), ...defaultOf(def, side) };
    case "pipe":
      return jsonSchemaOf(side === "input" ? entranceOf(def) : def.out, side);
    default:
      return untaught(`a schema of kind "${def.type}"`);
  }
}

function objectOf({ shape, catchall }: z.core.$ZodObjectDef, side: Side): JsonSchema {
  const fields = Object.entries(shape);
  const required = fields.filter(([, field]) => isRequired(field, side)).map(([name]) => name);
  // Unknown fields are refused where the schema is strict, and never answered.
  const closed = catchall !== undefined || side === "output";
  return {
    type: "object",
    properties: Object.fromEntries(
      fields.map(([name, field]) => [name, jsonSchemaOf(field, side)]),
    ),
    ...(required.length > 0 && { required }),
    ...(closed && { additionalProperties: false }),
  };
}

function isRequired(field: z.core.$ZodType, side: Side): boolean {
  const { optin, optout } = insideOf(field);
  return (side === "input" ? optin : optout) === undefined;
}

/** What a pipe takes: its first part, or the next where that is a function, which says nothing of what it takes. */
function entranceOf(pipe: z.core.$ZodPipeDef): z.core.$ZodType {
  return insideOf(pipe.in).def.type === "transform" ? pipe.out : pipe.in;
}

/** A default is what comes out: where that is of another kind than what goes in, it is nothing to send. */
function defaultOf(def: z.core.$ZodDefaultDef, side: Side): JsonSchema {
  return side === "input" && transforms(def.innerType) ? {} : { default: def.defaultValue };
}

function transforms(schema: z.core.$ZodType): boolean {
  const { def } = insideOf(schema);
  switch (def.type) {
    case "transform":
      return true;
    case "pipe":
      return transforms(def.in) || transforms(def.out);
    case "nullable":
      return transforms(def.innerType);
    default:
      return false;
  }
}

function orNull(schema: JsonSchema): JsonSchema {
  const bare = Object.keys(schema).join() === "type";
  return bare ? { type: [schema["type"], "null"] } : { anyOf: [schema, { type: "null" }] };
}

/** What the checks of a schema say, in turn. A time, an address and a whole number are checks themselves. */
function limitsOf(schema: z.core.$ZodType): JsonSchema {
  const { def, traits } = insideOf(schema);
  const checks = (def.checks ?? []).map(({ _zod: inside }) => inside.def);
  const unit = def.type === "array" ? "Items" : "Length";
  const said: JsonSchema = {};
  for (const check of traits.has("$ZodCheck") ? [def, ...checks] : checks)
    Object.assign(said, limitOf(check as CheckDef, unit));
  return said;
}

type CheckDef = z.core.$ZodChecks["_zod"]["def"] | { check: "custom" | "describe" };

function limitOf(def: CheckDef, unit: "Items" | "Length"): JsonSchema {
  switch (def.check) {
    case "min_length":
      return { [`min${unit}`]: def.minimum };
    case "max_length":
      return { [`max${unit}`]: def.maximum };
    case "greater_than":
      return { minimum: def.value };
    case "less_than":
      return { maximum: def.value };
    case "number_format":
      return FORMATS[def.format] ?? untaught(`a number of format "${def.format}"`);
    case "string_format":
      return {
        ...(FORMATS[def.format] ?? untaught(`a text of format "${def.format}"`)),
        ...(def.pattern && { pattern: def.pattern.source }),
      };
    case "overwrite":
    case "custom":
    case "describe":
      return {};
    default:
      return untaught(`the check "${def.check}"`);
  }
}

const FORMATS: Record<string, JsonSchema> = {
  regex: {},
  datetime: { format: "date-time" },
  url: { format: "uri" },
  safeint: { type: "integer", minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
};

/** What Zod keeps of a schema for whoever walks it. */
function insideOf({ _zod: inside }: z.core.$ZodType): z.core.$ZodTypes["_zod"] {
  return inside as z.core.$ZodTypes["_zod"];
}

function untaught(what: string): never {
  throw new Error(
    `Cannot document ${what}: teach src/editor/json-schema.ts to say of it what z.toJSONSchema says.`,
  );
}
