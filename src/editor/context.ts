import type { Form } from "../domain/article.ts";
import type { Actor } from "../domain/role.ts";
import type { SiteMap } from "../domain/site-map.ts";
import type { Store } from "../store/open.ts";

/** Everything a command needs from outside: nothing in a command reads a clock or makes an id by itself. */
export interface CommandContext {
  store: Store;
  actor: Actor;
  /** The session by which a person is signed in; null for a key, and for who comes by Cloudflare Access. */
  session: string | null;
  /** Which form of articles the call is about: those of the other are not there for it. */
  form: Form;
  /** The Idempotency-Key of a request, and the hash of the call: the same again gets the first response. */
  retry: Retry | null;
  /** Epoch milliseconds. */
  clock(): number;
  newId(): string;
  /** Waits a random time below the given milliseconds, so that two who lost a race do not meet again at once. */
  pause(below: number): Promise<void>;
  /** Whether somebody waits for the response: an editor does, the cron's own drain follows anyway. */
  hurried: boolean;
  /** Whether there is a cache in front of the Worker. */
  cached: boolean;
  /** Fetches a path of the site the way a reader does, through the cache. */
  selfFetch(path: string): Promise<Response>;
  /** Makes the page at a path now, past the cache. A page's body is left out: its ETag is enough (304). */
  render(path: string): Promise<Response>;
  /** The same with the body. */
  renderWhole(path: string): Promise<Response>;
  /**
   * Fetches a picture that is somebody else's, by its https address. It follows no redirect, sends nothing of whoever asks, and
   * throws when nothing has come after some seconds.
   */
  fetchElsewhere(address: string): Promise<Response>;
  /** What the readers' pages are, for purging and for what must not stand in their way. */
  siteMap: SiteMap;
  /** The e-mail by which Cloudflare Access knows who sent the request; null where the paper is not behind it. */
  emailAtAccess(): Promise<string | null>;
  /** Counts a try to sign in, by the address that it comes from or the person that it is for; false once these are too many. */
  countTry(of: { address: string } | { person: string }): Promise<boolean>;
  /** Lets something go on after the response. */
  goOn(work: Promise<unknown>): void;
  /** Purges or invalidates pages at the edge; false when it refused. */
  purge(how: "purge" | "invalidate", what: PurgeTarget): Promise<boolean>;
}

/** An Idempotency-Key, and the SHA-256 of the call in hex: its method, its address and its body. */
export interface Retry {
  key: string;
  callHash: string;
}

/** What a purge is for: everything under the tags, or everything. */
export type PurgeTarget = { tags: string[] } | { everything: true };
