import type { Issue } from "../../domain/problem.ts";

// YAML as people write it. A headline with a colon in it, a quotation that goes on at the margin, a tab: generators'
// parsers disagree on them, and their authors never knew. Only what is in the way is touched, line by line.

/** Front matter with some of its lines written as YAML wants them. Line numbers stay as they were. */
export interface Mended {
  yaml: string;
  notes: string[];
  /** What no repair may decide. */
  issues: Issue[];
}

/** One name and everything that belongs to it. */
interface Entry {
  /** The line of its name, from 1. */
  line: number;
  name: string;
  /** What stands behind the colon. */
  rest: string;
  /** The lines below it. */
  more: string[];
}

/** Names whose values are sentences: what YAML would take for notation in them is text. */
const PROSE = /^(?:title|headline|standfirst|subtitle|dek|deck|description|summary|excerpt)$/i;

/** Quotes sentences that YAML reads without complaint and wrongly: `Bus #5`, `[Update] Fares rise`, `*The Tempest*`. */
export function mendProse(yaml: string): Mended {
  const notes: string[] = [];
  const lines = yaml.split("\n");
  const mended = lines.map((line, index) => {
    const [, name = "", gap = "", rest = ""] = /^([A-Za-z_]+)(:[ \t]+)(\S.*)$/.exec(line) ?? [];
    // YAML has a comment behind every " #"; people write one with a blank behind it.
    const misread = /^[^"'|>].*\s#\S/.test(rest) || /^[[{&*!%@`]/.test(rest);
    const goesOn = /^[ \t]+\S/.test(lines[index + 1] ?? "");
    if (!PROSE.test(name) || !misread || goesOn) return line;
    notes.push(noteOf(index + 1, name, rest.trim()));
    return `${name}${gap}${JSON.stringify(rest.trim())}`;
  });
  return { yaml: mended.join("\n"), notes, issues: [] };
}

/** Repairs the entries that are no YAML by themselves, each by the first way that helps; `isYaml` says what is. */
export function mendYaml(yaml: string, isYaml: (yaml: string) => boolean): Mended {
  const notes: string[] = [];
  const { before, entries } = entriesOf(yaml);
  const kept = entries.map((entry) => {
    const asIs = textOf(entry);
    if (isYaml(asIs)) return { name: entry.name, text: asIs, line: entry.line };
    for (const repair of REPAIRS) {
      const repaired = repair(entry, isYaml);
      if (repaired === null || !isYaml(repaired.text)) continue;
      notes.push(noteOf(entry.line, entry.name, repaired.readAs));
      return { name: entry.name, text: padded(repaired.text, asIs), line: entry.line };
    }
    return { name: entry.name, text: asIs, line: entry.line };
  });
  const { issues, texts } = withoutRepeats(kept, notes);
  return { yaml: [...before, ...texts].join("\n"), notes, issues };
}

interface Kept {
  name: string;
  text: string;
  line: number;
}

/** What decides whether readers may see the story: of two such values no one can know which was meant. */
const DECISIVE = /^(?:status|draft|published|date|publish_?date|expir\w*|embargo\w*)$/i;

/** YAML wants each name once. The last one counts, as in Jekyll; but not where it is a story's secrecy that hangs on it. */
function withoutRepeats(kept: Kept[], notes: string[]): { texts: string[]; issues: Issue[] } {
  const last = new Map(kept.map((entry) => [entry.name, entry]));
  const issues: Issue[] = [];
  const texts = kept.map((entry) => {
    const winner = last.get(entry.name) ?? entry;
    if (winner === entry) return entry.text;
    if (winner.text.trim() !== entry.text.trim()) {
      if (DECISIVE.test(entry.name)) {
        const message = `stands there twice with different values, on lines ${entry.line} and ${winner.line}`;
        issues.push({ path: entry.name, message });
      } else
        notes.push(`line ${entry.line}: ${entry.name} stands there twice; the last one counts`);
    }
    return padded("", entry.text);
  });
  return { texts, issues };
}

/** An entry's name at the margin, with or without a blank behind its colon. An address such as https://… is none. */
const NAME = /^([A-Za-z_][\w.-]*(?: [\w.-]+){0,3}|"[^"]+"|'[^']+')[ \t]*:(?!\/\/)(.*)$/;

function entriesOf(yaml: string): { before: string[]; entries: Entry[] } {
  const before: string[] = [];
  const entries: Entry[] = [];
  let quotedUntil = -1;
  const lines = yaml.split("\n");
  for (const [index, line] of lines.entries()) {
    const [, name, rest = ""] = index <= quotedUntil ? [] : (NAME.exec(line) ?? []);
    const open = entries.at(-1);
    if (name !== undefined) {
      entries.push({ line: index + 1, name, rest: rest.trim(), more: [] });
      quotedUntil = endOfQuote(lines, index, rest.trim());
    } else if (open) open.more.push(line);
    else before.push(line);
  }
  return { before, entries };
}

/** The line on which a quotation ends that this line leaves open, or -1 when no later line closes it. */
function endOfQuote(lines: string[], start: number, rest: string): number {
  const quote = rest[0];
  if ((quote !== '"' && quote !== "'") || endsWith(rest.slice(1), quote)) return -1;
  for (let index = start + 1; index < lines.length; index++) {
    const line = lines[index] ?? "";
    if (endsWith(line.trim(), quote)) return index;
    // A name such as `tags:` says that the quotation was never closed; prose at the margin seldom looks like it.
    if (/^[a-z_]\w*:(?:\s|$)/.test(line)) return -1;
  }
  return -1;
}

function endsWith(text: string, quote: string): boolean {
  const bare = text.replace(/\s+#\s.*$/, "");
  return bare.endsWith(quote) && !(quote === '"' && /(?:^|[^\\])(?:\\\\)*\\"$/.test(bare));
}

interface Repaired {
  text: string;
  /** The value as it is read now, for the note. */
  readAs: string;
}

type Repair = (entry: Entry, isYaml: (yaml: string) => boolean) => Repaired | null;

/** From what changes least to what changes most. */
const REPAIRS: Repair[] = [evenIndentation, indentProse, quoteListed, quoteAll];

/** Tabs, and lists whose dashes do not stand below one another. */
function evenIndentation({ name, rest, more }: Entry): Repaired | null {
  const written = more.filter((line) => line.trim() !== "");
  if (written.length === 0) return null;
  const list = rest === "" && written.every((line) => /^\s*-(?:\s|$)/.test(line));
  const even = more.map((line) =>
    list
      ? line.replace(/^\s*/, "  ")
      : line.replace(/^[ \t]+/, (gap) => gap.replaceAll("\t", "  ")),
  );
  return { text: [`${name}: ${rest}`, ...even].join("\n"), readAs: "evenly indented" };
}

/** A quotation or a block of text that goes on at the margin. */
function indentProse({ name, rest, more }: Entry): Repaired | null {
  if (!/^(?:["']|[|>][+-]?$)/.test(rest)) return null;
  const indented = more.map((line) =>
    /^\S/.test(line) ? `  ${line}` : line.replaceAll("\t", "  "),
  );
  return { text: [`${name}: ${rest}`, ...indented].join("\n"), readAs: "a text of several lines" };
}

/** `- @harbour` */
function quoteListed(
  { name, rest, more }: Entry,
  isYaml: (yaml: string) => boolean,
): Repaired | null {
  if (rest !== "" && !rest.startsWith("#")) return null;
  const items = more.map((line) => {
    const [, value] = /^\s*-\s+(.*)$/.exec(line) ?? [];
    if (value === undefined || isYaml(`${name}:\n  - ${value}`)) return line.replace(/^\s*/, "  ");
    return `  - ${JSON.stringify(unquoted(value))}`;
  });
  return { text: [`${name}:`, ...items].join("\n"), readAs: "a list of texts" };
}

/** `title: The ferry: a history`, `title: "Yes" and "no"`, `title: "Trams return` */
function quoteAll({ name, rest, more }: Entry): Repaired | null {
  // A list that is not closed may have lost more than its bracket.
  if (/^[[{]/.test(rest)) return null;
  const lines = [rest, ...more].map((line) => line.trim()).filter(Boolean);
  const own = lines.filter((line) => !line.startsWith("# "));
  if (own.some((line, index) => index > 0 && line.startsWith("- "))) return null;
  const value = unquoted(own.join(" "));
  return { text: `${name}: ${JSON.stringify(value)}`, readAs: JSON.stringify(value) };
}

/** A value without the quotation marks around the whole of it, and without a comment. */
function unquoted(value: string): string {
  const bare = value.replace(/\s+#(?:\s.*)?$/, "").trim();
  const [, quote, inside = ""] = /^(["'])(.*)\1$/s.exec(bare) ?? [];
  if (quote === undefined) return bare;
  // Quotation marks at both ends of `"Yes" and "no"` are not a pair.
  if (inside.replace(/\\./g, "").includes(quote) && !inside.includes(`\\${quote}`)) {
    const pairs = inside.split(quote).length - 1;
    if (pairs % 2 === 0 && /["']\s|\s["']/.test(inside)) return bare;
  }
  return quote === '"' ? inside.replaceAll('\\"', '"') : inside.replaceAll("''", "'");
}

function textOf({ name, rest, more }: Entry): string {
  return [`${name}:${rest === "" ? "" : ` ${rest}`}`, ...more].join("\n");
}

/** With as many lines as the original has, so that the next one keeps its number. */
function padded(text: string, original: string): string {
  return text + "\n".repeat(Math.max(0, original.split("\n").length - text.split("\n").length));
}

function noteOf(line: number, name: string, readAs: string): string {
  const told = readAs.length > 80 ? `${readAs.slice(0, 80)}…` : readAs;
  return `line ${line}: ${name} is read as ${told}`;
}
