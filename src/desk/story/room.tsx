import { useRef } from "preact/hooks";
import { api } from "../api.ts";
import type { Article } from "../contract.ts";
import { useLoaded } from "../loading.ts";
import { Read } from "../parts/states.tsx";
import { hrefOf, swap } from "../route.ts";
import { me, sections } from "../session.ts";
import { Desk } from "./desk.tsx";
import { newDraft } from "./draft.ts";
import { PATHS, type Form } from "./editing.ts";

/** The room of one story or page. One that is new stays as it is on the screen when it gets its id. */
export function ArticleRoom({ form, id }: { form: Form; id: string }) {
  const born = useRef<string | null>(null);
  const turn = useRef(0);
  if (id === "new" && born.current !== null) {
    born.current = null;
    turn.current += 1;
  }
  // Whoever comes back to it from another story gets it as the newsroom has it.
  if (id !== "new" && id !== born.current) born.current = null;
  const isNew = id === "new" || id === born.current;
  if (!isNew) return <Existing key={id} form={form} id={id} />;
  const author = me.value?.author;
  return (
    <Desk
      key={`new ${turn.current}`}
      form={form}
      opened={null}
      first={newDraft(
        form === "story" ? (sections.value[0]?.slug ?? "") : "",
        author ? [author] : [],
      )}
      onBorn={(given) => {
        born.current = given;
        swap(hrefOf(`${form}/${given}`));
      }}
    />
  );
}

function Existing({ form, id }: { form: Form; id: string }) {
  const { loaded, reload } = useLoaded(() => api.get<Article>(`${PATHS[form]}/${id}`), [form, id]);
  return (
    <Read loaded={loaded} onRetry={() => void reload()}>
      {(article) => (
        <Desk form={form} opened={article} first={newDraft("", [])} onBorn={() => {}} />
      )}
    </Read>
  );
}
