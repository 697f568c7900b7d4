import { isMapping } from "../folder/fields.ts";
import { Refusal } from "../refusal.ts";

/** A response as far as the checks look at it. */
export interface Seen {
  status: number;
  headers: Headers;
  text: string;
}

/** A paper that serves readers somewhere. */
export interface Deployed {
  /** Gets a path as a reader does. */
  see(path: string, headers?: Record<string, string>): Promise<Seen>;
  /** Calls the API; throws a Refusal when it does not do what it was told. */
  call(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>;
  /** Publishes a story, or saves it as `fields` say, and remembers to put it in the bin. */
  write(fields: Record<string, unknown>): Promise<{ id: string; path: string; edge: string }>;
  wait(milliseconds: number): Promise<unknown>;
  /** Puts the stories that were written into the bin; returns the ids of those that could not be. */
  tidy(): Promise<string[]>;
}

export interface Access {
  /** Scheme, host and port. */
  url: string;
  key: string;
  /** The first section unless it says one. */
  section: string | undefined;
  wait(milliseconds: number): Promise<unknown>;
}

/** How long a response may take, in milliseconds. */
const PATIENCE = 30_000;

/** Opens a paper. Nothing is sent yet. */
export function openDeployed({ url, key, section, wait }: Access): Deployed {
  const written: string[] = [];
  let chosen = section;

  async function send(path: string, init: RequestInit): Promise<Seen> {
    try {
      const response = await fetch(url + path, {
        ...init,
        redirect: "manual",
        signal: AbortSignal.timeout(PATIENCE),
      });
      return { status: response.status, headers: response.headers, text: await response.text() };
    } catch (error) {
      const cause = error instanceof Error ? (error.cause ?? error) : error;
      throw new Refusal(`${url}${path} does not answer: ${String(cause)}`);
    }
  }

  async function call(method: string, path: string, body?: unknown) {
    const { status, text } = await send(`/api/v1${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${key}`,
        "If-Match": "*",
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const json = parsed(text);
    if (status >= 200 && status < 300) return json;
    const detail = typeof json["detail"] === "string" ? json["detail"] : text.slice(0, 200);
    throw new Refusal(`${method} ${path} was refused with ${status}: ${detail}`);
  }

  async function sectionOfPaper(): Promise<string> {
    if (chosen !== undefined) return chosen;
    const { items } = await call("GET", "/sections?limit=1");
    const [first] = Array.isArray(items) ? (items as unknown[]) : [];
    if (!isMapping(first)) throw new Refusal("The paper has no section yet: make one first.");
    return (chosen = String(first["slug"]));
  }

  return {
    see: (path, headers = {}) => send(path, { headers }),
    call,
    async write(fields) {
      const story = await call("POST", "/articles", {
        section: await sectionOfPaper(),
        body: "Written by a check of the deployment; it is in the bin soon.",
        ...fields,
      });
      written.push(String(story["id"]));
      const { pathname } = new URL(String(story["url"]));
      return { id: String(story["id"]), path: pathname, edge: String(story["edge"]) };
    },
    wait,
    async tidy() {
      const left: string[] = [];
      for (const id of written.splice(0))
        await call("DELETE", `/articles/${id}`).catch(() => left.push(id));
      return left;
    },
  };
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = text === "" ? {} : JSON.parse(text);
    return isMapping(value) ? value : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
