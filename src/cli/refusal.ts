/** What stops a command and is not a bug: its message is for the person at the terminal and says what to do. */
export class Refusal extends Error {
  override name = "Refusal";
}
