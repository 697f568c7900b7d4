/** What a format's reader makes of a file: the size as shown, in pixels, and the bytes that are kept. */
export interface Reading {
  width: number;
  height: number;
  animated: boolean;
  bytes: Uint8Array;
}
