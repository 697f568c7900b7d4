import type { Bytes } from "./bytes.ts";
import { startsWith } from "./bytes.ts";
import { requireNothingForeign } from "./foreign.ts";
import { PICTURE_LIMITS } from "./limits.ts";
import { Refusal } from "./refusal.ts";

/**
 * The colour profile in a block that claims to be one, as long as its header says (ICC.1 section 7.2), or
 * null for anything else: a block that no decoder understands is a good place to hide something.
 */
export function profileIn(file: Bytes, block: Uint8Array): Uint8Array | null {
  requireProfileLength(file, block.length);
  requireNothingForeign(file, block);
  if (block.length < 128 || !startsWith(block, "acsp", 36)) return null;
  const length = new DataView(block.buffer, block.byteOffset).getUint32(0);
  return length >= 128 && length <= block.length ? block.subarray(0, length) : null;
}

/** Refuses profiles of printing presses, which can be larger than the picture. */
export function requireProfileLength(file: Bytes, length: number): void {
  if (length <= PICTURE_LIMITS.profile) return;
  throw new Refusal(
    "tooLarge",
    `The colour profile of this ${file.format} is ${length} bytes; at most ` +
      `${PICTURE_LIMITS.profile} are taken: convert the picture to sRGB.`,
  );
}
