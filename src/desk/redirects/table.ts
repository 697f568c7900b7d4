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
  const lines = cellsOf(text, separatorOf(text)).filter(
    ({ cells }) => cells.some((cell) => cell !== "") && !cells[0]?.startsWith("#"),
  );
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

/** The cells of each row, in quotation marks or not (RFC 4180), and the line on which it begins. */
function cellsOf(text: string, separator: string): { line: number; cells: string[] }[] {
  const quotedOrPlain = `(?: *"((?:[^"]|"")*)"[^\\n${separator}]*|([^\\n]*?))`;
  const cell = new RegExp(`${quotedOrPlain}(\\n|${separator})`, "y");
  const whole = `${text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n")}\n`;
  const rows: { line: number; cells: string[] }[] = [];
  let [row, line, first]: [string[], number, number] = [[], 1, 1];
  for (let found = cell.exec(whole); found; found = cell.exec(whole)) {
    const [all, quoted, plain = "", end] = found;
    row.push((quoted?.replaceAll('""', '"') ?? plain).trim());
    line += all.split("\n").length - 1;
    if (end === separator) continue;
    rows.push({ line: first, cells: row });
    [row, first] = [[], line];
  }
  return rows;
}
