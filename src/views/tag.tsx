import { ARCHIVE_PATH, tagPath } from "../domain/paths.ts";
import type { Listing, Topic } from "../domain/published.ts";
import { Cards } from "./card.tsx";
import type { Paper } from "./frame.ts";
import { layout } from "./layout.tsx";
import { collectionData, pathsOf } from "./linked-data.ts";
import { ListHeader, listTitle, wayTo } from "./list.tsx";
import { Pager } from "./pager.tsx";
import { voiceOf } from "./voice.ts";

/** A series that fits on one page is read from its first part on; of a longer one the newest come first, as of any topic. */
function inOrder({ cards, series, hasOlder }: Listing): Listing["cards"] {
  if (!series || hasOlder) return cards;
  const places = new Map(series.parts.map(({ id }, index) => [id, index]));
  return [...cards].sort((one, other) => (places.get(one.id) ?? 0) - (places.get(other.id) ?? 0));
}

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
  const count = listing.series?.count;
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
        <ListHeader
          title={topic.name}
          page={listing.page}
          voice={voice}
          way={wayTo(site, listing.page, { name: topic.name, path: tagPath(topic.slug) })}
        >
          {typeof count === "number" && (
            <p class="role">{voice.words.series(count, voice.spoken.number(count))}</p>
          )}
          {topic.description && (
            <p class="standfirst" dir="auto">
              {topic.description}
            </p>
          )}
        </ListHeader>
        {listing.cards.length === 0 && <p class="empty">{voice.words.nothingYet}</p>}
        {listing.cards.length > 0 && (
          <Cards
            site={site}
            cards={inOrder(listing)}
            level={2}
            layout="river"
            pictures={8}
            opening
          />
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
