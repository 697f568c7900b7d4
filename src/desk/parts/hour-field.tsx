import { useEffect, useRef, useState } from "preact/hooks";
import { readWallClock, wallClockOf, type WallClock } from "../hours.ts";
import { formatMoment, formatUtc } from "../moments.ts";
import { timeZone } from "../session.ts";
import { say } from "../words/words.ts";
import { TextField } from "./field.tsx";

/**
 * An hour of the paper's clock, with what it is in UTC beside it. An hour that the clock has twice is asked about, and one that it
 * skips is said to be none. `value` and what is changed to are moments in UTC (RFC 3339), or null.
 */
export function HourField({
  label,
  value,
  error,
  onHour,
}: {
  label: string;
  value: string | null;
  error?: string | undefined;
  onHour: (moment: string | null) => void;
}) {
  const words = say().hours;
  const zone = timeZone.value;
  const [text, setText] = useState(value === null ? "" : wallClockOf(value, zone));
  // What is half typed is no hour yet, and stays; an hour that comes from elsewhere is shown.
  const told = useRef(value);
  useEffect(() => {
    if (value === told.current) return;
    told.current = value;
    setText(value === null ? "" : wallClockOf(value, zone));
  }, [value]);
  const meant = text === "" ? null : readWallClock(text, zone);
  const type = (typed: string) => {
    setText(typed);
    told.current = typed === "" ? null : momentOf(readWallClock(typed, zone));
    onHour(told.current);
  };
  return (
    <div class="hour">
      <TextField
        label={label}
        type="datetime-local"
        value={text}
        onText={type}
        error={error}
        hint={words.zone(zone)}
      />
      <div role="status">
        {meant?.kind === "once" && <p class="hint">{formatUtc(meant.at)}</p>}
        {meant?.kind === "skipped" && (
          <p class="note">{words.skipped(formatMoment(meant.next), formatUtc(meant.next))}</p>
        )}
        {meant?.kind === "invalid" && <p class="fault">{words.invalid}</p>}
      </div>
      {meant?.kind === "twice" && (
        <fieldset class="note">
          <legend>{words.twice}</legend>
          {([meant.first, meant.second] as const).map((moment, index) => (
            <label key={moment} class="check">
              <input
                type="radio"
                name="which-hour"
                checked={value === moment}
                onChange={() => onHour(moment)}
              />
              <span>
                {index === 0 ? words.first : words.second}
                <small class="hint"> {formatUtc(moment)}</small>
              </span>
            </label>
          ))}
        </fieldset>
      )}
    </div>
  );
}

/** The moment that is meant; null where somebody has to say more. */
function momentOf(meant: WallClock): string | null {
  if (meant.kind === "once") return meant.at;
  return meant.kind === "twice" ? meant.first : null;
}
