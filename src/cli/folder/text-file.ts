import { readFile } from "node:fs/promises";
import type { Issue } from "../../domain/problem.ts";

/** A file's text, or null when there is no such file or it is not text. */
export async function readText(file: string, issues: Issue[]): Promise<string | null> {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(await readFile(file));
  } catch (error) {
    if (error instanceof TypeError) {
      issues.push({ path: "", message: "is not UTF-8 text" });
      return null;
    }
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
