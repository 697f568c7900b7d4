import type { Event, Report } from "./report.ts";

/** Told how many of the folder's stories have been dealt with, published or refused. */
export type Watch = (done: number) => void;

/** How a folder is published. */
export interface Manner {
  /** The name under which the API keeps this importer's keys. */
  source: string;
  /** Whether each story goes in a call of its own. */
  oneByOne: boolean;
  /** Whether sections and authors that stories name are made when there are none. */
  make: boolean;
  /** Whether a story goes out without the pictures that cannot be shown. */
  skipPictures: boolean;
  /** Whether nothing is to be written. */
  dryRun: boolean;
  /** Filled in as things happen, so that it can be told even of a run that breaks off. */
  report: Report;
  /** Told what happened to each file. */
  tell: (event: Event) => void;
  /** Whether to stop before the next call. */
  stopped: () => boolean;
}
