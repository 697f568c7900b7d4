import type { FileIssue, FileNote } from "../folder/findings.ts";

/** What became of the stories of a folder, or of its pages. */
interface Tally {
  created: number;
  updated: number;
  unchanged: number;
  /** Those of which a dry run cannot say more: the site has not got yet what they refer to. */
  checked: number;
}

/** What became of a folder. `issues` are those found in reading and those that the site found. */
export interface Report extends Tally {
  /** Whether nothing was written, and all of this is what would have happened. */
  dryRun: boolean;
  /** The same of pages that are no stories. */
  pages: Tally;
  pictures: { uploaded: number; described: number; unchanged: number };
  redirects: { made: number; unchanged: number };
  /** Sections and authors made because stories name them. */
  made: number;
  rowsWritten: number;
  /** Whether some readers may see the old pages for up to a minute. */
  pending: boolean;
  issues: FileIssue[];
  notes: FileNote[];
  /** What was left out of bodies, by what the site says of it. */
  left: Map<string, LeftOut>;
}

/** In how many files something was left out, and where first. */
export interface LeftOut {
  files: number;
  first: string;
}

/** What happened to one file. */
export interface Event {
  what:
    | "created"
    | "updated"
    | "unchanged"
    | "would publish"
    | "uploaded"
    | "described"
    | "made"
    | "redirected"
    | "gone";
  /** The file, the path, or what was made. */
  name: string;
  /** Where it is now, or where it leads. */
  url?: string | undefined;
}

export function createReport(): Report {
  const none: Tally = { created: 0, updated: 0, unchanged: 0, checked: 0 };
  return {
    ...none,
    dryRun: false,
    pages: { ...none },
    pictures: { uploaded: 0, described: 0, unchanged: 0 },
    redirects: { made: 0, unchanged: 0 },
    made: 0,
    rowsWritten: 0,
    pending: false,
    issues: [],
    notes: [],
    left: new Map(),
  };
}

/** One line for one file: `created    city/tides.md → https://paper.example/city/tides`. */
export function tell({ what, name, url }: Event, dryRun = false): string {
  const told = dryRun ? (CONDITIONAL[what] ?? what) : what;
  return `${told.padEnd(10)} ${name}${url === undefined ? "" : ` → ${url}`}`;
}

const CONDITIONAL: Partial<Record<Event["what"], string>> = {
  created: "would create",
  updated: "would update",
  uploaded: "would upload",
  described: "would describe",
  made: "would make",
  redirected: "would redirect",
  gone: "would be gone",
};

/** What happened, in one sentence: `2 stories created, 1 updated, 9 unchanged in 0.4 s; 61 D1 rows written`. */
export function summarise(report: Report, milliseconds: number): string {
  const would = (verb: string) => (report.dryRun ? `would be ${verb}` : verb);
  const tally = ({ created, updated, unchanged, checked }: Tally): [number, string][] => [
    [created, would("created")],
    [updated, would("updated")],
    [unchanged, "unchanged"],
    [checked, "would be published"],
  ];
  const told = enumerate(tally(report), count);
  const pages = enumerate(tally(report.pages), (number) =>
    number === 1 ? "1 page" : `${number} pages`,
  );
  const { uploaded, described, unchanged } = report.pictures;
  const pictures = enumerate(
    [
      [uploaded, would("uploaded")],
      [described, would("described anew")],
      [unchanged, "there already"],
    ],
    (number) => (number === 1 ? "1 picture" : `${number} pictures`),
  );
  const { redirects } = report;
  const redirected = enumerate(
    [
      [redirects.made, would("made")],
      [redirects.unchanged, "there already"],
    ],
    (number) => (number === 1 ? "1 redirect" : `${number} redirects`),
  );
  const seconds = (milliseconds / 1000).toFixed(1);
  const wait = report.pending ? "; readers see it within the minute" : "";
  const happened = [told || "no stories published", pages, pictures, redirected]
    .filter(Boolean)
    .join("; ");
  return `${happened} in ${seconds} s; ${report.rowsWritten} D1 rows written${wait}`;
}

function enumerate(parts: [number, string][], named: (number: number) => string): string {
  return parts
    .filter(([number]) => number > 0)
    .map(([number, verb], index) => `${index === 0 ? named(number) : number} ${verb}`)
    .join(", ");
}

/** Every file that was refused, one line for each reason. */
export function listIssues(issues: FileIssue[]): string {
  const files = new Set(issues.map((issue) => issue.file)).size;
  const lines = issues.map(
    ({ file, field, reason }) => `  ${file}: ${field ? `${field}: ` : ""}${reason}`,
  );
  return [`Refused: ${files === 1 ? "1 file" : `${files} files`}`, ...lines].join("\n");
}

/** Everything that was not read as it is written, one line each. */
export function listNotes(notes: FileNote[]): string {
  return notes.map(({ file, note }) => `note       ${file}: ${note}`).join("\n");
}

/** What was left out of bodies, one line a kind, most frequent first. */
export function listLeft(left: ReadonlyMap<string, LeftOut>): string {
  return [...left]
    .sort(([, one], [, other]) => other.files - one.files)
    .map(([message, { files, first }]) => {
      const where = files === 1 ? first : `${files} files, first ${first}`;
      return `left out   ${message} (${where})`;
    })
    .join("\n");
}

export function count(stories: number): string {
  return stories === 1 ? "1 story" : `${stories} stories`;
}
