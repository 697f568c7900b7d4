// Entity tags as RFC 9110 section 8.8.3 writes them, and what happened since one was read.

/**
 * Tells whether an If-Match or If-None-Match header names the tag (given with its quotes, weak or not).
 * Compared weakly (RFC 9110 section 8.8.3.2) even for If-Match: CDNs weaken the tags they pass on.
 */
export function namesTag(header: string, tag: string): boolean {
  if (header.trim() === "*") return true;
  const opaque = opaqueOf(tag);
  return [...header.matchAll(/(?:W\/)?"[^"]*"/g)].some(
    ([candidate]) => opaqueOf(candidate) === opaque,
  );
}

/** Tells whether a header is `*` or a list of entity tags. */
export function isTagList(header: string): boolean {
  return /^\s*(?:\*|(?:W\/)?"[^"]*"(?:\s*,\s*(?:W\/)?"[^"]*")*)\s*$/.test(header);
}

/** By which version each field of something changed last; `*` stands for before anybody noted it. */
export type FieldVersions = Record<string, number>;

/** By which versions fields changed last, once a write of the next version changed these. What was written untold before is unknown. */
export function laterVersions(before: Versioned, changed: string[]): FieldVersions {
  const version = before.version + 1;
  const known = isToldOf(before) ? before.fieldVersions : { "*": before.version };
  return { ...known, ...Object.fromEntries(changed.map((field) => [field, version])) };
}

/** Whether the newest version told of a field. One that did not is of another version of the Worker. */
function isToldOf({ version, fieldVersions }: Versioned): boolean {
  return Math.max(1, ...Object.values(fieldVersions)) === version;
}

interface Versioned {
  version: number;
  fieldVersions: FieldVersions;
}

/**
 * The fields that changed since who sent If-Match read it; null when it names no version that there was, or when some version told
 * of no field. A list means its newest.
 */
export function changedSince(ifMatch: string, there: Versioned): string[] | null {
  const { version, fieldVersions } = there;
  const named = [...ifMatch.matchAll(/"(\d{1,15})"/g)].map(([, n]) => Number(n));
  const read = Math.max(...named.filter((n) => n >= 1 && n <= version));
  const { "*": since = 1, ...known } = fieldVersions;
  if (!Number.isFinite(read) || read < since || !isToldOf(there)) return null;
  return Object.keys(known).filter((field) => (known[field] ?? 0) > read);
}

function opaqueOf(tag: string): string {
  return tag.replace(/^W\//, "");
}
