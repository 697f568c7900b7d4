import { useEffect, useRef, useState } from "preact/hooks";
import { say } from "../words/words.ts";

/** What a file chooser offers; what is in them decides, and neither their names nor their types. */
const ACCEPTED = "image/*,.heic,.heif,.tif,.tiff,.avif";

/** A button that chooses pictures of the disk. */
export function FileButton({
  label,
  weight = "plain",
  id,
  onFiles,
}: {
  label: string;
  weight?: "first" | "plain";
  id?: string;
  onFiles: (files: File[]) => void;
}) {
  return (
    <label class={`button ${weight} file`}>
      {label}
      <input
        id={id}
        type="file"
        accept={ACCEPTED}
        multiple
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])]);
          // The same file may be chosen again.
          currentTarget.value = "";
        }}
      />
    </label>
  );
}

/** Takes pictures that are dropped on the page, or pasted, as long as it is there; while they hang over it, it says what letting go does. */
export function DropZone({ onFiles }: { onFiles: (files: File[]) => void }) {
  const [isOver, setOver] = useState(false);
  const take = useRef(onFiles);
  take.current = onFiles;
  useEffect(() => {
    let away: ReturnType<typeof setTimeout> | undefined;
    const over = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      setOver(true);
      clearTimeout(away);
      // It is told again and again while files hang over the page, and nothing when they leave the window.
      away = setTimeout(() => setOver(false), 300);
    };
    const drop = (event: DragEvent) => {
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      setOver(false);
      take.current(files);
    };
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      take.current(files);
    };
    window.addEventListener("dragover", over);
    window.addEventListener("drop", drop);
    window.addEventListener("paste", paste);
    return () => {
      clearTimeout(away);
      window.removeEventListener("dragover", over);
      window.removeEventListener("drop", drop);
      window.removeEventListener("paste", paste);
    };
  }, []);
  return isOver ? (
    <div class="drop-here" role="presentation">
      <p>{say().pictures.dropHere}</p>
    </div>
  ) : null;
}
