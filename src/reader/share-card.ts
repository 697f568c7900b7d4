import { shareCardPath } from "../domain/paths.ts";
import { designCard } from "../domain/share-card.ts";
import { addressTag, shareCardTags } from "../purge/tags.ts";
import { titleOf } from "../views/kinds.tsx";
import { voiceOf } from "../views/voice.ts";
import { absent, etagOf, type PageKind } from "./kind.ts";

/** The picture under which a live story is shared that has none of its own: the paper's colours with the headline on them. */
export const shareCard: PageKind = {
  name: "share card",
  patterns: ["/share/:card{[a-z2-7]{16}\\.png}"],
  standing: () => "always",
  async respond(context) {
    const { path, reader, build } = context;
    const id = context.parameter("card").replace(/\.png$/, "");
    const visit = await reader.shareCard(path, id);
    // It comes with its story, which is at another path.
    if (visit.found === null) return absent(context, visit, [addressTag(id)]);
    const { found } = visit;
    const { settings } = visit.site;
    const title = titleOf(found, found.title, voiceOf(settings, found.language).words);
    const design = designCard({ ...found, title }, settings);
    const tags = await shareCardTags(path, id);
    return {
      status: 200,
      etag: await etagOf(build, visit.site, design, tags),
      tags,
      lastModified: null,
      changes: true,
      open: () => reader.drawn(design),
    };
  },
  samples: ({ ids }) => ids.map(shareCardPath),
};
