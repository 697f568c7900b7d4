// npm run reindex [-- --url <address>] [-- --key <key>]
// Builds the search index anew, in its place and while it is used. A run that broke off is continued by running it again.
import { isMapping } from "./folder/fields.ts";
import type { Newsroom } from "./press/newsroom-api.ts";
import { Refusal } from "./refusal.ts";
import { run } from "./run.ts";
import { openSite, readSiteOptions } from "./site.ts";

const USAGE = `Usage: npm run reindex [-- --url <address>] [-- --key <key>] [-- --from <cursor>]

Writes every story to the search index as it is now, some a call, and takes out what is not there any more. Readers and
editors search meanwhile: what is not written yet is found as it was. A new deployment with stories needs it once.

  --url <address>  The site; http://localhost:8787 unless said otherwise.
  --key <key>      A key of an admin. Or BROADSHEET_KEY; on this machine, .dev.vars.
  --from <cursor>  Goes on where a run broke off that printed it.
  --help           Print this.`;

await run(async () => {
  const asked = readSiteOptions(USAGE, ["from"]);
  if (!asked) return 0;
  return reindex(await openSite(asked), asked.own.from ?? "");
});

async function reindex(newsroom: Newsroom, from: string): Promise<number> {
  const started = performance.now();
  let [indexed, removed] = [0, 0];
  let cursor: string | null = from;
  while (cursor !== null) {
    const at: string = cursor && `&cursor=${encodeURIComponent(cursor)}`;
    const response = await newsroom.call("POST", `/reindex?limit=100${at}`);
    if (!response.ok)
      throw new Refusal(
        `${response.detail}${cursor && `\n\nGo on with: npm run reindex -- --from ${cursor}`}`,
      );
    const body = isMapping(response.body) ? response.body : {};
    indexed += Number(body["indexed"]);
    removed += Number(body["removed"]);
    cursor = typeof body["next"] === "string" ? body["next"] : null;
    if (cursor !== null) console.log(`${indexed} indexed so far`);
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${indexed} stories indexed, ${removed} taken out, in ${seconds} s`);
  return 0;
}
