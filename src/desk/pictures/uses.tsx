import { api } from "../api.ts";
import type { PictureUses } from "../contract.ts";
import { useLoaded } from "../loading.ts";
import { hrefOf } from "../route.ts";
import { mayI } from "../session.ts";
import { say } from "../words/words.ts";

type Use = PictureUses["items"][number];

export function useUses(hash: string) {
  return useLoaded(() => api.get<PictureUses>(`/media/${hash}/uses`), [hash]);
}

/** What shows a picture, each with the way to it. */
export function UseList({ uses: { items, more } }: { uses: PictureUses }) {
  const words = say().pictures.one;
  if (items.length === 0) return <p class="hint">{words.unused}</p>;
  return (
    <>
      <ul class="uses">
        {items.map((use) => (
          <li key={use.kind + use.id}>
            <Place use={use} />
            <span class={use.isLive ? "state live" : "state"}>
              {use.isLive ? words.seen : words.unseen}
            </span>
          </li>
        ))}
      </ul>
      {more && <p class="hint">{words.moreUses}</p>}
    </>
  );
}

function Place({ use }: { use: Use }) {
  const href = hrefFor(use);
  const text = nameOf(use);
  return <span dir="auto">{href ? <a href={href}>{text}</a> : text}</span>;
}

function nameOf({ kind, title }: Use): string {
  const words = say();
  const name = title || words.stories.untitled;
  if (kind === "settings") return words.pictures.one.ofSettings;
  if (kind === "front") return words.pictures.one.ofFront(name);
  return kind === "scheduledFront" ? words.pictures.one.ofScheduledFront(name) : name;
}

/** Where it is changed; null for a room that whoever is here cannot open. */
function hrefFor({ kind, id }: Use): string | null {
  if (kind === "article") return hrefOf(`story/${id}`);
  if (kind === "page") return hrefOf(`page/${id}`);
  if (kind === "settings") return mayI("change the settings") ? hrefOf("settings") : null;
  return hrefOf("front");
}
