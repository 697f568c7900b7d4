import { useState } from "preact/hooks";
import { api, type Answer } from "../api.ts";
import type { MadePreview } from "../contract.ts";
import { useLoaded } from "../loading.ts";
import { formatMoment } from "../moments.ts";
import { Button } from "../parts/button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { Read } from "../parts/states.tsx";
import { tell } from "../parts/told.tsx";
import { say } from "../words/words.ts";
import type { Asked } from "./dialogs.tsx";
import { PATHS, type Editing } from "./editing.ts";

/** The story as readers will see it, on a phone and on a desktop, and the link by which others may look at it. */
export function PreviewDialog({ editing, onClose }: Asked) {
  const words = say().story.preview;
  const { loaded, reload } = useLoaded(() => previewOf(editing), []);
  const [width, setWidth] = useState<"phone" | "desktop">(
    window.innerWidth < 900 ? "phone" : "desktop",
  );
  return (
    <Dialog title={words.title} wide onClose={onClose}>
      <Read loaded={loaded} onRetry={() => void reload()}>
        {({ url, expiresAt }) => (
          <>
            <div class="actions">
              {(["phone", "desktop"] as const).map((each) => (
                <Button key={each} pressed={width === each} onClick={() => setWidth(each)}>
                  {words[each]}
                </Button>
              ))}
              <Button
                onClick={() => {
                  void navigator.clipboard.writeText(url).then(() => tell(say().desk.copied));
                }}
              >
                {words.copy}
              </Button>
              <a href={url} target="_blank" rel="noopener">
                {words.open}
              </a>
            </div>
            <div class={`preview ${width}`}>
              {/* It has no script, and could run none here. */}
              <iframe src={url} title={words.title} sandbox="allow-same-origin" />
            </div>
            <p class="hint">{words.until(formatMoment(expiresAt))}</p>
          </>
        )}
      </Read>
    </Dialog>
  );
}

/** Saves what is typed, and makes a link to it. */
async function previewOf(editing: Editing): Promise<Answer<MadePreview>> {
  const saved = await editing.save();
  if (!saved.ok) return saved;
  return api.post<MadePreview>(`${PATHS[editing.form]}/${saved.value.id}/previews`, {});
}
