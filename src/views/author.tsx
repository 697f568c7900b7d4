import { ARCHIVE_PATH, authorPath } from "../domain/paths.ts";
import type { Card, Listing, Profile } from "../domain/published.ts";
import { Cards } from "./card.tsx";
import type { Paper } from "./frame.ts";
import { layout } from "./layout.tsx";
import { profileData } from "./linked-data.ts";
import { ListHeader, listTitle, wayTo } from "./list.tsx";
import { Pager } from "./pager.tsx";
import { Elsewhere } from "./paper-links.tsx";
import { voiceOf } from "./voice.ts";

/** An author: who they are, and what they wrote. */
export function authorPage({
  site,
  author,
  listing,
}: {
  site: Paper;
  author: Profile;
  listing: Listing;
}): string {
  const voice = voiceOf(site.settings);
  const title = listTitle(author.name, listing.page, voice);
  const path = authorPath(author.slug, listing.page);
  return layout({
    site,
    title,
    description: author.bio ?? author.role,
    feeds: [{ of: author.name, list: authorPath(author.slug) }],
    path,
    profile: author,
    data: profileData(site, author, {
      path,
      name: title,
      description: author.role,
      steps: [{ name: title, path }],
    }),
    children: (
      <div class="profile">
        <ListHeader
          title={author.name}
          page={listing.page}
          voice={voice}
          way={wayTo(site, listing.page, { name: author.name, path: authorPath(author.slug) })}
        >
          {author.role && <p class="role">{author.role}</p>}
          {listing.page === 1 && author.bio && <Bio text={author.bio} />}
          {listing.page === 1 && <Elsewhere links={author.links} label={voice.words.elsewhere} />}
        </ListHeader>
        {listing.cards.length === 0 && <p class="empty">{voice.words.nothingYet}</p>}
        {listing.cards.length > 0 && (
          <Cards
            site={site}
            cards={listing.cards.map(withoutSoleAuthor)}
            level={2}
            layout="river"
            pictures={8}
            opening
          />
        )}
        <Pager
          listing={listing}
          voice={voice}
          pathOf={(number) => authorPath(author.slug, number)}
          archive={listing.hasOlder ? { path: ARCHIVE_PATH, label: voice.words.toArchive } : null}
        />
      </div>
    ),
  });
}

/** On her own page, a byline that names nobody else says nothing. */
function withoutSoleAuthor(card: Card): Card {
  return card.authors.length === 1 ? { ...card, authors: [] } : card;
}

/** What an author says of themselves: plain text in whatever language, an empty line between paragraphs. */
export function Bio({ text }: { text: string }) {
  return (
    <div class="bio">
      {text
        .split(/\n\s*\n/)
        .filter((paragraph) => paragraph.trim() !== "")
        .map((paragraph) => (
          <p dir="auto">{paragraph}</p>
        ))}
    </div>
  );
}
