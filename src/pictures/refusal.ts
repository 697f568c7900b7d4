/** Why a file is not taken: no picture that readers may get, a broken one, or one with too many pixels. */
export type RefusalReason = "unsupported" | "damaged" | "tooLarge";

/**
 * Says no from deep inside a walk over hostile bytes. Thrown in this folder only, and made a value again
 * by readPicture, its only catcher: a walk that handed every refusal upwards by hand would forget one.
 */
export class Refusal extends Error {
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, message: string) {
    super(message);
    this.reason = reason;
  }
}
