import { useEffect, useRef, useState } from "preact/hooks";
import { api } from "../api.ts";
import type { FrontPreview } from "../contract.ts";
import { say } from "../words/words.ts";
import { LooseCard } from "./card.tsx";
import type { Moves } from "./moves.ts";
import { bodyOf, type Arranged } from "./placement.ts";
import { learnFromPreview, toldOf } from "./told.ts";

/** How long somebody must rest before it is asked what readers would see, in milliseconds. */
const REST = 400;

/** What readers would see of an arrangement; as it was last known until that is answered. */
export function usePreview(arranged: Arranged): {
  preview: FrontPreview | null;
  isUnknown: boolean;
} {
  const [preview, setPreview] = useState<FrontPreview | null>(null);
  const [isUnknown, setUnknown] = useState(false);
  const isFirst = useRef(true);
  const body = bodyOf(arranged);
  // A row that has no name yet shows what it has all the same.
  const asked = { ...body, rows: body.rows.map((row) => ({ ...row, name: row.name || "–" })) };
  const text = JSON.stringify(asked);
  useEffect(() => {
    const gone = new AbortController();
    const ask = async () => {
      // Nothing is written: it need not be carried out once.
      const answer = await api.post<FrontPreview>("/front/preview", asked, {
        once: undefined,
        signal: gone.signal,
      });
      if (gone.signal.aborted) return;
      setUnknown(!answer.ok);
      if (!answer.ok) return;
      learnFromPreview(answer.value);
      setPreview(answer.value);
    };
    const rest = setTimeout(() => void ask(), isFirst.current ? 0 : REST);
    isFirst.current = false;
    return () => {
      clearTimeout(rest);
      gone.abort();
    };
  }, [text]);
  return { preview, isUnknown };
}

/** What comes to the first page, and what leaves it. */
export function Noticed({ preview, isDirty }: { preview: FrontPreview | null; isDirty: boolean }) {
  const words = say().front;
  if (!preview || !isDirty) return null;
  const { gains, falls } = preview;
  const isSame = gains.length === 0 && falls.length === 0;
  return (
    <section class="note noticed" aria-label={words.noticed} role="status">
      {isSame ? (
        <p>{words.sameStories}</p>
      ) : (
        <>
          <Titles title={words.gains(gains.length)} cards={gains} />
          <Titles title={words.falls(falls.length)} cards={falls} />
        </>
      )}
    </section>
  );
}

function Titles({ title, cards }: { title: string; cards: FrontPreview["falls"] }) {
  if (cards.length === 0) return null;
  return (
    <div>
      <p>
        <strong>{title}</strong>
      </p>
      <ul>
        {cards.map((card) => (
          <li key={card.id} dir="auto">
            {card.title}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The newest, which fill the rest by themselves. */
export function Latest({ preview, moves }: { preview: FrontPreview | null; moves: Moves }) {
  const words = say().front;
  if (!preview || preview.latest.length === 0) return null;
  return (
    <section class="slot" aria-labelledby="latest">
      <h2 id="latest">{words.latest}</h2>
      <p class="hint">{words.latestHint}</p>
      <ol class="latest">
        {preview.latest.map(({ id, title, hero }) => (
          <LooseCard
            key={id}
            story={id}
            title={toldOf(id)?.headline || title}
            hero={hero}
            status="published"
            moves={moves}
          />
        ))}
      </ol>
    </section>
  );
}
