import { computed } from "@preact/signals";
import { api, type Answer, type Trouble } from "../api.ts";
import type { Settings } from "../contract.ts";
import { settings } from "../session.ts";
import { keptSignal } from "./kept.ts";

// What somebody has changed of the settings and not saved yet.

/** The settings of this room; the theme has one of its own. */
export type Name = Exclude<keyof Settings, "theme">;
type Changes = Partial<Pick<Settings, Name>>;

const changes = keptSignal<Changes>("desk.settings");

/** The settings as they are on the screen. */
export const drafted = computed(() => {
  const saved = settings.value;
  return saved && { ...saved, ...changes.value };
});

/** Which of them are not saved. */
export const changedNames = computed(() => {
  const saved = settings.value;
  if (!saved) return [];
  return (Object.keys(changes.value ?? {}) as Name[]).filter(
    (name) => !isSame(sentOf(name, changes.value?.[name]), sentOf(name, saved[name])),
  );
});

export function change(fields: Changes): void {
  changes.value = { ...changes.value, ...fields };
}

export function dropChanges(): void {
  changes.value = null;
}

export type Saved = { ok: true } | { ok: false; trouble: Trouble } | { ok: false; raced: Name[] };

/** Saves what was changed, and nothing else. What somebody else changed of it meanwhile is told instead. */
export async function saveChanges(): Promise<Saved> {
  const names = changedNames.value;
  const before = settings.value;
  const fresh = await api.get<Settings>("/settings");
  if (!fresh.ok) return { ok: false, trouble: fresh.trouble };
  const raced = names.filter((name) => !isSame(before?.[name], fresh.value[name]));
  settings.value = fresh.value;
  if (raced.length > 0) return { ok: false, raced };
  dropEmptyLines();
  const answer = await send(names);
  if (!answer.ok) return { ok: false, trouble: answer.trouble };
  settings.value = answer.value;
  dropChanges();
  return { ok: true };
}

/** What is wrong with a line is told by its place among those that were sent. */
function dropEmptyLines(): void {
  const { social, security } = changes.value ?? {};
  const full = (lines: string[]) => lines.filter((line) => line.trim() !== "");
  if (social) change({ social: full(social) });
  if (security) change({ security: { ...security, contact: full(security.contact) } });
}

function send(names: readonly Name[]): Promise<Answer<Settings>> {
  const sent = names.map((name) => [name, sentOf(name, changes.value?.[name])]);
  return api.patch<Settings>("/settings", Object.fromEntries(sent));
}

/** A setting as the API takes it: what says nothing is null, and a logo is its picture. */
function sentOf(name: Name, value: unknown): unknown {
  if (name === "logo") return value && { src: (value as { src: string }).src };
  if (name === "menu" || name === "footer") return value && (value as object[]).map(entryOf);
  // A paper has these; that they are missing is told beside the field.
  if (name === "title" || name === "language" || name === "timeZone") return value;
  return blankless(value);
}

/** An entry of a menu; a section that has no label has its name. */
function entryOf(entry: object): object {
  const { label, ...to } = entry as { label: string | null };
  return { ...to, label: label?.trim() ? label.trim() : null };
}

function blankless(value: unknown): unknown {
  if (typeof value === "string") return value.trim() === "" ? null : value.trim();
  if (Array.isArray(value)) return value.map(blankless).filter((each) => each !== null);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, blankless(each)]));
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
