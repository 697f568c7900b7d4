import { monthOf, nextMonth, startOfMonth } from "../../domain/calendar.ts";
import { originalPath, pictureAt, type Picture } from "../../domain/media.ts";
import type { SectionOfMenu } from "../../domain/menu.ts";
import { granted, invalid, type Issue, type Outcome } from "../../domain/problem.ts";
import {
  FILE_PATHS,
  isFileSetting,
  type Logo,
  type PaperSettings,
  type Settings,
} from "../../domain/settings.ts";
import { pictureQuery, writeShown } from "../../store/media.d1.ts";
import {
  datelineRangeQuery,
  editionQuery,
  readPaperSettings,
  settingsQuery,
  writeMonths,
  writeSettings,
} from "../../store/paper.d1.ts";
import type { Write } from "../../store/batch.d1.ts";
import { sectionsOfMenusQuery } from "../../store/directory.d1.ts";
import { act, type Acted } from "../act.ts";
import type { PublicChange } from "../change.ts";
import type { CommandContext } from "../context.ts";
import { noPicture } from "../articles/pictures.ts";
import type { Input } from "../input.ts";
import { keptMenu, shownSettings, type ShownSettings } from "./menus.ts";
import type { SettingsPatch } from "./schema.ts";

// What an editor sets of the paper as a whole: its settings.

/** Reads the settings, with defaults where nobody has set one. */
export async function readPaper(context: CommandContext): Promise<ShownSettings> {
  const [rows, sections] = await context.store.db.read(settingsQuery(), sectionsOfMenusQuery());
  return shownSettings(readPaperSettings(rows), sections);
}

/** Changes the given settings and leaves the others. A new time zone moves stories at a month's edge to their month. */
export function changeSettings(
  context: CommandContext,
  { fields, issues }: Input<SettingsPatch>,
): Promise<Acted<ShownSettings>> {
  return act(context, async (now) => {
    if (issues.length > 0) return invalid(issues);
    const [[edition], rows, [range], [picture], sections] = await context.store.db.read(
      editionQuery(),
      settingsQuery(),
      datelineRangeQuery(),
      pictureQuery(pictureAt(fields.logo?.src ?? "")?.hash ?? ""),
      sectionsOfMenusQuery(),
    );
    const menus = menusOf(fields, sections);
    if (!menus.ok) return menus;
    const logo = logoOf(fields.logo, picture);
    if (!logo.ok) return logo;
    const { menu: _, footer: __, ...others } = fields;
    const sent = withoutUndefined({ ...others, logo: logo.value, ...menus.value });
    const before = readPaperSettings(rows);
    const set = new Set(rows.map(({ name }) => name));
    const entries = Object.entries(sent) as [keyof PaperSettings, unknown][];
    const changed = entries.filter(([name, value]) => !set.has(name) || !same(before[name], value));
    const after = { ...before, ...Object.fromEntries(changed) };
    if (changed.length === 0) return granted({ result: shownSettings(before, sections) });
    const { security } = Object.fromEntries(changed) as Partial<PaperSettings>;
    if (security && Date.parse(security.expires) <= now) return invalid([isOver(security.expires)]);

    const writes: Write[] = [writeSettings(Object.fromEntries(changed))];
    if (picture) writes.push(writeShown(picture.hash));
    if (after.timeZone !== before.timeZone && range?.oldest != null && range.newest != null) {
      writes.push(...writeMonths(monthsBetween(range.oldest, range.newest, after.timeZone), now));
    }
    const was = Object.fromEntries(changed.map(([name]) => [name, before[name]]));
    const detail = { before: was, after: Object.fromEntries(changed) };
    const audit = [{ act: "change", subject: "settings", detail }];
    return granted({
      result: shownSettings(after, sections),
      change: same(before, after)
        ? { kind: "private", writes, audit }
        : {
            kind: "public",
            writes,
            ...seenOf(before, after),
            takesAway: before.logo !== null && before.logo?.src !== after.logo?.src,
            edition: edition?.n ?? 0,
            audit,
            // Stories without a language of their own are found by the stems of the site's.
            ...(after.language === before.language ? {} : { reindex: [{ all: true }] }),
          },
    });
  });
}

/** What readers see otherwise, and where: settings that no page shows are seen in their files alone. */
function seenOf(
  before: PaperSettings,
  after: PaperSettings,
): Pick<PublicChange, "shows" | "seenAt"> {
  const names = (Object.keys(after) as (keyof PaperSettings)[]).filter(
    (name) => !same(before[name], after[name]),
  );
  const files = [
    ...new Set(names.filter((name) => isFileSetting(name)).map((name) => FILE_PATHS[name])),
  ];
  const isWide = names.some((name) => !isFileSetting(name));
  return {
    shows: {
      ...(files.length > 0 && { files }),
      ...(isWide && { settings: { logos: logosOf(before, after) } }),
    },
    seenAt: [...(isWide ? ["/"] : []), ...files],
  };
}

function isOver(expires: string): Issue {
  return {
    path: "security.expires",
    message: `must be in the future, got ${expires}: who finds a hole is told not to rely on the rest after it.`,
  };
}

type Menus = Pick<Settings, "menu" | "footer">;

/** The menus with the ids of their sections, which must be there; none that was not sent. */
function menusOf(
  fields: Partial<SettingsPatch>,
  sections: SectionOfMenu[],
): Outcome<Partial<Menus>> {
  const issues: Issue[] = [];
  const kept: Partial<Menus> = {};
  for (const at of ["menu", "footer"] as const) {
    const sent = fields[at];
    if (sent !== undefined) kept[at] = sent && keptMenu(sent, sections, { at, issues });
  }
  return issues.length > 0 ? invalid(issues) : granted(kept);
}

/** The logo with the size of its picture, which must be in the library; undefined when none was sent. */
function logoOf(
  sent: SettingsPatch["logo"],
  row: Pick<Picture, "hash" | "name" | "width" | "height" | "removedAt"> | undefined,
): Outcome<Logo | null | undefined> {
  if (!sent) return granted(sent);
  if (row && row.removedAt === null) {
    const { hash, name, width, height } = row;
    return granted({ src: originalPath(hash, name), width, height });
  }
  return invalid([{ path: "logo.src", message: noPicture(sent.src) }]);
}

/** The pictures that were and are the paper's sign, when it is another now. */
function logosOf(before: PaperSettings, after: PaperSettings): string[] {
  if (before.logo?.src === after.logo?.src) return [];
  return [before, after].flatMap(({ logo }) => pictureAt(logo?.src ?? "")?.hash ?? []);
}

/** The fields that were sent. */
function withoutUndefined(fields: {
  [Name in keyof PaperSettings]?: PaperSettings[Name] | undefined;
}): Partial<PaperSettings> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** Both come from the same schema, so the same value is the same JSON. */
function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function monthsBetween(
  oldest: number,
  newest: number,
  timeZone: string,
): { month: string; start: number }[] {
  const months: { month: string; start: number }[] = [];
  const last = monthOf(newest, timeZone);
  for (let month = monthOf(oldest, timeZone); month <= last; month = nextMonth(month)) {
    months.push({ month, start: startOfMonth(month, timeZone) });
  }
  return months;
}
