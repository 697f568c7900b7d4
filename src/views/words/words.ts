import type { PolicyName } from "../../domain/settings.ts";
import type { Kind } from "../../domain/kinds.ts";

// What a page itself can say, in each language that it speaks: a file for each. What editors write is never here.

/** The languages that pages speak. */
export const LANGUAGES = ["en", "de", "fr", "es", "ar"] as const;
export type Language = (typeof LANGUAGES)[number];

/** A number as the page's language writes it comes ready as a string; the number itself decides the plural. */
export interface Words extends Record<PolicyName, string> {
  language: Language;
  skip: string;
  /** The way from the front page to where readers are, and the front page in it. */
  way: string;
  home: string;
  sections: string;
  topStories: string;
  latest: string;
  moreStories: string;
  page(shown: string): string;
  pages: string;
  newer: string;
  older: string;
  toArchive: string;
  archive: string;
  allMonths: string;
  months: string;
  earlierMonth: string;
  laterMonth: string;
  moreOf(month: string): string;
  newestOf(month: string): string;
  sectionMonth(section: string, month: string): string;
  by: string;
  /** Between two names when more are counted: the last "and" is in `others`. */
  comma: string;
  /** `count` is two or more. */
  others(names: string, count: number, shown: string): string;
  published: string;
  updated: string;
  corrected: string;
  readingTime(minutes: number, shown: string): string;
  corrections(count: number): string;
  /** The page of the corrections of all stories, and what it says of itself. */
  allCorrections: string;
  allCorrectionsMore: string;
  noCorrections: string;
  newerCorrections: string;
  olderCorrections: string;
  aboutAuthors(count: number): string;
  alsoIn: string;
  previous: string;
  next: string;
  neighbours: string;
  latestFrom(section: string): string;
  /** What a story is. News is what readers expect, and is not named. */
  kinds: Record<Exclude<Kind, "news">, string>;
  paidBy(sponsor: string): string;
  /** Before a headline, where it is text and nothing else. */
  labelled(label: string, title: string): string;
  contents: string;
  /** Which part a story is of the series that is named behind it; `total` only where it says how many there are. */
  part(number: string, total: string | null): string;
  partsOf(series: string): string;
  inSeries: string;
  series(count: number, shown: string): string;
  previousPart: string;
  nextPart: string;
  related: string;
  topics: string;
  nothingYet: string;
  nothingPublished: string;
  publishedBy(publisher: string): string;
  toTop: string;
  feed: string;
  /** Where a feed has no room for a story. */
  wholeStory: string;
  /** What the paper tells of itself, and where else it is. */
  aboutPaper: string;
  elsewhere: string;
  toFront: string;
  notFound: string;
  notFoundMore: string;
  gone: string;
  goneMore: string;
  unavailable: string;
  unavailableMore: string;
  /** What stands above a page that is not published. */
  preview: string;
  previewOver: string;
  previewOverMore: string;
  /** What agents are told in llms.txt. */
  forAgents: string;
  feeds: string;
  /** What is told of a request that no page answers, as text. */
  readOnly: string;
  tooMany: string;
  search: string;
  searchOf(paper: string): string;
  /** How a query is written. */
  searchHow: string;
  searchCut: string;
  /** What a search can be narrowed to. */
  narrow: string;
  section: string;
  anySection: string;
  author: string;
  anyAuthor: string;
  since: string;
  until: string;
  found(count: number, shown: string): string;
  foundMore(shown: string): string;
  foundNoMore: string;
  foundNone: string;
  foundNoneMore: string;
  noWords: string;
  noWordsMore: string;
  searchAway: string;
  searchAwayMore: string;
  earlierResults: string;
  moreResults: string;
  /** Who asks too much is asked to wait. */
  busy: string;
  busyMore: string;
}

/** Picks the form for a count; `other` stands in for the forms that a language does not have. */
export function plurals(language: Language): (count: number, forms: PluralForms) => string {
  let rules: Intl.PluralRules | undefined;
  return (count, forms) =>
    forms[(rules ??= new Intl.PluralRules(language)).select(count)] ?? forms.other;
}

type PluralForms = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;
