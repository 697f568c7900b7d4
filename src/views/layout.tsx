import { directionOf } from "../domain/language.ts";
import { Colophon } from "./colophon.tsx";
import type { Frame } from "./frame.ts";
import { Head } from "./head.tsx";
import { Masthead } from "./masthead.tsx";
import { asDocument } from "./prose.tsx";
import { voiceOf } from "./voice.ts";

/** A whole page in the paper's frame. */
export function layout(frame: Frame): string {
  const { language } = frame.site.settings;
  return asDocument(
    <html lang={language} dir={directionOf(language)}>
      <Head {...frame} />
      <body>
        <a class="skip" href="#main">
          {voiceOf(frame.site.settings).words.skip}
        </a>
        {frame.isPreview && (
          <aside class="preview">
            <p>{voiceOf(frame.site.settings).words.preview}</p>
          </aside>
        )}
        <Masthead {...frame} />
        <main id="main" tabindex={-1}>
          {frame.children}
        </main>
        <Colophon site={frame.site} feeds={frame.feeds ?? []} />
      </body>
    </html>,
  );
}
