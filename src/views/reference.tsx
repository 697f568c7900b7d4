import { asDocument, Stylesheet } from "./prose.tsx";
import { referenceStylesheet } from "./stylesheet.ts";

/** What the reference page needs to know of an OpenAPI document. */
interface Reference {
  info: { title: string; description: string };
  servers: { url: string }[];
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
}

interface Operation {
  operationId: string;
  summary: string;
  tags: string[];
  parameters: { name: string; in: string; required: boolean; description?: string }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, object>;
}

type Schema = Record<string, unknown>;

/** The API's reference: one page that needs nothing but itself. */
export function referencePage({ info, servers, tags, paths }: Reference): string {
  const calls = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, call]) => ({ path, method: method.toUpperCase(), call })),
  );
  return asDocument(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <title>{info.title}</title>
        <Stylesheet text={referenceStylesheet} />
      </head>
      <body>
        <main>
          <h1>{info.title}</h1>
          <p>{info.description}</p>
          <p>
            Base address: <code>{servers[0]?.url}</code>. The same as OpenAPI 3.1:{" "}
            <a href="/api/v1/openapi.json">openapi.json</a>.
          </p>
          <p>
            Every call needs a key: <code>Authorization: Bearer bs_…</code>
          </p>
          <nav aria-label="Parts of the API">
            <ul>
              {tags.map(({ name }) => (
                <li>
                  <a href={`#${anchorOf(name)}`}>{name}</a>
                </li>
              ))}
            </ul>
          </nav>
          {tags.map(({ name }) => (
            <section id={anchorOf(name)}>
              <h2>{name}</h2>
              {calls.filter(({ call }) => call.tags.includes(name)).map(CallEntry)}
            </section>
          ))}
        </main>
      </body>
    </html>,
  );
}

function anchorOf(name: string): string {
  return name.toLowerCase().replaceAll(" ", "-");
}

function CallEntry({ path, method, call }: { path: string; method: string; call: Operation }) {
  const content = call.requestBody?.content;
  const schema = (content?.["application/json"] ?? content?.["multipart/form-data"])?.schema;
  return (
    <article id={call.operationId}>
      <h3>
        <code>
          {method} {path}
        </code>
      </h3>
      <p>{call.summary}</p>
      {call.parameters.length > 0 && (
        <ul>
          {call.parameters.map(({ name, in: place, required, description }) => (
            <li>
              <code>{name}</code> ({place}
              {required ? "" : ", optional"}){description ? `: ${description}` : ""}
            </li>
          ))}
        </ul>
      )}
      {schema && <Fields schema={schema} call={`${method} ${path}`} />}
      <p class="answers">Answers {Object.keys(call.responses).join(", ")}.</p>
    </article>
  );
}

function Fields({ schema, call }: { schema: Schema; call: string }) {
  const required = new Set((schema.required as string[] | undefined) ?? []);
  const properties = Object.entries(
    (schema.properties as Record<string, Schema> | undefined) ?? {},
  );
  return (
    <div class="table" role="region" aria-label={`Fields of ${call}`} tabindex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Type</th>
            <th scope="col">What it is</th>
          </tr>
        </thead>
        <tbody>
          {properties.map(([name, field]) => (
            <tr>
              <th scope="row">
                <code>{name}</code>
                {required.has(name) ? " (required)" : ""}
              </th>
              <td>{typeName(field)}</td>
              <td>{typeof field.description === "string" ? field.description : ""}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function typeName(schema: Schema): string {
  const either = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined;
  if (either) return either.map(typeName).join(" or ");
  if (schema.enum) return (schema.enum as unknown[]).map(String).join(", ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.type === "array")
    return `list of ${typeName((schema.items as Schema | undefined) ?? {})}`;
  if (schema.type === "object")
    return `{ ${Object.keys((schema.properties as object | undefined) ?? {}).join(", ")} }`;
  return [schema.type, schema.format].filter(Boolean).join(", ");
}
