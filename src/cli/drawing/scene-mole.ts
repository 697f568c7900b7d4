import type { Chance } from "./chance.ts";
import {
  BARE,
  cuts,
  disc,
  gouge,
  INK,
  line,
  oval,
  path,
  place,
  rect,
  shape,
  stroke,
  tone,
} from "./marks.ts";
import type { Point } from "./marks.ts";
import { swell } from "./water.ts";

/** One moment of the camera on the Mole; `step` runs from 0 to 9; 720 by 480. */
export function drawMole(chance: Chance, step: number): string {
  const sway = Math.sin((step / 10) * 2 * Math.PI);
  const hop = [0, 0, 1, 2, 3, 3, 4, 3, 5, 6][step] ?? 0;
  return [
    rect(0, 0, 720, 250, tone(0, 0, 1)),
    path("M0 200Q180 140 360 186T720 150V260H0Z", BARE),
    path("M0 208Q180 148 360 194T720 158V260H0Z", tone(0, 0, 0.6)),
    rect(560, 96, 22, 90, BARE),
    rect(560, 116, 22, 22, tone(0, 1, 0)),
    rect(553, 84, 36, 14, INK),
    step % 5 < 2 ? disc(571, 82, 16, tone(0, 0.4, 0)) : "",
    place(
      [sway * 8, 0],
      swell(chance, {
        y: 236,
        width: 760,
        bottom: 480,
        height: 16,
        length: 90,
        body: tone(1, 0, 0.4),
        cut: BARE,
      }),
    ),
    place(
      [-sway * 12, 0],
      swell(chance, {
        y: 290,
        width: 780,
        bottom: 480,
        height: 22,
        length: 140,
        body: tone(1),
        cut: tone(0, 0, 0.8),
      }),
    ),
    shape("0,372 720,352 720,480 0,480", tone(0, 0, 0.3)),
    line("0,372 720,352", INK, 7),
    cuts(chance, {
      box: [0, 380, 720, 100],
      angle: -2,
      length: 70,
      gap: 20,
      width: 4,
      fill: INK,
      keep: () => 0.4,
    }),
    path(
      "M268 420Q262 330 280 300Q240 296 250 262Q330 232 410 262Q420 296 380 300Q398 330 392 420Z",
      tone(0, 1, 0),
    ),
    path(
      "M345 300L400 288Q420 280 410 262L380 262L352 300Q372 340 366 420H392Q398 330 380 300Z",
      INK,
    ),
    gouge([290, 310], [286, 408], 9, BARE),
    oval(330, 258, 80, 20, INK),
    oval(328, 254, 72, 14, BARE),
    stroke("M280 366Q200 430 60 410T-10 440", INK, 17),
    stroke("M280 366Q200 430 60 410T-10 440", tone(0, 0.3, 0.1), 9),
    visitor(hop),
    rect(20, 20, 178, 40, INK),
    disc(44, 40, 9, step % 2 === 0 ? tone(0, 1, 0) : tone(0.3, 1, 0)),
    stroke(
      "M70 30H86V50H70ZM100 30H116V50H100ZM100 40H116M130 34V35M130 46V47M144 30H160V40H144V50H160M174 30V50",
      BARE,
      4,
    ),
  ].join("");
}

/** The gull: gone, coming, landed, looking about, leaving. */
function visitor(hop: number): string {
  if (hop === 0) return "";
  const flying = (at: Point, size: number, up: boolean) =>
    place(
      at,
      path("M-60 0Q0 -26 56 0L82 8L52 16Q0 30 -60 0Z", BARE) +
        path(
          up ? "M-20 -4Q-40 -80 -110 -110Q-40 -96 20 -6Z" : "M-20 4Q-60 40 -120 40Q-50 66 20 8Z",
          BARE,
        ) +
        path(up ? "M-70 -100L-110 -110L-84 -88Z" : "M-90 50L-120 40L-96 34Z", INK) +
        path("M52 4L84 8L54 12Z", tone(0, 1, 0)),
      { size },
    );
  if (hop === 1) return flying([150, 200], 0.8, true);
  if (hop === 2) return flying([236, 196], 1, false);
  if (hop === 5) return flying([470, 140], 1, true);
  if (hop === 6) return flying([630, 60], 0.7, false);
  const look = hop === 4 ? -1 : 1;
  return [
    stroke("M318 250V222M344 250V222", tone(0, 1, 0), 5),
    path("M262 214Q290 168 350 172Q384 178 376 210Q350 236 310 232Q284 228 262 214Z", BARE),
    path("M248 220Q290 180 340 190Q324 220 248 220Z", tone(0.2, 0, 0.8)),
    path("M248 220L292 204L280 222Z", INK),
    place(
      [366, 160],
      oval(0, 0, 24, 22, BARE) +
        rect(-16, 4, 30, 34, BARE) +
        disc(9, -4, 4.5, INK) +
        path("M20 -4L52 4L20 10Z", tone(0, 1, 0)),
      { flip: look < 0 },
    ),
  ].join("");
}
