// What stories are filed under, as editors have it.

export interface Author {
  slug: string;
  name: string;
  role: string | null;
  bio: string | null;
  /** Addresses of the author elsewhere: https, or mailto with an e-mail address. */
  links: string[];
}

export interface Section {
  slug: string;
  name: string;
  description: string | null;
  /** Sections stand in this order, then by slug. */
  position: number;
  /** Readers see it even while no story is in it; one that is not listed they see while it has a live story. */
  listed: boolean;
}

export interface Tag {
  slug: string;
  name: string;
  description: string | null;
  /** The stories with it are the parts of a series. */
  series: boolean;
}

/** An entry of each kind. */
export interface Entries {
  author: Author;
  section: Section;
  tag: Tag;
}
