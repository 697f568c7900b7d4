import type { Browser } from "playwright-core";
import type { PictureOfPage } from "../screenshots/kinds.ts";
import type { Paper } from "../screenshots/paper.ts";

// What a check of finished pages is. Each looks at every kind of page, and says what is wrong with it.

/** What a check found at one page: a figure for the table, and what is wrong. */
export interface Finding {
  figure: string;
  faults: string[];
}

/** What checks work with. */
export interface Bench {
  browser: Browser;
  /** Where the browser is driven from by others than Playwright. */
  port: number;
  paper: Paper;
}

export interface Check {
  /** What it is asked for by. */
  name: string;
  /** What its column of the table is called. */
  title: string;
  /** What is missing on this machine, and what to do about it; null if nothing is. */
  missing?(): Promise<string | null>;
  /** Looks at pages; those that it has nothing to say of have no finding. */
  look(bench: Bench, pages: PictureOfPage[]): Promise<Map<PictureOfPage, Finding>>;
}

/** Looks at one page after the other. */
export async function eachPage(
  pages: PictureOfPage[],
  look: (page: PictureOfPage) => Promise<Finding | null>,
): Promise<Map<PictureOfPage, Finding>> {
  const found = new Map<PictureOfPage, Finding>();
  for (const page of pages) {
    const finding = await look(page);
    if (finding) found.set(page, finding);
  }
  return found;
}

/** A finding of nothing but faults, counted. */
export function faultsAlone(faults: string[]): Finding {
  return { figure: String(faults.length), faults };
}
