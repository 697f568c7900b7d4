import { linkOf } from "../../src/domain/menu.ts";
import type { Hero } from "../../src/domain/hero.ts";
import type {
  Card,
  Front,
  Listing,
  MonthPage,
  Profile,
  Story,
  StoryPage,
} from "../../src/domain/published.ts";
import { articlePage } from "../../src/views/article.tsx";
import { gonePage, notFoundPage, unavailablePage } from "../../src/views/notice.tsx";
import type { Paper } from "../../src/views/frame.ts";
import { STYLE_PARTS, styleOf } from "../../src/views/stylesheet.ts";

// A paper as the views get it, every page of it, and what a parser sees of them.

export const HOUR = 3_600_000;
export const NOON = Date.UTC(2026, 2, 14, 11);

export const coast = { slug: "coast", name: "Coast" };
export const mara: Profile = {
  slug: "mara-lind",
  name: "Mara Lind",
  role: "Coast correspondent",
  bio: "Grew up on a lightship.",
  links: ["https://www.social.example/@mara", "mailto:mara@courier.example"],
};
export const otto: Profile = {
  slug: "otto-reyes",
  name: "Otto Reyes",
  role: null,
  bio: null,
  links: [],
};

/** All of it, as no page has it. */
export const stylesheet = styleOf(STYLE_PARTS, null);

export const site: Paper = {
  style: stylesheet,
  origin: "https://courier.example",
  settings: {
    title: "The Harbour Courier",
    tagline: "A paper for the coast",
    description: "News from the coast.",
    language: "en",
    timeZone: "Europe/Berlin",
    publisher: "Harbour Press",
    theme: null,
    logo: null,
    social: ["https://x.com/harbourcourier", "https://social.example/@courier"],
    policies: {
      publishingPrinciples: "/about/principles",
      ethicsPolicy: null,
      correctionsPolicy: "/about/corrections",
      ownershipFundingInfo: "https://trust.example/harbour",
      masthead: "/about/newsroom",
      contact: "desk@courier.example",
    },
    prefetch: true,
    cardFont: null,
    menu: null,
    footer: null,
  },
  drawsPictures: true,
  sections: [coast, { slug: "letters", name: "Letters" }],
  menu: [coast, { slug: "letters", name: "Letters" }].map(linkOf),
  footer: null,
};

export const hero: Hero = {
  src: "/media/abc/harbour.jpg",
  alt: "Two boats turning in",
  decorative: false,
  caption: "The outer harbour.",
  credit: "Otto Reyes",
  width: 2400,
  height: 1600,
  focalPoint: "top-right",
};

export function card(name: string, change: Partial<Card> = {}): Card {
  return {
    id: name,
    kind: "news",
    sponsor: null,
    path: `/coast/${name}`,
    place: `001773486000000-${name}`,
    section: coast,
    title: `The ${name}`,
    standfirst: `What became of the ${name}.`,
    hero: null,
    language: null,
    publishedAt: NOON,
    authors: [{ slug: mara.slug, name: mara.name }],
    ...change,
  };
}

export function story(change: Partial<Story> = {}): Story {
  return {
    ...card("wall"),
    updatedAt: null,
    authors: [mara, otto],
    hero,
    tags: [{ slug: "tides", name: "Tides" }],
    html: '<p>The vote was close.</p><h2 id="h-first">What goes first</h2><p>The culvert.</p>',
    words: 900,
    canonicalUrl: null,
    corrections: [],
    seo: { title: null, description: null },
    translationOf: null,
    related: [],
    translations: [],
    ...change,
  };
}

export function article(
  change: Partial<Story> = {},
  around: Partial<StoryPage> = {},
  on = site,
): string {
  const page = {
    series: null,
    related: [],
    story: story(change),
    older: card("older"),
    newer: card("newer"),
    latest: [card("late"), card("later")],
  };
  return articlePage({ site: on, page: { ...page, ...around } });
}

export function listing(change: Partial<Listing> = {}): Listing {
  return {
    cards: [card("one", { hero }), card("two"), card("three")],
    page: 1,
    hasOlder: false,
    ...change,
  };
}

