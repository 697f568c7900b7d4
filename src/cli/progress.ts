import process from "node:process";
import cliProgress from "cli-progress";
import type { FileIssue } from "./folder.ts";
import type { Report, Watch } from "./publish.ts";

/** How often a log, which keeps every line, gets one; in milliseconds. */
const LINE_EVERY = 1000;

/** How far a folder has got: a bar on a terminal, a line now and then elsewhere. */
export function showProgress(total: number): { watch: Watch; stop: () => void } {
  if (!process.stderr.isTTY) return { watch: printNowAndThen(total), stop: () => {} };
  const bar = new cliProgress.SingleBar({
    format: "  {bar} {value} of {total} stories",
    hideCursor: true,
    clearOnComplete: true,
  });
  bar.start(total, 0);
  return { watch: (done) => bar.update(done), stop: () => bar.stop() };
}

function printNowAndThen(total: number): Watch {
  let due = performance.now() + LINE_EVERY;
  return (done) => {
    if (done < total && performance.now() < due) return;
    console.log(`${done} of ${count(total)}`);
    due = performance.now() + LINE_EVERY;
  };
}

/** What happened, in one sentence: `2 stories created, 1 updated, 9 unchanged in 0.4 s; 61 D1 rows written`. */
export function summarise(report: Report, milliseconds: number): string {
  const parts = [
    [report.created, "created"],
    [report.updated, "updated"],
    [report.unchanged, "unchanged"],
  ] as const;
  const happened = parts.filter(([number]) => number > 0);
  const told = happened
    .map(([number, verb], index) => `${index === 0 ? count(number) : number} ${verb}`)
    .join(", ");
  const seconds = (milliseconds / 1000).toFixed(1);
  const wait = report.pending ? "; readers see it within the minute" : "";
  return `${told || "no stories published"} in ${seconds} s; ${report.rowsWritten} D1 rows written${wait}`;
}

/** Every file that was refused, one line for each reason. */
export function listIssues(issues: FileIssue[]): string {
  const files = new Set(issues.map((issue) => issue.file)).size;
  const lines = issues.map(
    ({ file, field, reason }) => `  ${file}: ${field ? `${field}: ` : ""}${reason}`,
  );
  return [`Refused: ${files === 1 ? "1 file" : `${files} files`}`, ...lines].join("\n");
}

function count(stories: number): string {
  return stories === 1 ? "1 story" : `${stories} stories`;
}
