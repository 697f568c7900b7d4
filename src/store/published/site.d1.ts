// Promises: one round trip a page, however many queries; what a page that is not there depends on is told with it.
// Relies on: the settings and sections that readers may see, and on addresses.d1.ts for where a path leads.
// Does not: know any kind of page.

import type { Named, Site } from "../../domain/published.ts";
import type { Trail } from "../../purge/tags.ts";
import { sql, type Database, type Read } from "../batch.d1.ts";
import { readSettings, type SettingRow } from "../paper.d1.ts";
import { addressQuery, destination, type Address, type AddressRow } from "./addresses.d1.ts";

/** What a path is: a page, or none; then where it leads, if anywhere, and what was looked up to find out. */
export type Visit<T> = { site: Site; found: T } | Absence;

export interface Absence {
  site: Site;
  found: null;
  address: Address | null;
  trail: Trail;
}

/** What every page's round trip finds beside the page. */
export interface Surroundings {
  site: Site;
  path: string;
  addresses: AddressRow[];
}

export interface SiteReader {
  /** Asks for a page and, in the same round trip, for what surrounds it. */
  visit<Queries extends Read[]>(
    path: string,
    ...queries: Queries
  ): Promise<{ surroundings: Surroundings; rows: RowsOf<Queries> }>;
  /** The page, or what became of its path. */
  settle<T>(surroundings: Surroundings, found: T | null): Promise<Visit<T>>;
  /** Where a path leads that is no page. */
  lead(surroundings: Surroundings): Promise<Absence>;
}

type RowsOf<Queries extends Read[]> = {
  [K in keyof Queries]: Queries[K] extends Read<infer Row> ? Row[] : never;
};

/** Opens the site; `origin` is its scheme and host. */
export function openSite(db: Database, origin: string): SiteReader {
  async function lead({ site, path, addresses }: Surroundings): Promise<Absence> {
    return { site, found: null, ...(await destination(db, path, addresses)) };
  }

  return {
    async visit<Queries extends Read[]>(path: string, ...queries: Queries) {
      const [settings, sections, addresses, ...rows] = await db.read(
        sql<SettingRow>`select name, value from public_settings`,
        sql<Named>`select slug, name from published_sections order by position, slug`,
        addressQuery(path),
        ...queries,
      );
      const site: Site = { origin, settings: readSettings(settings), sections };
      return { surroundings: { site, path, addresses }, rows: rows as RowsOf<Queries> };
    },

    settle: async (surroundings, found) =>
      found === null ? lead(surroundings) : { site: surroundings.site, found },

    lead,
  };
}
