import { signal } from "@preact/signals";

// What is said in passing: that something was saved, or was not. Screen readers hear it; it goes by itself.

interface Telling {
  id: number;
  text: string;
  isFault: boolean;
}

const LASTS = 6000;
const told = signal<Telling[]>([]);
let count = 0;

/** Says something in passing. */
export function tell(text: string, isFault = false): void {
  count += 1;
  const telling = { id: count, text, isFault };
  told.value = [...told.value, telling];
  setTimeout(() => {
    told.value = told.value.filter((other) => other !== telling);
  }, LASTS);
}

export function Told() {
  return (
    <div class="told" role="status" aria-live="polite">
      {told.value.map(({ id, text, isFault }) => (
        <p key={id} class={isFault ? "fault" : undefined}>
          {text}
        </p>
      ))}
    </div>
  );
}
