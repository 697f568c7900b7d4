import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import type { AuditRecord } from "../contract.ts";
import { formatMoment } from "../moments.ts";
import { hrefOf } from "../route.ts";
import { authorNames, timeZone } from "../session.ts";
import { regional, say } from "../words/words.ts";
import { scheduledIn, sentenceOf, sideOf } from "./acts.ts";
import { Details } from "./details.tsx";
import { actorNameOf, nameOf, placeOf } from "./names.ts";

/** One act: when, who, what; opened, what it changed. */
export function Record({ record }: { record: AuditRecord }) {
  const words = say().audit;
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const { at, subject } = record;
  return (
    <li>
      <time dateTime={at} title={formatMoment(at)}>
        {timeOf(at)}
      </time>
      <p class="act" id={`${id}-act`}>
        <Told record={record} />
      </p>
      <button
        type="button"
        class="link"
        aria-expanded={isOpen}
        aria-controls={`${id}-more`}
        aria-describedby={`${id}-act`}
        onClick={() => setOpen(!isOpen)}
      >
        {words.details}
      </button>
      <div class="change" id={`${id}-more`} hidden={!isOpen}>
        {isOpen && (
          <>
            <Details record={record} />
            <p>
              <a href={hrefOf("audit", { subject })}>{words.concerns}</a>
            </p>
          </>
        )}
      </div>
    </li>
  );
}

/** The act as a sentence, in which names stand where the language wants them. */
function Told({ record }: { record: AuditRecord }) {
  const words = say().audit;
  const { act, detail, subject } = record;
  const after = sideOf(detail, "after");
  const href = placeOf(subject);
  const name = <bdi>{nameOf(record)}</bdi>;
  const when = scheduledIn(after);
  const parts: { [name: string]: ComponentChildren } = {
    who: (
      <strong>
        <bdi>{actorNameOf(record)}</bdi>
      </strong>
    ),
    what: href === null ? name : <a href={href}>{name}</a>,
    to: <bdi>{goalOf(after)}</bdi>,
    when: when && <time dateTime={when}>{formatMoment(when)}</time>,
    act,
  };
  const sentence = sentenceOf(record) ?? words.unknownAct;
  return (
    <>
      {sentence
        .split(/\{(\w+)\}/)
        .map((part, index) => (index % 2 === 0 ? part : <span key={index}>{parts[part]}</span>))}
    </>
  );
}

/** Whom or what an act led to: an assignee, an entry that took another in, where a redirect leads. */
function goalOf(after: { [name: string]: unknown }): string {
  const assignee = after["assignee"];
  if (typeof assignee === "string") return authorNames.value.get(assignee) ?? assignee;
  const goal = after["target"] ?? after["name"] ?? after["slug"];
  return typeof goal === "string" ? goal : "";
}

function timeOf(moment: string): string {
  return new Intl.DateTimeFormat(regional(), {
    hour: "numeric",
    minute: "2-digit",
    timeZone: timeZone.value,
  }).format(new Date(moment));
}
