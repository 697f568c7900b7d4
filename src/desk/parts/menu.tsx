import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** More that can be done, behind a button. It shuts when something in it is done, when Escape is pressed or something else clicked. */
export function Menu({ label, children }: { label: string; children: ComponentChildren }) {
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const shut = (event: Event) => {
      const { current } = menu;
      if (!current?.open) return;
      if (
        event instanceof KeyboardEvent
          ? event.key === "Escape"
          : !current.contains(event.target as Node)
      ) {
        current.open = false;
        if (event instanceof KeyboardEvent) current.querySelector("summary")?.focus();
      }
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
      <summary class="button plain">{label}</summary>
      <div
        class="menu-body"
        onClick={() => {
          if (menu.current) menu.current.open = false;
        }}
      >
        {children}
      </div>
    </details>
  );
}
