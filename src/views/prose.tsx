import { raw } from "hono/html";

// The only file in which a string becomes markup unescaped. Each of these says why that is safe.

/** A story's body: HTML that was sanitised when the revision was saved. */
export function Prose({ html }: { html: string }) {
  return <div class="prose">{raw(html)}</div>;
}

/**
 * A stylesheet, verbatim: the Content-Security-Policy has the hash of exactly this text. It is of the build and of a theme,
 * which is made of our own names and of colours that are nothing but hexadecimal: no text that anyone typed is in it.
 */
export function Stylesheet({ text }: { text: string }) {
  return <style>{raw(text)}</style>;
}

/** Linked data for machines. Without "<" no string in it can end the element or open a comment (HTML section 4.12.1.3). */
export function LinkedData({ data }: { data: Record<string, unknown> }) {
  return (
    <script type="application/ld+json">
      {raw(JSON.stringify(data).replaceAll("<", "\\u003c"))}
    </script>
  );
}

/** A whole document. */
export function asDocument(page: Rendered): string {
  return `<!doctype html>${asHtml(page)}`;
}

/** A part of one. Rendering is synchronous: a component that waited would have left the views' business. */
export function asHtml(part: Rendered): string {
  const html = part.toString();
  if (html instanceof Promise)
    throw new TypeError("A view must not wait: pass what it needs as a prop");
  return html;
}

interface Rendered {
  toString(): string | Promise<string>;
}
