/** Writes a line of the log: docs/operations.md has every event. */
export function log(event: string, told: object, write = console.log): void {
  write(JSON.stringify({ event, ...told }));
}
