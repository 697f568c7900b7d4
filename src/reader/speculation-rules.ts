import { SPECULATION_RULES_PATH } from "../domain/paths.ts";
import { paperTags } from "../purge/tags.ts";
import { speculationRules as rules } from "../views/speculation-rules.ts";
import { present, type PageKind } from "./kind.ts";

/** Which links of a page browsers may follow before a reader does; absent where the paper does not want that. */
export const speculationRules: PageKind = {
  name: "speculation rules",
  patterns: [SPECULATION_RULES_PATH],
  standing: () => "always",
  // The same for every page of a reader, so that a view costs no request for it. Pages name it no longer once it is off.
  headers: { "Cache-Control": "public, max-age=86400" },
  async respond(context) {
    const visit = await context.reader.paper(context.path, ({ prefetch }) => prefetch);
    return present(context, visit, {
      tags: () => paperTags(context.path),
      view: () => rules(),
      contentType: "application/speculationrules+json",
    });
  },
  samples: () => [SPECULATION_RULES_PATH],
};
