// Promises: one round trip a page, however many queries; what a page that is not there depends on is told with it.
// Relies on: the settings and sections that readers may see, and on addresses.d1.ts for where a path leads.
// Does not: know any kind of page.

import { linkOf, linksOf, type LinkedPage, type SectionOfMenu } from "../../domain/menu.ts";
import type { Site } from "../../domain/published.ts";
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

/** What every page shows around its own content: the settings, the sections that readers see, and the live pages that menus name. */
export function siteQueries() {
  return [
    sql<SettingRow>`select name, value from public_settings`,
    sql<SectionOfMenu>`select id, slug, name from published_sections order by position, slug`,
    // A page is followed to where it is now, also where a redirect stands on its former path.
    sql<LinkedPage>`
      select distinct p.path as href, g.path
      from public_settings s cross join json_each(s.value) t
      cross join paths p on p.path = t.value ->> 'href' cross join published_page_places g on g.id = p.article_id
      where s.name in ('menu', 'footer')`,
  ] as const;
}

/** The site of what these found, as this Worker is set up. */
export function siteOf(
  setup: Pick<Site, "origin" | "drawsPictures">,
  [settingRows, sections, pages]: [SettingRow[], SectionOfMenu[], LinkedPage[]],
): Site {
  const settings = readSettings(settingRows);
  const { menu, footer } = settings;
  const found = { sections, pages };
  return {
    ...setup,
    settings,
    sections: sections.map(({ slug, name }) => ({ slug, name })),
    menu: menu ? linksOf(menu, found) : sections.map(linkOf),
    footer: footer && linksOf(footer, found),
  };
}

/** Opens the site, as this Worker is set up. */
export function openSite(db: Database, setup: Pick<Site, "origin" | "drawsPictures">): SiteReader {
  async function lead({ site, path, addresses }: Surroundings): Promise<Absence> {
    return { site, found: null, ...(await destination(db, path, addresses)) };
  }

  return {
    async visit<Queries extends Read[]>(path: string, ...queries: Queries) {
      const [settings, sections, linked, addresses, ...rows] = await db.read(
        ...siteQueries(),
        addressQuery(path),
        ...queries,
      );
      const site = siteOf(setup, [settings, sections, linked]);
      return { surroundings: { site, path, addresses }, rows: rows as RowsOf<Queries> };
    },

    settle: async (surroundings, found) =>
      found === null ? lead(surroundings) : { site: surroundings.site, found },

    lead,
  };
}
