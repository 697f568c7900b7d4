import referenceCss from "./reference.css";
import siteCss from "./site.css";

/** The one stylesheet of every page that readers see. It travels with each of them, so without what only its authors read. */
export const stylesheet: string = squeeze(siteCss);

/** The stylesheet of the API's reference. */
export const referenceStylesheet: string = referenceCss;

/** Takes out comments and the white space that separates nothing. Strings with such marks in them would have to be spared. */
export function squeeze(css: string): string {
  return css
    .replaceAll(/\/\*.*?\*\//gs, "")
    .replaceAll(/\s+/g, " ")
    .replaceAll(/ ?([{};,]) ?/g, "$1")
    .replaceAll(/: /g, ":")
    .replaceAll(";}", "}")
    .trim();
}
