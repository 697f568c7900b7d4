import { startOfDay } from "../../domain/calendar.ts";
import type { AuditRecord, Key, Person } from "../contract.ts";
import { listAll } from "../api.ts";
import { useLoaded } from "../loading.ts";
import { Choice, TextField } from "../parts/field.tsx";
import { hrefOf } from "../route.ts";
import { mayI, timeZone } from "../session.ts";
import { say } from "../words/words.ts";
import { actorNameOf, nameOf } from "./names.ts";

const NAMES = ["actor", "act", "subject", "from", "to"] as const;
type Filter = Partial<Record<(typeof NAMES)[number], string>>;

export function isFiltered(query: URLSearchParams): boolean {
  return NAMES.some((name) => query.has(name));
}

/** What is asked of the API for what the address says; days are the paper's. */
export function filterOf(query: URLSearchParams): Record<string, string> {
  const asked: Record<string, string> = {};
  for (const name of ["actor", "act", "subject"]) {
    const value = query.get(name);
    if (value) asked[name] = value;
  }
  const [from, to] = [dayIn(query, "from"), dayIn(query, "to")];
  if (from) asked["since"] = new Date(startOfDay(from, timeZone.value)).toISOString();
  if (to) asked["until"] = new Date(startOfDay(dayAfter(to), timeZone.value)).toISOString();
  return asked;
}

function dayIn(query: URLSearchParams, name: "from" | "to"): string | null {
  const day = query.get(name) ?? "";
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day)) ? day : null;
}

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}

/** Who may have acted, by what the audit calls them: those that are known, and those that are seen in it. */
function useActors(records: readonly AuditRecord[]): [string, string][] {
  const { loaded } = useLoaded(async () => {
    const people = mayI("manage people") ? await listAll<Person>("/people") : null;
    const keys = mayI("hand out keys") ? await listAll<Key>("/keys") : null;
    const known: [string, string][] = [
      ...(people?.ok ? people.value : []).map(({ id, name }): [string, string] => [
        `person:${id}`,
        name,
      ]),
      ...(keys?.ok ? keys.value : []).map(({ id, name }): [string, string] => [`key:${id}`, name]),
    ];
    return { ok: true, value: known, etag: null };
  }, []);
  const seen = records.map((record): [string, string] => [record.actor, actorNameOf(record)]);
  const known = loaded.state === "here" ? loaded.value : [];
  const own = ["cron", "root"].map((actor): [string, string] => [
    actor,
    actorNameOf({ actor, actorName: actor }),
  ]);
  return [...new Map([...own, ...seen, ...known])].toSorted(([, a], [, b]) => a.localeCompare(b));
}

/** What the audit is narrowed to. The address has it. */
export function Filters({
  query,
  records,
  onChange,
}: {
  query: URLSearchParams;
  records: readonly AuditRecord[];
  onChange: (next: Filter) => void;
}) {
  const words = say().audit;
  const actors = useActors(records);
  const of = (name: (typeof NAMES)[number]) => query.get(name) ?? "";
  const change = (part: Filter) =>
    onChange({ ...Object.fromEntries(NAMES.map((name) => [name, of(name)])), ...part });
  const [actor, act, subject] = [of("actor"), of("act"), of("subject")];
  const acts = Object.entries(words.actNames);
  const isBackwards = of("from") !== "" && of("to") !== "" && of("to") < of("from");
  return (
    <form class="filters audit-filters" role="search" onSubmit={(event) => event.preventDefault()}>
      <Choice
        label={words.who}
        value={actor}
        options={[["", words.anybody], ...withOwn(actors, actor)]}
        onText={(text) => change({ actor: text })}
      />
      <Choice
        label={words.act}
        value={act}
        options={[["", words.anything], ...withOwn(acts, act)]}
        onText={(text) => change({ act: text })}
      />
      <TextField
        label={words.since}
        type="date"
        value={of("from")}
        onText={(text) => change({ from: text })}
      />
      <TextField
        label={words.until}
        type="date"
        value={of("to")}
        error={isBackwards ? words.backwards : undefined}
        onText={(text) => change({ to: text })}
      />
      {subject !== "" && (
        <p class="only">
          {words.only(
            nameOf(records.find((record) => record.subject === subject) ?? { subject, detail: {} }),
          )}
        </p>
      )}
      {isFiltered(query) && (
        <p class="clear">
          <a class="button plain" href={hrefOf("audit")}>
            {words.clear}
          </a>
        </p>
      )}
    </form>
  );
}

/** What the address asks for stands among the options, known or not. */
function withOwn(options: [string, string][], own: string): [string, string][] {
  return own === "" || options.some(([value]) => value === own)
    ? options
    : [...options, [own, own]];
}
