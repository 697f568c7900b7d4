// R2, KV and Images in memory, as far as the store asks them for anything; a method that it does not use is not there and throws.

interface Kept {
  bytes: Uint8Array<ArrayBuffer>;
  httpMetadata: R2HTTPMetadata;
}

type Source = ReadableStream | ArrayBuffer | ArrayBufferView | string | null | Blob;

/** An empty bucket. */
export function openMemoryBucket(): R2Bucket {
  const kept = new Map<string, Kept>();

  const bucket = {
    async head(key: string) {
      const object = kept.get(key);
      return object ? headOf(key, object) : null;
    },
    async get(key: string) {
      const object = kept.get(key);
      if (!object) return null;
      const file = new Blob([object.bytes]);
      return { ...headOf(key, object), body: file.stream(), arrayBuffer: () => file.arrayBuffer() };
    },
    async put(key: string, value: Source, options?: R2PutOptions) {
      const httpMetadata = options?.httpMetadata;
      const object = {
        bytes: await bytesOf(value),
        httpMetadata: httpMetadata && !(httpMetadata instanceof Headers) ? httpMetadata : {},
      };
      kept.set(key, object);
      return headOf(key, object);
    },
    async delete(keys: string | string[]) {
      for (const key of [keys].flat()) kept.delete(key);
    },
    async list({ prefix = "" }: R2ListOptions = {}) {
      const objects = [...kept]
        .filter(([key]) => key.startsWith(prefix))
        .map(([key, object]) => headOf(key, object))
        .sort((one, other) => (one.key < other.key ? -1 : 1));
      return { objects, delimitedPrefixes: [], truncated: false };
    },
  };
  return bucket as unknown as R2Bucket;
}

function headOf(key: string, { bytes, httpMetadata }: Kept) {
  return { key, size: bytes.length, httpMetadata };
}

interface Entry {
  value: string;
  metadata: unknown;
}

/** An empty namespace. Nothing in it expires: a test that needs time to pass deletes. */
export function openMemoryKv(): KVNamespace {
  const entries = new Map<string, Entry>();

  const namespace = {
    async get(key: string, how?: Reading) {
      const entry = entries.get(key);
      return entry ? read(entry, how) : null;
    },
    async getWithMetadata(key: string, how?: Reading) {
      const entry = entries.get(key);
      const value = entry ? read(entry, how) : null;
      return { value, metadata: entry?.metadata ?? null, cacheStatus: null };
    },
    async put(key: string, value: Source, options?: KVNamespacePutOptions) {
      const text = typeof value === "string" ? value : await new Response(value).text();
      // Metadata travels as JSON, so that nobody shares an object with the namespace.
      const metadata: unknown = JSON.parse(JSON.stringify(options?.metadata ?? null));
      entries.set(key, { value: text, metadata });
    },
    async delete(key: string) {
      entries.delete(key);
    },
  };
  return namespace as unknown as KVNamespace;
}

type Reading = "text" | "json" | { type?: "text" | "json" };

function read({ value }: Entry, how: Reading = "text"): unknown {
  const type = typeof how === "string" ? how : (how.type ?? "text");
  if (type === "json") return JSON.parse(value);
  if (type === "text") return value;
  throw new Error(`Only text and json are here, got ${String(type)}.`);
}

async function bytesOf(value: Source): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(value).arrayBuffer());
}

/** Images that makes no picture, but bytes that are others whenever anything is asked otherwise. */
export function openMemoryImages(): ImagesBinding {
  const binding = {
    input: (stream: ReadableStream) =>
      new MemoryTransformer(async () => [...(await bytesOf(stream))]),
    text: (content: string, options: object) =>
      new MemoryTransformer(async () => ({ content, options })),
  };
  return binding as unknown as ImagesBinding;
}

class MemoryTransformer {
  readonly #source: () => Promise<unknown>;
  readonly #asked: (() => Promise<unknown>)[] = [];

  constructor(source: () => Promise<unknown>) {
    this.#source = source;
  }

  transform(options: object): this {
    this.#asked.push(async () => options);
    return this;
  }

  draw(image: MemoryTransformer, options: object): this {
    this.#asked.push(async () => [await image.told(), options]);
    return this;
  }

  async told(): Promise<unknown> {
    return [await this.#source(), await Promise.all(this.#asked.map((each) => each()))];
  }

  async output(options: { format: string }) {
    const bytes = new TextEncoder().encode(JSON.stringify([await this.told(), options]));
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return { contentType: () => options.format, image: () => new Blob([digest]).stream() };
  }
}
