import { errorOf } from "../parts/field.tsx";
import { say } from "../words/words.ts";
import type { Outcome } from "./check.ts";
import type { Row } from "./table.ts";
import { Target } from "./target.tsx";

/** How many rows are drawn: a table of thousands says what is wrong at its top. */
const SHOWN = 200;

const ORDER: Outcome["state"][] = ["wrong", "replaces", "new", "same", "unknown"];

/** What would become of each row; those that need somebody come first. */
export function Outcomes({
  rows,
  outcomes,
}: {
  rows: readonly Row[];
  outcomes: readonly Outcome[];
}) {
  const own = say().filing.redirects;
  const all = rows.flatMap((row, index) => {
    const outcome = outcomes[index];
    return outcome ? [{ row, outcome }] : [];
  });
  const rankOf = ({ outcome }: (typeof all)[number]) => ORDER.indexOf(outcome.state);
  const shown = all.toSorted((a, b) => rankOf(a) - rankOf(b)).slice(0, SHOWN);
  return (
    <div class="outcomes" tabIndex={0} role="region" aria-label={own.outcome}>
      <ul>
        {shown.map(({ row: { line, from, kind, to }, outcome }) => (
          <li key={line}>
            <span class="quiet">{own.lineNumber(line)}</span>
            <p>
              <bdi dir="ltr">{from}</bdi>
              {kind === "prefix" && <small class="quiet"> {own.isPrefix}</small>}
              <Target {...{ kind, to }} />
            </p>
            <p class={outcome.state === "wrong" ? "fault" : "quiet"}>{saidOf(outcome)}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}

function saidOf(outcome: Outcome): string | undefined {
  const own = say().filing.redirects;
  if (outcome.state === "wrong") return errorOf(outcome.wrong, "", "from", "to", "kind");
  return { new: own.isNew, same: own.isSame, replaces: own.replaces, unknown: own.isUnknown }[
    outcome.state
  ];
}
