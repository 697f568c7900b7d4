// Promises: one Worker among many notices that the version has changed.
// Relies on: the platform naming each version (https://developers.cloudflare.com/workers/runtime-apis/bindings/version-metadata/).
// Does not: purge.

import { guarded, sql, sqlNote, type Read, type Note } from "./batch.d1.ts";

/** Which version served last and since when, and when the cron last ran, in epoch milliseconds. */
export interface Deployment {
  version: string | null;
  since: number | null;
  tickedAt: number | null;
}

export function deploymentQuery(): Read<Deployment> {
  return sql<Deployment>`select version, since, ticked_at as tickedAt from deployment`;
}

/** Records the version that serves now; lost when another has done so. */
export function writeVersion(seen: string | null, version: string, now: number): Note {
  return guarded(
    sqlNote`update deployment set version = ${version}, since = ${now} where version is ${seen}`,
    "version",
  );
}

/** Records that the cron ran. */
export function writeTick(now: number): Note {
  return sqlNote`update deployment set ticked_at = ${now}`;
}
