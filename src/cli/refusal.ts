import process from "node:process";

/** What stops a command and is not a bug: its message is for the person at the terminal and says what to do. */
export class Refusal extends Error {
  override name = "Refusal";
}

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
