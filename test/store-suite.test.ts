import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { storeSuite } from "./support/store-suite.ts";

storeSuite("D1", async () => {
  await reset();
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  return env.DB;
});
