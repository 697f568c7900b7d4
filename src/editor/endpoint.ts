import type { Context, Hono, HonoRequest } from "hono";
import * as z from "zod/mini";
import type { Form } from "../domain/article.ts";
import { isTagList } from "../domain/etag.ts";
import { granted, invalid, refused, type Outcome } from "../domain/problem.ts";
import { holdersOfRight, may, type Actor, type RightName } from "../domain/role.ts";
import type { Cost } from "../store/batch.d1.ts";
import { openEditor, type Bindings, type Store } from "../store/open.ts";
import type { Acted } from "./act.ts";
import { findCaller, hashOf, outsider, type Caller } from "./auth.ts";
import { readBytes } from "./bytes.ts";
import type { CommandContext, Retry } from "./context.ts";
import { issuesOf, readInput, under, type Input } from "./input.ts";
import { readUpload, tooLarge, UPLOAD_LIMIT } from "./media/upload.ts";
import { refusalResponse } from "./refusals.ts";
import { isSameOrigin } from "./sign-in/cookie.ts";

// An endpoint is data: the router, who may call, the checks of a request and the documentation are all made of it.

/** What the editors' door gets from outside with each request. */
export type Runtime = Omit<CommandContext, "store" | "actor" | "session" | "form" | "retry">;

export type EditorEnv = {
  Bindings: { bindings: Bindings };
  Variables: { runtime: Runtime; cost?: Cost | undefined };
};

/** The most a JSON body may have, in bytes; `/imports` has a limit of its own. */
const JSON_LIMIT = 1024 * 1024;

/** A request from who has the right to make it, and whose size, type and form are right. */
interface Call<Body, Query> {
  context: CommandContext;
  params: Record<string, string>;
  query: Query;
  input: Input<Body>;
  /** The body as it was sent: its JSON, or the bytes of an upload. */
  sent: Sent;
  /** What the client says that it is. */
  userAgent: string | undefined;
  /** What of the newsroom the call means, for commands that look at whose it is. */
  target: Target;
}

/** One thing that an editor means by its id, what their If-Match says they have read of it, and the right that they need to it. */
export interface Target {
  id: string;
  ifMatch: string | null;
  right: RightName;
}

interface Sent {
  json: unknown;
  bytes: Uint8Array<ArrayBuffer>;
}

export interface ApiResponse {
  status: 200 | 201 | 204;
  body?: unknown;
  /** What to send instead of JSON. */
  file?: { body: ReadableStream | string; type: string };
  headers?: Record<string, string>;
}

export interface Endpoint {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** As in OpenAPI, below `/api/v1`: `/articles/{id}`. */
  path: string;
  group: string;
  summary: string;
  /** Which form of articles it is about; stories if not said. */
  form?: Form;
  /** For whoever comes to sign in: nobody is looked for, and a page of the site must have sent it. */
  open?: boolean;
  /** What the caller must have a right to. Where some have it of their own alone, the command looks whose it is. */
  right: RightName;
  /** What some requests need beside it, and which: the command looks, and refuses with `refuseRight`. */
  alsoNeeds?: { right: RightName; when: string };
  query?: z.ZodMiniObject;
  body?: z.ZodMiniObject;
  /** The schema of the body as documented, where it says more than the one that checks. */
  documentedBody?: z.ZodMiniObject;
  /** The body is a picture; these are the fields beside it, in its form or in the query. */
  upload?: z.ZodMiniObject;
  /** An empty body is as good as {}. */
  bodyOptional?: boolean;
  bodyLimit?: number;
  /** The call changes an existing story, or the front page, and needs its version. */
  ifMatch?: boolean;
  /** The schema is null for no content, and "file" for bytes; `also` is the type of another form of it. */
  response: { status: 200 | 201 | 204; schema: z.ZodMiniType | "file" | null; also?: string };
  /** The call makes what is not there yet, and returns 201 then. */
  makes?: boolean;
  run(call: Call<never, never>): Promise<Outcome<ApiResponse>>;
}

type Checked<Body extends z.ZodMiniObject, Query extends z.ZodMiniObject> = Omit<
  Endpoint,
  "body" | "upload" | "query" | "run"
> & {
  body?: Body;
  upload?: Body;
  query?: Query;
  run(call: Call<z.output<Body>, z.output<Query>>): Promise<Outcome<ApiResponse>>;
};

