import { StoreUnavailable } from "./domain/unavailable.ts";

/** What a request failed of: a database that is away, which will pass, or a bug. Logs the error. */
export function tellFailure(error: Error, path: string): "away" | "bug" {
  const away = error instanceof StoreUnavailable;
  const told = error.stack ?? error.message;
  console.error(JSON.stringify({ event: away ? "database away" : "bug", path, error: told }));
  return away ? "away" : "bug";
}
