import { useEffect, useState } from "preact/hooks";
import { allKept } from "../keeping.ts";
import { formatAgo } from "../moments.ts";
import { hrefOf } from "../route.ts";
import { me } from "../session.ts";
import { say } from "../words/words.ts";

/** What of a story this browser has and the newsroom does not. */
interface Left {
  place: string;
  href: string;
  title: string | null;
  at: string;
}

/** Texts that somebody began here and did not save: the way back to each. */
export function Unsaved() {
  const words = say().stories;
  const [left, setLeft] = useState<readonly Left[]>([]);
  useEffect(() => {
    const look = async () => setLeft(await findLeft(me.value?.id ?? ""));
    void look();
  }, []);
  if (left.length === 0) return null;
  return (
    <div class="note">
      <p>{words.unsaved}</p>
      <ul>
        {left.map(({ place, href, title, at }) => (
          <li key={place}>
            <a href={href}>{title ?? words.untitled}</a> <span class="hint">{formatAgo(at)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Those of one person: more than one may use this browser. */
async function findLeft(person: string): Promise<Left[]> {
  const kept = await allKept();
  const left = kept.flatMap(({ place, fields, at }) => {
    if (!place.startsWith(`${person}:`)) return [];
    const [form, id] = place.slice(person.length + 1).split(":");
    if ((form !== "story" && form !== "page") || !id) return [];
    const title =
      typeof fields["title"] === "string" && fields["title"] !== "" ? fields["title"] : null;
    return [{ place, href: hrefOf(`${form}/${id}`), title, at, isNew: id === "new" }];
  });
  // Of a story of which two tabs have something, the newer stands for both.
  return left.filter(
    ({ href, isNew }, index) => isNew || left.findIndex((other) => other.href === href) === index,
  );
}
