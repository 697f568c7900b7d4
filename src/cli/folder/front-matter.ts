import { parse as parseToml, TomlDate, TomlError } from "smol-toml";
import { parse, YAMLParseError } from "yaml";
import type { ParseOptions, SchemaOptions, Tags } from "yaml";
import type { Issue } from "../../domain/problem.ts";
import { isMapping } from "./fields.ts";
import { mendProse, mendYaml } from "./front-matter-repair.ts";

/** A Markdown file taken apart. */
export interface SplitFile {
  /** Null when the file has no front matter at all. */
  fields: Record<string, unknown> | null;
  body: string;
  /** The line of the file on which the body begins, from 1. */
  bodyLine: number;
  /** What was not read as it is written, in sentences. */
  notes: string[];
}

/** Takes the front matter from a file: YAML between lines of ---, TOML between lines of +++, JSON, or lines such as `Title: …`. */
export function splitFrontMatter(file: string, issues: Issue[]): SplitFile | null {
  const text = plain(file);
  const notes: string[] = [];
  for (const { fence, read } of FORMS) {
    const found = fence.exec(text);
    if (!found) continue;
    // Empty lines stand for what comes before, so that a parser's line numbers are the file's.
    const before = found[0].slice(0, found[0].indexOf(found[1] ?? ""));
    const source = "\n".repeat(before.split("\n").length - 1) + (found[1] ?? "");
    const fields = read(source, issues, notes) ?? {};
    if (issues.some(({ path }) => path === "")) return null;
    if (isMapping(fields)) return { fields, notes, ...bodyAfter(text, found[0].length) };
    issues.push({
      path: "",
      message: "has front matter that is not a mapping of names to values",
    });
    return null;
  }
  if (!/^\s*(?:---|\+\+\+)[ \t]*\n/.test(text))
    return { fields: null, notes, ...bodyAfter(text, 0) };
  issues.push({ path: "", message: NO_FRONT_MATTER });
  return null;
}

/** What is told of a file without front matter. */
export const NO_FRONT_MATTER =
  "has no front matter: its first line must be --- and another --- must close it";

/** Parses YAML 1.2, where dates stay text and `no` is a word; adds what is wrong to `issues`. */
export function parseYaml(file: string, issues: Issue[]): unknown {
  return tryYaml(plain(file), {}, issues);
}

interface Form {
  fence: RegExp;
  read: (source: string, issues: Issue[], notes: string[]) => unknown;
}

const FORMS: Form[] = [
  // Every --- after the second belongs to the body.
  { fence: /^\s*?---[ \t]*\n(?:([\s\S]*?)\n)?---[ \t]*(?:\n|$)/, read: readYamlAsWritten },
  { fence: /^\s*?\+\+\+[ \t]*\n(?:([\s\S]*?)\n)?\+\+\+[ \t]*(?:\n|$)/, read: readToml },
  { fence: /^(\{\s*\n[\s\S]*?\n\})[ \t]*(?:\n|$)/, read: readJson },
  // Lines of name and value up to an empty one, a title among them: Pelican, MultiMarkdown.
  {
    fence:
      /^((?=(?:.+\n)*?title:)(?:[a-z][\w -]{0,40}:[ \t].*(?:\n[ \t]+\S.*)*(?:\n(?!\n)|(?=\n\n)|$))+)(?:\n+|$)/i,
    read: readHeaderLines,
  },
];

/** Front matter has its numbers as they are written: a version 1.10 is not 1.1. */
const WITHOUT_NUMBERS: ParseOptions & SchemaOptions = {
  customTags: (tags: Tags) =>
    tags.filter((tag) => typeof tag === "string" || !/:(?:int|float)$/.test(tag.tag)),
};

/** Reads YAML as people write it: strictly, and where that fails, after repairing the lines that are in its way. */
function readYamlAsWritten(source: string, issues: Issue[], notes: string[]): unknown {
  const prose = mendProse(source);
  const strictly: Issue[] = [];
  const fields = tryYaml(prose.yaml, WITHOUT_NUMBERS, strictly);
  if (strictly.length === 0 && isMapping(fields)) {
    notes.push(...prose.notes);
    return fields;
  }
  const mended = mendYaml(prose.yaml, (yaml) => {
    const found: Issue[] = [];
    return isMapping(tryYaml(yaml, WITHOUT_NUMBERS, found)) && found.length === 0;
  });
  const again: Issue[] = [];
  const repaired = tryYaml(mended.yaml, WITHOUT_NUMBERS, again);
  if (again.length > 0 || !isMapping(repaired)) {
    issues.push(...strictly);
    return fields;
  }
  issues.push(...mended.issues);
  notes.push(...prose.notes, ...mended.notes);
  return repaired;
}

function tryYaml(yaml: string, options: ParseOptions & SchemaOptions, issues: Issue[]): unknown {
  try {
    return parse(yaml, { logLevel: "error", ...options });
  } catch (error) {
    // Besides YAML's own errors there is the ReferenceError of an alias to nothing, or of too many aliases.
    if (!(error instanceof YAMLParseError || error instanceof ReferenceError)) throw error;
    issues.push({
      path: "",
      message: `is not valid YAML: ${(error.message.split("\n")[0] ?? "").replace(/:$/, "")}`,
    });
    return undefined;
  }
}

function readToml(source: string, issues: Issue[]): unknown {
  try {
    return asWritten(parseToml(source));
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [what = ""] = error.message.replace(/^Invalid TOML document: /, "").split("\n");
    issues.push({ path: "", message: `is not valid TOML: ${what} at line ${error.line}` });
    return undefined;
  }
}

/** TOML's dates and numbers as the text that YAML would have. */
function asWritten(value: unknown): unknown {
  if (value instanceof TomlDate) return value.toISOString();
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return value.map(asWritten);
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, asWritten(held)]));
}

function readJson(source: string, issues: Issue[]): unknown {
  try {
    return asWritten(JSON.parse(source));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    issues.push({ path: "", message: `is not valid JSON: ${error.message}` });
    return undefined;
  }
}

function readHeaderLines(source: string): unknown {
  const fields: Record<string, string> = {};
  let last = "";
  for (const line of source.split("\n")) {
    const [, name, value = ""] = /^([A-Za-z][\w -]*):[ \t](.*)$/.exec(line) ?? [];
    if (name !== undefined) fields[(last = name)] = value.trim();
    else if (last !== "") fields[last] = `${fields[last]} ${line.trim()}`.trim();
  }
  return fields;
}

function bodyAfter(text: string, length: number): { body: string; bodyLine: number } {
  const rest = text.slice(length);
  const body = rest.replace(/^\n+/, "");
  const before = text.slice(0, text.length - body.length);
  return { body, bodyLine: before.split("\n").length };
}

/** Without the byte order mark and the carriage returns that Windows editors leave. */
function plain(file: string): string {
  return file.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
}
