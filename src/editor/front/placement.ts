import { entriesOf, type Entry, type Placement } from "../../domain/front.ts";
import { isDescribed, type Hero } from "../../domain/hero.ts";
import { pictureAt } from "../../domain/media.ts";
import type { Issue } from "../../domain/problem.ts";
import { composeHero, type Library } from "../articles/pictures.ts";
import { under } from "../input.ts";
import type { ArrangementFields, EntryFields } from "./schema.ts";
import type { SeenFront } from "./survey.ts";

// What is sent of a front page, as it would be kept, and everything that speaks against it.

/** The most that a placement may come to, in bytes of JSON: it is kept in one row with the one that is to come. */
const PLACEMENT_BYTES = 256 * 1024;

/** Every entry that was sent, with its path. */
export function entriesSent({
  lead,
  pinned = [],
  rows = [],
}: Partial<ArrangementFields>): { path: string; entry: EntryFields }[] {
  return [
    ...(lead ? [{ path: "lead", entry: lead }] : []),
    ...pinned.map((entry, index) => ({ path: `pinned.${index}`, entry })),
    ...rows.flatMap(({ entries }, row) =>
      entries.map((entry, index) => ({ path: `rows.${row}.entries.${index}`, entry })),
    ),
  ];
}

/** Makes a placement of what was sent. What the library knows of a picture is added. */
export function composePlacement(
  fields: Partial<ArrangementFields>,
  { stories, pictures }: Pick<SeenFront, "stories" | "pictures">,
  origin: string,
): { placement: Placement; issues: Issue[] } {
  const issues: Issue[] = [];
  const entry = (sent: EntryFields, path: string): Entry => {
    const own = sent.hero ? ownPicture(sent.hero, pictures, origin) : null;
    issues.push(...under(path, own?.issues ?? []));
    const { story, title = null, standfirst = null } = sent;
    return { story, title, standfirst, hero: own?.hero ?? null };
  };
  const { lead, pinned = [], rows = [] } = fields;
  const placement: Placement = {
    lead: lead ? entry(lead, "lead") : null,
    pinned: pinned.map((sent, index) => entry(sent, `pinned.${index}`)),
    rows: rows.map(({ name, entries }, row) => ({
      name,
      entries: entries.map((sent, index) => entry(sent, `rows.${row}.entries.${index}`)),
    })),
  };
  const known = new Set(stories.keys());
  const all = [...storyIssues(placement, known), ...nameIssues(placement), ...issues];
  return { placement, issues: [...all, ...sizeIssues(placement)] };
}

/** A picture of an entry's own, of which readers who cannot see it must be told as of a story's. */
function ownPicture(
  sent: NonNullable<EntryFields["hero"]>,
  library: Library,
  origin: string,
): { hero: Hero; issues: Issue[] } {
  const { hero, issues } = composeHero(sent, library, origin);
  const taken = library.get(pictureAt(hero.src)?.hash ?? "");
  if (taken && taken.removedAt !== null) {
    const message = `The picture ${taken.hash} was taken down; take it out, or upload it again.`;
    issues.push({ path: "hero.src", message });
  }
  if (!isDescribed(hero))
    issues.push({ path: "hero.alt", message: "A picture needs alt, or decorative: true." });
  return { hero, issues };
}

/** Stories that are not there, and those that stand somewhere already. */
function storyIssues(placement: Placement, known: ReadonlySet<string>): Issue[] {
  const first = new Map<string, string>();
  return entriesOf(placement).flatMap(({ path, entry: { story } }) => {
    if (!known.has(story)) return [{ path, message: `There is no story "${story}".` }];
    const other = first.get(story);
    first.set(story, other ?? path);
    if (other === undefined) return [];
    return [{ path, message: `The story "${story}" is placed already, at ${other}.` }];
  });
}

function nameIssues({ rows }: Placement): Issue[] {
  return rows.flatMap(({ name }, row) => {
    const other = rows.findIndex((each) => each.name === name);
    if (other === row) return [];
    return [{ path: `rows.${row}.name`, message: `Row ${other} is called "${name}" already.` }];
  });
}

function sizeIssues(placement: Placement): Issue[] {
  const bytes = new TextEncoder().encode(JSON.stringify(placement)).length;
  if (bytes <= PLACEMENT_BYTES) return [];
  const message = `With its own words and pictures it is ${bytes} bytes; at most ${PLACEMENT_BYTES} are kept.`;
  return [{ path: "", message }];
}
