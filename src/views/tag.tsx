import { ARCHIVE_PATH, tagPath } from "../domain/paths.ts";
import type { Listing, Topic } from "../domain/published.ts";
import { Cards } from "./card.tsx";
import { layout, type Paper } from "./layout.tsx";
import { collectionData, pathsOf } from "./linked-data.ts";
import { ListHeader, listTitle } from "./list.tsx";
import { Pager } from "./pager.tsx";
import { voiceOf } from "./voice.ts";

/** A topic and the stories on it, from every section. */
export function tagPage({
  site,
  topic,
  listing,
}: {
  site: Paper;
  topic: Topic;
  listing: Listing;
}): string {
  const voice = voiceOf(site.settings);
  const title = listTitle(topic.name, listing.page, voice);
  const path = tagPath(topic.slug, listing.page);
  return layout({
    site,
    title,
    description: topic.description,
    feeds: [{ of: topic.name, list: tagPath(topic.slug) }],
    path,
    data: collectionData(site, {
      path,
      name: title,
      description: topic.description,
      steps: [{ name: title, path }],
      paths: pathsOf(listing.cards),
    }),
    children: (
      <div class="profile">
        <ListHeader title={topic.name} page={listing.page} voice={voice}>
          {topic.description && <p class="standfirst">{topic.description}</p>}
        </ListHeader>
        {listing.cards.length === 0 && <p class="empty">{voice.words.nothingYet}</p>}
        {listing.cards.length > 0 && (
          <Cards site={site} cards={listing.cards} level={2} layout="river" pictures={8} opening />
        )}
        <Pager
          listing={listing}
          voice={voice}
          pathOf={(number) => tagPath(topic.slug, number)}
          archive={listing.hasOlder ? { path: ARCHIVE_PATH, label: voice.words.toArchive } : null}
        />
      </div>
    ),
  });
}
