import type { Redirect } from "../contract.ts";
import { say } from "../words/words.ts";

/** Where a redirect leads; of what is gone, that it does not. */
export function Target({ kind, to }: Pick<Redirect, "kind" | "to">) {
  const own = say().filing.redirects;
  if (kind === "gone") return <span class="target gone">{own.isGone}</span>;
  return (
    <span class="target">
      <span class="arrow" aria-hidden="true" />
      <span class="unseen">{own.leadsTo} </span>
      <bdi dir="ltr">{to}</bdi>
    </span>
  );
}
