import { isHttps, isMail, nameOfLink } from "../domain/links.ts";
import { POLICIES, type Settings } from "../domain/settings.ts";
import { voiceOf } from "./voice.ts";

// Links that the paper has elsewhere, and to what it tells of itself.

/** Where the paper tells how it works; nothing where it does not. */
export function About({ settings }: { settings: Settings }) {
  const { words } = voiceOf(settings);
  const told = POLICIES.flatMap((name) => {
    const href = hrefOf(settings.policies[name]);
    return href === null ? [] : [{ href, label: words[name] }];
  });
  if (told.length === 0) return null;
  return (
    <ul class="about" aria-label={words.aboutPaper}>
      {told.map(({ href, label }) => (
        <li>
          <a href={href}>{label}</a>
        </li>
      ))}
    </ul>
  );
}

function hrefOf(place: string | null): string | null {
  if (place === null) return null;
  if (isMail(place)) return `mailto:${place}`;
  return place.startsWith("/") || isHttps(place) ? place : null;
}

/** The paper's own accounts elsewhere. */
export function Accounts({ settings }: { settings: Settings }) {
  return <Elsewhere links={settings.social} label={voiceOf(settings).words.elsewhere} />;
}

/** Links to the same person or paper elsewhere (https://microformats.org/wiki/rel-me). */
export function Elsewhere({ links, label }: { links: string[]; label: string }) {
  const named = links.flatMap((href) => {
    const name = nameOfLink(href);
    return name === null ? [] : [{ href, name }];
  });
  if (named.length === 0) return null;
  return (
    <ul class="elsewhere" aria-label={label}>
      {named.map(({ href, name }) => (
        <li>
          <a rel="me" href={href}>
            {name}
          </a>
        </li>
      ))}
    </ul>
  );
}
