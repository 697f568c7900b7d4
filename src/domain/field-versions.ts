// What changed of a story or of the front page since an editor read it, so that a 412 can name it.

/** By which version each field of something changed last; `*` stands for before anybody noted it. */
export type FieldVersions = Record<string, number>;

/** By which versions fields changed last, once a write of the next version changed these. What was written untold before is unknown. */
export function laterVersions(before: Versioned, changed: string[]): FieldVersions {
  const version = before.version + 1;
  const known = isToldOf(before) ? before.fieldVersions : { "*": before.version };
  return { ...known, ...Object.fromEntries(changed.map((field) => [field, version])) };
}

/** Whether the newest version told of a field. One that did not may be a write of a Worker that knows of none. */
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
