import { ARCHIVE_PATH } from "../domain/paths.ts";
import { archiveTags } from "../purge/tags.ts";
import { archivePage } from "../views/archive.tsx";
import { present, type PageKind } from "./kind.ts";

/** Every month that has stories. */
export const archive: PageKind = {
  name: "archive",
  patterns: [ARCHIVE_PATH],
  standing: () => "always",
  async respond(context) {
    return present(context, await context.reader.months(context.path), {
      tags: () => archiveTags(context.path),
      view: (site, months) => archivePage({ site, months }),
      styles: () => ["profile"],
    });
  },
  samples: () => [ARCHIVE_PATH],
};
