import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { say } from "../words/words.ts";

interface Props<T> {
  label: string;
  items: readonly T[];
  keyOf: (each: T, index: number) => string;
  nameOf: (each: T) => string;
  /** Left out, nobody here may move anything. */
  onMove?: ((from: number, to: number) => void) | undefined;
  children: (each: T, index: number) => ComponentChildren;
}

/** A list whose order is somebody's to choose: each has buttons that move it, on which the arrow keys do the same. */
export function Ordered<T>({ label, items, keyOf, nameOf, onMove, children }: Props<T>) {
  const [said, setSaid] = useState("");
  const move = (from: number, step: number) => {
    const [to, each] = [from + step, items[from]];
    if (!onMove || each === undefined || to < 0 || to >= items.length) return;
    onMove(from, to);
    setSaid(say().filing.movedTo(nameOf(each), to + 1, items.length));
  };
  return (
    <>
      <ol class="rows ordered" aria-label={label}>
        {items.map((each, index) => (
          <li key={keyOf(each, index)}>
            {children(each, index)}
            {onMove && (
              <Mover
                name={nameOf(each)}
                isFirst={index === 0}
                isLast={index === items.length - 1}
                onStep={(step) => move(index, step)}
              />
            )}
          </li>
        ))}
      </ol>
      <p class="unseen" role="status">
        {said}
      </p>
    </>
  );
}

interface MoverProps {
  name: string;
  isFirst: boolean;
  isLast: boolean;
  onStep: (step: number) => void;
}

function Mover({ name, isFirst, isLast, onStep }: MoverProps) {
  const words = say().filing;
  const group = useRef<HTMLSpanElement>(null);
  const step = (by: -1 | 1) => {
    onStep(by);
    // A row that moves in the document loses the focus.
    requestAnimationFrame(() =>
      group.current?.querySelector<HTMLElement>(by < 0 ? ".up" : ".down")?.focus(),
    );
  };
  // At the end of the list a button stays where the focus is, and does nothing.
  const button = (by: -1 | 1, isEnd: boolean) => (
    <button
      type="button"
      class={by < 0 ? "button quiet up" : "button quiet down"}
      aria-label={by < 0 ? words.moveUp(name) : words.moveDown(name)}
      aria-disabled={isEnd}
      onClick={() => !isEnd && step(by)}
      onKeyDown={(event) => {
        const wanted = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
        if (wanted === 0) return;
        event.preventDefault();
        step(wanted);
      }}
    >
      <span aria-hidden="true">{by < 0 ? "↑" : "↓"}</span>
    </button>
  );
  return (
    <span class="mover" ref={group}>
      {button(-1, isFirst)}
      {button(1, isLast)}
    </span>
  );
}

/** A list with one of it elsewhere. */
export function moved<T>(items: readonly T[], from: number, to: number): T[] {
  const rest = items.toSpliced(from, 1);
  return rest.toSpliced(to, 0, ...items.slice(from, from + 1));
}
