import { OPENSEARCH_PATH } from "../domain/paths.ts";
import { siteTags } from "../purge/tags.ts";
import { openSearchDescription } from "../views/open-search.ts";
import { present, type PageKind } from "./kind.ts";

/** How browsers search the site from their address bar. */
export const openSearch: PageKind = {
  name: "OpenSearch",
  patterns: [OPENSEARCH_PATH],
  standing: () => "always",
  async respond(context) {
    return present(context, await context.reader.frame(context.path), {
      tags: () => siteTags(context.path),
      view: (site) => openSearchDescription(site),
      contentType: "application/opensearchdescription+xml; charset=utf-8",
    });
  },
  samples: () => [OPENSEARCH_PATH],
};
