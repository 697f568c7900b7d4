import { deleteOldLinks } from "../store/preview-links.d1.ts";
import { note } from "../store/notes.d1.ts";
import { forgetOld } from "../store/passkeys.d1.ts";
import { deleteAbsent } from "../store/presence.d1.ts";
import { forgetSessions } from "../store/sessions.d1.ts";
import type { CommandContext } from "./context.ts";

/** The tick's housekeeping: previews, sessions and invitations that are over, and who has closed a story without saying so. */
export async function keepHouse({ store, clock }: CommandContext): Promise<void> {
  const now = clock();
  await note(store.db, [
    deleteOldLinks(now),
    deleteAbsent(now),
    forgetSessions(now),
    ...forgetOld(now),
  ]);
}
