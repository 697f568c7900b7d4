// Entity tags as RFC 9110 section 8.8.3 writes them.

/**
 * Tells whether an If-Match or If-None-Match header names the tag (given with its quotes, weak or not).
 * Compared weakly (RFC 9110 section 8.8.3.2) even for If-Match: CDNs weaken the tags they pass on, and servers that compress a
 * response on its way say so in its tag, which clients then send back. What was compressed is the same for all that.
 */
export function namesTag(header: string, tag: string): boolean {
  if (header.trim() === "*") return true;
  const opaque = opaqueOf(tag);
  return [...header.matchAll(/(?:W\/)?"[^"]*"/g)].some(
    ([candidate]) =>
      opaqueOf(candidate) === opaque || isCompressed(opaqueOf(candidate), opaque.slice(0, -1)),
  );
}

/**
 * Tells whether a tag is another (here without its last quote) with what Apache (`-gzip`), Jetty (`--gzip`) or IIS (`;gzip`) put behind
 * it, or proxies that do as they do. A tag may itself end with a hyphen: what was put behind it cannot be told from its own end.
 */
function isCompressed(opaque: string, own: string): boolean {
  return (
    opaque.startsWith(own) &&
    /^(?:--?|[;:])(?:gzip|br|zstd|deflate)"$/.test(opaque.slice(own.length))
  );
}

/** Tells whether a header is `*` or a list of entity tags, with empty elements ignored (RFC 9110 section 5.6.1.2). */
export function isTagList(header: string): boolean {
  return /^(?:\s*\*|(?:\s*,)*\s*(?:W\/)?"[^"]*"(?:\s*,(?:\s*(?:W\/)?"[^"]*")?)*)\s*$/.test(header);
}

function opaqueOf(tag: string): string {
  return tag.replace(/^W\//, "");
}
