import referenceCss from "./reference.css";
import siteCss from "./site.css";

/** The one stylesheet of every page that readers see. */
export const stylesheet: string = siteCss;

/** The stylesheet of the API's reference. */
export const referenceStylesheet: string = referenceCss;
