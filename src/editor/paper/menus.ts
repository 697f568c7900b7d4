import * as z from "zod/mini";
import { mayBePage, type MenuEntry, type SectionOfMenu } from "../../domain/menu.ts";
import type { Issue } from "../../domain/problem.ts";
import type { Settings } from "../../domain/settings.ts";
import { atMost, isWebAddress, line, PRINTABLE, sitePath, slug } from "../fields.ts";

// The menus of the masthead and the footer, as they are sent and received: sections by their slugs.

/** The most entries that each has: a menu is read at a glance, and stands on every page. */
export const MENU_LENGTH = 20;
export const FOOTER_LENGTH = 40;

const LABEL_LENGTH = 60;

const HREF_WANTED =
  "must be a path on this site, like /about, an https URL, or a mailto: address with nothing behind it.";

/** Where a link may lead: nothing that runs, and nothing that a page of ours would not link to in the clear. */
const href = z.string().check(
  atMost(1000),
  z.regex(PRINTABLE, "must not have control characters."),
  z.refine(isLink, {
    error: ({ input }) => `${HREF_WANTED} Got "${String(input).slice(0, 200)}".`,
  }),
);

function isLink(value: string): boolean {
  if (value === "/" || sitePath.safeParse(value).data === value) return true;
  if (/^https:/i.test(value)) return isWebAddress(value);
  return /^mailto:[^\s@?&#<>"'%,;:]+@[^\s@?&#<>"'%,;:/]+$/.test(value);
}

/** A menu as it is sent. */
export function menuOf(longest: number) {
  const entry = z
    .strictObject({
      section: z.optional(slug).check(z.describe("The slug of a section; its link follows it.")),
      href: z.optional(href).check(z.describe(HREF_WANTED)),
      label: z
        .nullish(line(LABEL_LENGTH))
        .check(z.describe("What the link says; of a section its name, if it is left out.")),
    })
    .check(
      z.superRefine((sent, { addIssue }) => {
        const wrong = (path: string, message: string) =>
          addIssue({ code: "custom", path: [path], message });
        if (sent.section === undefined && sent.href === undefined)
          wrong("href", "is missing: an entry leads to a section or to an address.");
        if (sent.section !== undefined && sent.href !== undefined)
          wrong("href", "must not stand beside section: an entry leads to one place.");
        if (sent.href !== undefined && sent.section === undefined && sent.label == null)
          wrong("label", "is missing: only a section has a name of its own.");
      }),
    );
  return z.array(entry).check(z.maxLength(longest, `must be at most ${longest} entries.`));
}

type SentMenu = z.output<ReturnType<typeof menuOf>>;

/** The same as it is received. */
export const shownMenu = z.array(
  z.union([
    z.object({ section: z.string(), label: z.nullable(z.string()) }),
    z.object({ href: z.string(), label: z.string() }),
  ]),
);

/** A menu as it is kept, with the ids of its sections; what is wrong with it goes to `issues`. */
export function keptMenu(
  sent: SentMenu,
  sections: SectionOfMenu[],
  { at, issues }: { at: string; issues: Issue[] },
): MenuEntry[] {
  const bySlug = new Map(sections.map((section) => [section.slug, section]));
  return sent.flatMap(({ section: named, href: to = "", label = null }, index): MenuEntry[] => {
    const found = bySlug.get(named ?? (mayBePage(to) ? to.slice(1) : ""));
    // An address at which a section is follows it, too.
    if (found) return [{ section: found.id, label }];
    if (named === undefined) return [{ href: to, label: label ?? "" }];
    issues.push({
      path: `${at}.${index}.section`,
      message: `There is no section "${named}"; make it first.`,
    });
    return [];
  });
}

type ShownMenu = z.output<typeof shownMenu> | null;
export type ShownSettings = Omit<Settings, "menu" | "footer"> &
  Record<"menu" | "footer", ShownMenu>;

/** The settings as they are received: menus with the slugs of sections, and without those that were deleted. */
export function shownSettings(settings: Settings, sections: SectionOfMenu[]): ShownSettings {
  const slugs = new Map(sections.map(({ id, slug: called }) => [id, called]));
  const shown = (menu: MenuEntry[] | null): ShownMenu =>
    menu &&
    menu.flatMap((entry): NonNullable<ShownMenu> => {
      if (!("section" in entry)) return [entry];
      const section = slugs.get(entry.section);
      return section === undefined ? [] : [{ section, label: entry.label }];
    });
  return { ...settings, menu: shown(settings.menu), footer: shown(settings.footer) };
}
