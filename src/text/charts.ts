// Charts whose makers offer a still picture of each: what they are called here, and where the picture is.

/** A chart elsewhere. */
export interface Chart {
  /** Its name for machines: `datawrapper/aBc12`, `flourish/visualisation/123`. */
  key: string;
  /** Who made it, for readers. */
  maker: string;
  /** Where its maker offers a still picture of it. */
  still: string;
}

/** Hosts that a still picture may come from: where its maker offers it, and where that may lead on to. */
export const STILL_HOSTS: ReadonlySet<string> = new Set([
  "datawrapper.dwcdn.net",
  "public.flourish.studio",
  "flo.uri.sh",
]);

/** The chart that a key names; null for what names none. */
export function chartOf(key: string): Chart | null {
  const [, datawrapper, flourish] =
    /^(?:datawrapper\/([A-Za-z\d]{5})|flourish\/((?:visualisation|story)\/\d{1,12}))$/.exec(key) ??
    [];
  // These are the addresses that the makers' own embed codes give to browsers without scripts.
  if (datawrapper !== undefined)
    return {
      key,
      maker: "Datawrapper",
      still: `https://datawrapper.dwcdn.net/${datawrapper}/full.png`,
    };
  if (flourish !== undefined)
    return {
      key,
      maker: "Flourish",
      still: `https://public.flourish.studio/${flourish}/thumbnail`,
    };
  return null;
}

/** The chart at an address that a card leads to; null for any other address. */
export function chartAt(address: string): Chart | null {
  const url = URL.parse(address);
  return url && /^https?:$/.test(url.protocol)
    ? chartOf(keyIn(url.host + url.pathname) ?? "")
    : null;
}

/** The charts that a body names, by their keys: more than it shows, never fewer, but for addresses with characters by number. */
export function chartsIn(body: string): string[] {
  const found = [...body.matchAll(ADDRESSES)].flatMap(([address]) => keyIn(address) ?? []);
  const filled = [...body.matchAll(FILLED)].map(([, chart]) => `flourish/${chart}`);
  return [...new Set([...found, ...filled])].slice(0, CHARTS);
}

/** Of how many charts of one body the pictures are kept. */
const CHARTS = 20;

const ADDRESSES =
  /(?:datawrapper\.dwcdn\.net|(?:www\.)?datawrapper\.de|public\.flourish\.studio|flo\.uri\.sh)\/[\w/]{5,60}/g;

/** What Flourish's own script fills. */
const FILLED = /\bdata-src=["']?((?:visualisation|story)\/\d{1,12})\b/g;

function keyIn(address: string): string | undefined {
  const [, datawrapper, flourish] =
    /^(?:(?:datawrapper\.dwcdn\.net|(?:www\.)?datawrapper\.de\/_)\/([A-Za-z\d]{5})(?![A-Za-z\d])|(?:public\.flourish\.studio|flo\.uri\.sh)\/((?:visualisation|story)\/\d{1,12})(?!\d))/.exec(
      address,
    ) ?? [];
  if (datawrapper !== undefined) return `datawrapper/${datawrapper}`;
  return flourish === undefined ? undefined : `flourish/${flourish}`;
}
