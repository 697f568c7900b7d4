import { sectionPath } from "../domain/paths.ts";
import type { Card, Site } from "../domain/published.ts";
import { instant } from "./dates.ts";
import { marked } from "./language.ts";
import { Picture } from "./picture.tsx";
import { voiceOf, type Voice } from "./voice.ts";

interface CardProps {
  site: Site;
  card: Card;
  /** The level of its headline in the page's outline. */
  level: 2 | 3;
  /** How much room its headline and its picture have; a plain card shows no picture. */
  rank?: "lead" | "pinned";
  /** Left out where the page is the section's own. */
  kicker?: boolean;
  /** Left out where the page groups its cards by day. */
  dated?: boolean;
}

/** A story in a list. */
export function StoryCard({ site, card, level, rank, kicker = true, dated = true }: CardProps) {
  const Headline = `h${level}` as const;
  const language = marked(card.language, site.settings.language);
  return (
    <article class={rank ? `card ${rank}` : "card"}>
      {rank && card.hero && (
        <Picture hero={card.hero} first={rank === "lead"} decorative={rank !== "lead"} />
      )}
      <div class="summary">
        {kicker && (
          <p class="kicker">
            <a href={sectionPath(card.section.slug)}>{card.section.name}</a>
          </p>
        )}
        <Headline class="headline" {...language}>
          <a href={card.path}>{card.title}</a>
        </Headline>
        {card.standfirst && (
          <p class="standfirst" {...language}>
            {card.standfirst}
          </p>
        )}
        <Signature card={card} voice={voiceOf(site.settings)} dated={dated} />
      </div>
    </article>
  );
}

/** Stories one after the other, newest first. */
export function Cards({
  cards,
  layout,
  ...rest
}: Omit<CardProps, "card"> & { cards: Card[]; layout: "grid" | "river" | "column" }) {
  return (
    <ul class={layout}>
      {cards.map((card) => (
        <li>
          <StoryCard card={card} {...rest} />
        </li>
      ))}
    </ul>
  );
}

/** A moment's day, as a reader and as a machine reads it. */
export function Day({ moment, voice }: { moment: number; voice: Voice }) {
  return <time datetime={instant(moment)}>{voice.formats.day(moment)}</time>;
}

function Signature({ card, voice, dated }: { card: Card; voice: Voice; dated: boolean }) {
  if (!dated && card.authors.length === 0) return null;
  return (
    <p class="signature">
      {card.authors.length > 0 && <span>{`${voice.words.by} ${namesOf(card, voice)}`}</span>}
      {dated && <Day moment={card.publishedAt} voice={voice} />}
    </p>
  );
}

/** A card has room for three names; of more it names two and counts the others. */
function namesOf({ authors }: Card, { words, formats }: Voice): string {
  const others = authors.length - 2;
  if (others < 2) {
    return formats
      .list(authors.length)
      .map(({ type, value }) => (type === "element" ? authors[Number(value)]?.name : value))
      .join("");
  }
  const named = authors.slice(0, 2).map(({ name }) => name);
  return words.others(named.join(words.comma), others, formats.number(others));
}
