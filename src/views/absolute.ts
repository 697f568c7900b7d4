import type { Site } from "../domain/published.ts";

/** An address on this site with its origin; an address elsewhere as it is. */
export function absolute(site: Pick<Site, "origin">, address: string): string {
  return address.startsWith("/") ? site.origin + address : address;
}

/** The same as a URI (RFC 3986): a browser also understands letters in an address that other programs stumble over. */
export function uriOf(site: Pick<Site, "origin">, address: string): string {
  const { href, origin } = new URL(address, site.origin);
  return (
    origin + href.slice(origin.length).replace(/[[\]\\^`{|}]|%(?![\da-f]{2})/gi, encodeURIComponent)
  );
}
