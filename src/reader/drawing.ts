import type { Sign } from "../domain/sign.ts";

/** How icons are drawn and put into their formats. */
export interface IconDrawing {
  drawPng(sign: Sign, size: number): Promise<Uint8Array<ArrayBuffer>>;
  drawIco(sign: Sign): Promise<Uint8Array<ArrayBuffer>>;
  drawSvg(sign: Sign): string;
  /** The same formats with a PNG of so many pixels in them. */
  icoFrom(png: Uint8Array, size: number): Uint8Array<ArrayBuffer>;
  svgFrom(png: Uint8Array, size: number): string;
}
