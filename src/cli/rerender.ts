// npm run rerender [-- --url <address>] [-- --key <key>]
// Makes the HTML of stories anew that an older renderer made. A run that broke off is continued by running it again.
import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { findRootKey } from "./dev-vars.ts";
import { isMapping } from "./folder/fields.ts";
import { openNewsroom, type Newsroom } from "./press/newsroom-api.ts";
import { Refusal } from "./refusal.ts";
import { run } from "./run.ts";

const PROJECT = path.join(import.meta.dirname, "../..");

const USAGE = `Usage: npm run rerender [-- --url <address>] [-- --key <key>]

Makes the HTML anew of every story that is live, scheduled or being written and that an older version of Broadsheet
rendered, and purges the pages that come out otherwise. The history of revisions stays as it was. What is done already
is passed over, so a run that broke off is continued by running it again.

  --url <address>  The site; http://localhost:8787 unless said otherwise.
  --key <key>      A key of an admin. Or BROADSHEET_KEY; on this machine, .dev.vars.
  --help           Print this.`;

await run(async () => {
  const { url, key: given, help } = readOptions();
  if (help) {
    console.log(USAGE);
    return 0;
  }
  const key =
    given ??
    (process.env["BROADSHEET_KEY"] || (await findRootKey(path.join(PROJECT, ".dev.vars"))));
  if (!key)
    throw new Refusal(
      "There is no key: pass --key, set BROADSHEET_KEY, or run npm start once, which makes one.",
    );
  const newsroom = openNewsroom({ url, key, note: (sentence) => console.warn(sentence) });
  return rerender(newsroom);
});

function readOptions(): { url: string; key: string | undefined; help: boolean } {
  try {
    const { values } = parseArgs({
      options: { url: { type: "string" }, key: { type: "string" }, help: { type: "boolean" } },
    });
    const { url = "http://localhost:8787", key, help = false } = values;
    if (!URL.canParse(url)) throw new Refusal(`--url must be an address, got "${url}".`);
    return { url, key, help };
  } catch (error) {
    if (error instanceof Refusal || !(error instanceof Error)) throw error;
    throw new Refusal(`${error.message}\n\n${USAGE}`);
  }
}

async function rerender(newsroom: Newsroom): Promise<number> {
  let [rendered, changed, refused] = [0, 0, 0];
  let cursor: string | null = "";
  while (cursor !== null) {
    const response = await newsroom.call("POST", `/rerender${cursor && `?cursor=${cursor}`}`);
    if (!response.ok) throw new Refusal(response.detail);
    const body = isMapping(response.body) ? response.body : {};
    rendered += Number(body["rendered"]);
    for (const page of listOf(body["changed"])) console.log(`changed    ${String(page)}`);
    changed += listOf(body["changed"]).length;
    for (const story of listOf(body["failed"]).filter(isMapping)) {
      refused += 1;
      console.error(
        `refused    ${String(story["id"])}, revision ${String(story["revision"])}: ${String(story["message"])}`,
      );
    }
    cursor = typeof body["next"] === "string" ? body["next"] : null;
  }
  console.log(`${rendered} rendered anew; ${changed} pages read otherwise; ${refused} refused`);
  return refused > 0 ? 1 : 0;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
