import { correctionsPath } from "../domain/paths.ts";
import type { CorrectionsPage, ListedCorrection, Site } from "../domain/published.ts";
import { Day } from "./card.tsx";
import { PaidWord } from "./kinds.tsx";
import { marked } from "./language.ts";
import type { Paper } from "./frame.ts";
import { layout } from "./layout.tsx";
import { ListHeader, listTitle } from "./list.tsx";
import { Pager } from "./pager.tsx";
import { voiceOf, type Voice } from "./voice.ts";

/** What was corrected in all stories, newest first. */
export function correctionsPage({
  site,
  listing: { corrections, page, hasOlder },
}: {
  site: Paper;
  listing: CorrectionsPage;
}): string {
  const voice = voiceOf(site.settings);
  const { words } = voice;
  return layout({
    site,
    title: listTitle(words.allCorrections, page, voice),
    description: words.allCorrectionsMore,
    path: correctionsPath(page),
    children: (
      <div class="profile">
        <ListHeader title={words.allCorrections} page={page} voice={voice}>
          <p class="standfirst">{words.allCorrectionsMore}</p>
        </ListHeader>
        {corrections.length === 0 && <p class="empty">{words.noCorrections}</p>}
        {corrections.length > 0 && (
          <ol class="errata">
            {corrections.map((correction) => (
              <Erratum site={site} correction={correction} voice={voice} />
            ))}
          </ol>
        )}
        <Pager
          listing={{ page, hasOlder }}
          voice={voice}
          labels={{ newer: words.newerCorrections, older: words.olderCorrections }}
          pathOf={correctionsPath}
          archive={null}
        />
      </div>
    ),
  });
}

function Erratum({
  site,
  correction: { at, text, path, title, kind, language },
  voice,
}: {
  site: Site;
  correction: ListedCorrection;
  voice: Voice;
}) {
  const own = marked(language, site.settings.language);
  return (
    <li>
      <Day moment={at} voice={voice} />
      <h2 class="headline">
        <PaidWord story={{ kind }} words={voice.words} />{" "}
        <a href={`${path}#corrections`} {...own}>
          {title}
        </a>
      </h2>
      <p {...own}>{text}</p>
    </li>
  );
}
