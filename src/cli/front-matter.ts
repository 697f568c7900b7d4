import { parse, YAMLParseError } from "yaml";
import type { Issue } from "../domain/problem.ts";
import { isMapping } from "./fields.ts";

/** A Markdown file taken apart. */
export interface Page {
  fields: Record<string, unknown>;
  body: string;
}

/** Takes the YAML between the first line, `---`, and the next such line; every later `---` belongs to the body. */
export function splitFrontMatter(file: string, issues: Issue[]): Page | null {
  const text = plain(file);
  const found = /^---[ \t]*\n(?:([\s\S]*?)\n)?---[ \t]*(?:\n|$)/.exec(text);
  if (!found) {
    issues.push({
      path: "",
      message: "has no front matter: its first line must be --- and another --- must close it",
    });
    return null;
  }
  // The empty line stands for the opening ---, so that YAML's line numbers are the file's.
  const fields = parseYaml(`\n${found[1] ?? ""}`, issues) ?? {};
  if (isMapping(fields)) return { fields, body: text.slice(found[0].length).replace(/^\n+/, "") };
  if (issues.length === 0)
    issues.push({ path: "", message: "has front matter that is not a mapping of names to values" });
  return null;
}

/** Parses YAML 1.2, where dates stay text and `no` is a word; adds what is wrong to `issues`. */
export function parseYaml(file: string, issues: Issue[]): unknown {
  try {
    return parse(plain(file), { logLevel: "error" });
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

/** Without the byte order mark and the carriage returns that Windows editors leave. */
function plain(file: string): string {
  return file.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
}
