import * as z from "zod/mini";
import { STATUSES } from "../../domain/article.ts";
import {
  MOST_IN_ROW,
  MOST_PINNED,
  MOST_ROWS,
  type Arrangement,
  type Entry,
  type Placement,
} from "../../domain/front.ts";
import type { PlacedStory } from "../../store/front.d1.ts";
import { article } from "../articles/response.ts";
import { articlePatch } from "../articles/schema.ts";
import { atMost, line, text, time } from "../fields.ts";
import {
  edge,
  isoOrNull,
  optionalText,
  optionalTime,
  time as timeTold,
} from "../response-fields.ts";

// The requests and responses for the front page.

const storyId = z.string().check(z.minLength(1, "must not be empty."), atMost(100));

/** What is read-only in an entry: it tells of the story, and is passed over when it is sent back. */
const told = z.optional(z.unknown()).check(z.describe("Read-only, passed over."));

const entryObject = z.strictObject(
  {
    story: storyId.check(z.describe("The id of a story, live or not yet.")),
    title: z
      .nullish(line(300))
      .check(z.describe("A headline for the front page alone; null is the story's own.")),
    standfirst: z.nullish(text(1000)),
    hero: articlePatch.shape.hero.check(
      z.describe(
        "A picture for the front page alone, with alt or decorative; of the library, or at https.",
      ),
    ),
    headline: told,
    status: told,
  },
  {
    error: ({ code }) =>
      code === "invalid_type"
        ? "must be the id of a story, or an object with it as story."
        : undefined,
  },
);

/** An entry as an object, however it is sent. */
const entry = z.pipe(
  z.transform((value) => (typeof value === "string" ? { story: value } : value)),
  entryObject,
);

const rowName = line(60).check(z.describe("What readers see above the row."));

function placementOf<Sent extends z.ZodMiniType>(sent: Sent) {
  return {
    lead: z
      .nullish(sent)
      .check(z.describe("The story that leads; null: the newest one that is not placed.")),
    pinned: z.optional(
      z.array(sent).check(z.maxLength(MOST_PINNED, `must be at most ${MOST_PINNED}.`)),
    ),
    rows: z.optional(
      z
        .array(
          z.strictObject({
            name: rowName,
            entries: z
              .array(sent)
              .check(
                z.minLength(1, "must not be empty."),
                z.maxLength(MOST_IN_ROW, `must be at most ${MOST_IN_ROW}.`),
              ),
          }),
        )
        .check(
          z.maxLength(MOST_ROWS, `must be at most ${MOST_ROWS}.`),
          z.describe("Chosen stories under a name. One in which nothing is live is not shown."),
        ),
    ),
  };
}

const timetable = {
  scheduledFor: z
    .nullish(time)
    .check(
      z.describe(
        "When this front goes up; the one that is up stays until then, and whatever was scheduled gives way. Left out: it goes up now, and what is scheduled stays. Null: it goes up now, and what is scheduled is dropped; null alone changes nothing else.",
      ),
    ),
};

/** What a response says beside, and may be sent back with it. */
const echoed = {
  version: z.optional(z.unknown()).check(z.describe("Read-only: only as it was received.")),
  scheduled: z
    .optional(z.unknown())
    .check(z.describe("Read-only: only as it was received. scheduledFor sets it.")),
  edge: z.optional(edge).check(z.describe("Read-only, passed over.")),
};

/** The body of `PUT /front`. */
export const arrangement = z.strictObject({ ...placementOf(entry), ...timetable, ...echoed });

/** The same for the documentation: an entry is an id or an object. */
export const arrangementDocument = z.strictObject({
  ...placementOf(z.union([storyId, entryObject])),
  ...timetable,
  ...echoed,
});

export type ArrangementFields = z.output<typeof arrangement>;
export type EntryFields = z.output<typeof entry>;

// Responses.

const entryResponse = z.object({
  story: z.string(),
  title: optionalText.check(z.describe("Of the front page alone; null is the story's own.")),
  standfirst: optionalText,
  hero: article.shape.hero,
  headline: optionalText.check(z.describe("The story's own headline, as its editors have it.")),
  status: z
    .nullable(z.enum(STATUSES))
    .check(
      z.describe(
        "The story's. Readers see the entry while it is published; null for who may not know.",
      ),
    ),
});

const placement = {
  lead: z.nullable(entryResponse),
  pinned: z.array(entryResponse),
  rows: z.array(z.object({ name: z.string(), entries: z.array(entryResponse) })),
};

export const front = z.object({
  ...placement,
  scheduled: z
    .nullable(z.object({ ...placement, scheduledFor: optionalTime }))
    .check(z.describe("The front that goes up next: there is one at most.")),
  version: z.int().check(z.describe("Grows with every write; the ETag is this number in quotes.")),
});
export type FrontResponse = z.output<typeof front>;

const card = z.object({
  id: z.string(),
  title: z.string(),
  section: z.string(),
  publishedAt: timeTold,
  url: z.url(),
  hero: article.shape.hero,
});

/** What readers would see of a front page. */
export const frontPreview = z.object({
  lead: z.nullable(card),
  pinned: z.array(card),
  rows: z.array(z.object({ name: z.string(), cards: z.array(card) })),
  latest: z.array(card).check(z.describe("What fills the rest, by itself.")),
  falls: z
    .array(card)
    .check(
      z.describe("Stories that readers see on the first page of the front now, and would not."),
    ),
  gains: z.array(card).check(z.describe("Those that they would, and do not now.")),
});
export type FrontPreview = z.output<typeof frontPreview>;

/** The strong validator of the front page in the API: its version in quotes. */
export function frontTag({ version }: Pick<Arrangement, "version">): string {
  return `"${version}"`;
}

/** The front page as the API returns it; without `stories` nothing is told of what editors have of them. */
export function frontResponse(
  { placement: up, scheduled, version }: Arrangement,
  stories: ReadonlyMap<string, PlacedStory>,
): FrontResponse {
  const entryOf = ({ story, title, standfirst, hero }: Entry) => {
    const known = stories.get(story);
    const { title: headline = null, status = null } = known ?? {};
    return { story, title, standfirst, hero, headline, status };
  };
  const placementResponse = ({ lead, pinned, rows }: Placement) => ({
    lead: lead && entryOf(lead),
    pinned: pinned.map(entryOf),
    rows: rows.map(({ name, entries }) => ({ name, entries: entries.map(entryOf) })),
  });
  return {
    ...placementResponse(up),
    scheduled: scheduled && {
      ...placementResponse(scheduled.placement),
      scheduledFor: isoOrNull(scheduled.at),
    },
    version,
  };
}
