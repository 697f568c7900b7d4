import process from "node:process";
import cliProgress from "cli-progress";
import type { Watch } from "./manner.ts";
import { count } from "./report.ts";

/** How often a log, which keeps every line, gets one; in milliseconds. */
const LINE_EVERY = 1000;

export interface Progress {
  watch: Watch;
  /** Prints a line above the bar. */
  say: (line: string) => void;
  /** The same, on the error stream. */
  warn: (line: string) => void;
  stop: () => void;
}

/** How far a folder has got, on the error stream: a bar on a terminal, a line now and then elsewhere. */
export function showProgress(total: number): Progress {
  if (!process.stderr.isTTY)
    return {
      watch: printNowAndThen(total),
      say: (line) => console.log(line),
      warn: (line) => console.error(line),
      stop: () => {},
    };
  const bar = new cliProgress.SingleBar({
    format: "  {bar} {value} of {total} stories, {eta_formatted} left",
    hideCursor: true,
    clearOnComplete: true,
    // Lines are printed where the bar is: it has to come back below them.
    forceRedraw: true,
    // Ctrl-C lets the call under way end, and with it the bar.
    gracefulExit: false,
  });
  let running = true;
  bar.start(total, 0);
  const stop = () => {
    if (running) bar.stop();
    running = false;
  };
  process.once("exit", stop);
  const above = (print: (line: string) => void) => (line: string) => {
    if (running) process.stderr.write("\r\u001b[K");
    print(line);
    if (running) bar.render();
  };
  return {
    watch: (done) => bar.update(done),
    say: above((line) => console.log(line)),
    warn: above((line) => console.error(line)),
    stop,
  };
}

function printNowAndThen(total: number): Watch {
  let due = performance.now() + LINE_EVERY;
  return (done) => {
    if (done < total && performance.now() < due) return;
    console.error(`${done} of ${count(total)}`);
    due = performance.now() + LINE_EVERY;
  };
}
