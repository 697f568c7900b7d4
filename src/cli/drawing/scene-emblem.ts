import { bow, disc, gouge, line, path, place, ring } from "./marks.ts";
import type { Point } from "./marks.ts";

/** The paper's emblem: a packet boat under a lamp, one colour on nothing; 512 by 512. */
export function drawEmblem(color: string): string {
  const waves = [352, 392, 430].map((y, index) => {
    const points = Array.from({ length: 17 }, (_, at): Point => [
      96 + index * 22 + at * (20 - index * 2.75),
      y + (at % 2 === 0 ? 0 : -14),
    ]);
    return bow(points, color, 15 - index * 2);
  });
  const beams = Array.from({ length: 9 }, (_, index) =>
    place([256, 108], gouge([0, 46], [0, 92 + (index % 2) * 16], 7, color), {
      turn: -100 + index * 25,
    }),
  );
  return [
    ring(256, 256, 236, color, 18),
    ring(256, 256, 214, color, 5),
    disc(256, 108, 26, color),
    beams.filter((_, index) => index < 3 || index > 5).join(""),
    path(
      "M108 300Q180 318 256 312T420 276Q404 330 380 344L352 330L318 346L284 330L250 346L216 330L182 346L150 332Q120 330 108 300Z",
      color,
    ),
    line("262,150 262,300", color, 10),
    path("M250 170Q180 220 152 288Q200 300 250 294Z", color),
    path("M274 170Q350 206 384 268Q340 288 274 292Z", color),
    waves.join(""),
  ].join("");
}
