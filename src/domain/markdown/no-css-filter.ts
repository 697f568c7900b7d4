// The sanitiser brings a library that filters style attributes. No element of ours keeps one (`css: false` in safety.ts), so
// the bundle has this in its place: wrangler.toml names it.

/** Filters nothing, and says so should it ever be asked. */
export class FilterCSS {
  process(): never {
    throw new Error("Styles are not filtered: let no element keep a style attribute.");
  }
}

/** No property is allowed. */
export function getDefaultWhiteList(): Record<string, boolean> {
  return {};
}
