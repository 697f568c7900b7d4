import { ARCHIVE_PATH, frontPath } from "../domain/paths.ts";
import { directionOf } from "../domain/language.ts";
import type { Paper } from "./frame.ts";
import { layout } from "./layout.tsx";
import { asDocument, Stylesheet } from "./prose.tsx";
import { styleOf } from "./stylesheet.ts";
import { voiceOf } from "./voice.ts";
import { wordsFor } from "./words.ts";
import { LANGUAGES } from "./words/words.ts";

/** What readers see where no page is, nor ever was. */
export function notFoundPage({ site }: { site: Paper }): string {
  const { words } = voiceOf(site.settings);
  return notice(site, words.notFound, words.notFoundMore);
}

/** What readers see where a page was that has been taken away. */
export function gonePage({ site }: { site: Paper }): string {
  const { words } = voiceOf(site.settings);
  return notice(site, words.gone, words.goneMore);
}

/** What is seen where a preview was, or never was: which of the two is nobody's business. */
export function previewOverPage({ site }: { site: Paper }): string {
  const { words } = voiceOf(site.settings);
  return notice(site, words.previewOver, words.previewOverMore);
}

/** What readers see when not even the paper's name can be read: in which language is not known, so in each. */
export function unavailablePage(): string {
  return apology("unavailable");
}

/** What readers see who ask for more than anybody reads. */
export function busyPage(): string {
  return apology("busy");
}

/** What is said of it, and more. */
type Saying = "unavailable" | "busy";

function apology(saying: Saying): string {
  return asDocument(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>{wordsFor("en")[saying]}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <Stylesheet text={styleOf(["notice"], null)} />
      </head>
      <body>
        <main class="notice">
          {LANGUAGES.map((language, index) => (
            <Apology saying={saying} language={language} first={index === 0} />
          ))}
        </main>
      </body>
    </html>,
  );
}

/** What is told, as text, of a request that no page answers: in which language is not known, so in each. */
export function toldInEach(saying: "readOnly" | "tooMany"): string {
  return `${LANGUAGES.map((language) => wordsFor(language)[saying]).join("\n")}\n`;
}

function Apology({
  saying,
  language,
  first,
}: {
  saying: Saying;
  language: string;
  first: boolean;
}) {
  const words = wordsFor(language);
  const [title, more] = [words[saying], words[`${saying}More`]];
  if (first) {
    return (
      <>
        <h1 class="title">{title}</h1>
        <p class="standfirst">{more}</p>
      </>
    );
  }
  return (
    <p lang={language} dir={directionOf(language)}>
      <strong>{title}.</strong> {more}
    </p>
  );
}

function notice(site: Paper, title: string, more: string): string {
  const { words } = voiceOf(site.settings);
  return layout({
    site,
    title,
    description: null,
    path: null,
    children: (
      <div class="notice">
        <h1 class="title">{title}</h1>
        <p class="standfirst">{more}</p>
        <ul>
          <li>
            <a href={frontPath()}>{words.toFront}</a>
          </li>
          <li>
            <a href={ARCHIVE_PATH}>{words.archive}</a>
          </li>
        </ul>
      </div>
    ),
  });
}
