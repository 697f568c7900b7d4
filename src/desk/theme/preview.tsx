import { useState } from "preact/hooks";
import { FACES } from "../../domain/faces.ts";
import { directionOf } from "../../domain/language.ts";
import { CORNERS, schemesOf, type Scheme } from "../../domain/theme.ts";
import { sections, settings } from "../session.ts";
import { inOrder } from "../filing/filed.ts";
import { say } from "../words/words.ts";
import { drafted, SCHEMES } from "./draft.ts";

/** What readers would see, by day and by night. On a small screen one of the two is there at a time. */
export function Previews() {
  const words = say().settings.theme;
  const [shown, setShown] = useState<Scheme>("light");
  return (
    <section class={`previews ${shown}`} aria-label={words.preview}>
      <div class="actions which" role="group" aria-label={words.preview}>
        {SCHEMES.map((scheme) => (
          <button
            key={scheme}
            type="button"
            class="button quiet"
            aria-pressed={shown === scheme}
            onClick={() => setShown(scheme)}
          >
            {words.scheme[scheme]}
          </button>
        ))}
      </div>
      {SCHEMES.map((scheme) => (
        <Preview key={scheme} scheme={scheme} />
      ))}
    </section>
  );
}

/** A corner of a page. It is a picture of one: nothing in it can be used. */
function Preview({ scheme }: { scheme: Scheme }) {
  const words = say().settings.theme;
  const paper = settings.value;
  const { language = "en", tagline = null, title = "" } = paper ?? {};
  const names = inOrder(sections.value).map(({ name }) => name);
  return (
    <div
      class={`preview ${scheme} ${drafted.value.masthead ?? "centred"}`}
      role="img"
      aria-label={words.previewOf(words.scheme[scheme])}
      dir={directionOf(language)}
      style={propertiesOf(scheme)}
    >
      <div class="top" lang={language}>
        <p class="nameplate">{title}</p>
        {tagline && <p class="tagline">{tagline}</p>}
        <p class="menu">
          {names.slice(0, 4).map((name) => (
            <span key={name}>{name}</span>
          ))}
        </p>
      </div>
      <div class="story">
        <div class="picture" />
        <div>
          <p class="kicker" lang={language}>
            {names[0]}
          </p>
          <p class="head">{words.sampleHeadline}</p>
          <p class="standfirst">{words.sampleStandfirst}</p>
          <p class="text">
            {words.sampleText} <span class="link">{words.sampleLink}</span>
          </p>
          <p class="by">{words.sampleByline}</p>
          <p class="control">{words.sampleButton}</p>
        </div>
      </div>
    </div>
  );
}

/** The custom properties of a theme, for one element. */
function propertiesOf(scheme: Scheme): Record<`--${string}`, string> {
  const { faces = {}, corners = "square" } = drafted.value;
  const colours = Object.entries(schemesOf(drafted.value)[scheme]).map(
    ([name, colour]) => [`--p-${name}`, colour] as const,
  );
  const text = FACES[faces.text ?? "transitional"];
  const headline = FACES[faces.headline ?? faces.text ?? "transitional"];
  return Object.fromEntries([
    ...colours,
    ["--p-text", text.stack],
    ["--p-text-size", String(text.size)],
    ["--p-headline", headline.stack],
    ["--p-headline-size", String(headline.size)],
    ["--p-weight", String(headline.weight)],
    ["--p-tracking", headline.tracking],
    ["--p-furniture", FACES[faces.furniture ?? "system"].stack],
    ["--p-corner", CORNERS[corners]],
  ]) as Record<`--${string}`, string>;
}
