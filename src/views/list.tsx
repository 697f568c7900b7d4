import type { Child } from "hono/jsx";
import type { Site } from "../domain/published.ts";
import { Crumbs, type Crumb } from "./crumbs.tsx";
import type { Voice } from "./voice.ts";

/** How a page of a list opens: what it is a list of, and which page of it this is. */
export function ListHeader({
  title,
  page,
  voice,
  barred = false,
  way,
  children,
}: {
  title: string;
  page: number;
  voice: Voice;
  /** A thick rule parts it from what follows. */
  barred?: boolean;
  /** The way to it from the front page, where it leads over another page. */
  way?: { site: Site; crumbs: Crumb[] };
  children?: Child;
}) {
  return (
    <header class={barred ? "opening barred" : "opening"}>
      {way && way.crumbs.length > 0 && <Crumbs site={way.site} way={way.crumbs} />}
      <h1 class="title">
        {title}
        {page > 1 && <span class="folio"> {pageName(page, voice)}</span>}
      </h1>
      {children}
    </header>
  );
}

/** The way to a later page of a list leads over its first one. */
export function wayTo(site: Site, page: number, first: Crumb): { site: Site; crumbs: Crumb[] } {
  return { site, crumbs: page > 1 ? [first] : [] };
}

/** What a page of a list is called in tabs and search results. */
export function listTitle(title: string, page: number, voice: Voice): string {
  return page > 1 ? `${title}${voice.words.comma}${pageName(page, voice)}` : title;
}

function pageName(page: number, { words, spoken }: Voice): string {
  return words.page(spoken.number(page));
}
