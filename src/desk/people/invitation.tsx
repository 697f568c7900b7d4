import type { Invitation, Person } from "../contract.ts";
import { formatMoment } from "../moments.ts";
import { settings } from "../session.ts";
import { say } from "../words/words.ts";
import { Copied, Once } from "./once.tsx";

/** A way in, shown this once: the link, and what to tell who is invited. */
export function ShownInvitation({
  person,
  invitation,
  onClose,
}: {
  person: Pick<Person, "name">;
  invitation: Invitation;
  onClose: () => void;
}) {
  const words = say().people;
  const { url } = invitation;
  const until = formatMoment(invitation.expiresAt);
  const message = words.messageText(person.name, settings.value?.title ?? "", url, until);
  return (
    <Once title={words.invitation(person.name)} intro={words.once} onClose={onClose}>
      {(onCopied) => (
        <>
          <Copied label={words.link} copy={words.copyLink} text={url} onCopied={onCopied} />
          <p class="quiet">{words.until(until)}</p>
          <Copied
            isLong
            label={words.message}
            copy={words.copyMessage}
            text={message}
            onCopied={onCopied}
          />
          <p class="hint">{words.send}</p>
        </>
      )}
    </Once>
  );
}
