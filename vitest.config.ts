import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [
          cloudflareTest({
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: {
              bindings: { TEST_MIGRATIONS: await readD1Migrations("migrations"), ROOT_KEY: "bs_root_for_tests_only", SITE_ORIGIN: "https://ledger.example" },
            },
          }),
        ],
        test: {
          name: "worker",
          include: ["test/*.test.{ts,tsx}"],
          isolate: false,
          // CommonJS: bundled as wrangler bundles it, so that its named exports are there.
          deps: { optimizer: { ssr: { enabled: true, include: ["xss"] } } },
        },
      },
      { test: { name: "node", include: ["test/node/*.test.ts"], environment: "node" } },
    ],
  },
});
