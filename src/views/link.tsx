import { html } from "hono/html";

/** Hono's own `link` searches the finished page to move itself to the end of its head; this one stays where it is. */
export function Link(props: {
  rel: string;
  href: string;
  type?: string;
  hreflang?: string;
  title?: string;
  sizes?: string;
}) {
  return html`<link${Object.entries(props).map(([name, value]) => html` ${name}="${value}"`)}>`;
}
