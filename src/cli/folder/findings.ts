// What reading a folder found.

/** What is wrong with a file: `field` is where in it (`hero.alt`), or "" for the file as a whole. */
export interface FileIssue {
  file: string;
  field: string;
  reason: string;
}

/** What was not read as it is written, or not at all. */
export interface FileNote {
  file: string;
  note: string;
}
