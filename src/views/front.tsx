import { ARCHIVE_PATH, frontPath } from "../domain/paths.ts";
import type { Front, Site } from "../domain/published.ts";
import { Cards, StoryCard } from "./card.tsx";
import { layout } from "./layout.tsx";
import { ListHeader, listTitle } from "./list.tsx";
import { Pager } from "./pager.tsx";
import { voiceOf } from "./voice.ts";

/** The front page as the editors placed it, or one of the recent pages behind it. */
export function frontPage({ site, front }: { site: Site; front: Front }): string {
  const voice = voiceOf(site.settings);
  const { words } = voice;
  const first = front.page === 1;
  return layout({
    site,
    title: first ? null : listTitle(words.moreStories, front.page, voice),
    description: null,
    path: frontPath(front.page),
    nameplate: first,
    children: (
      <>
        {first ? (
          <TopStories site={site} front={front} />
        ) : (
          <ListHeader title={words.moreStories} page={front.page} voice={voice} />
        )}
        <Latest site={site} front={front} />
        <Pager
          listing={front}
          voice={voice}
          pathOf={frontPath}
          archive={
            front.cards.length > 0
              ? { path: ARCHIVE_PATH, label: front.hasOlder ? words.toArchive : words.archive }
              : null
          }
        />
      </>
    ),
  });
}

function TopStories({ site, front: { lead, pinned } }: { site: Site; front: Front }) {
  if (!lead && pinned.length === 0) return null;
  return (
    <section class="top" aria-labelledby="top">
      <h2 class="unseen" id="top">
        {voiceOf(site.settings).words.topStories}
      </h2>
      {lead && <StoryCard site={site} card={lead} level={3} rank="lead" />}
      {pinned.length > 0 && (
        <Cards site={site} cards={pinned} level={3} rank="pinned" layout="column" />
      )}
    </section>
  );
}

function Latest({ site, front: { page, lead, pinned, cards } }: { site: Site; front: Front }) {
  const { words } = voiceOf(site.settings);
  if (cards.length === 0)
    return lead || pinned.length > 0 ? null : <p class="empty">{words.nothingPublished}</p>;
  if (page > 1) return <Cards site={site} cards={cards} level={2} layout="grid" />;
  return (
    <section aria-labelledby="latest">
      <h2 class="rubric" id="latest">
        {words.latest}
      </h2>
      <Cards site={site} cards={cards} level={3} layout="grid" />
    </section>
  );
}
