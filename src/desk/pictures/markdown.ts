import type { Picture } from "../contract.ts";

/** A picture as it stands in the text of a story. */
export function markdownOf({
  src,
  alt,
  decorative,
  caption,
}: Pick<Picture, "src" | "alt" | "decorative" | "caption">): string {
  const title = caption ? ` "${caption.replace(/\s+/g, " ").replace(/(["\\])/g, "\\$1")}"` : "";
  // A picture with a space says that it needs no words.
  const shown = decorative ? " " : (alt ?? "").replace(/\s+/g, " ").replace(/([[\]\\])/g, "\\$1");
  return `![${shown}](${src}${title})`;
}
