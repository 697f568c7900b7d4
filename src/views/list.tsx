import type { Child } from "hono/jsx";
import type { Voice } from "./voice.ts";

/** How a page of a list opens: what it is a list of, and which page of it this is. */
export function ListHeader({
  title,
  page,
  voice,
  barred = false,
  children,
}: {
  title: string;
  page: number;
  voice: Voice;
  /** A thick rule parts it from what follows. */
  barred?: boolean;
  children?: Child;
}) {
  return (
    <header class={barred ? "opening barred" : "opening"}>
      <h1 class="title">
        {title}
        {page > 1 && <span class="folio"> {pageName(page, voice)}</span>}
      </h1>
      {children}
    </header>
  );
}

/** What a page of a list is called in tabs and search results. */
export function listTitle(title: string, page: number, voice: Voice): string {
  return page > 1 ? `${title}${voice.words.comma}${pageName(page, voice)}` : title;
}

function pageName(page: number, { words, spoken }: Voice): string {
  return words.page(spoken.number(page));
}
