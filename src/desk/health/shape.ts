import type { Words } from "../words/words.ts";

// How the paper is, as the API tells it.

/** Whether something that the paper needs answers. */
type Answering = "ok" | "away";
/** What goes on, but not as it should. */
type Late = "copies" | "search" | "outbox" | "cron";

/** What `GET /health` answers. */
export interface HealthReport {
  status: "ok" | "late" | "away";
  d1: Answering;
  kv: Answering;
  r2: Answering;
  search: Answering;
  late: Late[];
  /** Null while the database is away. */
  outbox: { pending: number; oldestDueSeconds: number | null } | null;
  lastTickSeconds: number | null;
  version: string;
}

/** Something that is not as it should be. */
export type Ailment = keyof Words["health"]["troubles"];

const AILMENTS: readonly Ailment[] = ["d1", "r2", "cron", "outbox", "search", "copies"];

/** What is not as it should be, what readers notice most first. */
export function ailmentsOf({ d1, r2, late }: HealthReport): Ailment[] {
  return AILMENTS.filter((ailment) => {
    if (ailment === "d1") return d1 === "away";
    if (ailment === "r2") return r2 === "away";
    return late.includes(ailment);
  });
}
