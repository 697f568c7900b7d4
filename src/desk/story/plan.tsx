import { Choice, errorOf, TextField } from "../parts/field.tsx";
import { HourField } from "../parts/hour-field.tsx";
import { can } from "../rights.ts";
import { authors } from "../session.ts";
import { say } from "../words/words.ts";
import type { Editing } from "./editing.ts";
import { Panel } from "./panel.tsx";

/** When it ends, whose it is to see to, and what the newsroom plans with it. */
export function Plan({ editing, isFixed }: { editing: Editing; isFixed: boolean }) {
  const words = say().story;
  const { draft, article, wrong, change, form } = editing;
  return (
    <Panel
      title={words.plan}
      name="plan"
      isFaulty={
        errorOf(wrong, "expiresAt", "plannedFor", "plannedWords", "publishedAt") !== undefined
      }
    >
      {article && can(article, "assign") && (
        <Choice
          label={words.assignee}
          value={article.assignee ?? ""}
          disabled={isFixed}
          onText={(author) =>
            void editing.act("/assign", { author: author === "" ? null : author })
          }
          options={[
            ["", say().stories.nobody],
            ...authors.value.map(({ slug, name }) => [slug, name] as const),
          ]}
        />
      )}
      {!isFixed && (
        <>
          <HourField
            label={words.expires}
            value={draft.expiresAt}
            error={errorOf(wrong, "expiresAt")}
            onHour={(expiresAt) => change({ expiresAt })}
          />
          <HourField
            label={words.plannedFor}
            value={draft.plannedFor}
            error={errorOf(wrong, "plannedFor")}
            onHour={(plannedFor) => change({ plannedFor })}
          />
          <TextField
            label={words.plannedWords}
            inputMode="numeric"
            value={draft.plannedWords === null ? "" : String(draft.plannedWords)}
            error={errorOf(wrong, "plannedWords")}
            onText={(text) => change({ plannedWords: numberOf(text) })}
          />
          {form === "story" && article?.publishedAt && (
            <HourField
              label={words.dateline}
              value={draft.publishedAt}
              error={errorOf(wrong, "publishedAt")}
              onHour={(publishedAt) => change({ publishedAt })}
            />
          )}
        </>
      )}
    </Panel>
  );
}

function numberOf(text: string): number | null {
  const digits = text.replace(/\D/g, "");
  return digits === "" ? null : Number(digits);
}
