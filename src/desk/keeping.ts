import { createKeeping, type Kept, type KeptAt, type Shelf } from "./shelf.ts";

// Keeps what was typed in this browser until the server has it, whatever happens to the page or the line.
// One store in IndexedDB, by place. Nothing here is secret from who uses the browser next.

export const { keep, kept, letGo, allKept, lasts } = createKeeping(openShelf);

const DATABASE = "desk";
const STORE = "kept";

/** In milliseconds: some versions of Safari never answer, and the desk waits for what was kept before it opens a story. */
const PATIENCE = 3000;

async function openShelf(): Promise<Shelf> {
  const database = await openDatabase();
  const store = (mode: IDBTransactionMode) => database.transaction(STORE, mode).objectStore(STORE);
  return {
    put: (place, value) => written(store("readwrite"), (kept) => kept.put(value, place)),
    delete: (place) => written(store("readwrite"), (kept) => kept.delete(place)),
    get: async (place) => (await answered<Kept | undefined>(store("readonly").get(place))) ?? null,
    async list() {
      const kept = store("readonly");
      const [places, values] = await Promise.all([
        // Places are texts; the type says what keys may be.
        answered(kept.getAllKeys() as IDBRequest<string[]>),
        answered<Kept[]>(kept.getAll()),
      ]);
      return values.map((value, index): KeptAt => ({ place: places[index] ?? "", ...value }));
    },
  };
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`IndexedDB did not open in ${PATIENCE} ms`)),
      PATIENCE,
    );
    const request = indexedDB.open(DATABASE, 1);
    request.addEventListener("upgradeneeded", () => request.result.createObjectStore(STORE));
    request.addEventListener("error", () => reject(failed(request.error)));
    request.addEventListener("success", () => {
      clearTimeout(timer);
      // A newer desk in another tab may change the stores: this one lets it, and opens anew.
      request.result.addEventListener("versionchange", () => request.result.close());
      resolve(request.result);
    });
  });
}

/** Waits until a change is on the disk, and not only asked for. */
function written(
  store: IDBObjectStore,
  change: (store: IDBObjectStore) => IDBRequest,
): Promise<void> {
  const { transaction } = store;
  return new Promise((resolve, reject) => {
    transaction.addEventListener("complete", () => resolve());
    transaction.addEventListener("abort", () => reject(failed(transaction.error)));
    change(store);
  });
}

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(failed(request.error)));
  });
}

function failed(error: DOMException | null): Error {
  return error ?? new Error("IndexedDB gave up without saying why");
}
