import type { Site } from "../domain/published.ts";

/** An address on this site with its origin; an address elsewhere as it is. */
export function absolute(site: Pick<Site, "origin">, address: string): string {
  return address.startsWith("/") ? site.origin + address : address;
}
