import type { AuditRecord } from "../contract.ts";
import { say, type Words } from "../words/words.ts";

// What was done, as a sentence: the audit knows acts by the names that the code gives them.

type Sentence = keyof Words["audit"]["acts"];
type Detail = Record<string, unknown>;

/** What a record is about: a kind of thing, and which; of the paper as a whole only the kind. */
export function subjectOf(subject: string): { kind: string; name: string } {
  const at = subject.indexOf(":");
  return at < 0
    ? { kind: subject, name: "" }
    : { kind: subject.slice(0, at), name: subject.slice(at + 1) };
}

/** One side of what a record says was changed. */
export function sideOf(detail: Detail, side: "before" | "after"): Detail {
  const value = detail[side];
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Detail)
    : {};
}

/** The sentence for a record; null for an act that the desk does not know yet. */
export function sentenceOf({ act, subject, detail }: AuditRecord): string | null {
  const { acts } = say().audit;
  const { kind } = subjectOf(subject);
  const plain = `${kind} ${act}`;
  const more = VARIANTS[plain]?.({ detail, after: sideOf(detail, "after") }) ?? "";
  const name = more === "" ? plain : `${plain} ${more}`;
  return isKnown(name) ? acts[name] : null;
}

function isKnown(name: string): name is Sentence {
  return Object.hasOwn(say().audit.acts, name);
}

/** Acts that are told otherwise by what they did. */
const VARIANTS: Record<string, (told: { detail: Detail; after: Detail }) => string> = {
  "article schedule": ({ after }) => (typeof after["scheduledFor"] === "string" ? "for" : ""),
  "article assign": ({ after }) => (typeof after["assignee"] === "string" ? "" : "nobody"),
  "settings change": ({ after }) => (Object.keys(after).join() === "theme" ? "theme" : ""),
  "media upload": ({ detail }) => (detail["chart"] === undefined ? "" : "still"),
  "path redirect": ({ after }) =>
    typeof after["target"] === "string" ? "" : after["kind"] === "gone" ? "gone" : "change",
  "edge purge": ({ detail }) => (detail["everything"] === true ? "everything" : ""),
  "front schedule": ({ after }) => (scheduledIn(after) === null ? "" : "for"),
  "person sign out": ({ detail }) => (detail["name"] === undefined ? "" : "everywhere"),
};

/** When a record says that something goes out; null where it says nothing of it. */
export function scheduledIn(after: Detail): string | null {
  const own = after["scheduledFor"];
  if (typeof own === "string") return own;
  const coming = after["scheduled"];
  if (typeof coming !== "object" || coming === null) return null;
  const at = Reflect.get(coming, "scheduledFor");
  return typeof at === "string" ? at : null;
}
