import { contrast, HEX, isDark, mix, normalHex, readableOn } from "./colour.ts";
import { FACES, type FaceName } from "./faces.ts";
import type { Issue } from "./problem.ts";

// How a paper looks, as far as its editors decide it: colours, faces, masthead, corners. All of it names and numbers of
// ours: no text that anyone typed reaches the stylesheet.

/** How the top of a page is arranged. The stylesheet has a class for each. */
export const MASTHEADS = ["centred", "left", "ruled", "banner"] as const;
type Masthead = (typeof MASTHEADS)[number];

/** What corners pictures have, in CSS. */
export const CORNERS = { square: "0", soft: ".375rem", round: "1rem" } as const;
export type Corners = keyof typeof CORNERS;
export const CORNER_NAMES = Object.keys(CORNERS) as Corners[];

/** The colours that one scheme is made of, as `#rrggbb`; all others are shades of these. */
interface Palette {
  paper: string;
  ink: string;
  accent: string;
}

/** A paper's theme; what it leaves out is as in the stylesheet. */
export interface Theme {
  colours?: { light?: Chosen | undefined; dark?: Chosen | undefined } | undefined;
  faces?: { [Role in FaceRole]?: FaceName | undefined } | undefined;
  masthead?: Masthead | undefined;
  corners?: Corners | undefined;
}

type Chosen = { [Name in keyof Palette]?: string | undefined };

/** By day and by night, as a reader's device has it. */
export type Scheme = "light" | "dark";

/** Where a face is used: headlines, running text, and everything around them. */
export type FaceRole = "headline" | "text" | "furniture";

/** The colours of a paper that has chosen none. */
const LIGHT: Palette = { paper: "#ffffff", ink: "#15171a", accent: "#a8141a" };
const DARK: Palette = { paper: "#121416", ink: "#e6e5e2", accent: "#ff8d80" };

/** What text needs on its ground (https://www.w3.org/TR/WCAG22/#contrast-minimum). */
export const READABLE = 4.5;

/**
 * The custom properties of a theme as a stylesheet, "" when it changes none. The same theme gives the same bytes, since
 * their hash is what the Content-Security-Policy allows.
 */
export function themeCss(theme: Theme | null): string {
  if (!theme) return "";
  const { light, dark } = theme.colours ? palettesOf(theme) : {};
  const always = [
    ...(light ? shades(light, light) : []),
    ...faceProperties(theme),
    ...(theme.corners && Object.hasOwn(CORNERS, theme.corners)
      ? [`--corner:${CORNERS[theme.corners]}`]
      : []),
  ];
  if (always.length === 0) return "";
  const atNight =
    light && dark
      ? `@media (prefers-color-scheme:dark){:root{${shades(dark, light).join(";")}}}`
      : "";
  return `@layer theme{:root{${always.join(";")}}${atNight}}`;
}

/** The colours of the light scheme with their shades: of what is drawn once, by day and by night. */
export function coloursOf(theme: Theme | null): Record<ColourName, string> {
  const { light } = palettesOf(theme ?? {});
  return shadesOf(light, light);
}

/** The colours of both schemes with their shades, as readers see them by day and by night. */
export function schemesOf(theme: Theme | null): Record<Scheme, Record<ColourName, string>> {
  const { light, dark } = palettesOf(theme ?? {});
  return { light: shadesOf(light, light), dark: shadesOf(dark, light) };
}

/** What in a theme could not be read, each with its path: both schemes are checked as they will be seen. */
export function illegible(theme: Theme): Issue[] {
  const palettes = palettesOf(theme);
  return (["light", "dark"] as const).flatMap((scheme) => {
    const { paper, ink, accent } = palettes[scheme];
    const chosen = theme.colours?.[scheme] ?? {};
    const told: Issue[] = [];
    for (const [name, colour] of [["ink", ink] as const, ["accent", accent] as const]) {
      const ratio = contrast(colour, paper);
      if (ratio >= READABLE) continue;
      // Whichever was chosen is to be changed: what was left out is ours, and readable on ours.
      const field = chosen[name] === undefined ? "paper" : name;
      // Rounded down: 4.49 is not 4.5.
      const shown = (Math.floor(ratio * 100) / 100).toFixed(2);
      told.push({
        path: `colours.${scheme}.${field}`,
        message: `The ${name} ${colour} on the paper ${paper} has a contrast of ${shown}:1; text needs at least ${READABLE}:1 (WCAG 2.2, 1.4.3).`,
      });
    }
    return told.filter(
      ({ path }, index) => told.findIndex((other) => other.path === path) === index,
    );
  });
}

