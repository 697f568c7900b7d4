import { LLMS_PATH, ROBOTS_PATH, SECURITY_PATH } from "../domain/paths.ts";
import { TEXT_FILES } from "../domain/settings.ts";
import { newestTags, siteTags } from "../purge/tags.ts";
import { llms as llmsTxt, robots as robotsTxt, securityTxt } from "../views/crawlers.ts";
import { present, type PageKind } from "./kind.ts";

// What crawlers, agents and those who look after the web ask for, at addresses that are the same everywhere.

const TEXT = "text/plain; charset=utf-8";

/** Who may read what, and what for. */
export const robots: PageKind = {
  name: "robots",
  patterns: [ROBOTS_PATH],
  standing: () => "always",
  async respond(context) {
    return present(context, await context.reader.robots(context.path), {
      tags: () => siteTags(context.path),
      view: robotsTxt,
      contentType: TEXT,
    });
  },
  samples: () => [ROBOTS_PATH],
};

/** The paper as an agent is shown around in it. */
export const llms: PageKind = {
  name: "llms",
  patterns: [LLMS_PATH],
  standing: () => "always",
  async respond(context) {
    return present(context, await context.reader.newest(context.path), {
      tags: (stories) =>
        newestTags(
          context.path,
          stories.map(({ id }) => id),
        ),
      view: llmsTxt,
      contentType: TEXT,
    });
  },
  samples: () => [LLMS_PATH],
};

/** Whom to tell of a hole, if the paper says. */
export const security: PageKind = {
  name: "security",
  patterns: [SECURITY_PATH],
  // A redirect may stand there: it leads on while the paper itself says nothing.
  standing: () => "story",
  async respond(context) {
    return present(context, await context.reader.file(context.path, "security"), {
      tags: () => siteTags(context.path),
      view: securityTxt,
      contentType: TEXT,
    });
  },
  samples: () => [SECURITY_PATH],
};

/** Files that are given as they were set. */
export const textFiles: PageKind[] = Object.entries(TEXT_FILES).map(([setting, path]) => ({
  name: path.slice(1),
  patterns: [path],
  standing: () => "story",
  async respond(context) {
    const visit = await context.reader.file(path, setting as keyof typeof TEXT_FILES);
    return present(context, visit, {
      tags: () => siteTags(path),
      view: (_, text) => `${text}\n`,
      contentType: TEXT,
    });
  },
  samples: () => [path],
}));
