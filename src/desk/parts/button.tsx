import type { ComponentChildren } from "preact";

interface Props {
  /** `first`: what the screen is about; `plain`: beside it; `grave`: what cannot be taken back easily. */
  weight?: "first" | "plain" | "grave" | "quiet";
  type?: "button" | "submit";
  busy?: boolean;
  disabled?: boolean | undefined;
  title?: string;
  label?: string;
  pressed?: boolean;
  onClick?: (event: MouseEvent) => void;
  children: ComponentChildren;
}

/** A button. While it is busy it cannot be pressed again, and says so to who cannot see it. */
export function Button({
  weight = "plain",
  type = "button",
  busy = false,
  disabled = false,
  label,
  pressed,
  onClick,
  ...rest
}: Props) {
  return (
    <button
      {...rest}
      type={type}
      class={`button ${weight}`}
      aria-label={label}
      aria-pressed={pressed}
      aria-busy={busy || undefined}
      // What is disabled loses the focus: whoever pressed it would have to find the way back.
      aria-disabled={busy || undefined}
      disabled={disabled && !busy}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    />
  );
}
