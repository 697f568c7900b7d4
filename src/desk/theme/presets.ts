import type { Theme } from "../../domain/theme.ts";

/** Colours to begin with, all of them readable by day and by night. */
export const PRESETS = {
  ivory: { light: { paper: "#fbf8f1", ink: "#1d1a16", accent: "#8a1c1c" } },
  salmon: { light: { paper: "#fff1e5", ink: "#33302e", accent: "#0d6070" } },
  harbour: { light: { paper: "#fbfcfb", ink: "#101a1c", accent: "#00616b" } },
  forest: { light: { paper: "#fafaf5", ink: "#171c17", accent: "#25603b" } },
  velvet: {
    light: { paper: "#ffffff", ink: "#0d0d0d", accent: "#c4003c" },
    dark: { paper: "#0d0b0c", ink: "#f4efef", accent: "#ff6a8e" },
  },
  night: { light: { paper: "#14161a", ink: "#e8e6e1", accent: "#f2b84b" } },
} as const satisfies Record<string, Theme["colours"]>;
export type Preset = keyof typeof PRESETS;
