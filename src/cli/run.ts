import process from "node:process";
import { Refusal } from "./refusal.ts";

/** Runs a command: a Refusal is printed as a sentence and ends with exit code 1, a bug keeps its stack. */
export async function run(command: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  }
}
