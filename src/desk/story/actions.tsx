import { useState } from "preact/hooks";
import type { Article } from "../contract.ts";
import { Button } from "../parts/button.tsx";
import { Menu } from "../parts/menu.tsx";
import { tell } from "../parts/told.tsx";
import { can } from "../rights.ts";
import { isEdited } from "../stories/state.ts";
import { say } from "../words/words.ts";
import {
  BinDialog,
  DiscardDialog,
  RemoveDialog,
  ReturnDialog,
  SubmitDialog,
  WithdrawDialog,
} from "./dialogs.tsx";
import type { Editing } from "./editing.ts";
import { PreviewDialog } from "./preview.tsx";
import { PublishDialog } from "./publish.tsx";
import { ScheduleDialog } from "./schedule.tsx";

/** What can be done with a story as a whole. */
type Action =
  | "publish"
  | "schedule"
  | "submit"
  | "return"
  | "preview"
  | "withdraw"
  | "discard"
  | "bin"
  | "restore"
  | "remove";

const DIALOGS = {
  publish: PublishDialog,
  schedule: ScheduleDialog,
  submit: SubmitDialog,
  return: ReturnDialog,
  preview: PreviewDialog,
  withdraw: WithdrawDialog,
  discard: DiscardDialog,
  bin: BinDialog,
  remove: RemoveDialog,
};

/** The first of what can be done stands by itself, the rest behind a button. */
export function Actions({ editing }: { editing: Editing }) {
  const words = say().story;
  const [open, setOpen] = useState<keyof typeof DIALOGS | null>(null);
  const { article, isDirty } = editing;
  if (!article) return null;
  const possible = possibleOf(article, isDirty);
  const first = FIRST.find((action) => possible.includes(action));
  const others = possible.filter((action) => action !== first && action !== "preview");
  const begin = async (action: Action) => {
    if (action === "restore") {
      if (await editing.act("/restore")) tell(words.done.restore);
      return;
    }
    setOpen(action);
  };
  const nameOf = (action: Action) =>
    action === "publish" && article.status === "published"
      ? words.actions.publishChanges
      : words.actions[action];
  const Opened = open && DIALOGS[open];
  return (
    <>
      {possible.includes("preview") && (
        <Button onClick={() => void begin("preview")}>{words.actions.preview}</Button>
      )}
      {first && (
        <Button weight="first" onClick={() => void begin(first)}>
          {nameOf(first)}
        </Button>
      )}
      {(others.length > 0 || article.publishedRevision !== null) && (
        <Menu label={say().desk.more}>
          {article.publishedRevision !== null && (
            <a href={article.url} target="_blank" rel="noopener">
              {words.actions.onSite}
            </a>
          )}
          {others.map((action) => (
            <button
              key={action}
              type="button"
              class={GRAVE.has(action) ? "grave" : undefined}
              onClick={() => void begin(action)}
            >
              {nameOf(action)}
            </button>
          ))}
        </Menu>
      )}
      {Opened && <Opened editing={editing} onClose={() => setOpen(null)} />}
    </>
  );
}

/** What is most likely wanted of what can be done. */
const FIRST: readonly Action[] = ["publish", "restore", "submit"];

const GRAVE: ReadonlySet<Action> = new Set(["withdraw", "bin", "remove"]);

/** What can be done with a story in its state by whoever is here. */
function possibleOf(article: Article, isDirty: boolean): Action[] {
  const { status, review } = article;
  if (status === "binned")
    return [
      ...(can(article, "revise") ? (["restore"] as const) : []),
      ...(can(article, "remove") ? (["remove"] as const) : []),
    ];
  const isOut = status === "published";
  const hasNews = !isOut || isEdited(article) || isDirty;
  // What goes out as it stands has been approved.
  const isApproved = article.scheduledRevision === article.revision && !isDirty;
  const options: [Action, boolean][] = [
    ["preview", can(article, "preview")],
    ["publish", can(article, "publish") && hasNews],
    ["schedule", can(article, "publish") && hasNews],
    ["submit", can(article, "submit") && review === null && hasNews && !isApproved],
    ["return", can(article, "return") && review !== null],
    [
      "discard",
      isOut && isEdited(article) && article.scheduledRevision === null && can(article, "revise"),
    ],
    ["withdraw", (isOut || status === "scheduled") && can(article, "publish")],
    ["bin", can(article, "revise") && (!isOut || can(article, "publish"))],
    ["remove", can(article, "remove")],
  ];
  return options.flatMap(([action, isPossible]) => (isPossible ? [action] : []));
}
