import { useState } from "preact/hooks";
import { api } from "../api.ts";
import type { Listed, Passkey } from "../contract.ts";
import { useLoaded } from "../loading.ts";
import { formatAgo, formatDay, formatMoment } from "../moments.ts";
import { Button } from "../parts/button.tsx";
import { Read } from "../parts/states.tsx";
import { tell } from "../parts/told.tsx";
import { hasPasskeys } from "../passkeys.ts";
import { Sure } from "../people/sure.tsx";
import { say } from "../words/words.ts";
import { AddPasskey, RenamePasskey } from "./passkey-forms.tsx";

type Deed = { what: "rename" | "remove"; passkey: Passkey } | { what: "add" };

/** The passkeys of who is here. */
export function Passkeys() {
  const words = say();
  const { loaded, reload } = useLoaded(() => api.get<Listed<Passkey>>("/people/me/passkeys"), []);
  const [deed, setDeed] = useState<Deed | null>(null);
  const close = () => setDeed(null);
  const done = (text: string) => {
    close();
    tell(text);
    void reload();
  };
  return (
    <section class="panel">
      <h2>{words.account.passkeys}</h2>
      <p class="hint">{words.account.passkeysIntro}</p>
      <Read loaded={loaded} onRetry={() => void reload()}>
        {({ items: passkeys }) =>
          passkeys.length === 0 ? (
            <div>
              <h3>{words.account.noPasskeys}</h3>
              <p class="hint">{words.account.noPasskeysWhy}</p>
            </div>
          ) : (
            <>
              <ul class="rows own" aria-label={words.account.passkeys}>
                {passkeys.map((passkey) => (
                  <PasskeyRow
                    key={passkey.id}
                    passkey={passkey}
                    isLast={passkeys.length === 1}
                    onDeed={setDeed}
                  />
                ))}
              </ul>
              {passkeys.length === 1 && <p class="note">{words.account.oneOnly}</p>}
              <p class="actions">
                <Button disabled={!hasPasskeys()} onClick={() => setDeed({ what: "add" })}>
                  {words.account.add}
                </Button>
                {!hasPasskeys() && <span class="hint">{words.entrance.unsupported}</span>}
              </p>
            </>
          )
        }
      </Read>
      {deed?.what === "add" && <AddPasskey onDone={done} onClose={close} />}
      {deed?.what === "rename" && (
        <RenamePasskey passkey={deed.passkey} onDone={done} onClose={close} />
      )}
      {deed?.what === "remove" && (
        <Sure
          title={words.account.removeTitle(deed.passkey.label)}
          consequences={[words.account.removeConsequence]}
          act={words.account.remove}
          deed={() => api.delete(`/people/me/passkeys/${encodeURIComponent(deed.passkey.id)}`)}
          onDone={() => done(words.account.removed(deed.passkey.label))}
          onClose={close}
        />
      )}
    </section>
  );
}

function PasskeyRow({
  passkey,
  isLast,
  onDeed,
}: {
  passkey: Passkey;
  isLast: boolean;
  onDeed: (deed: Deed) => void;
}) {
  const words = say().account;
  const { label, createdAt, usedAt, backedUp } = passkey;
  return (
    <li>
      <div>
        <h3>
          <bdi>{label}</bdi>
        </h3>
        <p class="facts">
          <time dateTime={createdAt}>{words.madeOn(formatDay(createdAt))}</time>
          {usedAt ? (
            <time dateTime={usedAt} title={formatMoment(usedAt)}>
              {words.usedLast(formatAgo(usedAt))}
            </time>
          ) : (
            <span>{words.neverUsed}</span>
          )}
          {backedUp && <span>{words.backedUp}</span>}
          {isLast && <span>{words.last}</span>}
        </p>
      </div>
      <p class="actions">
        <Button
          weight="quiet"
          label={words.renameOf(label)}
          onClick={() => onDeed({ what: "rename", passkey })}
        >
          {words.rename}
        </Button>
        {!isLast && (
          <Button
            weight="grave"
            label={words.removeOf(label)}
            onClick={() => onDeed({ what: "remove", passkey })}
          >
            {words.remove}
          </Button>
        )}
      </p>
    </li>
  );
}
