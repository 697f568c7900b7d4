// Texts as one path segment or query value, opaque to callers: UTF-8 in base64url (RFC 4648 section 5).

const BASE64URL = { alphabet: "base64url", omitPadding: true } as const;

export function opaque(text: string): string {
  return new TextEncoder().encode(text).toBase64(BASE64URL);
}

/** The text that was made opaque; null when nothing was. */
export function readOpaque(sent: string): string | null {
  try {
    return new TextDecoder().decode(Uint8Array.fromBase64(sent, BASE64URL));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
