import { bow, disc, gouge, line, oval, path, place, rect, shape, stroke } from "./marks.ts";
import type { Point } from "./marks.ts";

// People, boats, birds and bread. Places and sizes are in pixels of the page, or of the drawing itself.

/** A gull in flight, seen small. */
export function gull([x, y]: Point, size: number, ink: string): string {
  return stroke(
    `M${x - size} ${y - size * 0.25}Q${x - size * 0.5} ${y - size * 0.62} ${x} ${y}Q${x + size * 0.5} ${y - size * 0.7} ${x + size} ${y - size * 0.35}`,
    ink,
    Math.max(2, size * 0.13),
  );
}

/** An open boat on its side or afloat, drawn around the middle of its waterline, 200 wide. */
export function dinghy(hull: string, band: string, inner: string): string {
  return (
    path("M-104 -34Q-60 -20 0 -20T108 -44Q96 -2 66 14H-66Q-94 0 -104 -34Z", hull) +
    path("M-104 -34Q-60 -20 0 -20T108 -44L105 -32Q60 -10 0 -9T-101 -24Z", band) +
    path("M-92 -32Q-40 -24 6 -24T92 -40Q40 -14 0 -14T-92 -32Z", inner)
  );
}

/** A fishing boat with a wheelhouse and a mast, drawn around the middle of its waterline, about 320 wide. */
export function trawler(tones: {
  hull: string;
  band: string;
  house: string;
  dark: string;
  lit: string;
}): string {
  return (
    line("-20,-60 -20,-250", tones.dark, 6) +
    line("-20,-240 130,-70", tones.dark, 3) +
    line("-20,-240 -150,-62", tones.dark, 3) +
    line("-20,-120 -110,-190", tones.dark, 5) +
    line("-110,-190 -112,-80", tones.dark, 2) +
    path("M-160 -62Q-60 -40 40 -46T168 -92Q150 -20 118 20H-136Q-158 -20 -160 -62Z", tones.hull) +
    path("M-160 -62Q-60 -40 40 -46T168 -92L164 -74Q100 -34 40 -30T-158 -44Z", tones.band) +
    rect(20, -128, 78, 88, tones.house) +
    shape("12,-128 26,-142 106,-142 110,-128", tones.dark) +
    rect(30, -116, 24, 26, tones.lit) +
    rect(62, -116, 26, 26, tones.lit) +
    rect(-90, -62, 60, 22, tones.dark)
  );
}

/** A person standing, seen as a shadow: `y` is the ground. */
export function figure(
  [x, y]: Point,
  height: number,
  ink: string,
  { coat = 1, lean = 0, hat = false }: { coat?: number; lean?: number; hat?: boolean } = {},
): string {
  const head = height * 0.068;
  const wide = height * 0.13 * coat;
  const body =
    path(
      `M${-wide * 0.62} ${-height * 0.83}Q0 ${-height * 0.9} ${wide * 0.62} ${-height * 0.83}` +
        `Q${wide * 1.08} ${-height * 0.62} ${wide} ${-height * 0.36}L${wide * 0.62} ${-height * 0.34}` +
        `L${wide * 0.5} 0H${wide * 0.06}L0 ${-height * 0.3}L${-wide * 0.06} 0H${-wide * 0.5}` +
        `L${-wide * 0.62} ${-height * 0.34}L${-wide} ${-height * 0.36}Q${-wide * 1.08} ${-height * 0.62} ${-wide * 0.62} ${-height * 0.83}Z`,
      ink,
    ) +
    oval(0, -height * 0.925, head, head * 1.15, ink) +
    (hat
      ? rect(-head * 1.7, -height * 0.965, head * 3.4, head * 0.34, ink) +
        rect(-head, -height * 1.005, head * 2, head * 0.8, ink)
      : "");
  return place([x, y], body, { turn: lean });
}

/** A fish lying on its side, 200 long, its head to the left. */
export function fish(body: string, mark: string, eye: string): string {
  const scales = [-40, -18, 4, 26, 46]
    .map((x) => stroke(`M${x} -13Q${x + 9} 0 ${x} 13`, mark, 3))
    .join("");
  return (
    path(
      "M-100 2Q-70 -34 -10 -30Q40 -26 68 -6L100 -30Q92 0 102 30L68 8Q36 28 -12 28Q-72 30 -100 2Z",
      body,
    ) +
    path("M-22 -31Q6 -52 34 -24Z", body) +
    stroke("M-62 -20Q-50 0 -62 22", mark, 4) +
    scales +
    bow("-48,-4 0,-6 66,0", mark, 2.6) +
    disc(-78, -6, 6.5, eye)
  );
}

/** A loaf from the side, 160 wide, standing on 0. */
export function loaf(crust: string, cut: string): string {
  return (
    path("M-80 0Q-92 -52 -54 -66Q0 -84 54 -66Q92 -52 80 0Q0 10 -80 0Z", crust) +
    [-44, -14, 16, 46].map((x) => gouge([x - 14, -26], [x + 12, -62], 7, cut, -4)).join("")
  );
}

/** An open book seen from below its edge, as singers hold it; about 60 wide. */
export function score(page: string, shade: string): string {
  return shape("0,0 -32,-10 -30,-46 0,-36", page) + shape("0,0 32,-10 30,-46 0,-36", shade);
}
