// npm run rerender [-- --url <address>] [-- --key <key>]
// Makes the HTML of stories anew that an older renderer made. A run that broke off is continued by running it again.
import { isMapping } from "./folder/fields.ts";
import type { Newsroom } from "./press/newsroom-api.ts";
import { Refusal } from "./refusal.ts";
import { run } from "./run.ts";
import { openSite, readSiteOptions } from "./site.ts";

const USAGE = `Usage: npm run rerender [-- --url <address>] [-- --key <key>]

Makes the HTML anew of every story that is live, scheduled or being written and that an older version of Broadsheet
rendered, and purges the pages that come out otherwise. The history of revisions stays as it was. What is done already
is passed over, so a run that broke off is continued by running it again.

  --url <address>  The site; http://localhost:8787 unless said otherwise.
  --key <key>      A key of an admin. Or BROADSHEET_KEY; on this machine, .dev.vars.
  --help           Print this.`;

await run(async () => {
  const asked = readSiteOptions(USAGE);
  if (!asked) return 0;
  return rerender(await openSite(asked));
});

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
