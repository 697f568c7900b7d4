import { correctionsPath } from "../domain/paths.ts";
import { CORRECTIONS, correctionsTags } from "../purge/tags.ts";
import { correctionsPage } from "../views/corrections.tsx";
import { absent, present, type PageKind } from "./kind.ts";
import { PAGE_NUMBER, pageOf } from "./lists.ts";

/** Every correction of a story that is live, newest first. */
export const corrections: PageKind = {
  name: "corrections",
  patterns: [correctionsPath(), `${correctionsPath()}/page/${PAGE_NUMBER}`],
  standing: () => "always",
  async respond(context) {
    const visit = await context.reader.corrections(context.path, pageOf(context.parameter));
    // A page that is not there yet comes to be with some correction.
    if (visit.found === null) return absent(context, visit, [CORRECTIONS]);
    return present(context, visit, {
      tags: (found) => correctionsTags(context.path, found),
      view: (site, listing) => correctionsPage({ site, listing }),
      styles: () => ["profile", "pager", "corrections"],
    });
  },
  samples: ({ pages }) => Array.from({ length: pages }, (_, index) => correctionsPath(index + 1)),
};
