import type { Form } from "../../src/domain/article.ts";
import { PEOPLE_ACTS, type Call } from "./acts-of-people.ts";
import { KINDS } from "../../src/domain/kinds.ts";
import type { Called, Paper } from "./paper.ts";
import { pictures } from "./pictures.ts";

// Every act that the API and the clock have, as a property test asks for them. An act that comes to the API joins them here.

export const SECTIONS = ["city", "coast", "culture", "sport"];
export const AUTHORS = Array.from({ length: 8 }, (_, n) => `writer-${n}`);
/** Authors of a newsroom where twenty write each story: more names than a page's tags have room for. */
const HANDS = Array.from({ length: 24 }, (_, n) => `one-of-very-many-hands-with-a-long-name-${n}`);
export const TAGS = Array.from({ length: 12 }, (_, n) => `topic-${n}`);
/** Slugs that stories get later, so that what stands there before can be looked at, too. */
export const LATER_SLUGS = Array.from({ length: 8 }, (_, n) => `later-${n}`);
export const LATER_SECTION = "extra";
export const LATER_TAGS = ["fresh-0", "fresh-1"];
/** A tag that is a series when the newsroom opens. */
const SERIES = TAGS[3] ?? "";
export const LATER_AUTHOR = "writer-new";
export const ADDED_AUTHOR = "writer-added";
/** A section that is not listed: readers see it while it has a story. */
export const UNLISTED_SECTION = "unlisted";
/** What the last section, author and tag are called by turns, so that an address leads now one way and now the other. */
export const OTHER_SLUGS = { sections: "sports", authors: "writer-seven", tags: "subject-11" };
/** A page that the footer names, so that every page shows whether it is there. */
const LINKED_PAGE = "privacy";
/** Slugs that pages have, or come to have. */
const OTHER_PAGES = ["about", "contact", "imprint", "later-page"];
export const PAGE_SLUGS = [...OTHER_PAGES, LINKED_PAGE];
export const REDIRECTS = ["/old", "/old/bridge", "/old/harbour/gate", "/gone", "/city/former"];
/** Paths of which each comes to lead to the next. */
export const CHAIN = Array.from({ length: 6 }, (_, n) => `/chain/${n}`);
const TIME_ZONES = ["UTC", "Asia/Tokyo", "America/New_York", "Pacific/Kiritimati"];

/** The newsroom that acts happen in, and the moment it is. */
export interface Stage {
  paper: Paper;
  /** The addresses of pictures in the library that stories show. */
  pictures: string[];
  /** The address of one that only the front page does. */
  frontPicture: string;
  /** Stories at which later pages of their month start. */
  starts: string[];
  /** Moves the clock on, in milliseconds. */
  pass(milliseconds: number): void;
  now(): number;
}

/** Chance, as an act gets it: numbers that it takes choices from. */
export interface Chance {
  number(below: number): number;
  of<T>(list: readonly T[]): T;
  some<T>(list: readonly T[], most: number): T[];
}

/** Does the act through `call`, which may run over a database of the test's own. */
type Perform = (stage: Stage, chance: Chance, call: Call) => Promise<Called>;

const DAY = 24 * 60 * 60 * 1000;
const MINUTE = 60_000;
const NOTHING: Called = { status: 204, json: null };

async function idOf(
  stage: Stage,
  chance: Chance,
  where: string,
  form: Form = "story",
): Promise<string | null> {
  const { results } = await stage.paper.env.DB.prepare(
    `select id from articles where form = '${form}' and ${where} order by born`,
  ).all<{ id: string }>();
  return results.length === 0 ? null : chance.of(results).id;
}

/** An act on a story in some state; nothing where there is none. */
function onStory(
  where: string,
  perform: (id: string, chance: Chance, call: Call, stage: Stage) => Promise<Called>,
): Perform {
  return async (stage, chance, call) => {
    const id = await idOf(stage, chance, where);
    return id === null ? NOTHING : perform(id, chance, call, stage);
  };
}

/** The same on a page that is no story: `at` is its path in the API. */
function onPage(
  where: string,
  perform: (at: string, chance: Chance, call: Call, stage: Stage) => Promise<Called>,
): Perform {
  return async (stage, chance, call) => {
    const id = await idOf(stage, chance, where, "page");
    return id === null ? NOTHING : perform(`/pages/${id}`, chance, call, stage);
  };
}

/** What the last of a kind of entries is called now, and what it is called next. */
async function slugsOf(
  kind: keyof typeof OTHER_SLUGS,
  call: Call,
): Promise<{ now: string; next: string }> {
  const first = { sections: SECTIONS, authors: AUTHORS, tags: TAGS }[kind].at(-1) ?? "";
  const other = OTHER_SLUGS[kind];
  const { status } = await call("GET", `/${kind}/${first}`);
  return status === 200 ? { now: first, next: other } : { now: other, next: first };
}

/** Gives an entry the slug that it had before, or another one. */
function renamed(kind: keyof typeof OTHER_SLUGS): Perform {
  return async (_, __, call) => {
    const { now, next } = await slugsOf(kind, call);
    return call("PATCH", `/${kind}/${now}`, { slug: next });
  };
}

/** Merges an entry into another, or makes it again if that was done. */
async function merged(call: Call, path: string, into: string): Promise<Called> {
  const { status } = await call("GET", path);
  return status === 200
    ? call("POST", `${path}/merge`, { into })
    : call("PUT", path, { name: "Here again" });
}

/** An act on a key that was issued and is not revoked. */
function onKey(perform: (id: string, call: Call) => Promise<Called>): Perform {
  return async (_, chance, call) => {
    const { json } = await call("GET", "/keys?limit=100");
    const keys = (json.items as { id: string; revokedAt: unknown }[]).filter(
      ({ revokedAt }) => revokedAt === null,
    );
    return keys.length === 0 ? NOTHING : perform(chance.of(keys).id, call);
  };
}

