import { readFileSync } from "node:fs";
import "../support/node-shims.ts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { endpoints } from "../../src/editor/api.ts";
import type { Form } from "../../src/domain/article.ts";
import { ROLES, type Role } from "../../src/domain/role.ts";
import type { Paper } from "../support/paper.ts";
import { pictures } from "../support/pictures.ts";
import { ORIGIN } from "../support/site.ts";
import { openSite } from "../support/sqlite-site.ts";

// Who may do what is a table for editors to read. Every role makes every call of it, on what is theirs and what is not, in every
// state that a story can be in, and is let in or refused as the table says.

/** What a cell of the table can say. */
const CELLS = [
  "yes",
  "all",
  "no",
  "theirs",
  "their drafts",
  "theirs, and what readers see",
] as const;
type Cell = (typeof CELLS)[number];

interface Row {
  what: string;
  /** As `PATCH /articles/{id}`; `with` is the field of its body that makes the difference. */
  calls: { call: string; with: string | null }[];
  cells: Record<Role, Cell>;
}

function readTable(): Row[] {
  const text = readFileSync("docs/editors.md", "utf8");
  const lines = text.split("\n").filter((line) => line.startsWith("|"));
  const from = lines.findIndex((line) => /^\| what +\| calls/.test(line));
  const header = cellsOf(lines[from] ?? "");
  return lines.slice(from + 2).map((line) => {
    const [what = "", calls = "", ...cells] = cellsOf(line);
    const named = [...calls.matchAll(/`([A-Z]+ \/[^`]*)`(?: with(?: another)? `(\w+)`)?/g)];
    const roles = Object.fromEntries(header.slice(2).map((role, n) => [role, cells[n]]));
    return {
      what,
      calls: named.map(([, call = "", field]) => ({ call, with: field ?? null })),
      cells: roles as Row["cells"],
    };
  });
}

function cellsOf(line: string): string[] {
  return line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
}

const TABLE = readTable();

/** Someone with a key: bound to an author, or to nobody. */
interface Caller {
  role: Role;
  bound: boolean;
  key: string;
}

const STATES = [
  "draft",
  "in review",
  "scheduled",
  "published",
  "edited since",
  "withdrawn",
  "binned draft",
  "binned",
] as const;
type State = (typeof STATES)[number];

/** States in which readers have never seen the story, and are not about to. */
const DRAFTS: ReadonlySet<State> = new Set(["draft", "in review", "binned draft"]);
const ANY = { "If-Match": "*" };

let paper: Paper;
let callers: Caller[];

beforeEach(async () => {
  for (const how of ["log", "warn"] as const) vi.spyOn(console, how).mockReturnValue();
  vi.useFakeTimers({ toFake: ["Date"] });
  paper = await openSite({ unlimited: true });
  await paper.call("PUT", "/sections/city", { name: "City" });
  for (const slug of ["mara-quill", "jonas-field"])
    await paper.call("PUT", `/authors/${slug}`, { name: slug });
  callers = [];
  for (const role of ROLES)
    for (const bound of role === "author" || role === "contributor" ? [true, false] : [false]) {
      const author = bound ? { author: "mara-quill" } : {};
      const { json } = await paper.call("POST", "/keys", { name: role, role, ...author });
      callers.push({ role, bound, key: json.key });
    }
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Makes a call as somebody, and tells the status. */
async function ask(
  { key }: Caller,
  call: string,
  { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<number> {
  const [method = "", path = ""] = call.split(" ");
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await paper.platform.exports.default.fetch(
    new Request(`${ORIGIN}/api/v1${path}`, {
      method,
      ...sent,
      headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json", ...headers },
    }),
  );
  await response.arrayBuffer();
  expect(response.status, call).not.toBe(500);
  return response.status;
}

let made = 0;

/** Enough that the calls for purging, which are few a minute, are never used up: then an editor waits. */
const MINUTES = 2 * 60_000;

/** A story or a page in a state, which is the caller's or somebody else's. */
async function articleOf(
  caller: Caller,
  own: boolean,
  { state, form }: { state: State; form: Form },
): Promise<string> {
  const base = form === "page" ? "/pages" : "/articles";
  const act = async (path: string, body?: unknown, method = "POST") => {
    const { status, json } = await paper.call(method, path, body, ANY);
    if (status >= 300) throw new Error(`${path}: ${status} ${JSON.stringify(json)}`);
    return json;
  };
  made += 1;
  vi.setSystemTime(Date.now() + MINUTES);
  const said = { title: `Story ${made}`, body: "Words." };
  const story = form === "page" ? said : { ...said, section: "city" };
  let id: string;
  // A page is of whoever made it, bound to an author or not.
  if (own && (form === "page" || !caller.bound)) {
    const response = await paper.platform.exports.default.fetch(
      new Request(`${ORIGIN}/api/v1${base}`, {
        method: "POST",
        headers: { Authorization: `Bearer ${caller.key}`, "Content-Type": "application/json" },
        body: JSON.stringify(story),
      }),
    );
    ({ id } = await response.json<{ id: string }>());
  } else {
    const authors = form === "page" ? {} : { authors: [own ? "mara-quill" : "jonas-field"] };
    ({ id } = await act(base, { ...story, ...authors }));
  }
  await act(`${base}/${id}/previews`);
  const steps: Record<State, () => Promise<unknown>> = {
    draft: () => Promise.resolve(),
    "in review": () => act(`${base}/${id}/submit`),
    scheduled: () => act(`${base}/${id}/schedule`, { scheduledFor: "2999-01-01T00:00:00Z" }),
    published: () => act(`${base}/${id}/publish`),
    "edited since": async () => {
      await act(`${base}/${id}/publish`);
      await act(`${base}/${id}`, { body: "Other words." }, "PATCH");
    },
    withdrawn: async () => {
      await act(`${base}/${id}/publish`);
      await act(`${base}/${id}/unpublish`);
    },
    "binned draft": () => act(`${base}/${id}`, undefined, "DELETE"),
    binned: async () => {
      await act(`${base}/${id}/publish`);
      await act(`${base}/${id}`, undefined, "DELETE");
    },
  };
  await steps[state]();
  return id;
}

function isAllowed(cell: Cell, own: boolean, state: State): boolean {
  switch (cell) {
    case "yes":
    case "all":
      return true;
    case "no":
      return false;
    case "theirs":
      return own;
    case "their drafts":
      return own && DRAFTS.has(state);
    case "theirs, and what readers see":
      return own || state === "published";
    default:
      return cell satisfies never;
  }
}

/** What a call on a story is sent; `field` is what makes the difference. */
function bodyOf(call: string, field: string | null, id: string): unknown {
  if (call === "POST /preview") return { article: id };
  if (field === "status") return { status: "published" };
  const [method = "", path = ""] = call.split(" ");
  if (method === "GET" || method === "DELETE") return undefined;
  if (path.endsWith("/notes")) return { text: "Ask." };
  return path.endsWith("/presence") ? undefined : {};
}

const onStories = TABLE.filter(({ calls }) =>
  calls.some(
    ({ call, with: field }) => /\/(?:articles|pages)\/\{id\}/.test(call) || field === "article",
  ),
);

describe("the table of who may do what", () => {
  it("has every call of the API, and no other, and says nothing that is not a word of its own", () => {
    const named = new Set(TABLE.flatMap(({ calls }) => calls.map(({ call }) => call)));
    const there = new Set(endpoints.map(({ method, path }) => `${method} ${path}`));
    expect([...there].filter((call) => !named.has(call))).toEqual([]);
    expect([...named].filter((call) => !there.has(call))).toEqual([]);
    for (const { what, cells, calls } of TABLE) {
      expect(calls.length, what).toBeGreaterThan(0);
      expect(Object.keys(cells).sort(), what).toEqual([...ROLES].sort());
      for (const cell of Object.values(cells)) expect(CELLS, what).toContain(cell);
    }
    expect(onStories.length).toBeGreaterThan(8);
  });

  it.each(STATES)(
    "holds for every call on a story that is %s",
    { timeout: 60_000 },
    async (state) => {
      const wrong: unknown[] = [];
      for (const caller of callers)
        for (const own of [true, false]) {
          const shared = {
            story: await articleOf(caller, own, { state, form: "story" }),
            page: await articleOf(caller, own, { state, form: "page" }),
          };
          for (const { cells, calls } of onStories)
            for (const { call, with: field } of calls) {
              const cell = cells[caller.role];
              const changes = field === "status";
              const form = call.includes("/pages") ? "page" : "story";
              const id = changes ? await articleOf(caller, own, { state, form }) : shared[form];
              const allowed = isAllowed(cell, own, state);
              const path = await addressed(call, id);
              // Rights come before versions: who may is told that the version is an old one, and changes nothing.
              const headers = { "If-Match": changes ? "*" : '"0"' };
              const status = await ask(caller, path, { body: bodyOf(call, field, id), headers });
              // Who has no right to any such call is told so before anyone looks for the story.
              const isBarred = cell === "no" && field === null;
              const isSeen =
                caller.role !== "contributor" || own || state === "published" || isBarred;
              const expected = allowed ? "let in" : isSeen ? 403 : 404;
              const seen = status === 403 || status === 404 ? status : "let in";
              if (seen !== expected)
                wrong.push({ ...caller, key: "", own, call, field, expected, status });
            }
        }
      expect(wrong).toEqual([]);
    },
  );

  it("holds for every other call", { timeout: 60_000 }, async () => {
    const wrong: unknown[] = [];
    for (const { cells, calls } of TABLE.filter((row) => !onStories.includes(row)))
      for (const { call, with: field } of calls) {
        if (call.includes("/media/{hash}")) continue;
        for (const caller of callers) {
          const story = { title: "New", section: "city", ...(field && { status: "published" }) };
          const isGet = call.startsWith("GET");
          const body = /^POST \/(?:articles|pages)$/.test(call)
            ? story
            : isGet
              ? undefined
              : { nonsense: 1 };
          const status = await ask(caller, call.replaceAll(/\{\w+\}/g, "none"), { body });
          const expected = cells[caller.role] === "yes";
          if ((status !== 403) !== expected)
            wrong.push({ ...caller, key: "", call, field, status });
        }
      }
    expect(wrong).toEqual([]);
  });

  it("holds for pictures: of whoever uploaded them, and seen by readers or not", async () => {
    const wrong: unknown[] = [];
    const calls = TABLE.flatMap(({ calls: named, cells }) =>
      named
        .filter(({ call }) => call.includes("/media/{hash}"))
        .map(({ call }) => ({ call, cells })),
    );
    expect(calls).toHaveLength(6);
    for (const caller of callers)
      for (const own of [true, false])
        for (const seen of [false, true]) {
          const hash = await pictureOf(caller, own, seen);
          for (const { call, cells } of calls) {
            const cell = cells[caller.role];
            const allowed =
              cell === "theirs, and what readers see" ? own || seen : isAllowed(cell, own, "draft");
            const path = call.replace("{hash}", hash);
            const body = call.startsWith("PATCH") ? { alt: 5 } : undefined;
            // One that is in use is not taken down without force: whoever may is told so.
            const status = await ask(caller, path, { body });
            const isSeen = caller.role !== "contributor" || own || seen || cell === "no";
            const expected = allowed ? "let in" : isSeen ? 403 : 404;
            const told = status === 403 || status === 404 ? status : "let in";
            if (told !== expected)
              wrong.push({ ...caller, key: "", own, seen, call, expected, status });
          }
        }
    expect(wrong).toEqual([]);
  });
});

/** A call on a story, with everything that its address names. */
async function addressed(call: string, id: string): Promise<string> {
  const path = call.replace("{id}", id).replace("{revision}", "1").replace("{range}", "1..head");
  if (!path.includes("{preview}")) return path;
  const at = call.includes("/pages") ? `/pages/${id}` : `/articles/${id}`;
  const { json } = await paper.call("GET", `${at}/previews`);
  return path.replace("{preview}", json.items[0]?.id ?? "none");
}

/** A picture that the caller uploaded, or somebody else; and that a live story shows, or none. */
async function pictureOf(caller: Caller, own: boolean, seen: boolean): Promise<string> {
  made += 1;
  // The bytes are the same each time: what the last one left is taken out first.
  const bytes = pictures.gif.slice();
  const query = new URLSearchParams({ name: `p${made}.gif`, alt: "A gate." });
  const key = own ? caller.key : "";
  const upload = () =>
    paper.platform.exports.default.fetch(
      new Request(`${ORIGIN}/api/v1/media?${query.toString()}`, {
        method: "POST",
        headers: { Authorization: `Bearer ${key}`, "Content-Type": "image/gif" },
        body: bytes,
      }),
    );
  await paper.env.DB.prepare("delete from live_pictures").run();
  await paper.env.DB.prepare("delete from revision_pictures").run();
  await paper.env.DB.prepare("delete from media").run();
  const uploaded = own
    ? await (await upload()).json()
    : (await paper.upload(bytes, { alt: "A gate." })).json;
  const { hash, src } = uploaded as { hash: string; src: string };
  if (seen)
    await paper.call("POST", "/articles", {
      title: `Shows ${made}`,
      section: "city",
      status: "published",
      hero: { src, alt: "A gate." },
    });
  return hash;
}
