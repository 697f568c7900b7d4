import type { PublicAct } from "../purge/public-act.ts";
import type { StoryChange } from "../store/articles.d1.ts";
import type { AuditRecord } from "../store/audit.d1.ts";
import type { Write } from "../store/batch.d1.ts";
import type { Forget } from "./context.ts";

/** What an act changes, all of it in one transaction. */
export interface Change {
  stories?: StoryChange[];
  writes?: Write[];
  /** What readers see otherwise now, beside the stories. */
  shows?: PublicAct;
  /** Where readers see that, to be read back; the first story's page, its section and the front if not said. */
  seenAt?: string[];
  /** No page shows it yet, so that nobody has to wait for the edge. */
  unseen?: boolean;
  /** Takes something away from readers beside stories: that must not wait behind publications. */
  takesAway?: boolean;
  /** What the edge forgets though nothing has changed: an editor's wish. */
  forget?: Forget;
  /** The edition the act read. Every public act moves it. */
  edition?: number;
  audit: Omit<AuditRecord, "actor">[];
}

/** What an attempt came to: an answer, and a change unless there is nothing to write. */
export interface Plan<T> {
  answer: T;
  change?: Change;
}
