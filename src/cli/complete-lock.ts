// npm run lock [-- --check]
// Completes package-lock.json after an `npm install` that changed it; with --check, only tells what is missing.
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { completeLock } from "./lock.ts";
import type { Lock } from "./lock.ts";
import { Refusal, run } from "./refusal.ts";

const FILE = path.join(import.meta.dirname, "../../package-lock.json");

await run(async () => {
  const [option, ...more] = process.argv.slice(2);
  if ((option !== undefined && option !== "--check") || more.length > 0)
    throw new Refusal("Usage: npm run lock -- [--check]");
  const { lock, added } = completeLock(JSON.parse(await readFile(FILE, "utf8")) as Lock);
  if (added.length === 0) {
    console.log("package-lock.json names every platform's binaries.");
    return 0;
  }
  if (option === "--check")
    throw new Refusal(
      `package-lock.json lacks these; "npm run lock" adds them:\n  ${added.join("\n  ")}`,
    );
  await writeFile(FILE, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`Added to package-lock.json:\n  ${added.join("\n  ")}`);
  return 0;
});
