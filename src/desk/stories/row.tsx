import { formatAgo, formatMoment, listOf } from "../moments.ts";
import type { ArticleSummary } from "../contract.ts";
import { hrefOf } from "../route.ts";
import { authorNames, sectionNames } from "../session.ts";
import { say } from "../words/words.ts";
import { stateOf } from "./state.ts";

/** A story in a list: what it is, how it stands, whose it is. */
export function StoryRow({
  article,
  isChosen,
  onChoose,
}: {
  article: ArticleSummary;
  isChosen: boolean;
  onChoose: () => void;
}) {
  const words = say();
  const { id, title, section, authors, assignee, kind, createdAt, updatedAt } = article;
  const when = updatedAt ?? createdAt;
  const byline = listOf(authors.map((slug) => authorNames.value.get(slug) ?? slug));
  return (
    <li class={isChosen ? "chosen" : undefined}>
      <input
        type="checkbox"
        checked={isChosen}
        aria-label={words.stories.select(title)}
        onChange={onChoose}
      />
      <div class="what">
        <h2 class="headline" lang={article.language ?? undefined}>
          <a href={hrefOf(`story/${id}`)} dir="auto">
            {title || words.stories.untitled}
          </a>
        </h2>
        <p class="facts">
          <span>{sectionNames.value.get(section) ?? section}</span>
          {kind !== "news" && <span>{words.kinds[kind]}</span>}
          {byline && <span>{byline}</span>}
          <span>{words.stories.words(article.words)}</span>
          <time dateTime={when} title={formatMoment(when)}>
            {formatAgo(when)}
          </time>
        </p>
      </div>
      <StateMark article={article} />
      {assignee && (
        <p class="has">{words.stories.has(authorNames.value.get(assignee) ?? assignee)}</p>
      )}
    </li>
  );
}

/** How a story stands, in words and by a colour. */
export function StateMark({ article }: { article: ArticleSummary }) {
  const { mark, text, also } = stateOf(article);
  return (
    <p class={`state ${mark}`}>
      <strong>{text}</strong>
      {also.map((more) => (
        <small key={more}>{more}</small>
      ))}
    </p>
  );
}
