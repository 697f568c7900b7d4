// Promises: the settings and the edition of the paper, each read and written whole.
// Relies on: one row for the edition, and one row a setting, its value in JSON.
// Does not: know what a setting means.

import {
  DEFAULT_FILE_SETTINGS,
  DEFAULT_SETTINGS,
  isFileSetting,
  type FileSettings,
  type PaperSettings,
  type Settings,
} from "../domain/settings.ts";
import { guarded, sql, sqlWrite, type Read, type Write } from "./batch.d1.ts";
import { refileMonths } from "./months.d1.ts";

export interface SettingRow {
  name: string;
  value: string;
}

/** Settings from their rows, with DEFAULT_SETTINGS for those that were never set. */
export function readSettings(rows: SettingRow[]): Settings {
  return { ...DEFAULT_SETTINGS, ...valuesOf(rows.filter(({ name }) => !isFileSetting(name))) };
}

/** The same of settings that files of their own are made of. */
export function readFileSettings(rows: SettingRow[]): FileSettings {
  return { ...DEFAULT_FILE_SETTINGS, ...valuesOf(rows.filter(({ name }) => isFileSetting(name))) };
}

/** Both. */
export function readPaperSettings(rows: SettingRow[]): PaperSettings {
  return { ...readSettings(rows), ...readFileSettings(rows) };
}

function valuesOf(rows: SettingRow[]): Record<string, unknown> {
  return Object.fromEntries(rows.map(({ name, value }) => [name, JSON.parse(value) as unknown]));
}

export function fileSettingsQuery(): Read<SettingRow> {
  return sql<SettingRow>`select name, value from published_files`;
}

export function settingsQuery(): Read<SettingRow> {
  return sql<SettingRow>`select name, value from settings`;
}

/** Writes settings. What no page shows is not public: each page would be read with it. */
export function writeSettings(settings: Partial<PaperSettings>): Write {
  const rows = Object.entries(settings).map(([name, value]) => ({
    name,
    value: JSON.stringify(value),
    public: isFileSetting(name) ? 0 : 1,
  }));
  return sqlWrite`
    insert into settings (name, value, public)
    select value ->> 'name', value ->> 'value', value ->> 'public' from json_each(${JSON.stringify(rows)}) where true
    on conflict (name) do update set value = excluded.value`;
}

/** The oldest and newest publication times, in epoch ms; null when nothing is published. */
export function datelineRangeQuery(): Read<{ oldest: number | null; newest: number | null }> {
  return sql<{ oldest: number | null; newest: number | null }>`
    select (select published_at from live order by place limit 1) as oldest,
      (select published_at from live order by place desc limit 1) as newest`;
}

/** Puts every live story into its month again, after the time zone changed. `months` are starts in ms, ascending. */
export function writeMonths(months: { month: string; start: number }[], now: number): Write[] {
  return [
    sqlWrite`
      update live set month = (
        select value ->> 'month' from json_each(${JSON.stringify(months)})
        where value ->> 'start' <= live.published_at order by value ->> 'start' desc limit 1)`,
    ...refileMonths(now),
  ];
}

export function editionQuery(): Read<{ n: number }> {
  return sql<{ n: number }>`select n from edition`;
}

/** Moves the edition from the value the act read; lost when another public act came first. */
export function moveEdition(seen: number): Write {
  return guarded(sqlWrite`update edition set n = n + 1 where n = ${seen}`, "edition");
}
