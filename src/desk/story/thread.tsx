import { useState } from "preact/hooks";
import { api, listAll } from "../api.ts";
import type { Note } from "../contract.ts";
import { useLoaded } from "../loading.ts";
import { formatAgo, formatMoment } from "../moments.ts";
import { Button } from "../parts/button.tsx";
import { bare } from "../parts/faults.tsx";
import { errorOf, TextArea } from "../parts/field.tsx";
import { Read, troubleLine } from "../parts/states.tsx";
import { say } from "../words/words.ts";
import { PATHS, type Form } from "./editing.ts";
import { useKeptText } from "./kept-text.ts";
import { Panel } from "./panel.tsx";

/** What the newsroom says of a story among itself. Readers never see it. */
export function Thread({ form, id, version }: { form: Form; id: string; version: number }) {
  const words = say().story;
  return (
    <Panel title={words.notes} name="notes" isOpen>
      <Notes form={form} id={id} version={version} />
    </Panel>
  );
}

function Notes({ form, id, version }: { form: Form; id: string; version: number }) {
  const path = `${PATHS[form]}/${id}/notes`;
  const words = say().story;
  // A review writes notes, too: the thread is read again with each version.
  const { loaded, reload } = useLoaded(() => listAll<Note>(path), [path, version]);
  const [text, setText] = useKeptText("note", { form, id });
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | undefined>();
  const write = async () => {
    setBusy(true);
    const answer = await api.post<Note>(path, { text: text.trim() });
    setBusy(false);
    setFault(
      answer.ok
        ? undefined
        : (errorOf(bare(answer.trouble.wrong), "text") ?? troubleLine(answer.trouble)),
    );
    if (!answer.ok) return;
    setText("");
    void reload();
  };
  return (
    <>
      <Read loaded={loaded} onRetry={() => void reload()}>
        {(notes) =>
          notes.length === 0 ? (
            <p class="hint">{words.noNotes}</p>
          ) : (
            <ol class="thread">
              {notes.map((note) => (
                <li key={note.id} class={note.kind}>
                  <p class="hint">
                    <strong>{note.by.name}</strong> {words.noteKinds[note.kind]}{" "}
                    <time dateTime={note.at} title={formatMoment(note.at)}>
                      {formatAgo(note.at)}
                    </time>
                  </p>
                  {note.text && <p dir="auto">{note.text}</p>}
                </li>
              ))}
            </ol>
          )
        }
      </Read>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void write();
        }}
      >
        <TextArea
          label={words.newNote}
          rows={2}
          dir="auto"
          value={text}
          error={fault}
          onText={setText}
        />
        <p>
          <Button type="submit" busy={isBusy} disabled={text.trim() === ""}>
            {words.writeNote}
          </Button>
        </p>
      </form>
    </>
  );
}
