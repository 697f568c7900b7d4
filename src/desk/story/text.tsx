import { useRef, useState } from "preact/hooks";
import { Button } from "../parts/button.tsx";
import { errorOf, TextArea } from "../parts/field.tsx";
import { markdownOf } from "../pictures/markdown.ts";
import { PicturePicker } from "../pictures/picker.tsx";
import { say } from "../words/words.ts";
import type { Editing } from "./editing.ts";

/** The headline, the standfirst and the body, as they are written. */
export function Text({ editing, isFixed }: { editing: Editing; isFixed: boolean }) {
  const words = say().story;
  const { draft, wrong, change, form } = editing;
  const lang = draft.language ?? undefined;
  const body = useRef<HTMLTextAreaElement>(null);
  const [isPicking, setPicking] = useState(false);
  const insert = (text: string) => {
    const at = body.current?.selectionStart ?? draft.body.length;
    const before = draft.body.slice(0, at);
    const gap =
      before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    const after = draft.body.slice(at).replace(/^\n*/, "\n\n");
    change({ body: `${before}${gap}${text}${after}` });
    body.current?.focus();
  };
  return (
    <div class="story-text">
      <TextArea
        label={words.title}
        class="title"
        rows={1}
        lang={lang}
        dir="auto"
        value={draft.title}
        readOnly={isFixed}
        error={errorOf(wrong, "title")}
        onText={(title) => change({ title: title.replace(/\n/g, " ") })}
        onKeyDown={(event) => {
          // A headline is one line.
          if (event.key === "Enter") event.preventDefault();
        }}
      />
      <TextArea
        label={words.standfirst}
        class="standfirst"
        rows={2}
        lang={lang}
        dir="auto"
        value={draft.standfirst ?? ""}
        readOnly={isFixed}
        error={errorOf(wrong, "standfirst")}
        onText={(text) => change({ standfirst: text === "" ? null : text })}
      />
      <TextArea
        label={words.body}
        class="body"
        rows={16}
        lang={lang}
        dir="auto"
        spellcheck
        field={body}
        value={draft.body}
        readOnly={isFixed}
        error={errorOf(wrong, "body")}
        hint={words.bodyHint}
        onText={(text) => change({ body: text })}
      />
      <div class="story-text-foot">
        <p class="hint">{words.length(wordsIn(draft.body), minutesOf(wordsIn(draft.body)))}</p>
        {!isFixed && form === "story" && (
          <Button onClick={() => setPicking(true)}>{words.insertPicture}</Button>
        )}
      </div>
      {isPicking && (
        <PicturePicker
          onClose={() => setPicking(false)}
          onPick={(picture) => {
            setPicking(false);
            insert(markdownOf(picture));
          }}
        />
      )}
    </div>
  );
}

/** How many words somebody reads in a minute. */
const PACE = 220;

function minutesOf(count: number): number {
  return Math.max(1, Math.round(count / PACE));
}

/** About as many words as the newsroom counts. */
function wordsIn(text: string): number {
  return text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*/gu)?.length ?? 0;
}
