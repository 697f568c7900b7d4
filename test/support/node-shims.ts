import { hash } from "node:crypto";

// What workerd has and Node has not, or has slower, for tests that run the Worker's code in Node. Imported for its effect.

/** Looks at every byte, wherever the first difference is: https://developers.cloudflare.com/workers/runtime-apis/web-crypto/#timingsafeequal */
function timingSafeEqual(
  one: ArrayBuffer | ArrayBufferView,
  other: ArrayBuffer | ArrayBufferView,
): boolean {
  const [left, right] = [bytesOf(one), bytesOf(other)];
  if (left.length !== right.length)
    throw new TypeError("Input buffers must have the same byte length");
  let difference = 0;
  for (const [index, byte] of left.entries()) difference |= byte ^ (right[index] ?? 0);
  return difference === 0;
}

function bytesOf(source: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
}

crypto.subtle.timingSafeEqual ??= timingSafeEqual;

/**
 * Node's own digest waits for another thread: most of what a page that is not rendered takes, and an order of events
 * that is another one each time. This one is settled at once.
 */
crypto.subtle.digest = (algorithm, data) => {
  const name = typeof algorithm === "string" ? algorithm : algorithm.name;
  if (name !== "SHA-256") return Promise.reject(new Error(`Only SHA-256 is here, got ${name}.`));
  // Copied: Node's buffers may share one block of memory with others.
  return Promise.resolve(new Uint8Array(hash("sha256", bytesOf(data), "buffer")).buffer);
};

// Bytes as text (https://tc39.es/proposal-arraybuffer-base64/), which Node 24 has not yet.

/* eslint-disable no-extend-native -- these are native where the Worker runs */
Uint8Array.prototype.toHex ??= function toHex(this: Uint8Array) {
  return Buffer.from(this).toString("hex");
};

Uint8Array.prototype.toBase64 ??= function toBase64(this: Uint8Array, options = {}) {
  const { alphabet = "base64", omitPadding = alphabet === "base64url" } = options;
  const text = Buffer.from(this).toString(alphabet);
  return alphabet === "base64url" && !omitPadding
    ? text.padEnd(Math.ceil(text.length / 4) * 4, "=")
    : text;
};

Uint8Array.fromBase64 ??= (text, { alphabet = "base64" } = {}) => {
  const digits = alphabet === "base64" ? /^[A-Za-z0-9+/]*={0,2}$/ : /^[\w-]*={0,2}$/;
  if (!digits.test(text)) throw new SyntaxError("That is not base64.");
  return new Uint8Array(Buffer.from(text, alphabet));
};
