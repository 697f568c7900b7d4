import { useState } from "preact/hooks";
import { api, listAll } from "../api.ts";
import type { Key } from "../contract.ts";
import { useLoaded } from "../loading.ts";
import { formatAgo, formatDay, formatMoment } from "../moments.ts";
import { Button } from "../parts/button.tsx";
import { Empty, Read } from "../parts/states.tsx";
import { tell } from "../parts/told.tsx";
import { authorNames } from "../session.ts";
import { say } from "../words/words.ts";
import { MakeKey, RotateKey, type Secret } from "./key-forms.tsx";
import { Copied, Once } from "./once.tsx";
import { Sure } from "./sure.tsx";

/** What is done to a key, and which. */
type Deed = { what: "rotate" | "revoke"; key: Key };

/** The keys of machines: those that open something, and apart from them those that did. */
export function Keys() {
  const words = say().people;
  const { loaded, reload } = useLoaded(() => listAll<Key>("/keys"), []);
  const [isMaking, setMaking] = useState(false);
  const [deed, setDeed] = useState<Deed | null>(null);
  const [secret, setSecret] = useState<Secret | null>(null);
  const show = (made: Secret) => {
    setMaking(false);
    setDeed(null);
    setSecret(made);
    void reload();
  };
  const make = (
    <Button weight="first" onClick={() => setMaking(true)}>
      {words.addKey}
    </Button>
  );
  return (
    <>
      <header class="list-head">
        <p class="hint">{words.keysIntro}</p>
        {make}
      </header>
      <Read loaded={loaded} onRetry={() => void reload()}>
        {(keys) => <KeyList keys={keys} onDeed={setDeed} />}
      </Read>
      {isMaking && <MakeKey onMade={show} onClose={() => setMaking(false)} />}
      {deed?.what === "rotate" && (
        <RotateKey named={deed.key} onMade={show} onClose={() => setDeed(null)} />
      )}
      {deed?.what === "revoke" && (
        <Sure
          title={words.revokeTitle(deed.key.name)}
          consequences={[words.revokeConsequence]}
          act={words.revoke}
          deed={() => api.delete(`/keys/${deed.key.id}`)}
          onClose={() => setDeed(null)}
          onDone={() => {
            tell(words.revoked(deed.key.name));
            setDeed(null);
            void reload();
          }}
        />
      )}
      {secret && <ShownKey secret={secret} onClose={() => setSecret(null)} />}
    </>
  );
}

function KeyList({ keys, onDeed }: { keys: readonly Key[]; onDeed: (deed: Deed) => void }) {
  const words = say().people;
  const sorted = keys.toSorted((a, b) => a.name.localeCompare(b.name));
  const usable = sorted.filter(({ revokedAt }) => revokedAt === null);
  const former = sorted.filter(({ revokedAt }) => revokedAt !== null);
  return (
    <>
      {usable.length === 0 ? (
        <Empty title={words.keysEmpty} why={words.keysEmptyWhy} />
      ) : (
        <ul class="rows people" aria-label={words.keys}>
          {usable.map((key) => (
            <KeyRow key={key.id} named={key} onDeed={onDeed} />
          ))}
        </ul>
      )}
      {former.length > 0 && (
        <details class="former">
          <summary>{words.formerKeys(former.length)}</summary>
          <ul class="rows people">
            {former.map((key) => (
              <KeyRow key={key.id} named={key} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function KeyRow({ named, onDeed }: { named: Key; onDeed?: (deed: Deed) => void }) {
  const words = say().people;
  const { name, role, author, createdAt, lastUsedAt, revokedAt, formerUntil } = named;
  const hasFormer = formerUntil !== null && Date.parse(formerUntil) > Date.now();
  return (
    <li>
      <div class="what">
        <h2 class="headline">
          <bdi>{name}</bdi>
        </h2>
        <p class="facts">
          <span>{words.roleNames[role]}</span>
          {author && <span>{words.writesAs(authorNames.value.get(author) ?? author)}</span>}
          <time dateTime={createdAt}>{words.madeOn(formatDay(createdAt))}</time>
          {lastUsedAt ? (
            <time dateTime={lastUsedAt} title={formatMoment(lastUsedAt)}>
              {words.usedLast(formatAgo(lastUsedAt))}
            </time>
          ) : (
            <span>{words.neverUsed}</span>
          )}
          {revokedAt && (
            <time dateTime={revokedAt}>{words.revokedOn(formatMoment(revokedAt))}</time>
          )}
        </p>
        {onDeed && hasFormer && (
          <p class="state waiting">{words.formerUntil(formatMoment(formerUntil))}</p>
        )}
      </div>
      {onDeed && (
        <p class="actions">
          <Button
            label={words.changeOf(name)}
            onClick={() => onDeed({ what: "rotate", key: named })}
          >
            {words.rotate}
          </Button>
          <Button
            weight="grave"
            label={words.revokeOf(name)}
            onClick={() => onDeed({ what: "revoke", key: named })}
          >
            {words.revoke}
          </Button>
        </p>
      )}
    </li>
  );
}

function ShownKey({ secret, onClose }: { secret: Secret; onClose: () => void }) {
  const words = say().people;
  return (
    <Once title={words.keyMade(secret.name)} intro={words.keyOnce} onClose={onClose}>
      {(onCopied) => (
        <>
          <Copied label={words.key} copy={words.copyKey} text={secret.key} onCopied={onCopied} />
          <p class="hint">{words.keyHow}</p>
        </>
      )}
    </Once>
  );
}
