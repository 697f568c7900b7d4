import type { Scheduled } from "../contract.ts";
import { timeOnly } from "../hours.ts";
import { hrefOf } from "../route.ts";
import { sectionNames, timeZone } from "../session.ts";
import { stateOf } from "../stories/state.ts";
import { regional, say } from "../words/words.ts";

export type Planned = Scheduled["items"][number];

/** What happens at an hour, with the way to what it happens to. */
export function Entry({ item }: { item: Planned }) {
  const words = say();
  const { at, article } = item;
  const hour = timeOnly(at, { zone: timeZone.value, language: regional() });
  const title = article ? article.title || words.stories.untitled : words.calendar.front;
  return (
    <li class={`entry ${markOf(item)}`}>
      <a href={hrefFor(item)}>
        <span class="entry-when">
          <time dateTime={at}>{hour}</time> <span>{whatOf(item)}</span>
        </span>
        <span class="entry-title" lang={article?.language ?? undefined} dir="auto">
          {title}
        </span>
        {article && "section" in article && (
          <span class="entry-section">
            {sectionNames.value.get(article.section) ?? article.section}
          </span>
        )}
      </a>
    </li>
  );
}

/** Whether its editors meant it to be out by now, and it is not. */
function isLate({ what, at, article }: Planned): boolean {
  return what === "planned" && article?.status !== "published" && Date.parse(at) < Date.now();
}

function markOf(item: Planned): string {
  if (item.what === "planned") return isLate(item) ? "late" : "planned";
  return item.what === "expire" ? "ends" : "out";
}

/** What happens, and how what it happens to stands. */
function whatOf(item: Planned): string {
  const words = say();
  const { what, article } = item;
  if (what === "front") return words.calendar.goesUp;
  if (what === "expire") return words.calendar.ends;
  if (what === "publish")
    return article?.status === "published" ? words.calendar.changesGoOut : words.calendar.goesOut;
  const state = article ? STATES[stateOf(article).mark]() : "";
  return isLate(item) ? words.calendar.late(state) : words.calendar.planned(state);
}

const STATES: Record<ReturnType<typeof stateOf>["mark"], () => string> = {
  draft: () => say().status.draft,
  waiting: () => say().status.waiting,
  scheduled: () => say().status.scheduled,
  live: () => say().status.live,
  edited: () => say().status.live,
  withdrawn: () => say().status.withdrawn,
  binned: () => say().status.binned,
};

function hrefFor({ form, article }: Planned): string {
  if (!article) return hrefOf("front");
  return hrefOf(`${form === "page" ? "page" : "story"}/${article.id}`);
}
