import { tagPath } from "../domain/paths.ts";
import type { Site, StoryPage } from "../domain/published.ts";
import type { Part, Series } from "../domain/series.ts";
import { Cards } from "./card.tsx";
import { PaidWord } from "./kinds.tsx";
import { marked } from "./language.ts";
import { voiceOf, type Voice } from "./voice.ts";

// What leads on from a story: the other parts of its series, and what is related to it.

/** Which part of which series a story is, above its headline; where it is not among those that are listed, only of which. */
export function InSeries({ page: { story, series }, voice }: { page: StoryPage; voice: Voice }) {
  if (!series) return null;
  const own = series.parts.find(({ id }) => id === story.id);
  return (
    <p class="in-series">
      {own ? <a href="#series">{partName(own, series, voice)}</a> : voice.words.inSeries}{" "}
      <a href={tagPath(series.slug)} dir="auto">
        {series.name}
      </a>
    </p>
  );
}

/** The parts of a story's series in their order, and which of them readers are at. */
export function SeriesParts({ site, page: { story, series } }: { site: Site; page: StoryPage }) {
  if (!series) return null;
  const voice = voiceOf(site.settings);
  const at = series.parts.findIndex(({ id }) => id === story.id);
  return (
    <section class="series" aria-labelledby="series">
      <h2 class="rubric" id="series">
        <a href={tagPath(series.slug)}>{voice.words.partsOf(series.name)}</a>
      </h2>
      <ol>
        {series.parts.map((part, index) => (
          <PartLine site={site} part={part} beside={at < 0 ? null : index - at} voice={voice} />
        ))}
      </ol>
    </section>
  );
}

/** A part; `beside` is how far it is from the one that readers are at. */
function PartLine({
  site,
  part,
  beside,
  voice: { words, spoken },
}: {
  site: Site;
  part: Part;
  beside: number | null;
  voice: Voice;
}) {
  const ways: Record<number, string> = { [-1]: words.previousPart, 1: words.nextPart };
  const name = words.part(spoken.number(part.number), null);
  const way = beside === null ? undefined : ways[beside];
  return (
    <li>
      <span class="label">{way === undefined ? name : `${name} · ${way}`}</span>{" "}
      <PaidWord story={part} words={words} />{" "}
      <a
        href={part.path}
        aria-current={beside === 0 ? "page" : undefined}
        {...marked(part.language, site.settings.language)}
      >
        {part.title}
      </a>
    </li>
  );
}

/** Which part it is, and of how many: not where an editor gave one a number beyond that, since parts are still to come. */
function partName({ number }: Part, { count, parts }: Series, { words, spoken }: Voice): string {
  const isWhole = count !== null && parts.every((part) => part.number <= count);
  return words.part(spoken.number(number), isWhole ? spoken.number(count) : null);
}

/** What the editors chose, and what was published of the same beside it. */
export function Related({ site, page: { related } }: { site: Site; page: StoryPage }) {
  if (related.length === 0) return null;
  return (
    <section class="more related" aria-labelledby="related">
      <h2 class="rubric" id="related">
        {voiceOf(site.settings).words.related}
      </h2>
      <Cards site={site} cards={related} level={3} layout="grid" pictures={4} />
    </section>
  );
}
