import type { Issue } from "../../domain/problem.ts";
import { hashOfPicture } from "../../domain/media.ts";
import { isMapping } from "../folder/fields.ts";
import { issuesByPosition } from "./batches.ts";
import type { Answer, Newsroom } from "./newsroom-api.ts";

/** A newsroom that is asked and told nothing: of an import and of redirects, the site says what it would do. */
export function openDryRun(newsroom: Newsroom): Newsroom {
  /** What a real run would have made by now, as refusals name it: `section "city"`. */
  const made: string[] = [];
  return {
    look: (path) => newsroom.look(path),
    replace: async () => ({ ok: true, body: {}, rowsWritten: 0 }),
    async call(method, path, body) {
      if (method === "GET") return newsroom.call(method, path);
      if (path === "/redirects/bulk") return newsroom.call(method, `${path}?check=true`, body);
      const asked = importOf(path, body);
      if (asked) return check(newsroom, asked, made);
      made.push(...(await namesOf(path, body)));
      return { ok: true, body: {}, rowsWritten: 0 };
    },
  };
}

interface Import {
  source: string;
  items: Record<string, unknown>[];
}

/** What is imported by a call, whether of many stories or of one. */
function importOf(path: string, body: unknown): Import | null {
  if (!isMapping(body)) return null;
  const [, source, key] = /^\/imports\/([^/]+)\/(.+)$/.exec(path) ?? [];
  if (source !== undefined && key !== undefined)
    return { source, items: [{ key: decodeURIComponent(key), ...body }] };
  const items = path === "/imports" ? body["items"] : null;
  return Array.isArray(items)
    ? { source: String(body["source"]), items: items.filter(isMapping) }
    : null;
}

async function namesOf(path: string, body: unknown): Promise<string[]> {
  const [, list, slug] = /^\/(section|author)s\/(.+)$/.exec(path) ?? [];
  if (list !== undefined) return [`${list} "${slug}"`];
  if (!path.startsWith("/media?") || !isMapping(body)) return [];
  const { bytes } = body;
  return bytes instanceof Uint8Array ? [`picture /media/${await hashOfPicture(bytes)}/`] : [];
}

/**
 * Asks the site what it would make of an import. It misses what a real run would have made before; stories with
 * nothing else against them would go out, whether as new ones or changed, and are left out of the next question.
 */
async function check(
  newsroom: Newsroom,
  { source, items }: Import,
  made: string[],
): Promise<Answer> {
  const outcomes = items.map(({ key }): Record<string, unknown> => ({ key, id: key }));
  let asked = [...items.keys()];
  while (asked.length > 0) {
    const response = await newsroom.call("POST", "/imports?check=true", {
      source,
      items: asked.map((index) => items[index]),
    });
    if (response.ok) {
      const told = isMapping(response.body) ? response.body["items"] : null;
      for (const [position, outcome] of (Array.isArray(told) ? told : []).entries())
        outcomes[asked[position] ?? -1] = outcome as Record<string, unknown>;
      break;
    }
    const issues = response.issues.filter((issue) => !isToBeMade(issue, made));
    const blamed = issuesByPosition(response.issues);
    if (issues.length > 0 || blamed.size === 0)
      return { ...response, issues: issues.map((issue) => inItems(issue, asked)) };
    asked = asked.filter((_index, position) => !blamed.has(position));
  }
  made.push(...items.map(({ key }) => `story "${String(key)}"`));
  return { ok: true, body: { items: outcomes }, rowsWritten: 0 };
}

function isToBeMade({ message }: Issue, made: string[]): boolean {
  return made.some((name) => message.startsWith(`There is no ${name}`));
}

/** An issue of the question as an issue of the import: `items.0` may be the fourth of all. */
function inItems({ path, message }: Issue, asked: number[]): Issue {
  const whole = path.replace(
    /^items\.(\d+)/,
    (_, position: string) => `items.${asked[Number(position)]}`,
  );
  return { path: whole, message };
}
