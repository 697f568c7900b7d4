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
  /** The first listed section unless it says one. */
  section: string | undefined;
  wait(milliseconds: number): Promise<unknown>;
}

/** How long a response may take, in milliseconds. */
const PATIENCE = 30_000;

/** Opens a paper. Nothing is sent yet. */
export function openDeployed({ url, key, section, wait }: Access): Deployed {
  const written: Promise<Record<string, unknown>>[] = [];
  let tidied: Promise<string[]> | undefined;
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
    if (status >= 300 && status < 400)
      throw new Refusal(`${url} leads elsewhere (${status}): give the address that it leads to.`);
    if (status >= 200 && status < 300) return json;
    const detail = typeof json["detail"] === "string" ? json["detail"] : text.slice(0, 200);
    throw new Refusal(`${method} ${path} was refused with ${status}: ${detail}`);
  }

  async function binAll(): Promise<string[]> {
    const left: string[] = [];
    for (const writing of written) {
      const { id } = await writing.catch(() => ({ id: undefined }));
      if (typeof id !== "string") continue;
      await call("DELETE", `/articles/${id}`).catch(() => left.push(id));
    }
    return left;
  }

  async function sectionOfPaper(): Promise<string> {
    if (chosen !== undefined) return chosen;
    const { items } = await call("GET", "/sections?limit=100");
    const sections = Array.isArray(items) ? items.filter(isMapping) : [];
    // A story would show readers one that is prepared unseen.
    const first = sections.find(({ listed }) => listed === true);
    if (!first)
      throw new Refusal("The paper has no listed section: make one, or name one with --section.");
    return (chosen = String(first["slug"]));
  }

  return {
    see: (path, headers = {}) => send(path, { headers }),
    call,
    async write(fields) {
      if (tidied) throw new Refusal("The checks are being ended.");
      const section = await sectionOfPaper();
      const body = "Written by a check of the deployment; it is in the bin soon.";
      const writing = call("POST", "/articles", { section, body, ...fields });
      // Whoever tidies meanwhile waits for it.
      written.push(writing);
      const { id, url: address, edge } = await writing;
      if (typeof id !== "string" || typeof address !== "string" || !URL.canParse(address))
        throw new Refusal(
          `${url} does not look like Broadsheet: POST /articles returned no story.`,
        );
      return { id, path: new URL(address).pathname, edge: String(edge) };
    },
    wait,
    tidy: () => (tidied ??= binAll()),
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
