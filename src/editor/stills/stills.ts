import { hashOfPicture, PICTURE_TYPES, type Picture } from "../../domain/media.ts";
import { slugify } from "../../domain/slugs.ts";
import type { ReadPicture } from "../../pictures/gate.ts";
import type { AuditRecord } from "../../store/audit.d1.ts";
import type { Write } from "../../store/batch.d1.ts";
import { picturesQuery, writePicture, type LibraryPicture } from "../../store/media.d1.ts";
import { stillsQuery, writeMissed, writeStill } from "../../store/stills.d1.ts";
import { chartsIn } from "../../text/charts.ts";
import type { Acted } from "../act.ts";
import type { Plan } from "../change.ts";
import type { CommandContext } from "../context.ts";
import { deleteBytes, keepBytes, newPicture } from "../media/commands.ts";
import { fetchStill } from "./fetching.ts";

// The still pictures of charts, in the library: whoever saves a story that shows a chart for the first time fetches its picture, and
// what cannot be had then the cron tries again. No reader's browser ever asks who made it.

/** The library's still pictures of charts, by the charts' keys. */
export type Stills = ReadonlyMap<string, Picture>;

/** How many pictures one save fetches: it waits for them. The others come with the cron. */
const FETCHED_A_SAVE = 4;

/** When a picture that could not be had is tried again, in milliseconds. */
export const FIRST_RETRY = 5 * 60_000;

/** Finds the still pictures that the library has of the charts in some bodies. */
export async function readStills(
  { db }: Pick<CommandContext["store"], "db">,
  bodies: string[],
): Promise<Stills> {
  const charts = [...new Set(bodies.flatMap(chartsIn))];
  // Nearly no body has any: then nobody is asked.
  if (charts.length === 0) return new Map();
  const [known] = await db.read(stillsQuery(charts));
  return new Map(known.flatMap(({ chart, picture }) => (picture ? [[chart, picture]] : [])));
}

/** A picture that was fetched and is kept; `isNew` says that it has no row yet. */
export interface KeptStill {
  picture: Picture;
  isNew: boolean;
}

/** The still pictures of one save, which may be tried several times. */
export class StillsOfSave {
  readonly #context: CommandContext;
  /** What was fetched, once for all tries; null for what could not be had. */
  readonly #fetched = new Map<string, ReadPicture | null>();
  /** The bytes that this save put into the bucket, by hash. */
  readonly #kept = new Map<string, string>();
  #writes: Write[] = [];
  #audit: Omit<AuditRecord, "actor">[] = [];
  #isPlanned = false;

  constructor(context: CommandContext) {
    this.#context = context;
  }

  /** The still pictures of the charts in a body, as this save will leave them. */
  async find(body: string, now: number): Promise<Stills> {
    [this.#writes, this.#audit, this.#isPlanned] = [[], [], false];
    const charts = chartsIn(body);
    if (charts.length === 0) return new Map();
    const [known] = await this.#context.store.db.read(stillsQuery(charts));
    const stills = new Map<string, Picture>();
    for (const { chart, picture } of known) if (picture) stills.set(chart, picture);
    const waiting = new Map(known.map((each) => [each.chart, each]));
    const wanted = charts
      .filter((chart) => {
        const still = waiting.get(chart);
        // What failed a moment ago, or an editor took down, is not asked for with every save.
        return !still || (still.hash === null && (still.dueAt === null || still.dueAt <= now));
      })
      .slice(0, FETCHED_A_SAVE);
    for (const [chart, picture] of await this.#fetch(wanted, now)) stills.set(chart, picture);
    return stills;
  }

  /** A plan that also remembers what was fetched. */
  planned<T>(plan: Plan<T>): Plan<T> {
    const { change } = plan;
    if (!change || change.kind === "purge" || this.#writes.length === 0) return plan;
    this.#isPlanned = true;
    const writes = [...this.#writes, ...(change.writes ?? [])];
    return { ...plan, change: { ...change, writes, audit: [...change.audit, ...this.#audit] } };
  }

  /** Deletes the bytes of what came to nothing. */
  async end<T>(acted: Acted<T>): Promise<Acted<T>> {
    if (acted.ok && this.#isPlanned) return acted;
    await deleteBytes(this.#context, keptPictures(this.#kept));
    return acted;
  }

  async #fetch(charts: string[], now: number): Promise<Map<string, Picture>> {
    if (charts.length === 0) return new Map();
    await Promise.all(
      charts
        .filter((chart) => !this.#fetched.has(chart))
        .map(async (chart) => this.#fetched.set(chart, await fetchStill(this.#context, chart))),
    );
    const stills = new Map<string, Picture>();
    for (const chart of charts) {
      const read = this.#fetched.get(chart) ?? null;
      const still =
        read && (await keepStill(this.#context, { chart, read, now, kept: this.#kept }));
      if (!still) {
        this.#writes.push(writeMissed(chart, now + FIRST_RETRY));
        continue;
      }
      this.#writes.push(...writesOfStill(chart, still, now));
      if (still.isNew) this.#audit.push(recordOfStill(chart, still));
      if (still.picture.removedAt === null) stills.set(chart, still.picture);
    }
    return stills;
  }
}

/** What to write of a fetched picture: itself, if it is new, and whose it is. */
export function writesOfStill(
  chart: string,
  { picture, isNew }: KeptStill,
  now: number,
  dueAt: number | null = null,
): Write[] {
  return [
    ...(isNew ? [writePicture(picture)] : []),
    writeStill(chart, picture.hash, { now, dueAt }),
  ];
}

/** The record of a picture that came into the library. */
export function recordOfStill(
  chart: string,
  { picture: { hash, name, type } }: KeptStill,
): Omit<AuditRecord, "actor"> {
  return { act: "upload", subject: `media:${hash}`, detail: { name, type, chart } };
}

/** Puts the bytes of a fetched picture into the bucket, unless the library has or had it. `kept` has those that were put there. */
export async function keepStill(
  context: CommandContext,
  {
    chart,
    read,
    now,
    kept,
  }: { chart: string; read: ReadPicture; now: number; kept: Map<string, string> },
): Promise<KeptStill> {
  const hash = await hashOfPicture(read.bytes);
  const [[known]] = await context.store.db.read(picturesQuery([hash], []));
  if (known) return { picture: withoutSeen(known), isNew: false };
  const name = kept.get(hash) ?? context.newId();
  // First the bytes, as with an upload: a row without them would be an address without a picture.
  if (!kept.has(hash)) await keepBytes(context, { hash, kept: name, type: read.type }, read.bytes);
  kept.set(hash, name);
  const birth = { hash, kept: name, createdAt: now, createdBy: context.actor.id };
  const file = `${slugify(chart)}.${PICTURE_TYPES[read.type]}`;
  return { picture: newPicture(read, { name: file }, birth), isNew: true };
}

/** Pictures by what they are kept under. */
export function keptPictures(kept: ReadonlyMap<string, string>): { hash: string; kept: string }[] {
  return [...kept].map(([hash, name]) => ({ hash, kept: name }));
}

function withoutSeen({ isSeen: _, ...picture }: LibraryPicture): Picture {
  return picture;
}