export function front(change: Partial<Front> = {}): Front {
  return {
    ...listing(),
    lead: card("lead", { hero }),
    pinned: [card("pin", { hero })],
    rows: [],
    others: [],
    ...change,
  };
}

export function month(change: Partial<MonthPage> = {}): MonthPage {
  const cards = [card("one"), card("two", { publishedAt: NOON - 24 * HOUR })];
  return {
    month: "2026-03",
    section: null,
    cards,
    next: null,
    first: true,
    olderMonth: null,
    newerMonth: null,
    ...change,
  };
}

export function settled(change: Partial<Paper["settings"]>): Paper {
  const settings = { ...site.settings, ...change };
  return { ...site, settings, style: styleOf(STYLE_PARTS, settings.theme) };
}

function partOf(name: string) {
  const { id, path, title, language, kind } = card(name);
  return { id, path, title, language, kind };
}

export const examples = {
  front: front(),
  listing: listing({ page: 3, hasOlder: true }),
  section: { ...coast, description: "Tides and ferries." },
  author: mara,
  topic: { slug: "tides", name: "Tides", description: "Twice a day." },
  page: {
    story: story({
      updatedAt: NOON + HOUR,
      corrections: [{ text: "It is 1,100 metres long.", at: NOON + 48 * HOUR }],
      translations: [{ id: "other", path: "/coast/deich", title: "Der Deich", language: "de" }],
    }),
    series: {
      slug: "sea",
      name: "The sea",
      count: 3,
      parts: ["ebb", "wall", "flow"].map((name, index) => {
        return { ...partOf(name), number: index + 1 };
      }),
    },
    related: [card("near"), card("paid", { kind: "sponsored", sponsor: "Coast Hotels" })],
    older: card("older"),
    newer: card("newer", { language: "ar", title: "الأحدث" }),
    latest: [card("late", { kind: "opinion" })],
  },
  month: month({
    section: coast,
    next: "x",
    first: false,
    olderMonth: "2026-02",
    newerMonth: "2026-04",
  }),
};

export const notices = {
  "not found": notFoundPage({ site }),
  gone: gonePage({ site }),
  unavailable: unavailablePage(),
};
interface Seen {
  name: string;
  attributes: Record<string, string>;
  text: string;
}

/** The elements of a page in order, as a parser sees them, each with its own text. */
export async function elements(html: string, selector = "*"): Promise<Seen[]> {
  const seen: Seen[] = [];
  const open: Seen[] = [];
  const rewriter = new HTMLRewriter().on(selector, {
    element(element) {
      const found = {
        name: element.tagName,
        attributes: Object.fromEntries([...element.attributes] as [string, string][]),
        text: "",
      };
      seen.push(found);
      if (!VOID.has(element.tagName)) {
        open.push(found);
        element.onEndTag(() => void open.splice(open.lastIndexOf(found), 1));
      }
    },
    text(chunk) {
      for (const element of open) element.text += chunk.text;
    },
  });
  await rewriter
    .transform(new Response(html, { headers: { "Content-Type": "text/html; charset=utf-8" } }))
    .text();
  return seen;
}

const VOID = new Set(["meta", "link", "img", "input", "br", "hr", "wbr", "source"]);

export async function links(html: string, rel: string): Promise<string[]> {
  return (await elements(html, `link[rel=${rel}], a[rel=${rel}]`)).map(
    ({ attributes }) => attributes.href ?? "",
  );
}

type Thing = Record<string, unknown>;

/** Everything that a page tells machines. */
export async function graphOf(html: string): Promise<Thing[]> {
  const scripts = await elements(html, "script");
  return scripts.flatMap(({ text }) => {
    const { "@context": context, "@graph": things } = JSON.parse(text) as {
      "@context": string;
      "@graph": Thing[];
    };
    if (context !== "https://schema.org") throw new Error(`The context is ${context}`);
    return things;
  });
}

/** What it tells first: of itself. */
export async function linkedData(html: string): Promise<Thing> {
  const [first = {}] = await graphOf(html);
  return first;
}

export function textOf(html: string): string {
  return html
    .replace(/<style>.*?<\/style>|<script.*?<\/script>/gs, "")
    .replace(/<[^>]*>/g, "")
    .replace(/[\s\u202f]+/g, " ");
}
