// Promises: readers get a Reader and nothing else; editors get the Store.
// Relies on: the bindings and variables of wrangler.toml, checked here and named here only.
// Does not: authenticate.

import { healthReport, type Health, type HealthReport } from "../domain/health.ts";
import { openDatabase, type Cost, type Database } from "./batch.d1.ts";
import { openCopies, type Copies } from "./copies.kv.ts";
import { openPictures, type Pictures } from "./media.r2.ts";
import { deploymentQuery } from "./deployment.d1.ts";
import { backlogQuery } from "./outbox.d1.ts";
import { anyTextQuery } from "./words.d1.ts";
import { createReader, type Reader } from "./published/reader.d1.ts";

/** What the Worker is given: wrangler.toml's bindings, and what only a developer's machine has. */
export interface Bindings extends Omit<
  Cloudflare.Env,
  | "ROOT_KEY"
  | "SITE_ORIGIN"
  | "EDGE"
  | "IMAGES"
  | "COPIES"
  | "COPIES_A_DAY"
  | "FLOOD"
  | "SIGN_IN"
  | "SEARCH"
> {
  /** Absent where an account has no Images: pictures are shown as they were uploaded. */
  IMAGES?: ImagesBinding;
  /** Absent where an account has no KV: then there are no last good copies for when the database is away. */
  COPIES?: KVNamespace;
  /** The search index; absent where none is bound: then /search says that nothing can be found. */
  SEARCH?: D1Database;
  /** How many copies may be written on a day, in digits. */
  COPIES_A_DAY?: string;
  /** The rate limit; absent where none is bound: then no client is refused. */
  FLOOD?: RateLimit;
  /** The same for tries to sign in. */
  SIGN_IN?: RateLimit;
  SITE_ORIGIN: string;
  ROOT_KEY?: string;
  EDGE: string;
}

/** What the editors' door works on. */
export interface Store {
  db: Database;
  pictures: Pictures;
  copies: Copies;
  /** The search index, or null without one. */
  search: Database | null;
  /** Scheme and host of the site, without a trailing slash. */
  origin: string;
  /** The first admin key, or null when the secret is missing. */
  rootKey: string | null;
  /** How the paper is; asks every store. */
  health(now: number): Promise<HealthReport>;
}

/** Opens what readers may see. */
export function openReader(env: Bindings): Reader {
  const db = openDatabase(env.DB);
  const setup = { origin: openOrigin(env), drawsPictures: env.IMAGES !== undefined };
  const pictures = () => openPictures(env.MEDIA, env.IMAGES);
  return createReader(db, setup, pictures, openIndex(env, db.cost));
}

/** Opens the search index; what is asked of it counts as asked of the other database. */
function openIndex({ SEARCH }: Bindings, cost: Cost): Database | null {
  return SEARCH ? openDatabase(SEARCH, cost) : null;
}

/** The version that served last; null before the first. */
export async function findVersion(env: Bindings): Promise<string | null> {
  const [[seen]] = await openDatabase(env.DB).read(deploymentQuery());
  return seen?.version ?? null;
}

/** Opens what editors may change. */
export function openEditor(env: Bindings): Store {
  const db = openDatabase(env.DB);
  return {
    db,
    search: openIndex(env, db.cost),
    pictures: openPictures(env.MEDIA, env.IMAGES),
    copies: openCopies(env.COPIES, copiesADay(env)),
    origin: openOrigin(env),
    rootKey: env.ROOT_KEY || null,
    async health(now) {
      return healthReport(await openHealth(env, now, db.cost), { now, version: openBuild(env) });
    },
  };
}

/** Opens the last good copies, which readers get while the database is away. */
export function openCopiesOf(env: Bindings): Pick<Copies, "find"> {
  return openCopies(env.COPIES, copiesADay(env));
}

/** What KV's free plan leaves room for, beside the copies of what is gone (1,000 writes a day). */
const COPIES_A_DAY = 800;

function copiesADay({ COPIES_A_DAY: set }: Bindings): number {
  if (set === undefined || set === "") return COPIES_A_DAY;
  if (!/^\d{1,7}$/.test(set))
    throw new Error(
      `COPIES_A_DAY must be how many copies may be written on a day, like "800"; got "${set}". Set it under [vars] in wrangler.toml.`,
    );
  return Number(set);
}

/** Counts the misses, or the searches, of one client; false once there are too many. Without the rate limit's binding, always true. */
export function openFlood({ FLOOD }: Bindings, client: string): Promise<boolean> {
  return countIn(FLOOD, client);
}

/** Counts a try to sign in; false once these are too many. */
export function openTries({ SIGN_IN }: Bindings, of: string): Promise<boolean> {
  return countIn(SIGN_IN, of);
}

async function countIn(limit: RateLimit | undefined, key: string): Promise<boolean> {
  try {
    return limit ? (await limit.limit({ key })).success : true;
  } catch (error) {
    console.error(JSON.stringify({ event: "flood not counted", error: String(error) }));
    return true;
  }
}

/** The name of this build: part of every ETag, since another build may render the same rows otherwise. */
export function openBuild(env: Bindings): string {
  return env.CF_VERSION_METADATA.id;
}

/** Which cache stands in front of the Worker: the platform's own, or on a developer's machine the stand-in. */
export function openEdge({ EDGE }: Bindings): "platform" | "stand-in" {
  if (EDGE === "platform" || EDGE === "stand-in") return EDGE;
  throw new Error(
    `EDGE must be "platform" or "stand-in", got "${EDGE}". It stands under [vars] in wrangler.toml, and in .dev.vars on a developer's machine.`,
  );
}

/** The site's scheme and host, without a trailing slash; throws when SITE_ORIGIN is none. */
export function openOrigin(env: Bindings): string {
  const origin = URL.canParse(env.SITE_ORIGIN) ? new URL(env.SITE_ORIGIN) : null;
  if (!origin || !/^https?:$/.test(origin.protocol) || origin.pathname !== "/") {
    throw new Error(
      `SITE_ORIGIN must be the site's scheme and host, like "https://paper.example"; got "${env.SITE_ORIGIN}". Set it under [vars] in wrangler.toml.`,
    );
  }
  return origin.origin;
}

/** Asks every store once; one that is not bound is not missed. */
export async function openHealth(env: Bindings, now: number, cost?: Cost): Promise<Health> {
  const db = openDatabase(env.DB, cost);
  const index = openIndex(env, db.cost);
  const [d1, kv, r2, search] = await Promise.all([
    whenThere("d1", async () => {
      const [[backlog], [deployment]] = await db.read(backlogQuery(now), deploymentQuery());
      return {
        pending: backlog?.pending ?? 0,
        dueSince: backlog?.dueSince ?? null,
        tickedAt: deployment?.tickedAt ?? null,
        since: deployment?.since ?? null,
      };
    }),
    whenThere("kv", async () => (await env.COPIES?.get("healthz"), true)),
    whenThere("r2", async () => (await env.MEDIA.head("healthz"), true)),
    whenThere("search", async () => (index && (await index.read(anyTextQuery())), true)),
  ]);
  return { d1, kv: kv ?? false, r2: r2 ?? false, search: search ?? false };
}

async function whenThere<T>(store: string, query: () => Promise<T>): Promise<T | null> {
  try {
    return await query();
  } catch (error) {
    console.error(JSON.stringify({ event: "store away", store, error: String(error) }));
    return null;
  }
}
