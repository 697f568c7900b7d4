import type { Palette } from "./ink.ts";

// One palette a section: key, colour, light. Readers know a section's pictures by their inks.

export const HARBOUR: Palette = {
  paper: "#f2ecdc",
  inks: [
    { color: "#16304d", angle: 45, shift: [0, 0] },
    { color: "#d2492a", angle: 75, shift: [3, -2] },
    { color: "#f2b84b", angle: 15, shift: [-2, 3] },
  ],
};

export const WINTER: Palette = {
  paper: "#eef0ea",
  inks: [
    { color: "#14324f", angle: 45, shift: [0, 0] },
    { color: "#cf4a2e", angle: 75, shift: [3, 2] },
    { color: "#7fb2b5", angle: 15, shift: [-3, 2] },
  ],
};

export const TRADE: Palette = {
  paper: "#f4eddc",
  inks: [
    { color: "#262a33", angle: 45, shift: [0, 0] },
    { color: "#d9952a", angle: 75, shift: [-3, 2] },
    { color: "#6fa8a0", angle: 15, shift: [2, 3] },
  ],
};

export const STAGE: Palette = {
  paper: "#f6ecdf",
  inks: [
    { color: "#45193f", angle: 45, shift: [0, 0] },
    { color: "#e8614a", angle: 75, shift: [3, 2] },
    { color: "#f3b64a", angle: 15, shift: [-2, -3] },
  ],
};

export const FIELD: Palette = {
  paper: "#f3efdf",
  inks: [
    { color: "#123d37", angle: 45, shift: [0, 0] },
    { color: "#ee6331", angle: 75, shift: [3, -2] },
    { color: "#8fbf7f", angle: 15, shift: [-2, 2] },
  ],
};

export const RIVER: Palette = {
  paper: "#f3eedd",
  inks: [
    { color: "#173f4a", angle: 45, shift: [0, 0] },
    { color: "#e0733c", angle: 75, shift: [-3, 2] },
    { color: "#8cc0b0", angle: 15, shift: [3, 2] },
  ],
};
