import { SEARCH_PATH } from "../domain/paths.ts";
import type { Site } from "../domain/published.ts";
import { voiceOf } from "./voice.ts";
import { xml } from "./xml.ts";

/** The longest names that a description may have, in characters. */
const SHORT = 16;
const LONG = 48;

/** How the site is searched, for browsers (https://github.com/dewitt/opensearch). */
export function openSearchDescription({ origin, settings }: Site): string {
  const { title, language } = settings;
  const { words } = voiceOf(settings);
  const name = Array.from(title).length <= SHORT ? title : new URL(origin).hostname;
  const template = `${origin}${SEARCH_PATH}?q={searchTerms}`;
  const lines = [
    element("ShortName", shortened(name, SHORT)),
    element("LongName", shortened(title, LONG)),
    element("Description", shortened(words.searchOf(title), 1024)),
    `<Url type="text/html" method="get" rel="results" template="${xml(template)}"/>`,
    `<Url type="application/opensearchdescription+xml" rel="self" template="${xml(`${origin}/opensearch.xml`)}"/>`,
    element("Language", language),
    element("InputEncoding", "UTF-8"),
    element("OutputEncoding", "UTF-8"),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n${lines.join("\n")}\n</OpenSearchDescription>\n`;
}

function element(name: string, text: string): string {
  return `<${name}>${xml(text)}</${name}>`;
}

function shortened(text: string, most: number): string {
  const characters = Array.from(text);
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join("")}…`;
}
