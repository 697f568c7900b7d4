/** What names are made UUIDs in, drawn once: with another one, feed readers would show every story as new. */
const NAMESPACE = "94b7c97f-f554-49b8-8618-ce98479a805b";

/**
 * The UUID of a name as a URN: the same for the same name, whoever makes it (RFC 9562 appendix B.2, of the namespace and the
 * name as text). It names neither a host nor a day, as an address or a tag: URI does, and so outlives a move to another domain.
 */
export async function uuidOf(name: string): Promise<string> {
  const text = new TextEncoder().encode(`${NAMESPACE}/${name}`);
  const octets = new Uint8Array(await crypto.subtle.digest("SHA-256", text)).slice(0, 16);
  const hex = octets.map(marked).toHex();
  return `urn:uuid:${hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")}`;
}

/** The octets that say what kind of UUID it is: version 8, of the variant of RFC 9562. */
function marked(octet: number, index: number): number {
  if (index === 6) return (octet & 0x0f) | 0x80;
  return index === 8 ? (octet & 0x3f) | 0x80 : octet;
}
