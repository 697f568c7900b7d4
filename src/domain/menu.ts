import { RESERVED, sectionPath, SLUG } from "./paths.ts";

// The menus of the masthead and the footer: what editors choose, and what readers are given of it.

/** An entry of a menu as it is kept: a section by its id, so that it follows it; or an address. A label of null is the section's name. */
export type MenuEntry = { section: string; label: string | null } | { href: string; label: string };

/** An entry as a page shows it; `section` is the slug of one that it leads to the front of. */
export interface MenuLink {
  href: string;
  label: string;
  section: string | null;
}

/** A page that an address of a menu led to when it was written, or leads to: where it is now. */
export interface LinkedPage {
  href: string;
  path: string;
}

/**
 * What readers are given of a menu: of sections those that they see, of pages those that are live, where they are now. Nobody can
 * tell a page that is not live from one that was never written.
 */
export function linksOf(
  menu: MenuEntry[],
  { sections, pages }: { sections: SectionOfMenu[]; pages: LinkedPage[] },
): MenuLink[] {
  const ids = new Map(sections.map((section) => [section.id, section]));
  const paths = new Map(pages.map(({ href, path }) => [href, path]));
  return menu.flatMap((entry): MenuLink[] => {
    if ("section" in entry) {
      const section = ids.get(entry.section);
      return section ? [{ ...linkOf(section), label: entry.label ?? section.name }] : [];
    }
    const { href, label } = entry;
    const path = mayBePage(href) ? paths.get(href) : href;
    return path === undefined ? [] : [{ href: path, label, section: null }];
  });
}

/** A section as menus name it. */
export interface SectionOfMenu {
  id: string;
  slug: string;
  name: string;
}

/** The link to a section's front. */
export function linkOf({ slug, name }: Pick<SectionOfMenu, "slug" | "name">): MenuLink {
  return { href: sectionPath(slug), label: name, section: slug };
}

/** Tells whether only a page that is no story, or a section, can be at an address: it has one segment that is none of the site's own. */
export function mayBePage(href: string): boolean {
  const slug = href.slice(1);
  return href.startsWith("/") && SLUG.test(slug) && !RESERVED.has(slug);
}
