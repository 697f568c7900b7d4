/** Counts up whenever bodies come out otherwise, so that those of an older renderer are known: see `POST /rerender`. */
export const RENDERER = 5;
