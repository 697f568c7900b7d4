// Colours as #rrggbb, and what has to be known of them so that text can be read. Pure arithmetic.

/** `#rgb` or `#rrggbb`: the only two ways in which a colour may be written. */
export const HEX = /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i;

/** The same colour as `#rrggbb` in lower case; `colour` matches HEX. */
export function normalHex(colour: string): string {
  const digits = colour.slice(1).toLowerCase();
  return `#${digits.length === 3 ? digits.replaceAll(/./g, "$&$&") : digits}`;
}

/** How far two colours stand apart, from 1 to 21 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio). */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Tells whether light stands on dark. */
export function isDark(ground: string, text: string): boolean {
  return luminance(ground) < luminance(text);
}

/** A colour between two, as the eye sees it; `share` is that of `other`, from 0 to 1. */
export function mix(one: string, other: string, share: number): string {
  const to = oklabOf(other);
  return hexOf(oklabOf(one).map((from, index) => from + ((to[index] ?? 0) - from) * share));
}

/** The colour itself if it reaches `ratio` on `ground`, else its nearest lighter or darker shade that does. */
export function readableOn(ground: string, colour: string, ratio: number): string {
  if (contrast(ground, colour) >= ratio) return colour;
  const away = contrast(ground, "#ffffff") > contrast(ground, "#000000") ? "#ffffff" : "#000000";
  for (let share = 0.02; share < 1; share += 0.02) {
    const shade = towards(away, colour, share);
    if (contrast(ground, shade) >= ratio) return shade;
  }
  return away;
}

/** Lightness moves, hue and colourfulness stay as far as the screen can show them. */
function towards(end: "#ffffff" | "#000000", colour: string, share: number): string {
  const [lightness = 0, a = 0, b = 0] = oklabOf(colour);
  const target = lightness + ((end === "#ffffff" ? 1 : 0) - lightness) * share;
  for (let chroma = 1; chroma > 0; chroma -= 0.05) {
    const shade = [target, a * chroma, b * chroma];
    if (linearOf(shade).every((channel) => channel > -0.001 && channel < 1.001))
      return hexOf(shade);
  }
  return hexOf([target, 0, 0]);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channelsOf(colour);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Red, green and blue in linear light, from 0 to 1. */
function channelsOf(colour: string): number[] {
  return [1, 3, 5].map((start) => {
    const channel = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
}

/** https://bottosson.github.io/posts/oklab/: equal steps look equal. */
function oklabOf(colour: string): number[] {
  const [r = 0, g = 0, b = 0] = channelsOf(colour);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function linearOf([lightness = 0, a = 0, b = 0]: number[]): number[] {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

function hexOf(oklab: number[]): string {
  const digits = linearOf(oklab).map((channel) => {
    const clipped = Math.min(1, Math.max(0, channel));
    const encoded = clipped <= 0.0031308 ? clipped * 12.92 : 1.055 * clipped ** (1 / 2.4) - 0.055;
    return Math.round(encoded * 255)
      .toString(16)
      .padStart(2, "0");
  });
  return `#${digits.join("")}`;
}