/** Declares an endpoint whose `run` gets what its own schemas promise. */
export function endpoint<Body extends z.ZodMiniObject, Query extends z.ZodMiniObject>(
  declared: Checked<Body, Query>,
): Endpoint {
  return declared;
}

/** Puts every endpoint on the router, and 405 on every other method of their paths. */
export function mount(app: Hono<EditorEnv>, endpoints: Endpoint[]): void {
  const methods = new Map<string, string[]>();
  for (const declared of endpoints) {
    const path = declared.path.replaceAll(/\{(\w+)\}/g, ":$1");
    app.on(declared.method, path, (context) => serve(context, declared));
    methods.set(path, [...(methods.get(path) ?? []), declared.method]);
  }
  for (const [path, known] of methods) refuseOthers(app, path, known);
}

/** Responds with 405 to every method of a path that is not among the known ones; call it after these are routed. */
export function refuseOthers(app: Hono<EditorEnv>, path: string, known: string[]): void {
  const allow = [...known, ...(known.includes("GET") ? ["HEAD"] : [])].join(", ");
  app.all(path, ({ req }) => {
    const detail = `${req.path} takes ${allow}, not ${req.method}.`;
    return refusalResponse({ kind: "wrongMethod", detail, allow }, req.path);
  });
}

async function serve(context: Context<EditorEnv>, declared: Endpoint): Promise<Response> {
  const { req, env } = context;
  const store = openEditor(env.bindings);
  context.set("cost", store.db.cost);
  const outcome = await call(context, store, declared);
  return outcome.ok ? responseOf(outcome.value) : refusalResponse(outcome.problem, req.path);
}

async function call(
  { req, var: given }: Context<EditorEnv>,
  store: Store,
  declared: Endpoint,
): Promise<Outcome<ApiResponse>> {
  const { right, upload, body } = declared;
  const header = (name: string) => req.header(name);
  const { runtime } = given;
  const caller = declared.open
    ? await findStranger(header, store, runtime)
    : await findCaller({ header, emailAtAccess: runtime.emailAtAccess }, store, runtime.clock());
  if (!caller.ok) return caller;
  const { actor, session } = caller.value;
  if (!may(actor, right, "ownDrafts")) return refuseRight(actor, right, declared.form);

  const query = (declared.query ?? z.strictObject({})).safeParse(upload ? {} : req.query());
  if (!query.success) return invalid(issuesOf(query.error));
  const ifMatch = declared.ifMatch ? (req.header("If-Match") ?? null) : null;
  if (ifMatch !== null && !isTagList(ifMatch)) {
    const detail = `If-Match must be * or a list of tags like "3", got ${ifMatch}.`;
    return refused({ kind: "malformed", detail });
  }
  const sent = await (upload ? readPicture : readJson)(req, declared);
  if (!sent.ok) return sent;
  const retry = await retryOf(req, declared, sent.value);
  if (!retry.ok) return retry;
  const schema = body ?? upload;
  const unknownFields = schema ? null : z.strictObject({}).safeParse(sent.value.json ?? {});
  if (unknownFields?.success === false) return invalid(issuesOf(unknownFields.error));
  const params = req.param() as Record<string, string>;
  const checked: Call<unknown, unknown> = {
    context: contextOf(store, actor, runtime, {
      session,
      retry: retry.value,
      form: declared.form,
    }),
    params,
    query: query.data,
    input: schema ? readInput(schema, sent.value.json) : { fields: {}, issues: [] },
    sent: sent.value,
    userAgent: header("User-Agent"),
    target: { id: params["id"] ?? "", ifMatch, right },
  };
  return declared.run(checked as Call<never, never>);
}

/** The refusal of a caller without a right: which roles have it, and which one the caller has. */
export function refuseRight(
  { role }: Actor,
  right: RightName,
  form: Form = "story",
): Outcome<never> {
  const detail = `To ${right.replace("a story", `a ${form}`)} is for ${holdersOfRight(right)}; this key's role is ${role}.`;
  return refused({ kind: "forbidden", detail });
}

