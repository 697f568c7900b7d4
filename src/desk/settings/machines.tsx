import type { Settings } from "../contract.ts";
import { Check, Choice, errorOf } from "../parts/field.tsx";
import { say } from "../words/words.ts";
import { change } from "./draft.ts";
import { Line, Lines, type GroupProps } from "./line.tsx";

// What search engines, crawlers and other machines are told.

const SIGNALS = ["search", "aiInput", "aiTrain"] as const;
type Signals = NonNullable<Settings["contentSignals"]>;
const SILENT: Signals = { search: null, aiInput: null, aiTrain: null };

export function MachinesGroup(props: GroupProps) {
  const words = say().settings;
  const { draft, wrong } = props;
  const signals = draft.contentSignals ?? SILENT;
  const put = (next: Signals) => {
    const isSilent = SIGNALS.every((name) => next[name] === null);
    change({ contentSignals: isSilent && !draft.contentSignals ? null : next });
  };
  return (
    <>
      <fieldset>
        <legend>{words.signals}</legend>
        <p class="hint">{words.signalsHint}</p>
        <div class="pair">
          {SIGNALS.map((name) => (
            <Choice
              key={name}
              label={words.signal[name]}
              value={String(signals[name])}
              error={errorOf(wrong, `contentSignals.${name}`)}
              onText={(said) =>
                put({ ...signals, [name]: said === "null" ? null : said === "true" })
              }
              options={[
                ["null", words.notSaid],
                ["true", words.allowed],
                ["false", words.forbidden],
              ]}
            />
          ))}
        </div>
      </fieldset>
      <Check
        label={words.prefetch}
        hint={words.prefetchHint}
        checked={draft.prefetch}
        onCheck={(prefetch) => change({ prefetch })}
      />
      <Line
        {...props}
        name="cardFont"
        label={words.cardFont}
        hint={words.cardFontHint}
        dir="ltr"
        inputMode="url"
      />
      <Lines {...props} name="robots" label={words.robots} hint={words.robotsHint} dir="ltr" />
      <Lines {...props} name="adsTxt" label={words.adsTxt} hint={words.adsTxtHint} dir="ltr" />
      <Lines {...props} name="appAdsTxt" label={words.appAdsTxt} dir="ltr" />
      <Lines
        {...props}
        name="trustTxt"
        label={words.trustTxt}
        hint={words.trustTxtHint}
        dir="ltr"
      />
      <Lines {...props} name="humansTxt" label={words.humansTxt} hint={words.humansTxtHint} />
    </>
  );
}
