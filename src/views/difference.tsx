import type { Part } from "../text/diff.ts";
import { asDocument, Stylesheet } from "./prose.tsx";
import { referenceStylesheet } from "./stylesheet.ts";

/** One revision in the heading of a comparison; times in RFC 3339. */
interface Side {
  revision: number;
  title: string;
  savedAt: string;
  savedBy: { name: string };
  reason: string | null;
  words: number;
}

interface Comparison {
  from: Side;
  to: Side;
  fields: { field: string; before?: unknown; after?: unknown; parts?: Part[] | undefined }[];
}

/** What differs between two revisions, for editors to read. */
export function differencePage({ from, to, fields }: Comparison): string {
  return asDocument(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`Revisions ${from.revision} and ${to.revision}: ${to.title}`}</title>
        <Stylesheet text={referenceStylesheet} />
      </head>
      <body>
        <main class="difference">
          <h1>{to.title}</h1>
          <Revision side={from} />
          <Revision side={to} />
          {fields.length === 0 && <p>Both say the same.</p>}
          {fields.map(({ field, before, after, parts }) => (
            <section aria-labelledby={field}>
              <h2 id={field}>{field}</h2>
              {parts ? (
                <p class="text">{parts.map(Stretch)}</p>
              ) : (
                <p class="text">
                  <del>{plain(before)}</del> <ins>{plain(after)}</ins>
                </p>
              )}
            </section>
          ))}
        </main>
      </body>
    </html>,
  );
}

function Revision({ side }: { side: Side }) {
  const { revision, savedAt, savedBy, words, reason } = side;
  return (
    <p>
      Revision {revision}: {savedBy.name}, <time datetime={savedAt}>{minute(savedAt)}</time>,{" "}
      {words} words
      {reason && `: ${reason}`}
    </p>
  );
}

function Stretch(part: Part) {
  switch (part.kind) {
    case "removed":
      return <del>{part.text}</del>;
    case "added":
      return <ins>{part.text}</ins>;
    case "skipped":
      return <small class="skipped">{` … ${part.words} words … `}</small>;
    default:
      return <span>{part.text}</span>;
  }
}

/** A value that is no text, as lines of text: a name a line for an object, names with commas between them for a list of those. */
function plain(value: unknown): string {
  if (value === null || value === undefined || value === "") return "–";
  if (Array.isArray(value)) {
    if (value.length === 0) return "–";
    const isNames = value.every((each) => typeof each === "string");
    return value.map(plain).join(isNames ? ", " : "\n\n");
  }
  if (typeof value === "string") return value;
  if (typeof value !== "object") return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, each]) => each !== null);
  return fields.map(([name, each]) => `${name}: ${plain(each)}`).join("\n");
}

/** A time in UTC to the minute. */
function minute(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`;
}
