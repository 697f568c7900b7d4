import { parse } from "csv-parse/browser/esm/sync";
import { canonicalPath } from "../../domain/paths.ts";
import type { Kind, Sent } from "./check.ts";

/** A row of a table of redirects, and the line on which it stood. */
export interface Row extends Sent {
  line: number;
}

const KINDS: readonly string[] = ["exact", "prefix", "gone"] satisfies Kind[];

/**
 * Reads a table of two or three columns: from, to, kind. Its first line may name them, in any order; empty lines and those that
 * begin with # are passed over.
 */
export function readTable(text: string): Row[] {
  const lines = rowsOf(text);
  const names = lines[0]?.cells.map((cell) => cell.toLowerCase()) ?? [];
  const isNamed = names.includes("from");
  const at = isNamed
    ? { from: names.indexOf("from"), to: names.indexOf("to"), kind: names.indexOf("kind") }
    : { from: 0, to: 1, kind: 2 };
  return lines.slice(isNamed ? 1 : 0).map(({ line, cells }) => {
    const from = cells[at.from] ?? "";
    const to = cells[at.to] ?? "";
    const said = (cells[at.kind] ?? "").toLowerCase();
    const kind = KINDS.includes(said) ? (said as Kind) : "exact";
    return { line, from: pathOf(from), kind, to: kind === "gone" || to === "" ? null : to };
  });
}

/** A path as readers ask for it: of a whole address the path, without capitals and a slash at the end. */
export function pathOf(address: string): string {
  const path = URL.canParse(address) ? new URL(address).pathname : address.trim();
  return path.startsWith("/") ? canonicalPath(path) : path;
}

function separatorOf(text: string): string {
  const line = text.split("\n").find((each) => each.trim() !== "" && !each.startsWith("#")) ?? "";
  return ["\t", ";", ","].find((separator) => line.includes(separator)) ?? ",";
}

/** The cells of each row (RFC 4180), and the line on which it ends. */
function rowsOf(text: string): { line: number; cells: string[] }[] {
  // A table that was put together of two may end its lines in two ways.
  const rows = parse(text.replace(/\r\n?/g, "\n"), {
    bom: true,
    delimiter: separatorOf(text),
    trim: true,
    // Whatever a spreadsheet or a person makes of a table is read as far as it can be.
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    comment: "#",
    comment_no_infix: true,
    info: true,
    // With `info` each row comes with where it stood, which the types of the package do not know.
  }) as unknown as { record: string[]; info: { lines: number } }[];
  return rows.map(({ record, info }) => ({ line: info.lines, cells: record }));
}
