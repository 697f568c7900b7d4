import type { Child } from "hono/jsx";
import { sectionPath } from "../domain/paths.ts";
import type { Card, Site } from "../domain/published.ts";
import { instant } from "./dates.ts";
import { kindName, KindName, PaidSign } from "./kinds.tsx";
import { marked } from "./language.ts";
import { hintOf, Picture } from "./picture.tsx";
import { voiceOf, type Voice } from "./voice.ts";

/**
 * How much a story is made of. `lead` opens a page; `second` stands beside it; `plain` is one of many; `brief` is a
 * headline and a day.
 */
type Rank = "lead" | "second" | "plain" | "brief";

/** How wide the picture of a card is shown, by its rank and where it stands. */
const SIZES = {
  lead: "(min-width: 60em) 62vw, 100vw",
  second: "(min-width: 60em) 28vw, (min-width: 40em) 45vw, 7em",
  plain: "(min-width: 60em) 23vw, (min-width: 40em) 30vw, 7em",
  brief: "7em",
  river: "(min-width: 40em) 14em, 7em",
  strip: "(min-width: 60em) 30vw, (min-width: 40em) 45vw, 72vw",
  wide: "(min-width: 60em) 47vw, (min-width: 40em) 50vw, 72vw",
};

/** How wide a picture must be for each rank, in pixels: narrower ones would be a blur. */
const WIDE_ENOUGH = { lead: 480, second: 200, plain: 200, brief: 200 };

/** Where a picture is wider than its rank has it. */
type Spread = "river" | "strip" | "wide";

interface CardProps {
  site: Site;
  card: Card;
  /** The level of its headline in the page's outline. */
  level: 2 | 3;
  rank?: Rank;
  /** Whether its picture is shown, and how wide at most if not as its rank has it. */
  pictured?: boolean | Spread;
  /** Whether its picture is the first of the page, which is fetched at once. */
  first?: boolean;
  /** Left out where the page is the section's own. */
  kicker?: boolean;
  /** Left out where the page groups its cards by day. */
  dated?: boolean;
  /** A lead with nothing beside it. */
  alone?: boolean;
  /** What it says in place of its headline and standfirst: the same with marks in it, or other lines of the story. */
  said?: { title: Child; standfirst: Child };
}

/** What a browser may fetch before it has read a page that opens with this card. */
export function cardHint({ hero }: Card): string | null {
  return hero && hintOf(hero, { sizes: SIZES.lead });
}

/** A story in a list. */
export function StoryCard({
  site,
  card,
  level,
  rank = "plain",
  pictured = false,
  first = rank === "lead",
  kicker = true,
  dated = true,
  alone = false,
  said = { title: card.title, standfirst: card.standfirst },
}: CardProps) {
  const Headline = `h${level}` as const;
  const language = marked(card.language, site.settings.language);
  const hero = pictured && isPictured(card, rank) ? card.hero : null;
  const { words } = voiceOf(site.settings);
  return (
    <article class={`card ${rank}${hero ? "" : " bare"}${alone ? " alone" : ""}`}>
      {hero && (
        <Picture
          hero={hero}
          first={first}
          decorative={rank !== "lead"}
          sizes={SIZES[typeof pictured === "string" ? pictured : rank]}
        />
      )}
      <div class="summary">
        <PaidSign story={card} words={words} />
        {(kicker || kindName(card, words) !== null) && (
          <p class="kicker">
            {kicker && <a href={sectionPath(card.section.slug)}>{card.section.name}</a>}{" "}
            <KindName story={card} words={words} />
          </p>
        )}
        <Headline class={isLong(card.title) ? "headline long" : "headline"} {...language}>
          <a href={card.path}>{said.title}</a>
        </Headline>
        {said.standfirst && rank !== "brief" && (
          <p class="standfirst" {...language}>
            {said.standfirst}
          </p>
        )}
        <Signature
          card={rank === "brief" ? { ...card, authors: [] } : card}
          voice={voiceOf(site.settings)}
          dated={dated}
        />
      </div>
    </article>
  );
}

/** Tells whether a story has a picture that can be shown with its card. */
export function isPictured({ hero }: Card, rank: Rank = "plain"): boolean {
  return hero !== null && (hero.width === null || hero.width >= WIDE_ENOUGH[rank]);
}

type CardsProps = Omit<CardProps, "card" | "pictured" | "first"> & {
  cards: Card[];
  layout: "grid" | "river" | "column" | "strip";
  /** How many of them show their pictures: the first ones, so that a long list stays a light page. */
  pictures?: number;
  /** Whether the first picture of the page is one of theirs. */
  opening?: boolean;
};

/** Tells whether a headline needs smaller letters: a whole sentence, or a word that fills a line. */
export function isLong(title: string): boolean {
  return title.length > LONG || LONG_WORD.test(title);
}

/** In characters: what three lines of a large headline hold. */
const LONG = 90;

/** Chinese and Japanese have no words in this sense: a line can end anywhere. */
const LONG_WORD = /[^\s\p{Pd}\p{scx=Han}\p{scx=Hira}\p{scx=Kana}]{20}/u;

/** Stories one after the other, newest first. */
export function Cards({ cards, layout, pictures = 0, opening = false, ...rest }: CardsProps) {
  const first = opening ? cards.findIndex((card) => isPictured(card, rest.rank)) : -1;
  return (
    <ul class={listClass(layout, cards.length)}>
      {cards.map((card, index) => (
        <li>
          <StoryCard
            card={card}
            pictured={index < pictures && spreadOf(layout, index, cards.length)}
            first={index === first}
            {...rest}
          />
        </li>
      ))}
    </ul>
  );
}

/**
 * What a list is called by how many stories it has. The stylesheet could count them itself, with `:has()`: then a browser counts
 * again with each element that it reads.
 */
function listClass(layout: CardsProps["layout"], count: number): string {
  if (layout !== "grid" && layout !== "strip") return layout;
  const few = count < 4 ? " few" : "";
  if (layout === "grid") return `grid${few}`;
  const many = count > 1 ? " many" : "";
  const share = count === 2 ? " halves" : count === 3 || count === 6 ? " thirds" : "";
  return `grid strip${few}${many}${share}`;
}

/** Two stories of a strip have more room than more, and the first one where their number leaves it (styles/front.css). */
function spreadOf(layout: CardsProps["layout"], index: number, count: number): true | Spread {
  if (layout === "strip") return count === 2 || (index === 0 && count % 2 === 1) ? "wide" : "strip";
  return layout === "river" ? "river" : true;
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
function namesOf({ authors }: Card, { words, spoken }: Voice): string {
  const others = authors.length - 2;
  if (others < 2) {
    return spoken
      .list(authors.length)
      .map(({ type, value }) => (type === "element" ? authors[Number(value)]?.name : value))
      .join("");
  }
  const named = authors.slice(0, 2).map(({ name }) => name);
  return words.others(named.join(words.comma), others, spoken.number(others));
}
