import { useEffect, useState } from "preact/hooks";
import { api } from "../api.ts";
import type { Article } from "../contract.ts";
import { allKept } from "../keeping.ts";
import { formatAgo } from "../moments.ts";
import { hrefOf } from "../route.ts";
import { me } from "../session.ts";
import type { Form } from "../story/editing.ts";
import { say } from "../words/words.ts";

/** What of a story this browser has and the newsroom does not. */
interface Left {
  place: string;
  form: Form;
  id: string;
  title: string | null;
  at: string;
}

/** Texts that somebody began here and did not save: the way back to each. */
export function Unsaved() {
  const words = say().stories;
  const [left, setLeft] = useState<readonly Left[]>([]);
  useEffect(() => {
    const look = async () => setLeft(await titled(await findLeft(me.value?.id ?? "")));
    void look();
  }, []);
  if (left.length === 0) return null;
  return (
    <div class="note">
      <p>{words.unsaved}</p>
      <ul>
        {left.map(({ place, form, id, title, at }) => (
          <li key={place}>
            <a href={hrefOf(`${form}/${id}`)} dir="auto">
              {title ?? words.untitled}
            </a>{" "}
            <span class="hint">{formatAgo(at)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Those of one person: more than one may use this browser. */
async function findLeft(person: string): Promise<Left[]> {
  const kept = await allKept();
  const left = kept.flatMap(({ place, fields, at }): Left[] => {
    if (!place.startsWith(`${person}:`)) return [];
    const [form, id] = place.slice(person.length + 1).split(":");
    if ((form !== "story" && form !== "page") || !id) return [];
    const title =
      typeof fields["title"] === "string" && fields["title"] !== "" ? fields["title"] : null;
    return [{ place, form, id, title, at }];
  });
  // Of a story of which two tabs have something, the newer stands for both.
  return left.filter(
    ({ id }, index) => id === "new" || left.findIndex((other) => other.id === id) === index,
  );
}

/** Those of which only the text was changed are called as the newsroom calls them. */
function titled(left: readonly Left[]): Promise<Left[]> {
  return Promise.all(
    left.map(async (each) => {
      if (each.title !== null || each.id === "new") return each;
      const answer = await api.get<Article>(
        `/${each.form === "page" ? "pages" : "articles"}/${each.id}`,
      );
      return answer.ok ? { ...each, title: answer.value.title } : each;
    }),
  );
}
