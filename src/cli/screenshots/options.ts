import { parseArgs } from "node:util";
import { Refusal } from "../refusal.ts";

/** What was asked of a command that looks at pages. */
interface Asked {
  /** The site to look at; without one, a paper is started. */
  url?: string;
  key?: string;
  /** The pages that were named; none means all of them. */
  names: string[];
}

/** What was typed, or null when the command is to say how it is used. `known` are the names that can be asked for. */
export function readOptions(args: string[], usage: string, known: string[]): Asked | null {
  const { values, positionals } = parse(args, usage);
  const { help, ...where } = values;
  if (help) return null;
  const unknown = positionals.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new Refusal(`"${unknown}" is no page: name some of ${known.join(", ")}.`);
  return { ...where, names: positionals };
}

function parse(args: string[], usage: string) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        url: { type: "string" },
        key: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    if (error instanceof TypeError) throw new Refusal(`${error.message}\n\n${usage}`);
    throw error;
  }
}
