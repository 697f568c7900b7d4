// Promises: a story's card as a PNG: with its words where Images draws them, else the paper's colours alone.
// Relies on: the text drawing of the Images binding (https://developers.cloudflare.com/images/optimization/binding/), which fetches the
// font itself; the simulator on a developer's machine draws no text and leaves the colours as they are.
// Does not: keep what it made. The edge does.

import type { CardDesign, Line } from "../domain/share-card.ts";
import { paintFields } from "./flat-png.ts";

const TYPE = "image/png";

/** A point is a 72nd of an inch, of which a pixel is a 96th (https://www.w3.org/TR/css-values-4/#absolute-lengths). */
const POINTS_A_PIXEL = 72 / 96;

/** A card on its way to a reader. */
interface Drawn {
  body: ReadableStream<Uint8Array>;
  type: string;
  as: "as requested" | "original for now";
}

/** Draws a card; the colours alone "for now" when Images refuses. */
export async function drawCard(images: ImagesBinding, design: CardDesign): Promise<Drawn> {
  const ground = await paintFields(design.width, design.height, design.fields);
  try {
    return { body: await withWords(images, design, ground), type: TYPE, as: "as requested" };
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error);
    console.error(JSON.stringify({ event: "card not drawn", font: design.font, error: told }));
    return { body: new Blob([ground]).stream(), type: TYPE, as: "original for now" };
  }
}

async function withWords(
  images: ImagesBinding,
  { lines, font }: CardDesign,
  ground: Uint8Array<ArrayBuffer>,
): Promise<ReadableStream<Uint8Array>> {
  const card = images.input(new Blob([ground]).stream());
  if (font !== null) for (const line of lines) drawLine(images, card, line, font);
  const drawn = await card.output({ format: TYPE });
  // Whole before it is given: a picture that breaks off would be stored so.
  return new Blob([await new Response(drawn.image()).arrayBuffer()]).stream();
}

/** A line that comes out wider than it has room is drawn smaller, whatever its font. */
function drawLine(
  images: ImagesBinding,
  card: ImageTransformer,
  { text, size, colour, width, top, side, inset }: Line,
  url: string,
): void {
  const options = { font: { url }, size: Math.round(size * POINTS_A_PIXEL), color: colour };
  const letters = images.text(text, options).transform({ width, fit: "scale-down" });
  card.draw(letters, { top, ...(side === "left" ? { left: inset } : { right: inset }) });
}
