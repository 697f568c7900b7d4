import { POLICIES } from "../../domain/settings.ts";
import { LinksField } from "../filing/fields.tsx";
import { errorOf, TextField } from "../parts/field.tsx";
import { regional, say } from "../words/words.ts";
import { change } from "./draft.ts";
import { Line, Lines, type GroupProps } from "./line.tsx";
import { LogoField } from "./logo.tsx";

// What the paper is, where it lives, and where it says how it works.

export function PaperGroup(props: GroupProps) {
  const words = say().settings;
  return (
    <>
      <Line {...props} name="title" label={words.title} />
      <Line {...props} name="tagline" label={words.tagline} hint={words.taglineHint} />
      <Lines {...props} name="description" label={words.description} hint={words.descriptionHint} />
      <Line {...props} name="publisher" label={words.publisher} hint={words.publisherHint} />
      <LogoField {...props} />
    </>
  );
}

/** Languages that papers are often in; any other can be typed. */
const LANGUAGES =
  "ar da de de-AT de-CH en en-AU en-GB en-IE en-US es es-MX fi fr fr-CA hi it ja nl no pl pt pt-BR sv tr uk zh-Hans zh-Hant".split(
    " ",
  );

export function PlaceGroup(props: GroupProps) {
  const words = say().settings;
  const { draft } = props;
  return (
    <div class="pair">
      <Line
        {...props}
        name="language"
        label={words.language}
        hint={nameOf(draft.language) ?? words.languageHint}
        list="languages"
        dir="ltr"
      />
      <datalist id="languages">
        {LANGUAGES.map((tag) => (
          <option key={tag} value={tag}>
            {nameOf(tag)}
          </option>
        ))}
      </datalist>
      <Line
        {...props}
        name="timeZone"
        label={words.timeZone}
        hint={hourIn(draft.timeZone) ?? words.timeZoneHint}
        list="time-zones"
        dir="ltr"
      />
      <datalist id="time-zones">
        {Intl.supportedValuesOf("timeZone").map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </div>
  );
}

/** What a language is called, null for what is none. */
function nameOf(tag: string): string | null {
  try {
    const name = new Intl.DisplayNames(regional(), { type: "language" }).of(tag);
    return name === undefined || name === tag ? null : name;
  } catch {
    return null;
  }
}

/** What time it is there, null for what is no time zone. */
function hourIn(timeZone: string): string | null {
  try {
    const format = new Intl.DateTimeFormat(regional(), { timeStyle: "short", timeZone });
    return say().settings.hourThere(format.format(new Date()));
  } catch {
    return null;
  }
}

export function AddressesGroup({ draft, wrong }: GroupProps) {
  const words = say().settings;
  return (
    <>
      <LinksField
        label={words.social}
        hint={words.socialHint}
        links={draft.social}
        path="social"
        most={20}
        wrong={wrong}
        onLinks={(social) => change({ social })}
      />
      <fieldset>
        <legend>{words.policies}</legend>
        <p class="hint">{words.policiesHint}</p>
        {POLICIES.map((name) => (
          <TextField
            key={name}
            label={words.policy[name]}
            hint={name === "contact" ? words.contactHint : undefined}
            dir="ltr"
            spellcheck={false}
            value={draft.policies[name] ?? ""}
            error={errorOf(wrong, `policies.${name}`)}
            onText={(place) => change({ policies: { ...draft.policies, [name]: place } })}
          />
        ))}
      </fieldset>
    </>
  );
}
