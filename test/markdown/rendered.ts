import { renderMarkdown } from "../../src/text/markdown.ts";
import type { Rendered } from "../../src/text/markdown.ts";

// Markdown as it comes out, and an independent look at what came out.

export const siteOrigin = "https://paper.example";

export function render(markdown: string, language = "en"): Rendered {
  const outcome = renderMarkdown(markdown, { language, siteOrigin });
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.value;
}

export function html(markdown: string, language = "en"): string {
  return render(markdown, language).html.trim();
}

/** The headings of a body: `level id`. */
export function headingsOf(markdown: string): string[] {
  return [...html(markdown).matchAll(/<h([1-6]) id="([^"]*)">/g)].map(
    ([, level, id]) => `${level} ${id}`,
  );
}

/** What the editor is told was left out of a body: `line: message`. */
export const left = (markdown: string) =>
  render(markdown).notes.map(({ line, message }) => `${line}: ${message}`);

/** workerd's clock stands still while code runs: it has to be let go once before it is read. */
export async function timed(act: () => void): Promise<number> {
  await scheduler.wait(0);
  const start = performance.now();
  act();
  await scheduler.wait(0);
  return performance.now() - start;
}

const TAGS = new Set(
  `a abbr aside b bdi bdo blockquote br caption cite code dd del details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr
  i img input ins kbd li mark ol p picture pre q rp rt ruby s samp section small source span strong sub summary sup table tbody
  td tfoot th thead time tr u ul var wbr`.split(/\s+/),
);
const ATTRIBUTES = new Set(
  `alt aria-hidden aria-label checked cite class colspan data-provider datetime decoding dir disabled height href id lang
  loading media rel role rowspan scope sizes src srcset start tabindex title type width`.split(
    /\s+/,
  ),
);
const VOID = new Set(["br", "hr", "img", "input", "source", "wbr"]);
const PIECE = /^(\/?)([a-z][a-z\d]*)((?: [a-z-]+(?:="[^"<>]*")?)*)(?: \/)?>[^<>]*$/;

/** An independent reader of finished HTML: everything in it that is not plainly harmless. */
export function dangersIn(markup: string, { balanced = true } = {}): string[] {
  const dangers: string[] = [];
  const open: string[] = [];
  const [text = "", ...pieces] = markup.split("<");
  if (text.includes(">")) dangers.push(text);
  for (const piece of pieces) {
    const [, slash, tag = "", attributes = ""] = PIECE.exec(piece) ?? [];
    if (!TAGS.has(tag)) dangers.push(`<${piece}`);
    dangers.push(...attributeDangers(attributes));
    if (slash === "/" && open.pop() !== tag && balanced) dangers.push(`unbalanced ${piece}`);
    if (slash === "" && !VOID.has(tag)) open.push(tag);
  }
  if (balanced && open.length > 0) dangers.push(`unclosed ${open.join(" ")}`);
  return dangers;
}

function attributeDangers(attributes: string): string[] {
  return [...attributes.matchAll(/ ([a-z-]+)(?:="([^"]*)")?/g)].flatMap(
    ([whole, name = "", value = ""]) => {
      if (!ATTRIBUTES.has(name)) return [whole];
      if (name === "id") return /^(?:h|fn|fnref|id)-/.test(value) ? [] : [whole];
      if (name !== "href" && name !== "src" && name !== "cite") return [];
      if (/&(?!amp;)/.test(value)) return [whole];
      const { protocol } = new URL(
        value.replaceAll("&amp;", "&"),
        "https://paper.example/news/story",
      );
      return ["http:", "https:", ...(name === "href" ? ["mailto:", "tel:"] : [])].includes(protocol)
        ? []
        : [whole];
    },
  );
}
