import { signal } from "@preact/signals";
import type { RightName } from "../../domain/role.ts";
import { api } from "../api.ts";
import type { ArticleSummary, AuditRecord, Listed } from "../contract.ts";
import { authorNames, mayI, sectionNames, tagNames } from "../session.ts";
import { hrefOf } from "../route.ts";
import { say } from "../words/words.ts";
import { sideOf, subjectOf } from "./acts.ts";

// What the things are called that the audit knows by an id.

/** Headlines by the id of their story, as far as they are known; null for one that is not there any more. */
const titles = signal<ReadonlyMap<string, string | null>>(new Map());

/** How many stories are looked up one by one, for a page of records. */
const MOST_LOOKED_UP = 20;
let hasRecent = false;

/** Finds out what the stories of these records are called. */
export async function learnTitles(records: readonly AuditRecord[]): Promise<void> {
  const told = new Map<string, string>();
  for (const { subject, detail } of records) {
    const { kind, name } = subjectOf(subject);
    // Newest first: the first that says it is right.
    const title = sideOf(detail, "after")["title"] ?? sideOf(detail, "before")["title"];
    if (kind === "article" && typeof title === "string" && !told.has(name)) told.set(name, title);
  }
  learn(told, false);
  if (!hasRecent) {
    hasRecent = true;
    const lists = await Promise.all(
      ["/articles", "/pages"].map((path) => api.get<Listed<ArticleSummary>>(path, { limit: 100 })),
    );
    for (const list of lists)
      if (list.ok) learn(new Map(list.value.items.map(({ id, title }) => [id, title])), true);
  }
  const ids = records.flatMap(({ subject }) => {
    const { kind, name } = subjectOf(subject);
    return kind === "article" && !titles.value.has(name) ? [name] : [];
  });
  for (const id of [...new Set(ids)].slice(0, MOST_LOOKED_UP))
    // eslint-disable-next-line no-await-in-loop -- a few, one after the other: nobody waits for them.
    learn(new Map([[id, await titleOf(id)]]), true);
}

/** What a story is called; its id while that is not known. */
export function storyName(id: string): string {
  const title = titles.value.get(id);
  return title ? say().audit.quoted(title) : id;
}

async function titleOf(id: string): Promise<string | null> {
  for (const path of ["/articles", "/pages"]) {
    // eslint-disable-next-line no-await-in-loop -- a page is looked for where no story is.
    const found = await api.get<ArticleSummary>(`${path}/${id}`);
    if (found.ok) return found.value.title;
  }
  return null;
}

function learn(found: ReadonlyMap<string, string | null>, overwrites: boolean): void {
  if (found.size === 0) return;
  const next = new Map(titles.value);
  for (const [id, title] of found) if (overwrites || !next.has(id)) next.set(id, title);
  titles.value = next;
}

/** What the thing is called that a record is about. */
export function nameOf({ subject, detail }: Pick<AuditRecord, "subject" | "detail">): string {
  const words = say();
  const { kind, name } = subjectOf(subject);
  const told = textOf(sideOf(detail, "after")["name"]) ?? textOf(sideOf(detail, "before")["name"]);
  const said = textOf(detail["name"]);
  switch (kind) {
    case "article": {
      const title = titles.value.get(name);
      return title ? words.audit.quoted(title) : words.audit.aStory;
    }
    case "section":
      return words.audit.quoted(told ?? sectionNames.value.get(name) ?? name);
    case "author":
      return told ?? authorNames.value.get(name) ?? name;
    case "tag":
      return words.audit.quoted(told ?? tagNames.value.get(name) ?? name);
    case "key":
      return words.audit.quoted(said ?? told ?? words.audit.aKey);
    case "person":
      return said ?? told ?? words.audit.somebody;
    case "media":
      return said ? words.audit.quoted(said) : words.audit.aPicture;
    case "path":
      return name;
    default:
      return wholeOf(kind) ?? subject;
  }
}

/** What of the paper as a whole is called as a room is. */
function wholeOf(kind: string): string | null {
  const { rooms } = say();
  const known: Record<string, string> = {
    settings: rooms.settings,
    front: rooms.front,
    edge: rooms.health,
    articles: rooms.stories,
  };
  return known[kind] ?? null;
}

/** Whoever acted. */
export function actorNameOf({ actor, actorName }: Pick<AuditRecord, "actor" | "actorName">) {
  const words = say().audit;
  if (actor === "cron") return words.cron;
  return actor === "root" ? words.root : actorName;
}

/** Where at the desk a kind of thing is, and the right that opens it. */
const PLACES: Record<string, { right: RightName; path: (name: string) => string }> = {
  article: { right: "see the newsroom", path: (id) => `story/${id}` },
  section: { right: "see the newsroom", path: () => "sections" },
  author: { right: "see the newsroom", path: () => "authors" },
  tag: { right: "see the newsroom", path: () => "tags" },
  media: { right: "see the newsroom", path: () => "pictures" },
  path: { right: "see the newsroom", path: () => "redirects" },
  settings: { right: "change the settings", path: () => "settings" },
  front: { right: "see the front page's placement", path: () => "front" },
  edge: { right: "see what the edge is to be told", path: () => "health" },
  key: { right: "hand out keys", path: () => "people/keys" },
  person: { right: "manage people", path: (id) => `people/${id}` },
};

/** Where at the desk a subject is; null where it is nowhere, or not for who is here. */
export function placeOf(subject: string): string | null {
  const { kind, name } = subjectOf(subject);
  const place = PLACES[kind];
  if (!place || !mayI(place.right)) return null;
  // What is known not to be there any more leads nowhere.
  if (kind === "article" && titles.value.get(name) === null) return null;
  return hrefOf(place.path(name));
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
