import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** More that can be done, behind a button. It shuts when something in it is done, when Escape is pressed or something else clicked. */
export function Menu({
  label,
  name,
  children,
}: {
  label: string;
  /** What it is called where several stand on a page: its label, and of what. */
  name?: string;
  children: ComponentChildren;
}) {
  const menu = useRef<HTMLDetailsElement>(null);
  const shutAt = (focused: boolean) => {
    const { current } = menu;
    if (!current?.open) return;
    current.open = false;
    // What has the focus is hidden with the menu: a dialogue that opens now gives it back to the menu's button.
    if (focused) current.querySelector("summary")?.focus();
  };
  useEffect(() => {
    const shut = (event: Event) => {
      if (event instanceof KeyboardEvent) {
        if (event.key === "Escape") shutAt(true);
      } else if (!menu.current?.contains(event.target as Node)) shutAt(false);
    };
    document.addEventListener("click", shut);
    document.addEventListener("keydown", shut);
    return () => {
      document.removeEventListener("click", shut);
      document.removeEventListener("keydown", shut);
    };
  }, []);
  return (
    <details class="menu" ref={menu}>
      <summary class="button plain" aria-label={name}>
        {label}
      </summary>
      <div class="menu-body" onClick={() => shutAt(true)}>
        {children}
      </div>
    </details>
  );
}
