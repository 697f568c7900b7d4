import { computed } from "@preact/signals";
import { HEX } from "../../domain/colour.ts";
import type { FaceName } from "../../domain/faces.ts";
import type { FaceRole, Scheme, Theme } from "../../domain/theme.ts";
import { settings } from "../session.ts";
import { keptSignal } from "../settings/kept.ts";

// The look that somebody is choosing, before readers see it.

export const SCHEMES = ["light", "dark"] as const satisfies Scheme[];
export const COLOURS = ["paper", "ink", "accent"] as const;
export type Colour = (typeof COLOURS)[number];
export const ROLES = ["headline", "text", "furniture"] as const satisfies FaceRole[];

/** What was chosen and not saved; null while nothing was. */
const chosen = keptSignal<Theme>("desk.theme");

const saved = computed<Theme>(() => settings.value?.theme ?? {});
/** The theme as the screen shows it. */
export const drafted = computed<Theme>(() => chosen.value ?? saved.value);
export const isChanged = computed(
  () => JSON.stringify(sentOf(drafted.value)) !== JSON.stringify(sentOf(saved.value)),
);

export function change(fields: Theme): void {
  chosen.value = { ...drafted.value, ...fields };
}

/** Chooses a colour; undefined is what the paper has by itself. */
export function changeColour(scheme: Scheme, name: Colour, colour: string | undefined): void {
  const { colours } = drafted.value;
  change({ colours: { ...colours, [scheme]: { ...colours?.[scheme], [name]: colour } } });
}

export function changeFace(role: FaceRole, face: FaceName | undefined): void {
  change({ faces: { ...drafted.value.faces, [role]: face } });
}

export function dropChanges(): void {
  chosen.value = null;
}

/** Everything as in a paper without a theme. */
export function standardise(): void {
  chosen.value = {};
}

/** A theme as the API takes it: without what says nothing, and in one order; null when that is all of it. */
export function sentOf({ colours, faces, masthead, corners }: Theme): Theme | null {
  const palettes = SCHEMES.map((scheme) => [scheme, some(colours?.[scheme], COLOURS)] as const);
  const theme = {
    colours: some(Object.fromEntries(palettes), SCHEMES),
    faces: some(faces, ROLES),
    masthead,
    corners,
  };
  return some(theme, ["colours", "faces", "masthead", "corners"]) ?? null;
}

function some<T extends object>(all: T | undefined, names: readonly (keyof T)[]): T | undefined {
  const full = names.flatMap((name) => {
    const value = all?.[name];
    return value === undefined || value === "" ? [] : [[name, value]];
  });
  return full.length === 0 ? undefined : (Object.fromEntries(full) as T);
}

/** Tells whether everything that was typed as a colour is one. */
export function areColours({ colours }: Theme): boolean {
  return SCHEMES.every((scheme) =>
    COLOURS.every((name) => {
      const colour = colours?.[scheme]?.[name];
      return colour === undefined || colour === "" || HEX.test(colour);
    }),
  );
}
