/** A kind of page, under the name of its pictures. */
export interface PictureOfPage {
  name: string;
  path: string;
  /** The status of a page that is not there. */
  missing?: 404 | 410;
  /** It asks search engines not to list it. */
  hidden?: boolean;
}

/** One of each kind in the sample paper. A paper that lacks one is shown without it. */
export const KINDS: PictureOfPage[] = [
  { name: "front", path: "/" },
  { name: "section", path: "/city" },
  { name: "story", path: "/city/harbour-gate-forty-closures" },
  { name: "long-read", path: "/city/the-slow-clock" },
  { name: "picture-story", path: "/culture/down-the-lode" },
  { name: "long-headline", path: "/culture/short-of-tenors" },
  { name: "french", path: "/business/le-ferry-naviguera-tout-l-hiver" },
  { name: "arabic", path: "/culture/the-accordion-repairer" },
  { name: "author", path: "/authors/dov-hartigan" },
  { name: "tag", path: "/tags/harbour-gate" },
  { name: "series", path: "/tags/high-water" },
  {
    name: "advertisement",
    path: "/business/two-nights-in-port-kerlann-with-the-ferry-and-breakfast",
  },
  { name: "page", path: "/about" },
  { name: "archive", path: "/archive" },
  { name: "month", path: "/archive/2026/11" },
  { name: "corrections", path: "/corrections" },
  { name: "search", path: "/search?q=harbour+gate", hidden: true },
  { name: "not-found", path: "/city/there-was-never-such-a-story", missing: 404 },
  { name: "reference", path: "/api/v1/docs", hidden: true },
];

/** A page that was taken down; `whileGone` makes it. */
export const GONE: PictureOfPage = {
  name: "gone",
  path: "/city/taken-down-for-a-picture",
  missing: 410,
};
