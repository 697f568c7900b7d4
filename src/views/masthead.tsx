import { offerOf, pictureAt } from "../domain/media.ts";
import type { MenuLink } from "../domain/menu.ts";
import { frontPath, SEARCH_PATH } from "../domain/paths.ts";
import type { Site } from "../domain/published.ts";
import type { Logo } from "../domain/settings.ts";
import { dayOf } from "./dates.ts";
import type { Frame } from "./frame.ts";
import { voiceOf } from "./voice.ts";

/** The paper's name, on the front page with the day of the edition, and its menu. */
export function Masthead({ site, section, path, nameplate }: Frame) {
  const { title, logo, theme } = site.settings;
  const name = (
    <>
      {logo && <Sign logo={logo} />}
      {title}
    </>
  );
  return (
    <header class={`masthead ${theme?.masthead ?? "centred"}${nameplate ? " nameplate" : ""}`}>
      {nameplate ? (
        <h1 class="paper">{name}</h1>
      ) : (
        <p class="paper">
          <a href={frontPath()}>{name}</a>
        </p>
      )}
      {nameplate && <Edition site={site} moment={nameplate.edition} />}
      <Menu site={site} section={section} path={path} />
    </header>
  );
}

/** The paper's sign tells nothing that its name beside it does not. */
function Sign({ logo: { src, width, height } }: { logo: Logo }) {
  const picture = pictureAt(src);
  return (
    <picture>
      {picture && (
        <source type="image/avif" srcset={offerOf(picture.hash, width).modern} sizes="6rem" />
      )}
      <img class="sign" src={src} alt="" width={width} height={height} decoding="async" />
    </picture>
  );
}

function Edition({ site: { settings }, moment }: { site: Site; moment: number | null }) {
  const { formats } = voiceOf(settings);
  if (moment === null && !settings.tagline) return null;
  return (
    <div class="edition">
      {moment !== null && (
        <p>
          <time datetime={dayOf(moment, formats.timeZone)}>{formats.edition(moment)}</time>
        </p>
      )}
      {settings.tagline && <p class="tagline">{settings.tagline}</p>}
    </div>
  );
}

/** Where readers are. */
interface Place {
  section: Frame["section"] | undefined;
  path: string | null;
}

function Menu({ site, ...here }: Place & { site: Site }) {
  return (
    <nav class="sections" aria-label={voiceOf(site.settings).words.sections}>
      <ul>
        {site.menu.map((link) => (
          <li>
            <a href={link.href} aria-current={currency(link, here)}>
              {link.label}
            </a>
          </li>
        ))}
        <li class="find">
          <a href={SEARCH_PATH}>{voiceOf(site.settings).words.search}</a>
        </li>
      </ul>
    </nav>
  );
}

/** Whether a link leads to the page that readers are on, or to the section that it is in. */
function currency(link: MenuLink, { section, path }: Place): "page" | "true" | undefined {
  if (link.section === null) return link.href === path ? "page" : undefined;
  if (link.section !== section?.slug) return undefined;
  return section.front ? "page" : "true";
}
