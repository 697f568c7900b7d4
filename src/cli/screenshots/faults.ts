// What is looked at inside a page. These run in the browser: each is whole in itself.

// The browser's names, as far as they are used here: the DOM's own types would change what fetch and bytes are elsewhere.
interface Element {
  id: string;
  tagName: string;
  outerHTML: string;
  textContent: string | null;
  ariaLabel: string | null;
  sheet?: unknown;
  complete?: boolean;
  naturalWidth?: number;
  decode?(): Promise<void>;
  getAttribute(name: string): string | null;
  hasAttribute(name: string): boolean;
  matches(selector: string): boolean;
  getBoundingClientRect(): {
    width: number;
    height: number;
    left: number;
    right: number;
    top: number;
  };
  compareDocumentPosition(other: Element): number;
}
declare const document: {
  title: string;
  activeElement: Element | null;
  body: Element;
  documentElement: Element & { lang: string; scrollWidth: number; clientWidth: number };
  querySelector(selector: string): Element | null;
  querySelectorAll(selector: string): Iterable<Element>;
};
declare const innerWidth: number;
declare const innerHeight: number;
declare function getComputedStyle(
  element: Element,
  part?: string,
): { outlineStyle: string; outlineWidth: string };

/** What is wrong with the page as it stands. */
export function pageFaults(): string[] {
  const faults: string[] = [];
  const all = (selector: string) => [...document.querySelectorAll(selector)];
  const say = (element: Element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 120);
  const count = (selector: string, wanted: number) => {
    const found = all(selector).length;
    if (found !== wanted) faults.push(`has ${found} of ${selector} instead of ${wanted}`);
  };

  const beyond = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (beyond > 0) faults.push(`is ${beyond} px wider than the screen`);
  count("h1", 1);
  count("main", 1);
  if (!document.documentElement.lang) faults.push("does not say its language");
  if (document.title.trim() === "") faults.push("has no title");

  for (const image of all("img:not([alt])"))
    faults.push(`has a picture without alt: ${say(image)}`);
  for (const image of all("img"))
    if (image.complete && image.naturalWidth === 0)
      faults.push(`has a broken picture: ${say(image)}`);
  for (const script of all("script"))
    if (script.getAttribute("type") !== "application/ld+json") faults.push("has a script");
  if (all("style").some(({ sheet }) => !sheet))
    faults.push("has a style that the policy does not allow");

  const ids = all("[id]").map(({ id }) => id);
  for (const id of new Set(ids.filter((id, index) => ids.indexOf(id) !== index)))
    faults.push(`has two of #${id}`);
  for (const link of all("a[href]"))
    if (!link.hasAttribute("aria-hidden") && !link.textContent?.trim() && !link.ariaLabel)
      faults.push(`has a link without words: ${say(link)}`);
  for (const nav of all("nav")) if (!nav.ariaLabel) faults.push("has a nav without a name");

  const levels = all("h1,h2,h3,h4,h5,h6").map(({ tagName }) => Number(tagName[1]));
  levels.forEach((level, index) => {
    if (level > (levels[index - 1] ?? 0) + 1) faults.push(`skips a heading before an h${level}`);
  });

  // Links that stand by themselves are for thumbs (WCAG 2.2, 2.5.5); those within a sentence need not be.
  for (const link of all(
    "nav a, .colophon a, .topics a, .pager a, .notice a, .rubric a, .authors h3 a, .dateline a",
  )) {
    const { height, width } = link.getBoundingClientRect();
    if (width > 0 && height < 44)
      faults.push(`has a link only ${Math.round(height)} px high: ${say(link)}`);
  }
  return faults;
}

/** What is wrong with where the Tab key has led, null if nothing, "end" when it has left the page. */
export function focusFaults(stop: number): string | null {
  const state = globalThis as { first?: Element; before?: Element };
  const focused = document.activeElement;
  if (!focused || focused === document.body || focused === document.documentElement) return "end";
  // Without a window around it, the page begins anew after its end.
  if (focused === state.first) return "end";
  state.first ??= focused;
  const say = focused.outerHTML.replace(/\s+/g, " ").slice(0, 120);
  if (stop === 0 && document.querySelector("a.skip") && !focused.matches("a.skip"))
    return `does not begin with the way past its masthead but with ${say}`;
  /** Node.DOCUMENT_POSITION_FOLLOWING */
  const FOLLOWING = 4;
  const { before } = state;
  state.before = focused;
  // A date has several stops.
  if (before && before !== focused && !(before.compareDocumentPosition(focused) & FOLLOWING))
    return `leads back with the Tab key, to ${say}`;
  const outlines = [getComputedStyle(focused), getComputedStyle(focused, "::after")];
  if (
    !outlines.some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2)
  )
    return `does not show where the keyboard is: ${say}`;
  const { width, height, right, left } = focused.getBoundingClientRect();
  if (width === 0 || height === 0 || right <= 0 || left >= innerWidth)
    return `leads the keyboard to what cannot be seen: ${say}`;
  return null;
}

/** Waits until the pictures that the screen shows are there. */
export async function picturesShown(): Promise<void> {
  const shown = [...document.querySelectorAll("img")].filter((image) => {
    const { width, top, left, right } = image.getBoundingClientRect();
    // What is passed by sideways is fetched when it comes near.
    return width > 0 && top < innerHeight && right > 0 && left < innerWidth;
  });
  // A picture that is broken is shown as such.
  await Promise.all(
    shown.map(async (image) => {
      await image.decode?.().catch(() => {});
    }),
  );
}
