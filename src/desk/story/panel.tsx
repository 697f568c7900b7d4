import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";

/** A part of a story beside its text. It stays open or shut as it was left, in this browser. */
export function Panel({
  title,
  name,
  isOpen = false,
  isFaulty = false,
  children,
}: {
  title: string;
  name: string;
  isOpen?: boolean;
  /** Something in it has to be seen. */
  isFaulty?: boolean;
  children: ComponentChildren;
}) {
  const key = `desk.panel.${name}`;
  const [open, setOpen] = useState(() => (localStorage.getItem(key) ?? String(isOpen)) === "true");
  const isShown = open || isFaulty;
  // What was typed in it stays when it is shut.
  const wasShown = useRef(isShown);
  wasShown.current ||= isShown;
  return (
    <details
      class="story-panel"
      open={isShown}
      onToggle={({ currentTarget: { open: now } }) => {
        if (now === isShown) return;
        setOpen(now);
        localStorage.setItem(key, String(now));
      }}
    >
      <summary>
        <h2>{title}</h2>
      </summary>
      {wasShown.current && <div class="story-panel-body">{children}</div>}
    </details>
  );
}
