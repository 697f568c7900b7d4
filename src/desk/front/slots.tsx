import type { Wrong } from "../api.ts";
import type { FrontPreview } from "../contract.ts";
import { Button } from "../parts/button.tsx";
import { errorOf, TextField } from "../parts/field.tsx";
import { say } from "../words/words.ts";
import { Card } from "./card.tsx";
import { landing, positionIn, takes } from "./dragging.ts";
import type { Moves } from "./moves.ts";
import { canAddRow, hasRoom, pathsOf, type Row, type Spot } from "./placement.ts";

interface Given {
  moves: Moves;
  preview: FrontPreview | null;
  wrong: readonly Wrong[];
}

/** Where the story stands that leads. */
export function LeadSlot({ moves, preview, wrong }: Given) {
  const words = say().front;
  const { arranged, place } = moves;
  const { lead } = arranged;
  const instead = preview?.lead && preview.lead.id !== lead?.story ? preview.lead.title : null;
  return (
    <section class="slot lead" aria-labelledby="lead">
      <h2 id="lead">{words.lead}</h2>
      <div
        class={landing.value?.list === "lead" ? "slot-body over" : "slot-body"}
        {...takes("lead", {
          at: () => 0,
          canTake: () => true,
          onDrop: (story) => place(story, { in: "lead" }),
        })}
      >
        {lead ? (
          <Card
            as="article"
            entry={lead}
            moves={moves}
            list=""
            at={0}
            size={640}
            fault={faultOf(lead.story, moves, wrong)}
          />
        ) : (
          <p class="vacant">{moves.isAllowed ? words.noLead : words.noLeadShown}</p>
        )}
        {instead && (
          <p class="hint instead">
            {lead ? words.leadsMeanwhile(instead) : words.leadsByItself(instead)}
          </p>
        )}
      </div>
    </section>
  );
}

export function PinnedSlot({ moves, wrong }: Given) {
  const words = say().front;
  return (
    <section class="slot" aria-labelledby="pinned">
      <h2 id="pinned">{words.pinned}</h2>
      <Cards
        list="pinned"
        entries={moves.arranged.pinned}
        spotAt={(at) => ({ in: "pinned", at })}
        vacant={moves.isAllowed ? words.noPinned : words.noPinnedShown}
        moves={moves}
        wrong={wrong}
      />
    </section>
  );
}

export function RowSlots({ moves, wrong, preview }: Given) {
  const words = say().front;
  const { arranged, addRow, isAllowed } = moves;
  return (
    <>
      <div class="front-rows">
        {arranged.rows.map((row, index) => (
          <RowSlot key={row.key} row={row} index={index} {...{ moves, wrong, preview }} />
        ))}
      </div>
      {isAllowed && canAddRow(arranged) && (
        <p>
          <Button onClick={addRow}>{words.addRow}</Button>
        </p>
      )}
    </>
  );
}

function RowSlot({ row, index, moves, wrong }: Given & { row: Row; index: number }) {
  const words = say().front;
  const { key, name, entries } = row;
  const { arranged, isAllowed } = moves;
  const sent = arranged.rows.filter((each) => each.entries.length > 0).indexOf(row);
  const label = name || words.unnamed;
  return (
    <section class="slot" data-row={key} aria-label={label}>
      {isAllowed ? (
        <div class="row-head">
          <TextField
            label={words.rowName}
            maxLength={60}
            dir="auto"
            value={name}
            error={sent === -1 ? undefined : errorOf(wrong, `rows.${sent}.name`)}
            onText={(text) => moves.renameRow(key, text)}
          />
          <p class="actions">
            <button
              type="button"
              class="shift up"
              aria-label={words.rowUp(label)}
              title={words.rowUp(label)}
              disabled={index === 0}
              onClick={() => moves.shiftRow(key, -1)}
            />
            <button
              type="button"
              class="shift down"
              aria-label={words.rowDown(label)}
              title={words.rowDown(label)}
              disabled={index === arranged.rows.length - 1}
              onClick={() => moves.shiftRow(key, 1)}
            />
            <Button weight="quiet" onClick={() => moves.removeRow(key)}>
              {words.removeRow}
            </Button>
          </p>
        </div>
      ) : (
        <h2 dir="auto">{label}</h2>
      )}
      <Cards
        list={`row ${key}`}
        entries={entries}
        spotAt={(at) => ({ in: "row", key, at })}
        vacant={words.emptyRow}
        moves={moves}
        wrong={wrong}
      />
    </section>
  );
}

/** Stories beside each other, in their order. */
function Cards({
  list,
  entries,
  spotAt,
  vacant,
  moves,
  wrong,
}: {
  list: string;
  entries: Row["entries"];
  spotAt: (at: number) => Spot;
  vacant: string;
  moves: Moves;
  wrong: readonly Wrong[];
}) {
  const isOver = landing.value?.list === list;
  const isEnd = isOver && landing.value?.at === entries.length;
  const dropping = takes(list, {
    at: positionIn,
    canTake: (story) => hasRoom(moves.arranged, spotAt(0), story),
    onDrop: (story, at) => moves.place(story, spotAt(at)),
  });
  if (entries.length === 0)
    return (
      <p class={isOver ? "vacant over" : "vacant"} {...dropping}>
        {vacant}
      </p>
    );
  return (
    <ol class={isEnd ? "cards at-end" : "cards"} {...dropping}>
      {entries.map((entry, at) => (
        <Card
          key={entry.story}
          entry={entry}
          moves={moves}
          list={list}
          at={at}
          fault={faultOf(entry.story, moves, wrong)}
        />
      ))}
    </ol>
  );
}

function faultOf(story: string, { arranged }: Moves, wrong: readonly Wrong[]): string | undefined {
  const path = pathsOf(arranged).get(story);
  return path === undefined ? undefined : errorOf(wrong, path);
}
