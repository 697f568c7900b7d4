import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { ADDRESS_PARTS } from "../folder/foreign-fields.ts";
import type { Reading } from "../folder/foreign-fields.ts";
import { readMapping } from "../folder/names.ts";
import { Refusal } from "../refusal.ts";

/** What was asked of press. Paths are absolute. */
export interface Options {
  folder: string;
  url: string;
  /** Null when the environment or .dev.vars has to know it. */
  key: string | null;
  reading: Reading;
  source: string;
  make: boolean;
  oneByOne: boolean;
  dryRun: boolean;
  /** Whether stories that have not changed are named, too. */
  verbose: boolean;
}

export const USAGE = `Usage: npm run press -- <folder> [options]

Publishes a folder of Markdown files, with its pictures and redirects. What has not changed since the last time is not written again, so a run that
broke off is continued by running it again. docs/press.md has the format and everything in full.

Where to
  --url <address>        The site; http://localhost:8787 unless said otherwise.
  --key <key>            A key of an editor. Or BROADSHEET_KEY; on this machine, .dev.vars.
  --source <name>        The name under which the site remembers this folder's stories; press unless said otherwise.

What files leave out
  --section <section>    The section of stories that name none, by slug or name.
  --section-from-folder  The section of stories that name none is the first folder on the way to them.
  --author <author>      The author of stories that name none, by slug or name.
  --language <tag>       The language of stories that name none, such as pt-BR.
  --former <form>        The address that stories had, as in /:year/:month/:day/:slug, leads to them.
  --make                 Make the sections and authors that stories name and that do not exist.

What files call differently
  --map <ours=theirs>    Their name for a field of ours, as in --map date=published. Several times for several.
  --ignore <name>        A name in the front matter to pass over. Several times for several.
  --ignore-unknown       Pass over every name that nobody knows.

Pictures
  --pictures <folder>    Where addresses such as /images/gate.jpg begin, when that is outside the folder.
  --decorative           A picture without a text for who cannot see it tells nothing that the story does not.
  --skip-pictures        Leave out pictures that are missing or cannot be shown, rather than their stories.

How
  --dry-run              Read and check everything, ask the site what it has, write nothing.
  --one-by-one           One story a call: for the Free plan.
  --verbose              Name the stories that have not changed, too.
  --help                 Print this.`;

const FLAGS = {
  url: { type: "string" },
  key: { type: "string" },
  source: { type: "string" },
  section: { type: "string" },
  "section-from-folder": { type: "boolean" },
  author: { type: "string" },
  language: { type: "string" },
  former: { type: "string" },
  make: { type: "boolean" },
  map: { type: "string", multiple: true },
  ignore: { type: "string", multiple: true },
  "ignore-unknown": { type: "boolean" },
  pictures: { type: "string" },
  decorative: { type: "boolean" },
  "skip-pictures": { type: "boolean" },
  "dry-run": { type: "boolean" },
  "one-by-one": { type: "boolean" },
  verbose: { type: "boolean" },
  help: { type: "boolean" },
} as const;

const HINT = "npm run press -- --help lists the options.";

/** Reads the command line, or null when it asks for help. `from` is the folder in which it was typed. */
export function readOptions(args: string[], from: string): Options | null {
  const { values, positionals } = parse(args);
  if (values.help) return null;
  const [folder, ...more] = positionals;
  if (!folder) throw new Refusal(`Which folder? npm run press -- <folder> publishes it. ${HINT}`);
  if (more.length > 0)
    throw new Refusal(
      `press publishes one folder at a time, got ${positionals.length}: ${positionals.join(", ")}.`,
    );
  const url = values.url ?? "http://localhost:8787";
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? ""))
    throw new Refusal(`--url must be an address such as https://paper.example, got "${url}".`);
  const source = values.source ?? "press";
  if (!/^[a-z0-9-]{1,50}$/.test(source))
    throw new Refusal(`--source must be 1 to 50 of a-z 0-9 -, like wordpress, got "${source}".`);
  return {
    folder: path.resolve(from, folder),
    url,
    key: values.key ?? null,
    source,
    reading: {
      section: values.section ?? null,
      sectionFromFolder: values["section-from-folder"] ?? false,
      author: values.author ?? null,
      language: values.language ?? null,
      former: values.former === undefined ? null : readForm(values.former),
      map: (values.map ?? []).map(readMapping),
      ignore: values.ignore ?? [],
      ignoreUnknown: values["ignore-unknown"] ?? false,
      pictures: values.pictures === undefined ? null : path.resolve(from, values.pictures),
      decorative: values.decorative ?? false,
      skipPictures: values["skip-pictures"] ?? false,
    },
    make: values.make ?? false,
    oneByOne: values["one-by-one"] ?? false,
    dryRun: values["dry-run"] ?? false,
    verbose: values.verbose ?? false,
  };
}

function readForm(given: string): string {
  const names = [...given.matchAll(/:([a-z]+)/g)].map(([, name = ""]) => name);
  if (
    given.startsWith("/") &&
    names.length > 0 &&
    names.every((name) => ADDRESS_PARTS.includes(name))
  )
    return given;
  throw new Refusal(
    `--former must be a path such as /:year/:month/:day/:slug, made of ${ADDRESS_PARTS.map((part) => `:${part}`).join(" ")}; got "${given}".`,
  );
}

/** Where a command was typed: npm runs scripts in the project's folder. */
export function whereTyped(): string {
  return process.env["INIT_CWD"] ?? process.cwd();
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, allowPositionals: true, options: FLAGS });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const [, name] = /'(--?[\w-]+)/.exec(error.message) ?? [];
    const [sentence = ""] = error.message.split(/\. (?=To )|\n/);
    const told = sentence.startsWith("Unknown option") ? `There is no option ${name}` : sentence;
    throw new Refusal(`${told.replace(/\.$/, "")}. ${HINT}`);
  }
}
