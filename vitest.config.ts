import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [
          cloudflareTest({
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: { bindings: { TEST_MIGRATIONS: await readD1Migrations("migrations"), ROOT_KEY: "bs_root_test" } },
          }),
        ],
        test: { name: "worker", include: ["test/*.test.{ts,tsx}"], isolate: false },
      },
      { test: { name: "node", include: ["test/node/*.test.ts"], environment: "node" } },
    ],
  },
});