const LIVE = "live is not null";
const LINKED = `path = '/${LINKED_PAGE}'`;
const UNLINKED = `path <> '/${LINKED_PAGE}'`;
const HAS_MOVED = "id in (select article_id from paths group by article_id having count(*) > 1)";
const HAS_TRANSLATION = `id in (
  select translation_of from revisions r join live l on l.article_id = r.article_id and l.revision = r.n)`;

const CHOSEN = `id in (
  select j.value from live l join revisions r on r.article_id = l.article_id and r.n = l.revision, json_each(r.content, '$.related') j)`;
const IN_SERIES = `id in (select x.article_id from live_tags x join tags t on t.id = x.tag where t.series = 1)`;

const IN_ROW = `id in (
  select s.value from front f, json_each(f.named) r, json_each(r.value, '$.stories') s)`;
const PICTURED = "id in (select article_id from front_pictures where scheduled = 0)";

/** A front page of a few stories, live or not: some in rows, some with words of their own. */
async function arrangement(stage: Stage, chance: Chance) {
  const found = await Promise.all(
    Array.from({ length: 8 }, () => idOf(stage, chance, chance.of(["1 = 1", LIVE]))),
  );
  const [lead = null, ...others] = [...new Set(found)].map((story) =>
    chance.of([story, { story, title: `Said in front ${chance.number(100)}` }]),
  );
  const rows = [others.slice(1, 4), others.slice(4)]
    .filter((entries) => entries.length > 0)
    .map((entries, index) => ({ name: `Row ${index}, ${chance.number(10)}`, entries }));
  return { lead, pinned: others.slice(0, 1), rows };
}

/** Publishes a live story with other fields. */
function edit(fields: (chance: Chance, stage: Stage) => Record<string, unknown>): Perform {
  return onStory(LIVE, (id, chance, call, stage) =>
    call("PATCH", `/articles/${id}`, { ...fields(chance, stage), status: "published" }),
  );
}

/** What a story is, and who paid for it if somebody did. */
function kindOf(chance: Chance): Record<string, unknown> {
  const kind = chance.of([...KINDS, "news", "news", "news"]);
  return { kind, sponsor: kind === "sponsored" ? `Sponsor ${chance.number(9)}` : null };
}

function newStory(chance: Chance): Record<string, unknown> {
  return {
    ...kindOf(chance),
    title: `Fresh ${chance.number(1000)}`,
    slug: chance.of(LATER_SLUGS),
    section: chance.of(SECTIONS),
    authors: chance.some(AUTHORS, 3),
    tags: chance.some([...TAGS, ...LATER_TAGS], 4),
    body: "What happened.",
  };
}

function newPage(chance: Chance): Record<string, unknown> {
  return {
    title: `Of us ${chance.number(1000)}`,
    slug: chance.of(OTHER_PAGES),
    body: `What we are, ${chance.number(1000)} of us.`,
  };
}

const past = (chance: Chance, stage: Stage) =>
  new Date(stage.now() - chance.number(200) * DAY - chance.number(1000)).toISOString();

async function replaced(
  call: Call,
  path: string,
  change: (entry: Record<string, unknown>) => Record<string, unknown>,
): Promise<Called> {
  const { status, json } = await call("GET", path);
  if (status !== 200) return { status, json };
  const { slug: _, ...entry } = json as Record<string, unknown>;
  return call("PUT", path, { ...entry, ...change(entry) });
}

const fileOf = (chance: Chance, key: string, fields: Record<string, unknown> = {}) => ({
  key,
  ...newStory(chance),
  slug: `filed-${key}`,
  ...fields,
});

