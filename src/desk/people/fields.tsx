import type { Wrong } from "../api.ts";
import type { Person } from "../contract.ts";
import { Choice, errorOf, TextField } from "../parts/field.tsx";
import { authors } from "../session.ts";
import { say } from "../words/words.ts";
import { isBound, isRole, roleOptions } from "./roles.ts";

/** What is written of a person, as the fields have it; empty where there is none. */
export interface Draft {
  name: string;
  role: Person["role"];
  author: string;
  email: string;
}

export const NOBODY: Draft = { name: "", role: "contributor", author: "", email: "" };

export function draftOf({ name, role, author, email }: Person): Draft {
  return { name, role, author: author ?? "", email: email ?? "" };
}

/** The same as the API takes it: who writes under every byline has none of their own. */
export function bodyOf({ name, role, author, email }: Draft) {
  return {
    name: name.trim(),
    role,
    author: isBound(role) && author !== "" ? author : null,
    email: email.trim() === "" ? null : email.trim(),
  };
}

/** The fields of a person. */
export function PersonFields({
  draft,
  wrong,
  isLast = false,
  onChange,
}: {
  draft: Draft;
  wrong: readonly Wrong[];
  /** The last admin, who keeps the role. */
  isLast?: boolean;
  onChange: (draft: Draft) => void;
}) {
  const words = say().people;
  const change = (part: Partial<Draft>) => onChange({ ...draft, ...part });
  return (
    <>
      <TextField
        label={words.name}
        hint={words.nameHint}
        error={errorOf(wrong, "name")}
        value={draft.name}
        maxLength={100}
        autocomplete="off"
        dir="auto"
        onText={(name) => change({ name })}
      />
      <Choice
        label={words.role}
        hint={isLast ? words.lastAdminRole : words.can[draft.role]}
        error={errorOf(wrong, "role")}
        value={draft.role}
        disabled={isLast}
        options={roleOptions()}
        onText={(role) => isRole(role) && change({ role })}
      />
      {isBound(draft.role) && (
        <Choice
          label={words.author}
          hint={draft.author === "" ? words.ownOnly : words.authorHint}
          error={errorOf(wrong, "author")}
          value={draft.author}
          options={[
            ["", words.nobody],
            ...authors.value.map(({ slug, name }) => [slug, name] as const),
          ]}
          onText={(author) => change({ author })}
        />
      )}
      <TextField
        label={words.email}
        hint={words.emailHint}
        error={errorOf(wrong, "email")}
        type="email"
        inputMode="email"
        autocomplete="off"
        dir="ltr"
        value={draft.email}
        maxLength={254}
        onText={(email) => change({ email })}
      />
    </>
  );
}
