declare namespace Cloudflare {
  interface Env {
    TEST_MIGRATIONS: import("cloudflare:test").D1Migration[];
    TEST_SEARCH_MIGRATIONS: import("cloudflare:test").D1Migration[];
  }
}

/** Vite's, as far as it is used here: https://vite.dev/guide/features.html#glob-import */
interface ImportMeta {
  /** In Vitest, the environment of the process. */
  readonly env: Record<string, string | undefined>;
  glob(
    pattern: string,
    options: { query: "?raw"; import: "default"; eager: true },
  ): Record<string, string>;
}