/** The Idempotency-Key of a POST, with the hash of the call. The other methods are idempotent by themselves. */
async function retryOf(
  req: HonoRequest,
  { method, upload, open = false }: Endpoint,
  { bytes, json }: Sent,
): Promise<Outcome<Retry | null>> {
  // Of strangers nobody knows who sent a request first.
  const key = method === "POST" && !open ? req.header("Idempotency-Key") : undefined;
  if (key === undefined) return granted(null);
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    const message = "must be 1 to 255 printable ASCII characters.";
    return invalid([{ path: "Idempotency-Key", message }]);
  }
  const { pathname, search } = new URL(req.url);
  const body = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
  // Of a picture in a form the fields are what counts, not what stands between its parts.
  const fields = upload ? JSON.stringify(json) : "";
  return granted({
    key,
    callHash: await hashOf(`${method} ${pathname}${search} ${body} ${fields}`),
  });
}

/** A context for one actor at one store. */
export function contextOf(
  store: Store,
  actor: Actor,
  runtime: Runtime,
  {
    session = null,
    retry = null,
    form = "story",
  }: { session?: string | null; retry?: Retry | null; form?: Form | undefined } = {},
): CommandContext {
  return { store, actor, session, form, retry, ...runtime };
}

/** Somebody who comes to sign in: what they send is what says who they are. */
async function findStranger(
  header: (name: string) => string | undefined,
  store: Store,
  { countTry }: Runtime,
): Promise<Outcome<Caller>> {
  // Nobody is to be signed in by a page elsewhere.
  if (!isSameOrigin(header, store.origin)) return outsider("sign-in from another site");
  const client = header("CF-Connecting-IP");
  if (client !== undefined && !(await countTry({ address: client })))
    return refused({ kind: "tooManyTries" });
  return granted({ actor: STRANGER, session: null });
}

/** Has the rights of nobody: no endpoint for strangers looks at them. */
const STRANGER: Actor = { id: "stranger", name: "stranger", role: "contributor", author: null };

const NO_BYTES = new Uint8Array();

/** Reads an upload: its fields stand in for the JSON. */
async function readPicture(req: HonoRequest): Promise<Outcome<Sent>> {
  const body = await readBytes(req.raw, UPLOAD_LIMIT);
  if (body === null) return refused(tooLarge());
  const upload = await readUpload(body, req.header("Content-Type") ?? "", req.query());
  if (!upload.ok) return upload;
  return granted({ json: upload.value.fields, bytes: upload.value.bytes });
}

async function readJson({ raw: request }: HonoRequest, declared: Endpoint): Promise<Outcome<Sent>> {
  if (declared.method === "GET") return granted({ json: undefined, bytes: NO_BYTES });
  const limit = declared.bodyLimit ?? JSON_LIMIT;
  const bytes = await readBytes(request, limit);
  if (bytes === null) {
    return refused({ kind: "tooLarge", detail: `The body must be at most ${limit} bytes here.` });
  }
  if (bytes.length === 0 && (declared.bodyOptional || !declared.body))
    return granted({ json: {}, bytes });
  const type = request.headers.get("Content-Type") ?? "";
  if (!/^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(type)) {
    return refused({
      kind: "unsupportedType",
      detail: `Content-Type must be application/json, got "${type}".`,
    });
  }
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
    return granted({ json: JSON.parse(text) as unknown, bytes });
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : "it is not UTF-8";
    return refused({ kind: "malformed", detail: `The body must be JSON: ${reason}.` });
  }
}

function responseOf({ status, body, file, headers = {} }: ApiResponse): Response {
  if (file)
    return new Response(file.body, { status, headers: { "Content-Type": file.type, ...headers } });
  if (body === undefined) return new Response(null, { status, headers });
  return new Response(`${JSON.stringify(body, null, 2)}\n`, {
    status,
    headers: { "Content-Type": "application/json", ...headers },
  });
}

export function ok(body: unknown, headers: Record<string, string> = {}): Outcome<ApiResponse> {
  return granted({ status: 200, body, headers });
}

export function changed(acted: Acted<object>): Outcome<ApiResponse> {
  return acted.ok ? ok({ ...acted.value, edge: acted.edge }) : acted;
}

export function removed(outcome: Outcome<null>): Outcome<ApiResponse> {
  return outcome.ok ? granted({ status: 204 }) : outcome;
}

/** Adds what the URL names to what the body says, checked like any field. */
export function withName<T, Name extends string>(
  { fields, issues }: Input<T>,
  name: Name,
  schema: z.ZodMiniType<string>,
  value: string | undefined,
): Input<T & Record<Name, string>> {
  const named = schema.safeParse(value);
  return {
    fields: { [name]: value, ...fields } as Partial<T & Record<Name, string>>,
    issues: named.success ? issues : [...under(name, issuesOf(named.error)), ...issues],
  };
}
