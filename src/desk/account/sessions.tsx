import { useState } from "preact/hooks";
import { api, type Answer } from "../api.ts";
import type { Listed, Session } from "../contract.ts";
import { useLoaded } from "../loading.ts";
import { formatAgo, formatDay, formatMoment } from "../moments.ts";
import { Button } from "../parts/button.tsx";
import { Read, troubleLine } from "../parts/states.tsx";
import { tell } from "../parts/told.tsx";
import { Sure } from "../people/sure.tsx";
import { signOut } from "../session.ts";
import { say } from "../words/words.ts";

/** Where who is here is signed in, used last first. */
export function Sessions() {
  const words = say().account;
  const { loaded, reload } = useLoaded(() => api.get<Listed<Session>>("/people/me/sessions"), []);
  const [isEnding, setEnding] = useState(false);
  const [busy, setBusy] = useState<string | null>(null);
  const end = async ({ id, device }: Session) => {
    setBusy(id);
    const ended = await endSession(id);
    setBusy(null);
    if (ended.ok) tell(words.ended(device));
    else tell(troubleLine(ended.trouble), true);
    void reload();
  };
  return (
    <section class="panel">
      <h2>{words.sessions}</h2>
      <p class="hint">{words.sessionsIntro}</p>
      <Read loaded={loaded} onRetry={() => void reload()}>
        {({ items: sessions }) => {
          if (sessions.length === 0)
            return (
              <div>
                <h3>{words.noSessions}</h3>
                <p class="hint">{words.noSessionsWhy}</p>
              </div>
            );
          const others = sessions.filter(({ current }) => !current);
          return (
            <>
              <ul class="rows own" aria-label={words.sessions}>
                {sessions.map((session) => (
                  <SessionRow
                    key={session.id}
                    session={session}
                    isBusy={busy === session.id}
                    onEnd={() => void end(session)}
                  />
                ))}
              </ul>
              {others.length > 0 && (
                <p class="actions">
                  <Button weight="grave" onClick={() => setEnding(true)}>
                    {words.endOthers}
                  </Button>
                </p>
              )}
              {isEnding && (
                <Sure
                  title={words.endOthersTitle}
                  consequences={[words.endOthersConsequence(others.length)]}
                  act={words.endOthers}
                  deed={() => endAll(others)}
                  onClose={() => {
                    setEnding(false);
                    void reload();
                  }}
                  onDone={() => {
                    setEnding(false);
                    tell(words.othersEnded);
                    void reload();
                  }}
                />
              )}
            </>
          );
        }}
      </Read>
    </section>
  );
}

/** One that has ended meanwhile is as it was to be. */
async function endSession(id: string): Promise<Answer<null>> {
  const ended = await api.delete(`/people/me/sessions/${encodeURIComponent(id)}`);
  return ended.ok || ended.trouble.kind === "gone" ? { ok: true, value: null, etag: null } : ended;
}

async function endAll(sessions: readonly Session[]): Promise<Answer<null>> {
  for (const { id } of sessions) {
    // eslint-disable-next-line no-await-in-loop -- the first that fails says why the others would.
    const ended = await endSession(id);
    if (!ended.ok) return ended;
  }
  return { ok: true, value: null, etag: null };
}

function SessionRow({
  session,
  isBusy,
  onEnd,
}: {
  session: Session;
  isBusy: boolean;
  onEnd: () => void;
}) {
  const words = say().account;
  const { device, createdAt, usedAt, endsAt, current } = session;
  return (
    <li>
      <div>
        <h3>
          {device} {current && <small class="here">{words.here}</small>}
        </h3>
        <p class="facts">
          <time dateTime={createdAt}>{words.signedIn(formatDay(createdAt))}</time>
          <time dateTime={usedAt} title={formatMoment(usedAt)}>
            {words.usedLast(formatAgo(usedAt))}
          </time>
          <time dateTime={endsAt}>{words.endsOn(formatDay(endsAt))}</time>
        </p>
      </div>
      <p class="actions">
        {current ? (
          <Button onClick={() => void signOut()}>{words.signOut}</Button>
        ) : (
          <Button label={words.endOf(device)} busy={isBusy} onClick={onEnd}>
            {words.end}
          </Button>
        )}
      </p>
    </li>
  );
}
