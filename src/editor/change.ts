import type { StoryChange } from "../domain/article.ts";
import type { PublicAct } from "../purge/public-act.ts";
import type { AuditRecord } from "../store/audit.d1.ts";
import type { Write } from "../store/batch.d1.ts";
import type { PurgeTarget } from "./context.ts";

/** What an act changes, all of it in one transaction. */
export type Change = PrivateChange | PublicChange | PurgeByHand;

interface Written {
  stories?: StoryChange[];
  writes?: Write[];
  audit: Omit<AuditRecord, "actor">[];
  /** What is to be brought up to date in the search index, beside the stories. */
  reindex?: Reindexing[];
  /** Whether the stories are to be found no more before the response: else that follows it. */
  unindexes?: boolean;
}

/** A story that is not among an act's stories, every story that names an author or a tag, or every story. */
export type Reindexing =
  | { article: string }
  | { kind: "author" | "tag"; entry: string }
  | { all: true };

/** Readers see nothing of it. */
interface PrivateChange extends Written {
  kind: "private";
  /** The edition in which it was read, for an act that holds only while readers see the same: moved as by a public act. */
  edition?: number;
}

/** Readers see it, in the stories or in what it says that they see. */
export interface PublicChange extends Written {
  kind: "public";
  /** The edition that the act read. Every public act moves it, so that of two acts that read the same one is made again. */
  edition: number;
  /** What readers see otherwise now, beside the stories. */
  shows?: Omit<PublicAct, "stories" | "around">;
  /** Where readers see that, to be read back; the first story's page, its section and the front if not said. */
  seenAt?: string[];
  /** No page shows it yet: the next tick's purge is soon enough. */
  unseen?: boolean;
  /** Takes something away from readers beside stories: that must not wait behind publications. */
  takesAway?: boolean;
}

/** An editor purges pages, though nothing has changed. */
export interface PurgeByHand {
  kind: "purge";
  target: PurgeTarget;
  seenAt: string[];
  audit: Omit<AuditRecord, "actor">[];
}

/** What an attempt came to: its result, and a change unless there is nothing to write. */
export interface Plan<T> {
  result: T;
  change?: Change;
}