export const ACTS: Record<string, Perform> = {
  // Of a renderer that makes something else of a body, a body that is something else does as well.
  "render a story anew": onStory(LIVE, async (id, _, call, stage) => {
    await stage.paper.env.DB.prepare(
      `update revisions set body = body || char(10, 10) || 'Rendered anew.', renderer = 0
      where article_id = ?1 and n = (select live from articles where id = ?1)`,
    )
      .bind(id)
      .run();
    return call("POST", "/rerender");
  }),
  "rebuild the search": (_, __, call) => call("POST", "/reindex"),
  "publish a new story": (_, chance, call) =>
    call("POST", "/articles", { ...newStory(chance), status: "published" }),
  "publish a story of long ago": (stage, chance, call) =>
    call("POST", "/articles", {
      ...newStory(chance),
      status: "published",
      publishedAt: past(chance, stage),
    }),
  "publish with a picture": (stage, chance, call) =>
    call("POST", "/articles", {
      ...newStory(chance),
      status: "published",
      hero: { src: chance.of(stage.pictures), alt: "A gate." },
    }),
  "publish a translation": async (stage, chance, call) =>
    call("POST", "/articles", {
      ...newStory(chance),
      status: "published",
      language: "de",
      translationOf: await idOf(stage, chance, "1 = 1"),
    }),
  "write a draft": (_, chance, call) => call("POST", "/articles", newStory(chance)),
  "move a story that moved before": onStory(`${LIVE} and ${HAS_MOVED}`, (id, chance, call) =>
    call("PATCH", `/articles/${id}`, { slug: chance.of(LATER_SLUGS), status: "published" }),
  ),
  "withdraw a story at which a page starts": async (stage, chance, call) =>
    call("POST", `/articles/${chance.of(stage.starts)}/unpublish`),
  "publish a story at which a page starts": async (stage, chance, call) =>
    call("POST", `/articles/${chance.of(stage.starts)}/publish`),
  "withdraw a story that has a translation": onStory(
    `${LIVE} and ${HAS_TRANSLATION}`,
    (id, _, call) => call("POST", `/articles/${id}/unpublish`),
  ),
  "publish a story that has a translation": onStory(
    `live is null and status <> 'binned' and ${HAS_TRANSLATION}`,
    (id, _, call) => call("POST", `/articles/${id}/publish`),
  ),
  "publish what is not live": onStory("live is null and status <> 'binned'", (id, _, call) =>
    call("POST", `/articles/${id}/publish`),
  ),
  "edit a live story's draft": onStory(LIVE, (id, chance, call) =>
    call("PATCH", `/articles/${id}`, { title: `Unseen ${chance.number(100)}`, tags: ["fresh-1"] }),
  ),
  "change the headline": edit((chance) => ({ title: `Headline ${chance.number(1000)}` })),
  "change the standfirst": edit((chance) => ({ standfirst: `It says ${chance.number(1000)}.` })),
  "change the body": edit((chance) => ({ body: `Words ${chance.number(1000)}.` })),
  "change the body quietly": edit((chance) => ({
    body: `Quiet words ${chance.number(1000)}.`,
    material: false,
  })),
  "change the slug": edit((chance) => ({ slug: chance.of(LATER_SLUGS) })),
  "change the section": edit((chance) => ({ section: chance.of(SECTIONS) })),
  "change the tags": edit((chance) => ({ tags: chance.some([...TAGS, ...LATER_TAGS], 4) })),
  "change the authors": edit((chance) => ({ authors: chance.some(AUTHORS, 3) })),
  "change the dateline": edit((chance, stage) => ({ publishedAt: past(chance, stage) })),
  "change the time of the update": edit((_, stage) => ({
    updatedAt: new Date(stage.now()).toISOString(),
  })),
  "change the language": edit((chance) => ({ language: chance.of(["de", "fr", null]) })),
  "change the picture": edit((chance, stage) => ({
    hero: chance.of([null, { src: chance.of(stage.pictures), alt: `Seen ${chance.number(50)}.` }]),
  })),
  "change what search engines are told": edit((chance) => ({
    seo: { title: `Found ${chance.number(1000)}`, description: null },
    canonicalUrl: chance.of([null, "https://elsewhere.example/first"]),
  })),
  "say what a story is": edit(kindOf),
  "choose related stories": onStory(LIVE, async (id, chance, call, stage) => {
    const chosen = [await idOf(stage, chance, "1 = 1"), await idOf(stage, chance, LIVE)];
    const related = [...new Set(chosen)].filter((one) => one !== null && one !== id);
    const fields = { related: chance.of([related, related, []]), status: "published" };
    return call("PATCH", `/articles/${id}`, fields);
  }),
  "withdraw a story that others chose": onStory(`${LIVE} and ${CHOSEN}`, (id, _, call) =>
    call("POST", `/articles/${id}/unpublish`),
  ),
  "publish a story that others chose": onStory(
    `live is null and status <> 'binned' and ${CHOSEN}`,
    (id, _, call) => call("POST", `/articles/${id}/publish`),
  ),
  "give a part of a series its number": onStory(`${LIVE} and ${IN_SERIES}`, (id, chance, call) =>
    call("PATCH", `/articles/${id}`, {
      part: chance.of([null, 1 + chance.number(60)]),
      status: "published",
    }),
  ),
  "publish a part of a series": (_, chance, call) =>
    call("POST", "/articles", {
      ...newStory(chance),
      tags: chance.of([
        [SERIES],
        [...LATER_TAGS, SERIES],
        [...chance.some(TAGS, 4), chance.of(LATER_TAGS)],
      ]),
      part: chance.of([undefined, 1 + chance.number(60)]),
      status: "published",
    }),
  "make a tag a series, or none": (_, chance, call) =>
    call("PATCH", `/tags/${chance.of([SERIES, ...TAGS.slice(0, 9), ...LATER_TAGS])}`, {
      series: chance.of([true, false]),
    }),
  "make it a translation": onStory(LIVE, async (id, chance, call, stage) => {
    const other = await idOf(stage, chance, "1 = 1");
    return call("PATCH", `/articles/${id}`, {
      translationOf: chance.of([other, other, null]),
      status: "published",
    });
  }),
  "correct a story": edit((chance, stage) => ({
    corrections: [
      { text: `It was ${chance.number(1000)}.`, at: new Date(stage.now()).toISOString() },
    ],
  })),
  "add a correction": onStory(LIVE, (id, chance, call) =>
    call("POST", `/articles/${id}/corrections`, {
      text: `It is ${chance.number(1000)}.`,
      material: chance.of([true, false]),
    }),
  ),
  "add a correction to a story that is being edited": onStory(
    LIVE,
    async (id, chance, call, stage) => {
      await call("PATCH", `/articles/${id}`, { title: `Unseen ${chance.number(100)}` });
      if (chance.number(2) === 0) {
        const scheduledFor = new Date(stage.now() + MINUTE).toISOString();
        await call("POST", `/articles/${id}/schedule`, { scheduledFor });
      }
      return call("POST", `/articles/${id}/corrections`, { text: `It is ${chance.number(1000)}.` });
    },
  ),
  "send a story back as it was answered": onStory(LIVE, async (id, _, call) => {
    const { json } = await call("GET", `/articles/${id}`);
    return call("PATCH", `/articles/${id}`, json);
  }),
  "withdraw a story": onStory(LIVE, (id, _, call) => call("POST", `/articles/${id}/unpublish`)),
  "delete a story": onStory(LIVE, (id, _, call) => call("DELETE", `/articles/${id}`)),
  "restore a story and publish it": onStory("status = 'binned'", async (id, _, call) => {
    const restored = await call("POST", `/articles/${id}/restore`);
    return restored.status === 200 ? call("POST", `/articles/${id}/publish`) : restored;
  }),
  "let the hour of a story come": async (stage, chance, call) => {
    const scheduledFor = new Date(stage.now() + MINUTE).toISOString();
    const written = await call("POST", "/articles", {
      ...newStory(chance),
      status: "scheduled",
      scheduledFor,
    });
    stage.pass(2 * MINUTE);
    await stage.paper.tick();
    return written;
  },
  "let the hour of a change come": onStory(LIVE, async (id, chance, call, stage) => {
    await call("PATCH", `/articles/${id}`, { title: `Timed ${chance.number(1000)}` });
    const scheduledFor = new Date(stage.now() + MINUTE).toISOString();
    const scheduled = await call("POST", `/articles/${id}/schedule`, { scheduledFor });
    stage.pass(2 * MINUTE);
    await stage.paper.tick();
    return scheduled;
  }),
  "let a story expire": onStory(LIVE, async (id, _, call, stage) => {
    const expiresAt = new Date(stage.now() + MINUTE).toISOString();
    const set = await call("PATCH", `/articles/${id}`, { expiresAt });
    stage.pass(2 * MINUTE);
    await stage.paper.tick();
    return set;
  }),
  "arrange the front page": async (stage, chance, call) =>
    call("PUT", "/front", await arrangement(stage, chance)),
  "look at a front page": async (stage, chance, call) =>
    call("POST", "/front/preview", await arrangement(stage, chance)),
  "arrange the front page with a picture of its own": async (stage, chance, call) => {
    const { lead, ...others } = await arrangement(stage, chance);
    const hero = { src: chance.of([stage.frontPicture, ...stage.pictures]), alt: "A gate." };
    const entry = typeof lead === "string" ? { story: lead } : lead;
    return call("PUT", "/front", { ...others, lead: { ...entry, hero } });
  },
  "let the hour of a front come": async (stage, chance, call) => {
    const scheduledFor = new Date(stage.now() + MINUTE).toISOString();
    const placement = await arrangement(stage, chance);
    const scheduled = await call("PUT", "/front", { ...placement, scheduledFor });
    stage.pass(2 * MINUTE);
    await stage.paper.tick();
    return scheduled;
  },
  "take the scheduled front out": async (stage, chance, call) => {
    const scheduledFor = new Date(stage.now() + DAY).toISOString();
    await call("PUT", "/front", { ...(await arrangement(stage, chance)), scheduledFor });
    return call("DELETE", "/front/scheduled");
  },
  "withdraw a story that is in a row": onStory(`${LIVE} and ${IN_ROW}`, (id, _, call) =>
    call("POST", `/articles/${id}/unpublish`),
  ),
  "publish a story that is in a row": onStory(
    `live is null and status <> 'binned' and ${IN_ROW}`,
    (id, _, call) => call("POST", `/articles/${id}/publish`),
  ),
  "withdraw a story with a picture on the front page": onStory(
    `${LIVE} and ${PICTURED}`,
    (id, _, call) => call("POST", `/articles/${id}/unpublish`),
  ),
  "publish a story with a picture on the front page": onStory(
    `live is null and status <> 'binned' and ${PICTURED}`,
    (id, _, call) => call("POST", `/articles/${id}/publish`),
  ),
  "rename an author": (_, chance, call) =>
    replaced(call, `/authors/${chance.of([...AUTHORS, ...HANDS.slice(0, 4)])}`, () => ({
      name: `Name ${chance.number(1000)}`,
    })),
  "change an author's bio": (_, chance, call) =>
    replaced(call, `/authors/${chance.of(AUTHORS)}`, () => ({
      bio: chance.of([null, `Wrote ${chance.number(1000)} stories.`]),
    })),
  "change an author's links": (_, chance, call) =>
    call("PATCH", `/authors/${chance.of(AUTHORS)}`, {
      links: chance.of([[], [`https://social.example/@${chance.number(1000)}`]]),
    }),
  "patch an author": (_, chance, call) =>
    call("PATCH", `/authors/${chance.of(AUTHORS)}`, {
      bio: chance.of([null, `Writes ${chance.number(1000)} stories.`]),
    }),
  "make an author": (_, chance, call) =>
    call("PUT", `/authors/${LATER_AUTHOR}`, { name: `New ${chance.number(1000)}` }),
  "rename a section": (_, chance, call) =>
    replaced(call, `/sections/${chance.of(SECTIONS)}`, () => ({
      name: `Pages ${chance.number(1000)}`,
    })),
  "describe a section": (_, chance, call) =>
    replaced(call, `/sections/${chance.of(SECTIONS)}`, () => ({
      description: chance.of([null, `About ${chance.number(1000)}.`]),
    })),
  "patch a section": (_, chance, call) =>
    call("PATCH", `/sections/${chance.of(SECTIONS)}`, {
      description: chance.of([null, `All about ${chance.number(1000)}.`]),
    }),
  "reorder the sections": (_, chance, call) =>
    replaced(call, `/sections/${chance.of(SECTIONS)}`, () => ({ position: chance.number(20) })),
  "make a section": (_, chance, call) =>
    call("PUT", `/sections/${LATER_SECTION}`, {
      name: `Extra ${chance.number(10)}`,
      position: 9,
      listed: true,
    }),
  "delete a section": (_, __, call) => call("DELETE", `/sections/${LATER_SECTION}`),
  "list a section": (_, chance, call) =>
    call("PATCH", `/sections/${chance.of([UNLISTED_SECTION, LATER_SECTION])}`, { listed: true }),
  "unlist a section": (_, chance, call) =>
    call("PATCH", `/sections/${chance.of([UNLISTED_SECTION, LATER_SECTION])}`, { listed: false }),
  "publish in a section that is not listed": (_, chance, call) =>
    call("POST", "/articles", {
      ...newStory(chance),
      slug: `unlisted-${chance.number(3)}`,
      section: UNLISTED_SECTION,
      status: "published",
    }),
  "withdraw from a section that is not listed": onStory(
    `${LIVE} and section = (select id from sections where slug = '${UNLISTED_SECTION}')`,
    (id, _, call) => call("POST", `/articles/${id}/unpublish`),
  ),
  "give a section another address": renamed("sections"),
  "give an author another address": renamed("authors"),
  "give a tag another address": renamed("tags"),
  "merge two authors": (_, chance, call) =>
    merged(call, `/authors/${AUTHORS[6]}`, chance.of(AUTHORS.slice(0, 6))),
  "merge two tags": (_, chance, call) =>
    merged(call, `/tags/${TAGS[10]}`, chance.of(TAGS.slice(0, 10))),
  "merge a tag of late": (_, chance, call) =>
    merged(call, `/tags/${chance.of(LATER_TAGS)}`, chance.of(TAGS.slice(0, 10))),
  "rename a tag": (_, chance, call) =>
    replaced(call, `/tags/${chance.of(TAGS)}`, () => ({ name: `Topic ${chance.number(1000)}` })),
  "patch a tag": (_, chance, call) =>
    call("PATCH", `/tags/${chance.of(TAGS)}`, { name: `Subject ${chance.number(1000)}` }),
  "describe a tag": (_, chance, call) =>
    replaced(call, `/tags/${chance.of(TAGS)}`, () => ({
      description: chance.of([null, `About ${chance.number(1000)}.`]),
    })),
  "say where the paper is and how it works": (_, chance, call) =>
    call("PATCH", "/settings", {
      social: chance.of([[], [`https://social.example/@${chance.number(100)}`]]),
      policies: chance.of([{}, { contact: "desk@ledger.example", ethicsPolicy: "/ethics" }]),
    }),
  "let browsers fetch ahead or not": (_, chance, call) =>
    call("PATCH", "/settings", { prefetch: chance.of([true, false]) }),
  "change the settings": (_, chance, call) =>
    call("PATCH", "/settings", { tagline: `Line ${chance.number(1000)}` }),
  "change the files for crawlers": (_, chance, call) =>
    call("PATCH", "/settings", {
      contentSignals: chance.of([null, { search: true, aiTrain: chance.number(2) === 0 }]),
      adsTxt: chance.of([null, `example.com, ${chance.number(9)}, DIRECT`]),
    }),
  "change the theme": (_, chance, call) =>
    call("PATCH", "/settings", { theme: { masthead: chance.of(["left", "centred"]) } }),
  "change the time zone": (_, chance, call) =>
    call("PATCH", "/settings", { timeZone: chance.of(TIME_ZONES) }),
  "change the logo": (stage, chance, call) =>
    call("PATCH", "/settings", { logo: chance.of([null, { src: chance.of(stage.pictures) }]) }),
  "import a story": (_, chance, call) => {
    const { key, ...story } = fileOf(chance, String(chance.number(6)));
    return call("PUT", `/imports/wire/${key}`, story);
  },
  "import five stories": (stage, chance, call) =>
    call("POST", "/imports", {
      source: "wire",
      items: Array.from({ length: 5 }, (_, n) =>
        fileOf(chance, String(n + chance.number(2) * 6), {
          publishedAt: chance.of([undefined, past(chance, stage)]),
          status: chance.of(["published", "published", "published", "draft"]),
        }),
      ),
    }),
  "import stories that change places": async (_, chance, call) => {
    const slugs = chance.of([
      ["place-0", "place-1", "place-2"],
      ["place-1", "place-2", "place-0"],
      ["place-1", "place-0", "place-2"],
      ["place-2", "place-3", "place-1"],
    ]);
    const items = slugs.map((slug, n) =>
      fileOf(chance, `place-${n}`, { slug, section: "city", title: `Place ${chance.number(9)}` }),
    );
    return call("POST", "/imports", { source: "wire", items });
  },
  "import a story that came from elsewhere": (_, chance, call) => {
    const { key, ...story } = fileOf(chance, `moved-${chance.number(3)}`);
    return call("PUT", `/imports/wire/${key}`, {
      ...story,
      redirectFrom: chance.some(["/old/harbour/gate", "/city/former", "/before/2019/gate"], 2),
    });
  },
  "redirect a path": (_, chance, call) =>
    call("POST", "/redirects", {
      from: chance.of(REDIRECTS),
      to: chance.of([
        "/city",
        "/old/bridge",
        "/city/later-1",
        "/archive",
        "https://elsewhere.example/",
      ]),
    }),
  "redirect what lies below a path": (_, chance, call) =>
    call("POST", "/redirects", {
      from: chance.of(["/old", "/before"]),
      kind: "prefix",
      to: chance.of(["/new", "/city", "/sport"]),
    }),
  "make redirects in bulk": (_, chance, call) =>
    call("POST", "/redirects/bulk", {
      replace: chance.of([true, true, false]),
      items: chance.some([...REDIRECTS, "/before/2020"], 4).map((from) => ({
        from,
        ...chance.of([
          {
            to: chance.of(["/city", "/chain/0", "/culture/later-2", "https://elsewhere.example/"]),
          },
          { kind: "prefix", to: chance.of(["/new", "/chain", "/sport"]) },
          { kind: "gone" },
        ]),
      })),
    }),
  "chain redirects": (_, chance, call) =>
    call("POST", "/redirects/bulk", {
      replace: true,
      items: CHAIN.slice(chance.number(3)).map((from, n, all) => ({
        from,
        to: all[n + 1] ?? chance.of(["/city", "/old/bridge", "/city/later-3", "/before/2019/gate"]),
      })),
    }),
  "declare a path gone": (_, chance, call) =>
    call("POST", "/redirects", { from: chance.of(REDIRECTS), kind: "gone" }),
  "change a redirect": async (_, chance, call) => {
    const { json } = await call("GET", "/redirects?limit=100");
    if (json.items.length === 0) return NOTHING;
    const { id } = chance.of(json.items as { id: string }[]);
    const kind = chance.of(["exact", "prefix"]);
    return call("PUT", `/redirects/${id}`, { kind, to: chance.of(["/sport", "/culture"]) });
  },
  "delete a redirect": async (_, chance, call) => {
    const { json } = await call("GET", "/redirects?limit=100");
    if (json.items.length === 0) return NOTHING;
    return call("DELETE", `/redirects/${chance.of(json.items as { id: string }[]).id}`);
  },
  "take a picture down": (stage, chance, call) =>
    call(
      "DELETE",
      `/media/${hashOf(chance.of([...stage.pictures, stage.frontPicture]))}?force=true`,
    ),
  "bring a picture back": ({ paper }, chance) => {
    const [name, bytes] = chance.of([...LIBRARY, FRONT_PICTURE]);
    return paper.upload(bytes, { name });
  },
  "describe a picture": (stage, chance, call) =>
    call("PATCH", `/media/${hashOf(chance.of(stage.pictures))}`, {
      alt: `Seen ${chance.number(50)}.`,
    }),
  "submit a story": onStory("status <> 'binned'", (id, chance, call) =>
    call("POST", `/articles/${id}/submit`, chance.of([undefined, { note: "Please read it." }])),
  ),
  "submit a story and return it": onStory("live is null", async (id, _, call) => {
    const submitted = await call("POST", `/articles/${id}/submit`);
    if (submitted.status !== 200) return submitted;
    return call("POST", `/articles/${id}/return`, { note: "Who says so?" });
  }),
  "approve a story by publishing it": onStory(LIVE, async (id, chance, call) => {
    await call("PATCH", `/articles/${id}`, { title: `Approved ${chance.number(1000)}` });
    await call("POST", `/articles/${id}/submit`);
    return call("POST", `/articles/${id}/publish`);
  }),
  "assign a story": onStory("1 = 1", (id, chance, call) =>
    call("POST", `/articles/${id}/assign`, { author: chance.of([...AUTHORS, null]) }),
  ),
  "plan a story": onStory("1 = 1", (id, chance, call) =>
    call("PATCH", `/articles/${id}`, { plannedWords: 100 + chance.number(900) }),
  ),
  "add a note": onStory("1 = 1", (id, _, call) =>
    call("POST", `/articles/${id}/notes`, { text: "Ask the harbour master." }),
  ),
  "discard the draft of a live story": onStory(LIVE, async (id, chance, call) => {
    await call("PATCH", `/articles/${id}`, { title: `Discarded ${chance.number(1000)}` });
    return call("POST", `/articles/${id}/discard`);
  }),
  "restore a revision and publish it": onStory(LIVE, async (id, chance, call) => {
    const { json } = await call("GET", `/articles/${id}/revisions?limit=100`);
    const { revision } = chance.of(json.items as { revision: number }[]);
    const restored = await call("POST", `/articles/${id}/revisions/${revision}/restore`);
    return restored.status === 200 ? call("POST", `/articles/${id}/publish`) : restored;
  }),
  "make a preview and revoke it": onStory("status <> 'binned'", async (id, _, call) => {
    const made = await call("POST", `/articles/${id}/previews`);
    if (made.status !== 201) return made;
    return call("DELETE", `/articles/${id}/previews/${made.json.id}`);
  }),
  "look at an unsaved text": onStory(LIVE, (id, chance, call) =>
    call("POST", "/preview?format=json", { article: id, title: `Unsaved ${chance.number(1000)}` }),
  ),
  "say who has a story open": onStory("1 = 1", async (id, _, call) => {
    await call("POST", `/articles/${id}/presence`);
    return call("DELETE", `/articles/${id}/presence`);
  }),
  "remove a story for legal reasons": onStory(LIVE, (id, _, call) =>
    call("POST", `/articles/${id}/remove`, { reason: "A court says so." }),
  ),
  "let a story leave the bin for good": onStory("status = 'binned'", async (id, _, __, stage) => {
    const { DB } = stage.paper.env;
    await DB.prepare("update articles set binned_at = 1 where id = ?1").bind(id).run();
    await stage.paper.tick();
    return NOTHING;
  }),
  "publish a page": (_, chance, call) =>
    call("POST", "/pages", { ...newPage(chance), status: "published" }),
  "publish a page with a picture": (stage, chance, call) =>
    call("POST", "/pages", {
      ...newPage(chance),
      status: "published",
      hero: { src: chance.of(stage.pictures), alt: "A gate." },
    }),
  "publish a page that the footer names": async (stage, chance, call) => {
    const id = await idOf(stage, chance, `${LINKED} and status <> 'binned'`, "page");
    if (id !== null) return call("POST", `/pages/${id}/publish`);
    return call("POST", "/pages", { ...newPage(chance), slug: LINKED_PAGE, status: "published" });
  },
  "withdraw a page that the footer names": onPage(`${LIVE} and ${LINKED}`, (at, _, call) =>
    call("POST", `${at}/unpublish`),
  ),
  "draft a page": (_, chance, call) => call("POST", "/pages", newPage(chance)),
  "edit a live page's draft": onPage(LIVE, (at, chance, call) =>
    call("PATCH", at, { title: `Unseen ${chance.number(100)}` }),
  ),
  "change a page": onPage(LIVE, (at, chance, call, stage) =>
    call("PATCH", at, {
      ...chance.of([
        { title: `Of all of us ${chance.number(1000)}` },
        { standfirst: `In short, ${chance.number(1000)}.` },
        { body: `We are ${chance.number(1000)}.` },
        { language: chance.of(["de", null]) },
        { seo: { title: `Found ${chance.number(1000)}`, description: null } },
        { hero: chance.of([null, { src: chance.of(stage.pictures), alt: "A gate." }]) },
      ]),
      status: "published",
    }),
  ),
  "give a page another address": onPage(`${LIVE} and ${UNLINKED}`, (at, chance, call) =>
    call("PATCH", at, { slug: chance.of(OTHER_PAGES), status: "published" }),
  ),
  "publish a page that is not live": onPage(
    `live is null and status <> 'binned' and ${UNLINKED}`,
    (at, _, call) => call("POST", `${at}/publish`),
  ),
  "withdraw a page": onPage(`${LIVE} and ${UNLINKED}`, (at, _, call) =>
    call("POST", `${at}/unpublish`),
  ),
  "delete a page": onPage(`${LIVE} and ${UNLINKED}`, (at, _, call) => call("DELETE", at)),
  "restore a page and publish it": onPage("status = 'binned'", async (at, _, call) => {
    const restored = await call("POST", `${at}/restore`);
    return restored.status === 200 ? call("POST", `${at}/publish`) : restored;
  }),
  "let the hour of a page come": onPage(
    `status <> 'binned' and ${UNLINKED}`,
    async (at, chance, call, stage) => {
      await call("PATCH", at, { title: `Timed ${chance.number(1000)}` });
      const scheduledFor = new Date(stage.now() + MINUTE).toISOString();
      const scheduled = await call("POST", `${at}/schedule`, { scheduledFor });
      stage.pass(2 * MINUTE);
      await stage.paper.tick();
      return scheduled;
    },
  ),
  "go back to what readers see of a page": onPage(LIVE, async (at, chance, call) => {
    await call("PATCH", at, { title: `Discarded ${chance.number(1000)}` });
    return call("POST", `${at}/discard`);
  }),
  "restore a revision of a page and publish it": onPage(LIVE, async (at, _, call) => {
    const restored = await call("POST", `${at}/revisions/1/restore`);
    return restored.status === 200 ? call("POST", `${at}/publish`) : restored;
  }),
  "submit a page and return it": onPage("live is null", async (at, _, call) => {
    const submitted = await call("POST", `${at}/submit`);
    if (submitted.status !== 200) return submitted;
    return call("POST", `${at}/return`, { note: "Who says so?" });
  }),
  "assign a page": onPage("1 = 1", (at, chance, call) =>
    call("POST", `${at}/assign`, { author: chance.of([...AUTHORS, null]) }),
  ),
  "add a note to a page": onPage("1 = 1", (at, _, call) =>
    call("POST", `${at}/notes`, { text: "Ask the lawyer." }),
  ),
  "make a preview of a page and revoke it": onPage("status <> 'binned'", async (at, _, call) => {
    const made = await call("POST", `${at}/previews`);
    if (made.status !== 201) return made;
    return call("DELETE", `${at}/previews/${made.json.id}`);
  }),
  "say who has a page open": onPage("1 = 1", async (at, _, call) => {
    await call("POST", `${at}/presence`);
    return call("DELETE", `${at}/presence`);
  }),
  "remove a page for legal reasons": onPage(`${LIVE} and ${UNLINKED}`, (at, _, call) =>
    call("POST", `${at}/remove`, { reason: "A court says so." }),
  ),
  "import a page": (_, chance, call) => {
    const key = `page-${chance.number(2)}`;
    return call("PUT", `/imports/wire/${key}`, { ...newPage(chance), form: "page" });
  },
  "choose the menu": (_, chance, call) =>
    call("PATCH", "/settings", {
      menu: chance.of([
        null,
        [{ section: chance.of(SECTIONS) }, { href: "/about", label: "Us" }],
        [
          { href: "/later-page", label: "Later" },
          { href: "/archive", label: "All" },
        ],
      ]),
    }),
  ...PEOPLE_ACTS,
  "issue a key": (_, __, call) => call("POST", "/keys", { name: "For a test", role: "author" }),
  "rotate a key": onKey((id, call) => call("POST", `/keys/${id}/rotate`)),
  "revoke a key": onKey((id, call) => call("DELETE", `/keys/${id}`)),
  "purge by hand": (_, chance, call) =>
    call("POST", "/edge/purge", { paths: [`/${chance.of(SECTIONS)}`] }),
  "add an author": (_, __, call) =>
    call("POST", "/authors", { slug: ADDED_AUTHOR, name: "Added Hand" }),
  "delete an author": (_, chance, call) =>
    call("DELETE", `/authors/${chance.of([ADDED_AUTHOR, LATER_AUTHOR])}`),
  "add a tag": (_, chance, call) =>
    call("POST", "/tags", { slug: chance.of(LATER_TAGS), name: `Added ${chance.number(50)}` }),
  "delete a tag": (_, chance, call) => call("DELETE", `/tags/${chance.of(LATER_TAGS)}`),
  "add a section": (_, chance, call) =>
    call("POST", "/sections", {
      slug: LATER_SECTION,
      name: "Added",
      position: chance.number(6),
      listed: chance.of([true, false]),
    }),
};

