import { monthOf, nextMonth, startOfMonth } from "../../domain/calendar.ts";
import { originalPath, pictureAt, type Picture } from "../../domain/media.ts";
import { granted, invalid, type Outcome } from "../../domain/problem.ts";
import type { Logo, Settings } from "../../domain/settings.ts";
import { pictureQuery, writeShown } from "../../store/media.d1.ts";
import {
  datelineRangeQuery,
  editionQuery,
  readSettings,
  settingsQuery,
  writeMonths,
  writeSettings,
} from "../../store/paper.d1.ts";
import type { Write } from "../../store/batch.d1.ts";
import { act, type Acted } from "../act.ts";
import type { CommandContext } from "../context.ts";
import { noPicture } from "../articles/pictures.ts";
import type { Input } from "../input.ts";
import type { SettingsPatch } from "./schema.ts";

// What an editor sets of the paper as a whole: its settings.

/** Reads the settings, with defaults where nobody has set one. */
export async function readPaper(context: CommandContext): Promise<Settings> {
  const [rows] = await context.store.db.read(settingsQuery());
  return readSettings(rows);
}

/** Changes the given settings and leaves the others. A new time zone moves stories at a month's edge to their month. */
export function changeSettings(
  context: CommandContext,
  { fields, issues }: Input<SettingsPatch>,
): Promise<Acted<Settings>> {
  return act(context, async () => {
    if (issues.length > 0) return invalid(issues);
    const [[edition], rows, [range], [picture]] = await context.store.db.read(
      editionQuery(),
      settingsQuery(),
      datelineRangeQuery(),
      pictureQuery(pictureAt(fields.logo?.src ?? "")?.hash ?? ""),
    );
    const logo = logoOf(fields.logo, picture);
    if (!logo.ok) return logo;
    const sent = withoutUndefined({ ...fields, logo: logo.value });
    const before = readSettings(rows);
    const set = new Set(rows.map(({ name }) => name));
    const entries = Object.entries(sent) as [keyof Settings, unknown][];
    const changed = entries.filter(([name, value]) => !set.has(name) || !same(before[name], value));
    const after = { ...before, ...Object.fromEntries(changed) };
    if (changed.length === 0) return granted({ result: before });

    const writes: Write[] = [writeSettings(Object.fromEntries(changed))];
    if (picture) writes.push(writeShown(picture.hash));
    if (after.timeZone !== before.timeZone && range?.oldest != null && range.newest != null) {
      writes.push(writeMonths(monthsBetween(range.oldest, range.newest, after.timeZone)));
    }
    const was = Object.fromEntries(changed.map(([name]) => [name, before[name]]));
    const detail = { before: was, after: Object.fromEntries(changed) };
    const audit = [{ act: "change", subject: "settings", detail }];
    return granted({
      result: after,
      change: same(before, after)
        ? { kind: "private", writes, audit }
        : {
            kind: "public",
            writes,
            shows: { settings: { logos: logosOf(before, after) } },
            takesAway: before.logo !== null && before.logo?.src !== after.logo?.src,
            seenAt: ["/"],
            edition: edition?.n ?? 0,
            audit,
            // Stories without a language of their own are found by the stems of the site's.
            ...(after.language === before.language ? {} : { reindex: [{ all: true }] }),
          },
    });
  });
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
function logosOf(before: Settings, after: Settings): string[] {
  if (before.logo?.src === after.logo?.src) return [];
  return [before, after].flatMap(({ logo }) => pictureAt(logo?.src ?? "")?.hash ?? []);
}

/** The fields that were sent. */
function withoutUndefined(fields: {
  [Name in keyof Settings]?: Settings[Name] | undefined;
}): Partial<Settings> {
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
