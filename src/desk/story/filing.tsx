import { KINDS } from "../../domain/kinds.ts";
import type { Kind } from "../contract.ts";
import { Choice, errorOf, TextField } from "../parts/field.tsx";
import { Names } from "../parts/names.tsx";
import { authors, mayI, sections, tags } from "../session.ts";
import { say } from "../words/words.ts";
import type { Editing } from "./editing.ts";
import { Panel } from "./panel.tsx";

/** Where the story stands, what it is, and whose it is. */
export function Filing({ editing, isFixed }: { editing: Editing; isFixed: boolean }) {
  const words = say();
  const { draft, wrong, change, form } = editing;
  if (form === "page") return <LanguageOnly editing={editing} isFixed={isFixed} />;
  return (
    <Panel
      title={words.story.filing}
      name="filing"
      isOpen
      isFaulty={errorOf(wrong, "section", "tags", "authors", "kind", "sponsor") !== undefined}
    >
      <Choice
        label={words.stories.section}
        value={draft.section}
        disabled={isFixed}
        error={errorOf(wrong, "section")}
        onText={(section) => change({ section })}
        options={sections.value.map(({ slug, name }) => [slug, name] as const)}
      />
      <Names
        label={words.story.bylines}
        hint={words.story.bylinesHint}
        error={errorOf(wrong, "authors")}
        entries={authors.value}
        chosen={draft.authors}
        disabled={isFixed || !mayI("write under any byline")}
        onChange={(chosen) => change({ authors: chosen })}
      />
      <Names
        label={words.story.tags}
        hint={words.story.tagsHint}
        error={errorOf(wrong, "tags")}
        entries={tags.value}
        chosen={draft.tags}
        makes
        disabled={isFixed}
        onChange={(chosen) => change({ tags: chosen })}
      />
      <div class="pair">
        <Choice
          label={words.stories.kind}
          value={draft.kind}
          disabled={isFixed}
          error={errorOf(wrong, "kind")}
          onText={(kind) => change({ kind: kind as Kind })}
          options={KINDS.map((kind) => [kind, words.kinds[kind]] as const)}
        />
        <LanguageField editing={editing} isFixed={isFixed} />
      </div>
      {draft.kind === "sponsored" && (
        <TextField
          label={words.story.sponsor}
          hint={words.story.sponsorHint}
          maxLength={120}
          value={draft.sponsor ?? ""}
          disabled={isFixed}
          error={errorOf(wrong, "sponsor")}
          onText={(text) => change({ sponsor: text === "" ? null : text })}
        />
      )}
    </Panel>
  );
}

function LanguageOnly({ editing, isFixed }: { editing: Editing; isFixed: boolean }) {
  return (
    <Panel title={say().story.filing} name="filing" isOpen>
      <LanguageField editing={editing} isFixed={isFixed} />
    </Panel>
  );
}

function LanguageField({
  editing: { draft, wrong, change },
  isFixed,
}: {
  editing: Editing;
  isFixed: boolean;
}) {
  const words = say().story;
  return (
    <TextField
      label={words.language}
      placeholder={words.languageOfPaper}
      maxLength={35}
      value={draft.language ?? ""}
      disabled={isFixed}
      error={errorOf(wrong, "language")}
      onText={(text) => change({ language: text.trim() === "" ? null : text.trim() })}
    />
  );
}
