import type { Deed } from "../domain/role.ts";
import type { ArticleSummary } from "./contract.ts";

/** Tells whether whoever is here may do something to a story: the server says it with each. */
export function can({ may }: Pick<ArticleSummary, "may">, deed: Deed): boolean {
  return may.includes(deed);
}
