import { useState } from "preact/hooks";
import type { Article } from "../contract.ts";
import { formatMoment } from "../moments.ts";
import { Button } from "../parts/button.tsx";
import { Check, errorOf, TextArea } from "../parts/field.tsx";
import { tell } from "../parts/told.tsx";
import { can } from "../rights.ts";
import { say } from "../words/words.ts";
import type { Editing } from "./editing.ts";
import { useKeptText } from "./kept-text.ts";
import { Panel } from "./panel.tsx";

/** What was wrong and what is right. Readers of a live story see a new one at once. */
export function Corrections({ editing, article }: { editing: Editing; article: Article }) {
  const words = say().story;
  const { wrong, isBusy, form } = editing;
  const [text, setText] = useKeptText("correction", { form, id: article.id });
  const [isMaterial, setMaterial] = useState(true);
  const isOut = article.status === "published" || article.status === "scheduled";
  const isAllowed = can(article, "revise") && (!isOut || can(article, "publish"));
  if (!isAllowed && article.corrections.length === 0) return null;
  const correct = async () => {
    const body = { text: text.trim(), ...(isMaterial ? {} : { material: false }) };
    if (await editing.act("/corrections", body)) {
      setText("");
      tell(isOut ? words.correctedLive : words.corrected);
    }
  };
  return (
    <Panel
      title={words.corrections}
      name="corrections"
      isFaulty={errorOf(wrong, "text") !== undefined}
    >
      {article.corrections.length > 0 && (
        <ol class="corrections">
          {article.corrections.map(({ text: said, at }) => (
            <li key={at + said}>
              <time class="hint" dateTime={at}>
                {formatMoment(at)}
              </time>
              <p dir="auto">{said}</p>
            </li>
          ))}
        </ol>
      )}
      {isAllowed && article.status !== "binned" && (
        <form
          class="form"
          onSubmit={(event) => {
            event.preventDefault();
            void correct();
          }}
        >
          <TextArea
            label={words.newCorrection}
            hint={isOut ? words.correctionHintLive : words.correctionHint}
            rows={3}
            dir="auto"
            value={text}
            error={errorOf(wrong, "text")}
            onText={setText}
          />
          <Check
            label={words.isMaterial}
            hint={words.isMaterialHint}
            checked={isMaterial}
            onCheck={setMaterial}
          />
          <p>
            <Button type="submit" busy={isBusy} disabled={text.trim() === ""}>
              {words.correct}
            </Button>
          </p>
        </form>
      )}
    </Panel>
  );
}
