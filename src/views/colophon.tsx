import { linkOf, type MenuLink } from "../domain/menu.ts";
import {
  ARCHIVE_PATH,
  correctionsPath,
  feedPath,
  frontPath,
  SEARCH_PATH,
} from "../domain/paths.ts";
import type { Site } from "../domain/published.ts";
import type { Frame } from "./frame.ts";
import { About, Accounts } from "./paper-links.tsx";
import { voiceOf } from "./voice.ts";

/** What ends every page: who publishes the paper, and where its lists and its own pages are. */
export function Colophon({ site, feeds }: Required<Pick<Frame, "site" | "feeds">>) {
  const { words } = voiceOf(site.settings);
  const { title, publisher } = site.settings;
  return (
    <footer class="colophon">
      <p class="paper">
        <a href={frontPath()}>{title}</a>
      </p>
      {publisher && <p>{words.publishedBy(publisher)}</p>}
      <ul>
        {(site.footer ?? everythingOf(site)).map(({ href, label }) => (
          <li>
            <a href={href}>{label}</a>
          </li>
        ))}
        <li>
          <a href={SEARCH_PATH}>{words.search}</a>
        </li>
        <li>
          <a href={feedPath(feeds[0]?.list ?? frontPath(), "rss")}>{words.feed}</a>
        </li>
        <li>
          <a href="#">{words.toTop}</a>
        </li>
      </ul>
      {site.footer === null && <About settings={site.settings} />}
      <Accounts settings={site.settings} />
    </footer>
  );
}

/** The footer of a paper that has chosen none: the sections, and the lists of everything. */
function everythingOf({ settings, sections }: Site): Pick<MenuLink, "href" | "label">[] {
  const { words } = voiceOf(settings);
  return [
    ...sections.map(linkOf),
    { href: ARCHIVE_PATH, label: words.archive },
    { href: correctionsPath(), label: words.allCorrections },
  ];
}
