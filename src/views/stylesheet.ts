import css from "./site.css";

/** The one stylesheet of every page. */
export const stylesheet: string = css;
