import { useId } from "preact/hooks";
import { contrast, HEX, normalHex } from "../../domain/colour.ts";
import { READABLE, schemesOf, type Scheme } from "../../domain/theme.ts";
import type { Wrong } from "../api.ts";
import { errorOf } from "../parts/field.tsx";
import { say } from "../words/words.ts";
import { change, changeColour, COLOURS, drafted, SCHEMES, type Colour } from "./draft.ts";
import { PRESETS, type Preset } from "./presets.ts";

/** The colours of the day and of the night, each with how far it stands from its ground. */
export function Colours({ wrong }: { wrong: readonly Wrong[] }) {
  const words = say().settings.theme;
  return (
    <>
      <fieldset>
        <legend>{words.presets}</legend>
        <ul class="presets">
          {(Object.keys(PRESETS) as Preset[]).map((name) => (
            <li key={name}>
              <PresetButton name={name} />
            </li>
          ))}
        </ul>
      </fieldset>
      {SCHEMES.map((scheme) => (
        <fieldset key={scheme}>
          <legend>{words.scheme[scheme]}</legend>
          <p class="hint">{words.schemeHint[scheme]}</p>
          <div class="colours">
            {COLOURS.map((name) => (
              <ColourField key={name} {...{ scheme, name, wrong }} />
            ))}
          </div>
          <Contrasts scheme={scheme} />
        </fieldset>
      ))}
    </>
  );
}

function PresetButton({ name }: { name: Preset }) {
  const { light } = PRESETS[name];
  return (
    <button type="button" class="preset" onClick={() => change({ colours: PRESETS[name] })}>
      <span
        class="swatch"
        aria-hidden="true"
        style={{ background: light.paper, color: light.ink, borderColor: light.accent }}
      >
        Aa
      </span>
      {say().settings.theme.preset[name]}
    </button>
  );
}

interface FieldProps {
  scheme: Scheme;
  name: Colour;
  wrong: readonly Wrong[];
}

/** A colour: picked, or typed; empty is the one that the paper makes by itself. */
function ColourField({ scheme, name, wrong }: FieldProps) {
  const words = say().settings.theme;
  const id = useId();
  const chosen = drafted.value.colours?.[scheme]?.[name] ?? "";
  const made = schemesOf(drafted.value)[scheme][name];
  const error =
    chosen !== "" && !HEX.test(chosen)
      ? words.noColour
      : errorOf(wrong, `theme.colours.${scheme}.${name}`);
  return (
    <div class={error ? "field faulty" : "field"}>
      <label for={id}>{words.colour[name]}</label>
      <div class="colour">
        <input
          type="color"
          aria-label={words.pick(words.colour[name], words.scheme[scheme])}
          value={HEX.test(chosen) ? normalHex(chosen) : made}
          onInput={({ currentTarget }) => changeColour(scheme, name, currentTarget.value)}
        />
        <input
          id={id}
          dir="ltr"
          spellcheck={false}
          autocomplete="off"
          maxLength={7}
          placeholder={made}
          value={chosen}
          aria-invalid={error ? true : undefined}
          aria-describedby={`${id}-said`}
          onInput={({ currentTarget: { value } }) =>
            changeColour(scheme, name, value.trim() || undefined)
          }
        />
      </div>
      <small id={`${id}-said`} class={error ? "fault" : "hint"}>
        {error ?? (chosen === "" ? words.madeByItself : "")}
      </small>
    </div>
  );
}

/** How far letters and links stand from their paper; below what can be read, a theme is refused. */
function Contrasts({ scheme }: { scheme: Scheme }) {
  const words = say().settings.theme;
  const { paper, ink, accent } = schemesOf(drafted.value)[scheme];
  const pairs = [
    [words.inkOnPaper, contrast(ink, paper)],
    [words.accentOnPaper, contrast(accent, paper)],
  ] as const;
  return (
    <div role="status">
      <ul class="contrasts">
        {pairs.map(([label, ratio]) => {
          // Rounded down, as the API does: 4.49 is not 4.5.
          const shown = (Math.floor(ratio * 100) / 100).toFixed(2);
          const isEnough = ratio >= READABLE;
          return (
            <li key={label} class={isEnough ? "enough" : "faint"}>
              <span>{label}</span>
              <strong dir="ltr">{`${shown}\u00A0:\u00A01`}</strong>
              <span>{isEnough ? words.enough : words.tooFaint(READABLE)}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