/** The acts that change every page. */
export const WIDE = new Set([
  "rename a section",
  "reorder the sections",
  "make a section",
  "add a section",
  "delete a section",
  "list a section",
  "unlist a section",
  "publish in a section that is not listed",
  "withdraw from a section that is not listed",
  "give a section another address",
  "publish a page that the footer names",
  "withdraw a page that the footer names",
  "choose the menu",
  "change the settings",
  "say where the paper is and how it works",
  "let browsers fetch ahead or not",
  "change the theme",
  "change the time zone",
  "change the logo",
]);

/** The pictures of the library, by name. */
const LIBRARY: [string, Uint8Array<ArrayBuffer>][] = [
  ["gate.png", pictures.png.slice()],
  ["quay.png", pictures.pngWithAlpha.slice()],
  ["bridge.jpg", pictures.jpeg.slice()],
];

/** One that no story shows: readers see it with the front page alone. */
const FRONT_PICTURE: [string, Uint8Array<ArrayBuffer>] = ["front.gif", pictures.gif.slice()];

function hashOf(src: string): string {
  return src.split("/")[2] ?? "";
}

/** Of twenty stories by place, the one at which a page of its month is looked at. */
const START_AT = 10;

/** Opens a newsroom in which every list has at least three pages, with ties, quiet months and a month of two pages. */
export async function openStage(
  paper: Paper,
  chance: Chance,
  clock: Pick<Stage, "pass" | "now">,
  isCrowded = false,
): Promise<Stage> {
  const must = async (method: string, path: string, body?: unknown) => {
    const { status, json } = await paper.call(method, path, body, { "If-Match": "*" });
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(json)}`);
    return json;
  };
  await must("PATCH", "/settings", { title: "The Ledger", timeZone: "UTC" });
  for (const [position, slug] of SECTIONS.entries())
    await must("PUT", `/sections/${slug}`, { name: slug, position, listed: true });
  await must("PUT", `/sections/${UNLISTED_SECTION}`, { name: "Unlisted", position: 2 });
  for (const slug of [...AUTHORS, ...(isCrowded ? HANDS : [])])
    await must("PUT", `/authors/${slug}`, { name: slug, role: "Reporter" });
  const library: string[] = [];
  for (const [name, bytes] of LIBRARY) library.push((await paper.upload(bytes, { name })).json.src);
  const items = Array.from({ length: 176 }, (_, n) => {
    const story = storyOf(n, chance, library, clock.now());
    if (!isCrowded) return story;
    const hands = HANDS.filter((_, hand) => (hand + n) % 24 >= 6);
    return { ...story, authors: [...story.authors, ...hands].slice(0, 20) };
  });
  await must("POST", "/imports", { source: "archive", items: items.slice(0, 100) });
  await must("POST", "/imports", { source: "archive", items: items.slice(100) });
  const { results } = await paper.env.DB.prepare(
    "select article_id as id from live order by place",
  ).all<{ id: string }>();
  const ids = results.map(({ id }) => id);
  const frontPicture = (await paper.upload(FRONT_PICTURE[1], { name: FRONT_PICTURE[0] })).json.src;
  await must("PUT", "/front", {
    lead: null,
    pinned: ids.slice(20, 23),
    rows: [
      {
        name: "Chosen",
        entries: [{ story: ids[30], hero: { src: frontPicture, alt: "A gate." } }],
      },
      { name: "More", entries: ids.slice(31, 35) },
    ],
  });
  await must("PATCH", `/tags/${SERIES}`, { series: true });
  for (const n of [10, 60, 130])
    await must("PATCH", `/articles/${ids[n]}`, {
      related: [ids[n + 20], ids[n + 40]],
      status: "published",
    });
  for (const n of [5, 50, 120])
    await paper.call(
      "PATCH",
      `/articles/${results[n]?.id}`,
      { translationOf: results[n + 37]?.id, status: "published" },
      { "If-Match": "*" },
    );
  await must("PATCH", "/settings", {
    footer: [{ section: SECTIONS[0] }, { href: `/${LINKED_PAGE}`, label: "Privacy" }],
  });
  for (const [n, slug] of OTHER_PAGES.slice(0, 2).entries())
    await must("POST", "/pages", {
      ...newPage(chance),
      slug,
      status: "published",
      ...(n === 0 ? { hero: { src: library[0], alt: "A gate." } } : {}),
    });
  const starts = results.filter((_, index) => index % 20 === START_AT).map(({ id }) => id);
  return { paper, pictures: library, frontPicture, starts, ...clock };
}

function storyOf(n: number, chance: Chance, library: string[], now: number) {
  // Most in two months, some on one moment, some alone in theirs.
  const age = n % 11 === 0 ? 40 * DAY : n < 150 ? chance.number(45) * DAY : (n - 120) * 7 * DAY;
  // As many as a page of their list has, and one more: page 2 comes and goes.
  const at = new Date(now - n * MINUTE).toISOString();
  const wrong = n % 7 < 2 ? { corrections: [{ text: `It is not ${n}.`, at }] } : {};
  const shown = n % 9 === 0 ? { hero: { src: library[n % library.length], alt: "A gate." } } : {};
  return {
    key: String(n),
    title: `Story ${n}`,
    section: SECTIONS[n % 4],
    authors: [AUTHORS[n % 8], AUTHORS[(n * 3 + 1 + (n >> 3)) % 8]].filter(
      (slug, index, all) => all.indexOf(slug) === index,
    ),
    tags: [TAGS[n % 12], TAGS[(n + 4) % 12], TAGS[(n + 9) % 12]],
    body: `Words of ${n}.`,
    publishedAt: new Date(now - age - (n % 7 === 0 ? 0 : chance.number(DAY))).toISOString(),
    ...shown,
    ...wrong,
  };
}
