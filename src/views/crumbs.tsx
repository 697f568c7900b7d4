import type { Child } from "hono/jsx";
import { frontPath } from "../domain/paths.ts";
import type { Site } from "../domain/published.ts";
import { marked } from "./language.ts";
import { voiceOf } from "./voice.ts";

/** A page on the way to another, as it is called and where it is. */
export interface Crumb {
  name: Child;
  path: string;
}

/** The way from the front page to where readers are, in the site's language; `around` is that of the page around it. */
export function Crumbs({ site, way, around }: { site: Site; way: Crumb[]; around?: string }) {
  const { language } = site.settings;
  const { words } = voiceOf(site.settings);
  return (
    <nav class="crumbs" aria-label={words.way} {...marked(language, around ?? language)}>
      <ol>
        {[{ name: words.home, path: frontPath() }, ...way].map(({ name, path }) => (
          <li>
            <a href={path}>{name}</a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
