// Promises: readers get a Reader and nothing else; editors get the Store.
// Relies on: the bindings and variables of wrangler.toml, checked here and named here only.
// Does not: authenticate.

import { openDatabase, type Database } from "./batch.d1.ts";
import { openPictures, type Pictures } from "./media.r2.ts";
import { createReader, type Reader } from "./published.d1.ts";

/** What the Worker is given: wrangler.toml's bindings, and what only a developer's machine has. */
export interface Bindings extends Omit<
  Cloudflare.Env,
  "ROOT_KEY" | "SITE_ORIGIN" | "EDGE" | "IMAGES"
> {
  /** Absent where an account has no Images: pictures are shown as they were uploaded. */
  IMAGES?: ImagesBinding;
  SITE_ORIGIN: string;
  ROOT_KEY?: string;
  EDGE: string;
}

/** What the editors' door works on. */
export interface Store {
  db: Database;
  pictures: Pictures;
  /** Scheme and host of the site, without a trailing slash. */
  origin: string;
  /** The first admin key, or null when the secret is missing. */
  rootKey: string | null;
}

/** Opens what readers may see. */
export function openReader(env: Bindings): Reader {
  const pictures = openPictures(env.MEDIA, env.IMAGES);
  return createReader(openDatabase(env.DB), openOrigin(env), pictures);
}

/** Opens what editors may change. */
export function openEditor(env: Bindings): Store {
  return {
    db: openDatabase(env.DB),
    pictures: openPictures(env.MEDIA, env.IMAGES),
    origin: openOrigin(env),
    rootKey: env.ROOT_KEY || null,
  };
}

/** The name of this build: part of every ETag, since another build may render the same rows otherwise. */
export function openBuild(env: Bindings): string {
  return env.CF_VERSION_METADATA.id;
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
