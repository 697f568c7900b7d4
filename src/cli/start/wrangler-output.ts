import { stripVTControlCharacters } from "node:util";

/** What of Wrangler's words a developer can do nothing about, or is told of otherwise. */
const NOISE = [
  // The Worker prints a line of its own for each request, with what the cache did.
  /^(\[wrangler:info\] )?[A-Z]+ \S+ \d{3} .*\(\d+ms\)$/,
  /Unable to fetch the `Request\.cf` object/,
  /Scheduled Workers are not automatically triggered/,
  /update available/,
  /^Using (secrets|vars) defined in/,
  /^Your Worker has access to the following bindings/,
  /^Binding\s+Resource/,
  /^env\.\S+/,
  // The build, each time that it is made, and every module of it.
  /^\[custom build\] Running/,
  /^Attaching additional modules/,
  /^[┌│├└]/,
];

/** How many lines are kept to explain why Wrangler ended. */
const KEPT = 60;

/** What Wrangler prints, line by line, on its way to the developer. */
export interface WranglerOutput {
  take(line: string): void;
  /** From now on requests and logs are shown; until then only errors are. */
  open(): void;
  /** The last lines that were held back and are not noise. */
  held(): string;
}

/** Keeps Wrangler's noise from `print`, and its request log until the site is presented. */
export function createWranglerOutput(print: (line: string) => void): WranglerOutput {
  const kept: string[] = [];
  let open = false;
  let noisy = false;
  let grave = false;
  return {
    take(line) {
      const words = stripVTControlCharacters(line).trimEnd();
      // A message goes on over blank and indented lines: they share the fate of the line that started it.
      if (/^\S/.test(words)) {
        noisy = NOISE.some((pattern) => pattern.test(words));
        grave = /^✘|\[ERROR\]|^\[wrangler:error\]/.test(words);
      }
      if (noisy) return;
      if (open || grave) return print(line.replace("[wrangler:info] ", ""));
      kept.push(words);
      if (kept.length > KEPT) kept.shift();
    },
    open() {
      open = true;
      kept.length = 0;
    },
    held: () => kept.join("\n").trim(),
  };
}
