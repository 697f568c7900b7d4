import { env } from "cloudflare:workers";
import { emptyStores } from "./support/emptied.ts";
import { storeSuite } from "./support/store-suite.ts";

storeSuite("D1", async () => {
  await emptyStores();
  return env.DB;
});
