import { monthOf } from "../domain/calendar.ts";
import { monthPath, sectionPath } from "../domain/paths.ts";
import type { Listing, Topic } from "../domain/published.ts";
import { Cards, isPictured, StoryCard } from "./card.tsx";
import type { Paper } from "./frame.ts";
import { layout } from "./layout.tsx";
import { collectionData, pathsOf } from "./linked-data.ts";
import { ListHeader, listTitle, wayTo } from "./list.tsx";
import { Pager } from "./pager.tsx";
import { voiceOf, type Voice } from "./voice.ts";

/** A section's front, or one of the recent pages behind it. */
export function sectionPage({
  site,
  section,
  listing,
}: {
  site: Paper;
  section: Topic;
  listing: Listing;
}): string {
  const voice = voiceOf(site.settings);
  const { cards, page } = listing;
  const lead = page === 1 ? cards[0] : undefined;
  const others = lead ? cards.slice(1) : cards;
  const title = listTitle(section.name, page, voice);
  const path = sectionPath(section.slug, page);
  return layout({
    site,
    title,
    description: section.description,
    path,
    data: collectionData(site, {
      path,
      name: title,
      description: section.description,
      steps: [{ name: title, path }],
      paths: pathsOf(cards),
    }),
    section: { slug: section.slug, front: page === 1 },
    feeds: [{ of: section.name, list: sectionPath(section.slug) }],
    children: (
      <>
        <ListHeader
          title={section.name}
          page={page}
          voice={voice}
          barred={cards.length > 0}
          way={wayTo(site, page, { name: section.name, path: sectionPath(section.slug) })}
        >
          {section.description && <p class="standfirst">{section.description}</p>}
        </ListHeader>
        {cards.length === 0 && <p class="empty">{voice.words.nothingYet}</p>}
        {lead && (
          <StoryCard site={site} card={lead} level={2} rank="lead" kicker={false} pictured alone />
        )}
        {others.length > 0 && (
          <Cards
            site={site}
            cards={others}
            level={2}
            kicker={false}
            layout="grid"
            pictures={8}
            opening={!lead || !isPictured(lead, "lead")}
          />
        )}
        <Pager
          listing={listing}
          voice={voice}
          pathOf={(number) => sectionPath(section.slug, number)}
          archive={archiveOf(section, listing, voice)}
        />
      </>
    ),
  });
}

/** The archive of the section goes on with the month in which the list ends. */
function archiveOf(
  section: Topic,
  { cards, hasOlder }: Listing,
  { words, formats, timeZone }: Voice,
) {
  const oldest = cards.at(-1);
  if (!oldest || !hasOlder) return null;
  const month = monthOf(oldest.publishedAt, timeZone);
  const label = words.moreOf(words.sectionMonth(section.name, formats.month(month)));
  return { path: monthPath(month, section.slug), label };
}
