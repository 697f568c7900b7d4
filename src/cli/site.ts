import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { findRootKey } from "./dev-vars.ts";
import { openNewsroom, type Newsroom } from "./press/newsroom-api.ts";
import { Refusal } from "./refusal.ts";

// What commands have in common that do one thing to a site that runs.

const PROJECT = path.join(import.meta.dirname, "../..");

/** What was typed: the site, and the options of the command's own that were given. */
interface Asked<Name extends string> {
  url: string;
  key: string | undefined;
  own: Partial<Record<Name, string>>;
}

/** Reads the options of such a command, or prints how it is used and returns null; `names` are options of its own, with a value. */
export function readSiteOptions<Name extends string = never>(
  usage: string,
  names: readonly Name[] = [],
): Asked<Name> | null {
  const { url = "http://localhost:8787", key, help, ...own } = parse(usage, names);
  if (help) {
    console.log(usage);
    return null;
  }
  if (!URL.canParse(url)) throw new Refusal(`--url must be an address, got "${url}".`);
  return { url, key, own };
}

function parse(usage: string, names: readonly string[]) {
  const text = { type: "string" } as const;
  const own = Object.fromEntries(names.map((name) => [name, text]));
  try {
    return parseArgs({ options: { ...own, url: text, key: text, help: { type: "boolean" } } })
      .values;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new Refusal(`${error.message}\n\n${usage}`);
  }
}

/** Opens the editors' API of a site with the key that was given, or is known on this machine. */
export async function openSite({
  url,
  key: given,
}: Pick<Asked<string>, "url" | "key">): Promise<Newsroom> {
  const key =
    given ??
    (process.env["BROADSHEET_KEY"] || (await findRootKey(path.join(PROJECT, ".dev.vars"))));
  if (!key)
    throw new Refusal(
      "There is no key: pass --key, set BROADSHEET_KEY, or run npm start once, which makes one.",
    );
  return openNewsroom({ url, key, note: (sentence) => console.warn(sentence) });
}
