// Promises: what is sealed can be read by this paper's Worker alone: a response that is stored for a retry may have a key in it.
// Relies on: AES-256-GCM (NIST SP 800-38D) under a key made of ROOT_KEY, with 96 random bits for each text.
// Does not: survive another ROOT_KEY.

const IV_BYTES = 12;

/** Seals a text, as base64. */
export async function seal(rootKey: string, text: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const bytes = new TextEncoder().encode(text);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await keyOf(rootKey), bytes);
  const whole = new Uint8Array(IV_BYTES + sealed.byteLength);
  whole.set(iv);
  whole.set(new Uint8Array(sealed), IV_BYTES);
  return whole.toBase64();
}

/** Reads what was sealed; null when it is not of this ROOT_KEY. */
export async function unseal(rootKey: string, sealed: string): Promise<string | null> {
  try {
    const whole = Uint8Array.fromBase64(sealed);
    const iv = whole.subarray(0, IV_BYTES);
    const algorithm = { name: "AES-GCM", iv };
    const key = await keyOf(rootKey);
    const bytes = await crypto.subtle.decrypt(algorithm, key, whole.subarray(IV_BYTES));
    return new TextDecoder().decode(bytes);
  } catch (error) {
    // What it says is no error of ours: the key was changed, or the row is of an earlier version.
    if (error instanceof DOMException || error instanceof SyntaxError) return null;
    throw error;
  }
}

async function keyOf(rootKey: string): Promise<CryptoKey> {
  const material = new TextEncoder().encode(`stored responses ${rootKey}`);
  const digest = await crypto.subtle.digest("SHA-256", material);
  return crypto.subtle.importKey("raw", digest, "AES-GCM", false, ["encrypt", "decrypt"]);
}
