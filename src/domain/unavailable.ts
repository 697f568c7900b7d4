/** A store did not answer, for a reason that may pass: nothing was written. */
export class StoreUnavailable extends Error {
  override name = "StoreUnavailable";
}
