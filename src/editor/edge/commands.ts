import { granted, invalid, type Issue } from "../../domain/problem.ts";
import { CROWD, isTag, pathTag } from "../../purge/tags.ts";
import { canonicalPath } from "../../domain/paths.ts";
import { act, type Acted } from "../act.ts";
import type { CommandContext, PurgeTarget } from "../context.ts";
import type { Input } from "../input.ts";

/** What an editor wants purged. */
export interface PurgeFields {
  tags?: string[] | undefined;
  paths?: string[] | undefined;
  everything?: boolean | undefined;
}

/** Purges by hand what no act has made stale: should it ever be needed, it leaves a record like every act. */
export function purgeByHand(
  context: CommandContext,
  { fields, issues }: Input<PurgeFields>,
): Promise<Acted<PurgeTarget>> {
  return act<PurgeTarget>(context, async () => {
    const { tags = [], paths = [], everything = false } = fields;
    const wrong = [...issues, ...tagIssues(tags), ...pathIssues(paths)];
    if (issues.length === 0 && !everything && tags.length + paths.length === 0)
      wrong.push({ path: "tags", message: "Name tags or paths, or say everything: true." });
    if (wrong.length > 0) return invalid(wrong);
    // A page with very many names has one tag for all of them.
    const crowd = tags.some((tag) => tag.startsWith("name:author:")) ? [CROWD] : [];
    const paged = await Promise.all(paths.map(pathTag));
    const named = [...new Set([...tags, ...crowd, ...paged])].sort();
    const what: PurgeTarget = everything ? { everything } : { tags: named };
    return granted({
      result: what,
      change: {
        kind: "purge",
        target: what,
        seenAt: paths.slice(0, 3),
        audit: [{ act: "purge", subject: "edge", detail: { tags, paths, everything } }],
      },
    });
  });
}

function tagIssues(tags: string[]): Issue[] {
  const message = "must be a cache tag: lower-case letters, digits, :, _ and -.";
  return tags.flatMap((tag, index) => (isTag(tag) ? [] : [{ path: `tags.${index}`, message }]));
}

function pathIssues(paths: string[]): Issue[] {
  return paths.flatMap((path, index) => {
    const [sent = ""] = path.split("?");
    const canonical = canonicalPath(sent.startsWith("/") ? sent : `/${sent}`);
    const message = `must be a canonical path of the site: ${canonical}.`;
    return sent === canonical ? [] : [{ path: `paths.${index}`, message }];
  });
}
