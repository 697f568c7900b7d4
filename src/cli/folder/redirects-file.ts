import path from "node:path";
import { CsvError, parse } from "csv-parse/sync";
import { canonicalPath, percentEncoded } from "../../domain/paths.ts";
import type { Issue } from "../../domain/problem.ts";
import type { FileIssue } from "./findings.ts";
import { readText } from "./text-file.ts";

/** The file of redirects at the root of a folder: a table with a head (RFC 4180). */
export const REDIRECTS_FILE = "redirects.csv";

/** A redirect of the file, as the API takes it, and where it stands. */
export interface RedirectLine {
  line: number;
  fields: { from: string; kind?: string; to?: string };
}

const COLUMNS = ["from", "to", "kind"];

/** Reads the redirects of a folder; none where it has no such file. Lines with a mistake are named and left out. */
export async function readRedirects(root: string, issues: FileIssue[]): Promise<RedirectLine[]> {
  const found: Issue[] = [];
  const written = await readText(path.join(root, REDIRECTS_FILE), found);
  const lines = written === null ? [] : linesOf(written, found);
  issues.push(
    ...found.map(({ path: field, message }) => ({ file: REDIRECTS_FILE, field, reason: message })),
  );
  return lines;
}

/** Where in the file something is: `line 3, to`. */
export function placeIn(line: number, column = ""): string {
  return column === "" ? `line ${line}` : `line ${line}, ${column}`;
}

function linesOf(written: string, issues: Issue[]): RedirectLine[] {
  const [head, ...rows] = rowsOf(written, issues);
  if (!head) return [];
  const columns = head.cells.map((cell) => cell.toLowerCase());
  const wrong = headIssues(columns);
  issues.push(...wrong.map((message) => ({ path: placeIn(head.line), message })));
  if (wrong.length > 0) return [];
  const first = new Map<string, number>();
  return rows.flatMap(({ cells, line }) => {
    if (cells.every((cell) => cell === "")) return [];
    const redirect = { line, fields: fieldsOf(columns, cells) };
    const issue = lineIssue(redirect, { cells: cells.length, columns: columns.length }, first);
    if (issue) issues.push(issue);
    return issue ? [] : [redirect];
  });
}

interface Row {
  cells: string[];
  line: number;
}

/** The rows of the table, but for empty lines and comments. */
function rowsOf(written: string, issues: Issue[]): Row[] {
  try {
    // Declared of what the parser gives for an array of cells with `info`.
    const rows = parse(written, {
      bom: true,
      comment: "#",
      comment_no_infix: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return rows.map(({ record, info }) => ({ cells: record, line: info.lines }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    issues.push({ path: "", message: `is no table in CSV (RFC 4180): ${error.message}` });
    return [];
  }
}

function headIssues(columns: string[]): string[] {
  const unknown = columns.filter((column) => !COLUMNS.includes(column));
  const missing = ["from", "to"].filter((column) => !columns.includes(column));
  const twice = columns.filter((column, index) => columns.indexOf(column) !== index);
  return [
    ...unknown.map((column) => `"${column}" is no column here; these are: ${COLUMNS.join(", ")}`),
    ...missing.map((column) => `has no column "${column}"; the first line must be from,to,kind`),
    ...twice.map((column) => `has the column "${column}" twice`),
  ];
}

/** What is empty is left out: the API says what it wants. */
function fieldsOf(columns: string[], cells: string[]): RedirectLine["fields"] {
  const cell = (column: string) => cells[columns.indexOf(column)] ?? "";
  const [to, kind] = [cell("to"), cell("kind").toLowerCase()];
  return { from: pathOf(cell("from")), ...(to && { to }), ...(kind && { kind }) };
}

/** A former address as readers' requests have it by the time they are looked up: without host, capitals and a slash at its end. */
function pathOf(written: string): string {
  const url = /^https?:\/\//i.test(written) ? URL.parse(written) : null;
  const address = url ? url.pathname + url.search : written;
  return /^\/[^?#]*$/.test(address) ? canonicalPath(percentEncoded(address)) : address;
}

/** What is wrong with a line by itself, or beside those before it. */
function lineIssue(
  { line, fields: { from, kind } }: RedirectLine,
  size: { cells: number; columns: number },
  first: Map<string, number>,
): Issue | null {
  if (size.cells > size.columns) {
    const message = `has ${size.cells} cells where the first line has ${size.columns}; a cell with a comma in it stands in quotation marks`;
    return { path: placeIn(line), message };
  }
  if (from === "") return { path: placeIn(line, "from"), message: "is missing" };
  const place = kind === "prefix" ? `${from}/` : from;
  const other = first.get(place);
  if (other !== undefined)
    return { path: placeIn(line, "from"), message: `${from} stands in line ${other} already` };
  first.set(place, line);
  return null;
}
