// Where the desk keeps what was typed until the server has it: on a shelf that lasts (the browser's database),
// and in memory where the browser has none to give, as in some private windows, or no more room. What is kept
// in memory is gone with the page: `lasts` tells, so that the desk can warn.

/** What was typed at a place, such as `articles/tides`. */
export interface Kept {
  fields: Record<string, unknown>;
  /** The version that it was typed over; null for what the server has never seen. */
  version: string | null;
  /** When: ISO 8601 in UTC. */
  at: string;
}

/** What is kept, with its place. */
export interface KeptAt extends Kept {
  place: string;
}

export interface Shelf {
  put(place: string, value: Kept): Promise<void>;
  get(place: string): Promise<Kept | null>;
  delete(place: string): Promise<void>;
  list(): Promise<KeptAt[]>;
}

/** None of its functions rejects: what cannot be kept for long is kept as long as the page. */
export interface Keeping {
  keep(place: string, value: Kept): Promise<void>;
  kept(place: string): Promise<Kept | null>;
  letGo(place: string): Promise<void>;
  /** Everything that is kept, the newest first. */
  allKept(): Promise<KeptAt[]>;
  /** Tells whether everything that is kept outlives the page. */
  lasts(): Promise<boolean>;
}

/** Keeps on the shelf that `open` gives, and in memory while it gives none. */
export function createKeeping(open: () => Promise<Shelf>): Keeping {
  const memory = new Map<string, Kept>();
  let opening: Promise<Shelf | null> | null = null;

  /** Does something with the shelf, with one that is opened anew if it was closed meanwhile; null if that fails, too. */
  async function use<T>(task: (shelf: Shelf) => Promise<T>): Promise<{ result: T } | null> {
    for (const isLast of [false, true]) {
      opening ??= open().catch(refused);
      const opened = opening;
      const shelf = await opened;
      if (shelf === null) return null;
      try {
        return { result: await task(shelf) };
      } catch (error) {
        console.warn("What was typed is not in the browser's database:", error);
        // Another call may have opened it anew already.
        if (!isLast && opening === opened) opening = null;
      }
    }
    return null;
  }

  return {
    async keep(place, value) {
      // Here first: whoever asks at once gets the newest, and a full disk loses nothing.
      memory.set(place, value);
      // What was typed since, or let go, is not written over by an attempt that was late.
      const isLatest = () => memory.get(place) === value;
      const done = await use(async (shelf) => {
        if (isLatest()) await shelf.put(place, value);
      });
      if (done !== null && isLatest()) memory.delete(place);
    },
    async kept(place) {
      const here = memory.get(place);
      if (here !== undefined) return here;
      return (await use((shelf) => shelf.get(place)))?.result ?? null;
    },
    async letGo(place) {
      memory.delete(place);
      await use((shelf) => shelf.delete(place));
    },
    async allKept() {
      const there = (await use((shelf) => shelf.list()))?.result ?? [];
      const here = Array.from(memory, ([place, value]) => ({ place, ...value }));
      const older = there.filter(({ place }) => !memory.has(place));
      return [...here, ...older].sort((a, b) => (a.at < b.at ? 1 : -1));
    },
    async lasts() {
      await use(() => Promise.resolve());
      return memory.size === 0 && (await opening) !== null;
    },
  };
}

function refused(error: unknown): null {
  console.warn("The browser keeps nothing for this page:", error);
  return null;
}
