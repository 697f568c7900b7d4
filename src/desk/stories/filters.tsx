import type { ComponentChildren, RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";
import { KINDS } from "../../domain/kinds.ts";
import { Check, Choice, TextField } from "../parts/field.tsx";
import { authors, sections, tags } from "../session.ts";
import { say } from "../words/words.ts";

/** How long somebody must rest before their words are looked for, in milliseconds. */
const REST = 250;

const NAMES = ["state", "section", "author", "tag", "kind", "mine", "q"] as const;

/** What is asked of the API for what the address says. */
export function filterOf(query: URLSearchParams): Record<string, string> {
  const asked: Record<string, string> = {};
  for (const name of ["section", "author", "tag", "kind", "mine", "q"]) {
    const value = query.get(name);
    if (value) asked[name] = value;
  }
  const state = query.get("state");
  if (state === "waiting") asked["review"] = "waiting";
  else if (state) asked["status"] = state;
  return asked;
}

/** On a screen that is narrower than this the filters wait behind their name. */
const NARROW = "(width < 40rem)";

export function isFiltered(query: URLSearchParams): boolean {
  return NAMES.some((name) => query.has(name));
}

/** What the list is narrowed to. The address has it, so that it can be kept and passed on. */
export function Filters({
  query,
  find,
  onChange,
}: {
  query: URLSearchParams;
  find: RefObject<HTMLInputElement | null>;
  onChange: (next: Record<string, string>) => void;
}) {
  const words = say();
  const change = (name: (typeof NAMES)[number], value: string) => {
    const next = Object.fromEntries(NAMES.map((each) => [each, query.get(each) ?? ""]));
    onChange({ ...next, [name]: value });
  };
  const any = ["", words.stories.any] as const;
  const choose = (
    name: "state" | "section" | "author" | "tag" | "kind",
    label: string,
    options: (readonly [string, string])[],
  ) => (
    <Choice
      label={label}
      value={query.get(name) ?? ""}
      onText={(value) => change(name, value)}
      options={[any, ...options]}
    />
  );
  const entries = (list: readonly { slug: string; name: string }[]) =>
    list.map(({ slug, name }) => [slug, name] as const);
  return (
    <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
      <Find value={query.get("q") ?? ""} field={find} onChange={(text) => change("q", text)} />
      <Folded count={NAMES.filter((name) => name !== "q" && query.has(name)).length}>
        {choose("state", words.stories.status, [
          ["draft", words.status.draft],
          ["waiting", words.status.waiting],
          ["scheduled", words.status.scheduled],
          ["published", words.status.live],
          ["withdrawn", words.status.withdrawn],
          ["binned", words.status.binned],
        ])}
        {choose("section", words.stories.section, entries(sections.value))}
        {choose("author", words.stories.author, entries(authors.value))}
        {choose("tag", words.stories.tag, entries(tags.value))}
        {choose(
          "kind",
          words.stories.kind,
          KINDS.map((kind) => [kind, words.kinds[kind]] as const),
        )}
        <Check
          label={words.stories.mine}
          checked={query.get("mine") === "true"}
          onCheck={(checked) => change("mine", checked ? "true" : "")}
        />
      </Folded>
    </form>
  );
}

/** Leaves a phone's screen to the list, and says how many filters narrow it. */
function Folded({ count, children }: { count: number; children: ComponentChildren }) {
  const [isNarrow, setNarrow] = useState(() => matchMedia(NARROW).matches);
  useEffect(() => {
    const media = matchMedia(NARROW);
    const look = () => setNarrow(media.matches);
    media.addEventListener("change", look);
    return () => media.removeEventListener("change", look);
  }, []);
  if (!isNarrow) return <>{children}</>;
  return (
    <details>
      <summary>{say().stories.filters(count)}</summary>
      <div class="filters">{children}</div>
    </details>
  );
}

function Find({
  value,
  field,
  onChange,
}: {
  value: string;
  field: RefObject<HTMLInputElement | null>;
  onChange: (text: string) => void;
}) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return undefined;
    const rest = setTimeout(() => onChange(text), REST);
    return () => clearTimeout(rest);
  }, [text]);
  return (
    <TextField
      field={field}
      label={say().stories.find}
      type="search"
      enterkeyhint="search"
      maxLength={100}
      value={text}
      onText={setText}
    />
  );
}
