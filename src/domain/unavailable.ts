/** A store is away, for a reason that may pass: nothing was written. */
export class StoreUnavailable extends Error {
  override name = "StoreUnavailable";
}