/** The colours of a theme as browsers want them around a page: behind its top, by day and by night; and those of its sign. */
export function browserColours(theme: Theme | null): {
  light: string;
  dark: string;
  paper: string;
  accent: string;
} {
  const { light, dark } = palettesOf(theme ?? {});
  const { paper, accent } = light;
  if (theme?.masthead !== "banner") return { light: paper, dark: dark.paper, paper, accent };
  return { light: bannerOf(light, light), dark: bannerOf(dark, light), paper, accent };
}

/** Both schemes whole. What the dark one leaves out is made from the light one; a paper that is dark by day stays as it is. */
function palettesOf({ colours = {} }: Theme): { light: Palette; dark: Palette } {
  const light = { ...LIGHT, ...safe(colours.light) };
  const chosen = safe(colours.dark);
  if (isDark(light.paper, light.ink)) return { light, dark: { ...light, ...chosen } };
  const paper = chosen.paper ?? mix(DARK.paper, light.ink, 0.12);
  const ink = chosen.ink ?? readableOn(paper, mix(DARK.ink, light.paper, 0.25), 11);
  // What was not chosen is made readable; what was chosen is as it is, and refused if it cannot be read.
  const accent =
    chosen.accent ??
    (safe(colours.light).accent === undefined && chosen.paper === undefined
      ? DARK.accent
      : readableOn(paper, light.accent, 6.5));
  return { light, dark: { paper, ink, accent } };
}

/** Only what is a colour: settings are checked when they are saved, and a stylesheet is not the place to trust that. */
function safe(chosen: Chosen = {}): Partial<Palette> {
  const sound = (["paper", "ink", "accent"] as const).flatMap((name) => {
    const colour = chosen[name];
    return typeof colour === "string" && HEX.test(colour) ? [[name, normalHex(colour)]] : [];
  });
  return Object.fromEntries(sound) as Partial<Palette>;
}

/** A palette with the shades made from it, as declarations. */
function shades(palette: Palette, light: Palette): string[] {
  return Object.entries(shadesOf(palette, light)).map(([name, colour]) => `--${name}:${colour}`);
}

type ColourName = keyof Palette | "quiet" | "rule" | "mark" | "banner" | "on-banner";

function shadesOf({ paper, ink, accent }: Palette, light: Palette): Record<ColourName, string> {
  const dark = isDark(paper, ink);
  const deep = isDeep({ paper, ink }, light);
  return {
    paper,
    ink,
    accent,
    quiet: readableOn(paper, mix(ink, paper, 0.34), 5),
    rule: mix(paper, ink, dark ? 0.24 : 0.17),
    mark: markOn(paper, ink),
    banner: bannerOf({ paper, ink, accent }, light),
    "on-banner": deep ? ink : paper,
  };
}

/**
 * By night a banner keeps its deep colour under light letters: a bright field would light the room. A paper that is dark by
 * day is bright where it wants to be.
 */
function isDeep({ paper, ink }: Omit<Palette, "accent">, light: Palette): boolean {
  return isDark(paper, ink) && !isDark(light.paper, light.ink);
}

/** The colour of the field that the paper's name stands on. */
function bannerOf(palette: Palette, light: Palette): string {
  return isDeep(palette, light) ? readableOn(palette.ink, light.accent, 6) : palette.accent;
}

/** Marked text lies on yellow, as yellow as its ink allows. */
function markOn(paper: string, ink: string): string {
  const yellow = isDark(paper, ink) ? "#6b5900" : "#ffe680";
  const found = [1, 0.7, 0.4].map((share) => mix(paper, yellow, share));
  return found.find((mark) => contrast(mark, ink) >= READABLE) ?? paper;
}

function faceProperties({ faces = {} }: Theme): string[] {
  return (["headline", "text", "furniture"] as const).flatMap((role) => {
    const name = faces[role];
    if (name === undefined || !Object.hasOwn(FACES, name)) return [];
    const { stack, weight, tracking, size } = FACES[name];
    if (role === "furniture") return [`--furniture:${stack}`];
    if (role === "text") return [`--text:${stack}`, `--text-size:${size}`];
    return [
      `--headline:${stack}`,
      `--headline-size:${size}`,
      `--weight:${weight}`,
      `--tracking:${tracking}`,
    ];
  });
}
