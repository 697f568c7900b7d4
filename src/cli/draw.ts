// npm run draw [-- name …]
// Draws the sample paper's pictures and its emblem into content/pictures, every time the same.
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import sharp from "sharp";
import { openChance, seedOf } from "./drawing/chance.ts";
import { print } from "./drawing/ink.ts";
import { PICTURES } from "./drawing/pictures.ts";
import type { PictureJob } from "./drawing/pictures.ts";
import { drawEmblem } from "./drawing/scene-emblem.ts";

const FOLDER = path.join(import.meta.dirname, "../../content/pictures");

/** Tried from the first to the last, until the picture is small enough. */
const QUALITIES = [76, 72, 68, 64, 60, 56, 52, 48, 44, 40, 36, 32];

/** A rust that can be read on white and on near black. */
const EMBLEM = "#bf5136";

await mkdir(FOLDER, { recursive: true });
const wanted = process.argv.slice(2);
for (const picture of PICTURES) {
  const { name } = path.parse(picture.file);
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  await keep(picture.file, await develop(picture, seedOf(name)));
}
if (wanted.length === 0 || wanted.includes("emblem")) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512">${drawEmblem(EMBLEM)}</svg>`;
  await keep("emblem.png", await sharp(Buffer.from(svg)).png({ palette: true }).toBuffer());
}

async function keep(file: string, bytes: Buffer): Promise<void> {
  await writeFile(path.join(FOLDER, file), bytes);
  console.log(`${file}  ${Math.round(bytes.length / 1024)} KB`);
}

async function develop(picture: PictureJob, seed: number): Promise<Buffer> {
  const { width, height, palette, dots = 9, frames = 1, room = 90, file } = picture;
  const printed: Buffer[] = [];
  for (let frame = 0; frame < frames; frame += 1)
    printed.push(
      await print(picture.draw(openChance(seed), frame), { width, height, palette, dots, seed }),
    );
  const raw = { width, height: height * frames, channels: 3, pageHeight: height } as const;
  const sheet = sharp(Buffer.concat(printed), { raw }).blur(0.8);
  if (file.endsWith(".gif"))
    return sheet.gif({ colours: 7, dither: 0, delay: 350, loop: 0, effort: 10 }).toBuffer();
  if (file.endsWith(".png"))
    return sheet.png({ palette: true, colours: 6, dither: 0, effort: 10 }).toBuffer();
  let bytes = Buffer.alloc(0);
  for (const quality of QUALITIES) {
    bytes = await (
      file.endsWith(".webp")
        ? sheet.clone().webp({ quality, effort: 6 })
        : sheet.clone().jpeg({ quality, mozjpeg: true })
    ).toBuffer();
    if (bytes.length <= room * 1024) break;
  }
  return bytes;
}
