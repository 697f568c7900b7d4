// npm run invite -- --name "Mara Quill" --role admin [--url <address>] [--key <key>]
// Invites somebody to the desk of a site: the first admin of a new deployment, or whoever has lost their device.
import { invite } from "./invitations.ts";
import { Refusal } from "./refusal.ts";
import { run } from "./run.ts";
import { openSite, readSiteOptions } from "./site.ts";

const USAGE = `Usage: npm run invite -- --name <name> [--role admin] [--author <slug>] [--email <address>] [--url <address>] [--key <key>]

Makes a person and prints the link by which they come in: once, within a day. Somebody who is called so already is invited
again, as what they are.

  --name <name>      What their colleagues call them.
  --role <role>      admin, editor, author or contributor; author unless said otherwise.
  --author <slug>    The author they write as: what has their byline is theirs.
  --email <address>  By which Cloudflare Access names them, where the paper is behind it.
  --url <address>    The site; http://localhost:8787 unless said otherwise.
  --key <key>        A key of an admin. Or BROADSHEET_KEY; on this machine, .dev.vars.
  --help             Print this.`;

await run(async () => {
  const asked = readSiteOptions(USAGE, ["name", "role", "author", "email"]);
  if (!asked) return 0;
  const { name, role = "author", author, email } = asked.own;
  if (name === undefined) throw new Refusal(`--name must say who is invited.\n\n${USAGE}`);
  const { url, expiresAt, wasHere } = await invite(await openSite(asked), {
    name,
    role,
    author,
    email,
  });
  console.log(`
  ${wasHere ? `Another link for ${name}; earlier ones lead nowhere now` : `A link for ${name}`}. It works once, until ${expiresAt}:

  ${url}
`);
  return 0;
});
