// npm run smoke -- https://paper.example [--key <key>] [--section <slug>] [--long] [--flood]
// Walks the checks of a first deployment that docs/operations.md describes, and prints what it found.
import path from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { findRootKey } from "./dev-vars.ts";
import { Refusal } from "./refusal.ts";
import { run } from "./run.ts";
import { CHECKS } from "./smoke/checks.ts";
import { openDeployed, type Deployed } from "./smoke/deployed.ts";

const PROJECT = path.join(import.meta.dirname, "../..");

const USAGE = `Usage: npm run smoke -- <address> [--key <key>] [--section <slug>] [--long] [--flood]

Asks a deployed paper what only a real account can tell: whether there is a cache in front of it, whether a purge reaches
readers, and so on. docs/operations.md says of each check, by its number, what is expected and what to do otherwise. The
stories that it publishes are put in the bin afterwards.

  <address>         The paper, like https://paper.example.
  --key <key>       A key of an editor. Or BROADSHEET_KEY; for http://localhost, .dev.vars.
  --section <slug>  Where its stories are published; the first listed section unless said otherwise.
  --long            Also the checks that wait some minutes for the cron.
  --flood           Also asks for 260 addresses that are not there: whoever shares your address is refused for a minute.
  --help            Print this.

It ends with 0 when everything is as expected, with 1 when something is not.`;

await run(async () => {
  const { address, key: given, section, long, flood, help } = readOptions();
  if (help) {
    console.log(USAGE);
    return 0;
  }
  const url = new URL(address).origin;
  const isLocal = /^https?:\/\/(?:localhost|127\.0\.0\.1)(?::|$)/.test(url);
  const key =
    given ??
    (process.env["BROADSHEET_KEY"] ||
      (isLocal ? await findRootKey(path.join(PROJECT, ".dev.vars")) : undefined));
  if (url.startsWith("http:") && !isLocal)
    throw new Refusal(`${url} would get the key in clear text: give its https address.`);
  if (!key) throw new Refusal("There is no key: pass --key, or set BROADSHEET_KEY.");
  const deployed = openDeployed({ url, key, section, wait: sleep });
  let unexpected = 0;
  process.once("SIGINT", () => void tidy(deployed).then(() => process.exit(130)));
  try {
    for (const check of CHECKS) {
      if ((check.takes === "minutes" && !long) || (check.takes === "a flood" && !flood)) {
        console.log(`  –   ${check.number}. ${check.asks} Not asked: ${optionOf(check.takes)}.`);
        continue;
      }
      // One that cannot be made says nothing of the others.
      const { isExpected, found } = await check.run(deployed).catch((error: unknown) => {
        if (!(error instanceof Refusal)) throw error;
        return { isExpected: false, found: error.message };
      });
      if (!isExpected) unexpected += 1;
      console.log(`${isExpected ? "  ok " : " !!  "} ${check.number}. ${check.asks} ${found}`);
    }
  } finally {
    await tidy(deployed);
  }
  if (unexpected > 0)
    console.log(
      `\n${unexpected} not as expected: docs/operations.md says under "The first deployment", by its number, what to do.`,
    );
  return unexpected > 0 ? 1 : 0;
});

/** Puts the stories of the checks into the bin, and names those that stayed. */
async function tidy(deployed: Deployed): Promise<void> {
  const left = await deployed.tidy();
  if (left.length > 0)
    console.error(`These stories of the checks are still there: ${left.join(", ")}.`);
}

function optionOf(takes: "minutes" | "a flood"): string {
  return takes === "minutes" ? "--long asks it" : "--flood asks it";
}

function readOptions() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        key: { type: "string" },
        section: { type: "string" },
        long: { type: "boolean" },
        flood: { type: "boolean" },
        help: { type: "boolean" },
      },
    });
    const { key, section, long = false, flood = false, help = false } = values;
    const [address = ""] = positionals;
    const isAddress = /^https?:\/\//.test(address) && URL.canParse(address);
    if (!help && (positionals.length !== 1 || !isAddress))
      throw new Refusal(`The paper's address is missing, like https://paper.example.\n\n${USAGE}`);
    return { address, key, section, long, flood, help };
  } catch (error) {
    if (error instanceof Refusal || !(error instanceof Error)) throw error;
    throw new Refusal(`${error.message}\n\n${USAGE}`);
  }
}
