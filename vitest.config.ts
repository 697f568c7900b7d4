import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

const bindings = {
  TEST_MIGRATIONS: await readD1Migrations("migrations"),
  ROOT_KEY: "bs_root_for_the_tests_and_nothing_else_at_all",
  SITE_ORIGIN: "https://ledger.example",
};

/** Runs in workerd, with the D1 of wrangler.toml. */
function inWorkerd(name: string, include: string) {
  return {
    plugins: [
      cloudflareTest({ wrangler: { configPath: "./wrangler.toml" }, miniflare: { bindings } }),
    ],
    test: {
      name,
      include: [include],
      isolate: false,
    },
  };
}

export default defineConfig({
  test: {
    projects: [
      inWorkerd("worker", "test/*.test.{ts,tsx}"),
      inWorkerd("bench", "bench/*.test.ts"),
      { test: { name: "node", include: ["test/node/*.test.ts"], environment: "node" } },
    ],
  },
});
