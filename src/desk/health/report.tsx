import type { ComponentChildren } from "preact";
import { say } from "../words/words.ts";
import { ailmentsOf, type HealthReport } from "./shape.ts";

/** How the paper is, in a sentence; then what is not well, what it means, and what to do. */
export function Report({ report }: { report: HealthReport }) {
  const words = say().health;
  const { status } = report;
  const whys = { ok: words.okWhy, late: words.lateWhy, away: words.awayWhy };
  return (
    <section class={`panel verdict ${status}`} aria-live="polite">
      <h2>{words[status]}</h2>
      <p>{whys[status]}</p>
      {ailmentsOf(report).map((ailment) => {
        const { name, means, todo } = words.troubles[ailment];
        return (
          <div key={ailment} class="ailment">
            <h3>{name}</h3>
            <dl class="told-of">
              <div>
                <dt>{words.means}</dt>
                <dd>{means}</dd>
              </div>
              <div>
                <dt>{words.todo}</dt>
                <dd>{todo}</dd>
              </div>
            </dl>
          </div>
        );
      })}
    </section>
  );
}

/** The same in detail, for who looks after the Worker. */
export function ReportFacts({ report }: { report: HealthReport }) {
  const words = say().health;
  const { outbox, lastTickSeconds, version } = report;
  return (
    <section class="panel">
      <h2>{words.facts}</h2>
      <dl class="told-of">
        {(["d1", "r2", "kv", "search"] as const).map((store) => (
          <Fact key={store} name={words.names[store]}>
            <span class={`state ${report[store] === "ok" ? "live" : "binned"}`}>
              {report[store] === "ok" ? words.works : words.gone}
            </span>
          </Fact>
        ))}
        <Fact name={words.names.tick}>
          {lastTickSeconds === null ? words.tickNever : words.tickAgo(lastTickSeconds)}
        </Fact>
        {outbox && <Fact name={words.names.pending}>{words.pending(outbox.pending)}</Fact>}
        <Fact name={words.names.version}>
          <code>{version}</code>
        </Fact>
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
