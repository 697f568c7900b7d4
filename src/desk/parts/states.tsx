import type { ComponentChildren } from "preact";
import type { Trouble } from "../api.ts";
import type { Loaded } from "../loading.ts";
import { say } from "../words/words.ts";
import { Button } from "./button.tsx";

/** Why something did not come about, and what to do. */
export function TroubleNote({ trouble, onRetry }: { trouble: Trouble; onRetry?: () => void }) {
  const words = say();
  return (
    <div class="trouble" role="alert">
      <p>{troubleText(trouble)}</p>
      {trouble.wrong.length > 0 && (
        <ul>
          {trouble.wrong.map(({ path, message }) => (
            <li key={path + message}>
              <code>{path}</code> {message}
            </li>
          ))}
        </ul>
      )}
      {onRetry && <Button onClick={onRetry}>{words.desk.tryAgain}</Button>}
    </div>
  );
}

/** The same as one sentence; what the server says of what was sent is more exact than what the desk knows. */
export function troubleText({ kind, detail, wrong }: Trouble): string {
  const words = say().trouble;
  if (kind === "invalid") return wrong.length > 0 || detail === "" ? words.invalid : detail;
  if (kind === "refused" && detail !== "") return `${words.refused} (${detail})`;
  return words[kind];
}

/** The same for where there is no room for a list. */
export function troubleLine(trouble: Trouble): string {
  const wrong = trouble.wrong.map(({ path, message }) => `${path} ${message}`).join(" ");
  return [troubleText(trouble), wrong].filter(Boolean).join(" ");
}

/** Nothing is here: why, and what could be done. */
export function Empty({
  title,
  why,
  children,
}: {
  title: string;
  why?: string;
  children?: ComponentChildren;
}) {
  return (
    <div class="empty">
      <h2>{title}</h2>
      {why && <p>{why}</p>}
      {children}
    </div>
  );
}

/** What a screen reads, in each of its states. */
export function Read<T>({
  loaded,
  onRetry,
  children,
}: {
  loaded: Loaded<T>;
  onRetry: () => void;
  children: (value: T) => ComponentChildren;
}) {
  if (loaded.state === "loading")
    return (
      <p class="loading" role="status">
        {say().desk.loading}
      </p>
    );
  if (loaded.state === "trouble") return <TroubleNote trouble={loaded.trouble} onRetry={onRetry} />;
  return <>{children(loaded.value)}</>;
}
