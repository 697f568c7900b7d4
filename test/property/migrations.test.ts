import "../support/node-shims.ts";
import { afterEach, describe, expect, it } from "vitest";
import { EMPTY, type Content } from "../../src/domain/revision.ts";
import type { Bindings } from "../../src/store/open.ts";
import { openMemoryBucket, openMemoryKv } from "../support/memory-platform.ts";
import { openPaper, type Paper } from "../support/paper.ts";
import { ORIGIN, ROOT_KEY } from "../support/site.ts";
import { applyMigrations, MIGRATIONS, openSqliteD1, type SqliteD1 } from "../support/sqlite-d1.ts";

// A paper that was filled by any earlier version is, after the migrations that came later, the paper that it was.

let db: SqliteD1;

afterEach(() => db.close());

/** The one after which pictures are kept. */
const MEDIA = 2;
/** The one after which a slug says whether it was written. */
const SLUGS = 6;
/** The first migration after which sections, authors and tags have ids beside their slugs. */
const IDS = 7;
/** The one after which what a revision says is JSON. */
const CONTENT = 8;
/** The one after which each correction that readers see is a row. */
const CORRECTIONS = 13;
/** The one after which the stories of a month are counted. */
const MONTHS = 14;
/** The one after which keys are named as such. */
const CALLERS = 9;

const GATE = "a".repeat(32);

/** Every field of a story that can differ from its neighbours', does. */
const EVERYTHING = {
  standfirst: "In short.",
  hero: {
    src: `/media/${GATE}/gate.png`,
    alt: "A gate.",
    decorative: false,
    caption: "The gate",
    credit: "Picture desk",
    width: 1600,
    height: 900,
    focalPoint: "top",
  },
  language: "pt",
  canonicalUrl: "https://elsewhere.example/one",
  translationOf: "two",
  kind: "sponsored",
  sponsor: "Harbour Hotels",
  related: ["two"],
  part: 3,
  corrections: [{ text: "It was four.", at: 5000 }],
  seo: { title: "One for engines", description: "What engines say." },
  publishedAt: 2000,
  updatedAt: 3000,
} satisfies Partial<Content>;

/** What is said of a story that was written when nobody could say it. */
const BEFORE_KINDS = { kind: "news", sponsor: null, related: [], part: null };

/** The columns that what a revision says had before it was JSON. */
const COLUMNS: Record<string, keyof Content> = {
  title: "title",
  slug: "slug",
  standfirst: "standfirst",
  section: "section",
  tags: "tags",
  authors: "authors",
  hero: "hero",
  language: "language",
  canonical_url: "canonicalUrl",
  translation_of: "translationOf",
  corrections: "corrections",
  seo: "seo",
  published_at: "publishedAt",
  updated_at: "updatedAt",
};

/** What a newsroom wrote when so many migrations were applied. */
function filled(applied: number): string[] {
  const hasIds = applied >= IDS;
  const key = hasIds ? "id, slug" : "slug";
  const id = (slug: string) => (hasIds ? `id-${slug}` : slug);
  const named = (slug: string) => (hasIds ? `'${id(slug)}', '${slug}'` : `'${slug}'`);
  const key1 = applied >= CALLERS ? "key:k1" : "k1";
  const authors = [["mara-quill"], ["mara-quill", "gone-hand"]];
  const revision = (story: string, n: number, said: { title: string } & Partial<Content>) => {
    const content = { ...EMPTY, slug: story, ...said };
    const kept = JSON.stringify({
      ...content,
      section: id(content.section),
      tags: content.tags.map(id),
      authors: content.authors.map(id),
    });
    const rest = `1, 1, 1, '${key1}', 'Words.', '<p>Words.</p>'`;
    if (applied >= CONTENT)
      return `insert into revisions (article_id, n, content, material, words, saved_at, saved_by, body, html)
        values ('${story}', ${n}, '${kept}', ${rest})`;
    const written = applied >= SLUGS ? { slug_written: "iif(value ->> 'slugWritten', 1, 0)" } : {};
    const columns = {
      ...Object.fromEntries(
        Object.entries(COLUMNS).map(([column, field]) => [column, `value ->> '${field}'`]),
      ),
      ...written,
    };
    return `insert into revisions (article_id, n, ${Object.keys(columns).join(", ")}, material, words, saved_at, saved_by, body, html)
      select '${story}', ${n}, ${Object.values(columns).join(", ")}, ${rest}
      from json_each(json_array(json('${kept}')))`;
  };
  return [
    `insert into sections (${key}, name, description, position)
     values (${named("city")}, 'City', 'All of it.', 1), (${named("sport")}, 'Sport', null, 2)`,
    `insert into authors (${key}, name, role, bio) values (${named("mara-quill")}, 'Mara Quill', 'Reporter', 'At the harbour.')`,
    `insert into tags (${key}, name) values (${named("trams")}, 'Trams'), (${named("unused")}, 'Unused')`,
    // What is deleted keeps its row only since it has an id.
    ...(hasIds
      ? [
          `insert into sections (${key}, name, position, deleted_at) values (${named("culture")}, 'Culture', 3, 1)`,
          `insert into authors (${key}, name, deleted_at) values (${named("gone-hand")}, 'Gone Hand', 1)`,
        ]
      : []),
    `insert into settings (name, value, public) values ('title', '"The Ledger"', 1)`,
    `insert into keys (id, name, role, author, hash, created_at) values ('k1', 'Mara', 'author', '${id("mara-quill")}', 'x', 1)`,
    `insert into articles (id, status, version, head, live, last_live, first_published_at, published_at, created_at, created_by, section, path, born)
     values ('one', 'published', 2, 2, 1, 1, 1000, 1000, 1, 'root', '${id("city")}', '/city/one', '000000000000001-one')`,
    // Its section was deleted while it lay in the bin: until there were ids it was filed under another.
    `insert into articles (id, status, version, head, binned_at, created_at, created_by, section, path, born)
     values ('two', 'binned', 1, 1, ${Date.now()}, 2, 'root', '${id(hasIds ? "culture" : "city")}', '/culture/two', '000000000000002-two')`,
    ...authors.map((slugs, index) =>
      revision("one", index + 1, {
        title: `One ${index + 1}`,
        section: "city",
        tags: ["trams"],
        authors: slugs,
        slugWritten: true,
        ...EVERYTHING,
      }),
    ),
    revision("two", 1, { title: "Two", section: "culture" }),
    `insert into audit (at, actor, act, subject, detail) values (1, '${key1}', 'create draft', 'article:one', '{}')`,
    `insert into live (article_id, revision, section, path, place, month, published_at)
     values ('one', 1, '${id("city")}', '/city/one', '000000000001000-one', '1970-01', 1000)`,
    ...(applied >= CORRECTIONS
      ? [
          `insert into live_corrections (place, article_id, position, at, text)
           values ('000000000005000-one-00', 'one', 0, 5000, 'It was four.')`,
        ]
      : []),
    ...(applied >= MONTHS
      ? [
          `insert into months (month, starts, part, stories, urls, changed_at)
           values ('1970-01', '', 1, 1, 0, 1000)`,
        ]
      : []),
    `insert into live_tags (tag, place, article_id, position) values ('${id("trams")}', '000000000001000-one', 'one', 0)`,
    `insert into live_authors (author, place, article_id, position) values ('${id("mara-quill")}', '000000000001000-one', 'one', 0)`,
    `insert into paths (path, kind, article_id, created_at) values ('/city/one', 'article', 'one', 1)`,
    `insert into paths (path, kind, target, created_at) values ('/old', 'exact', '/city', 1)`,
    `insert or replace into front (only, lead, pinned) values (1, 'one', '[]')`,
    applied >= CALLERS
      ? `insert into idempotency (owner, key, body_hash, answer, created_at) values ('${key1}', 'once', 'x', '{}', ${Date.now()})`
      : `insert into idempotency (owner, key, body_hash, article_id, answer, created_at)
         values ('${key1}', 'once', 'x', 'one', '{}', ${Date.now()})`,
    ...(applied >= MEDIA
      ? [
          `insert into media (hash, name, type, width, height, bytes, animated, kept, alt, decorative, focal_point, created_at, created_by, shown, born)
           values ('${GATE}', 'gate.png', 'image/png', 1600, 900, 1000, 0, 'k', 'A gate.', 0, 'top', 1, '${key1}', 1, '1-${GATE}')`,
          `insert into revision_pictures (article_id, n, hash) values ('one', 1, '${GATE}'), ('one', 2, '${GATE}')`,
          `insert into live_pictures (hash, article_id) values ('${GATE}', 'one')`,
        ]
      : []),
    `insert into outbox (id, kind, payload, created_at, due_at)
     values ('later', 'copy', '{"path":"/"}', 1, 1), ('b', 'close', '{"tags":["card:one"]}', 1, 1)`,
  ];
}

function openOn(filled: SqliteD1): Paper {
  const env = {
    DB: filled,
    MEDIA: openMemoryBucket(),
    COPIES: openMemoryKv(),
    COPIES_A_DAY: "0",
    SITE_ORIGIN: ORIGIN,
    ROOT_KEY,
    EDGE: "platform",
    CF_VERSION_METADATA: { id: "test", tag: "", timestamp: "" },
  } satisfies Omit<Bindings, "TEST_MIGRATIONS" | "TEST_SEARCH_MIGRATIONS">;
  return openPaper(env as unknown as Bindings);
}

describe.each(Array.from({ length: MIGRATIONS.length - 1 }, (_, n) => n + 1))(
  "a paper that was filled after migration %i",
  (applied) => {
    async function filledPaper(): Promise<Paper> {
      db = openSqliteD1();
      await applyMigrations(db, MIGRATIONS.slice(0, applied));
      for (const statement of filled(applied)) await db.exec(statement);
      // Each file is one transaction, in which foreign keys are held.
      await applyMigrations(
        db,
        MIGRATIONS.slice(applied).map((file) => `begin;\n${file}\ncommit;`),
      );
      return openOn(db);
    }

    it("points nowhere, and keeps the order of what is to be done", async () => {
      await filledPaper();
      const { results: broken } = await db.prepare("pragma foreign_key_check").all();
      expect(broken).toEqual([]);
      const { results } = await db.prepare("select id from outbox order by rowid").all();
      expect(results).toEqual([{ id: "later" }, { id: "b" }]);
    });

    it("shows readers the same pages", async () => {
      const paper = await filledPaper();
      // The story is to be found elsewhere: it is counted, and not named.
      const { results: months } = await db.prepare("select * from months").all();
      const month = { month: "1970-01", starts: "", part: 1, stories: 1, urls: 0 };
      expect(months).toEqual([{ ...month, changed_at: expect.any(Number) }]);
      expect((await paper.made("/sitemaps/1970-01.xml")).status).toBe(404);
      for (const path of ["/", "/city", "/authors/mara-quill", "/tags/trams", "/archive/1970/01"]) {
        const response = await paper.made(path);
        const text = await response.text();
        expect([path, response.status]).toEqual([path, 200]);
        expect(text, path).toContain('href="/city/one"');
      }
      const corrections = await (await paper.made("/corrections")).text();
      for (const part of ["It was four.", "/city/one#corrections", "One 1"])
        expect(corrections).toContain(part);
      const text = await (await paper.made("/city/one")).text();
      for (const part of ["One 1", "Mara Quill", "At the harbour.", "Trams", "City"])
        expect(text).toContain(part);
      // A section that every masthead named is listed.
      expect((await paper.made("/sport")).status).toBe(200);
      expect((await paper.made("/culture")).status).toBe(404);
      expect((await paper.made("/tags/unused")).status).toBe(404);
    });

    it("shows editors the same stories, and takes edits of them", async () => {
      const paper = await filledPaper();
      const { json } = await paper.call("GET", "/articles/one");
      expect(json).toEqual({
        ...EVERYTHING,
        ...(applied < CONTENT && BEFORE_KINDS),
        id: "one",
        url: `${ORIGIN}/city/one`,
        title: "One 2",
        slug: "one",
        section: "city",
        tags: ["trams"],
        authors: ["mara-quill", "gone-hand"],
        body: "Words.",
        corrections: [{ text: "It was four.", at: "1970-01-01T00:00:05.000Z" }],
        publishedAt: "1970-01-01T00:00:02.000Z",
        updatedAt: "1970-01-01T00:00:03.000Z",
        createdAt: "1970-01-01T00:00:00.001Z",
        status: "published",
        scheduledFor: null,
        expiresAt: null,
        assignee: null,
        review: null,
        reviewNote: null,
        plannedWords: null,
        plannedFor: null,
        words: 1,
        revision: 2,
        publishedRevision: 1,
        scheduledRevision: null,
        version: 2,
        may: ["revise", "publish", "submit", "return", "assign", "note", "preview", "remove"],
      });
      const { results: kept } = await db.prepare("select owner, key from idempotency").all();
      expect(kept).toEqual([{ owner: "key:k1", key: "once" }]);
      const { json: front } = await paper.call("GET", "/front");
      expect(front).toMatchObject({
        lead: { story: "one", title: null, status: "published" },
        rows: [],
        scheduled: null,
        version: 1,
      });
      const media = await paper.call("GET", `/media/${GATE}`);
      if (applied >= MEDIA)
        expect(media.json).toMatchObject({ hash: GATE, width: 1600, alt: "A gate." });
      const { results: uses } = await db
        .prepare("select n from revision_pictures union all select 0 from live_pictures order by n")
        .all();
      expect(uses).toEqual(applied >= MEDIA ? [{ n: 0 }, { n: 1 }, { n: 2 }] : []);
      const any = { "If-Match": "*" };
      const edit = { title: "One 3", authors: ["mara-quill"], tags: ["trams", "new"] };
      const edited = await paper.call(
        "PATCH",
        "/articles/one",
        { ...edit, status: "published" },
        any,
      );
      expect([edited.status, edited.json.tags]).toEqual([200, ["trams", "new"]]);
      expect(await (await paper.made("/tags/new")).text()).toContain("One 3");
      const audit = await paper.call("GET", "/audit?subject=article:one");
      expect(audit.json.items.map(({ actor }: { actor: string }) => actor)).toEqual([
        "root",
        "key:k1",
      ]);
      const keys = await paper.call("GET", "/keys");
      expect(JSON.stringify(keys.json)).toContain('"author":"mara-quill"');
      expect((await paper.call("DELETE", "/authors/mara-quill")).status).toBe(409);
      expect((await paper.call("DELETE", "/tags/unused")).status).toBe(204);
    });

    it("brings a story back with the section that was deleted", async () => {
      const paper = await filledPaper();
      const any = { "If-Match": "*" };
      expect((await paper.call("GET", "/articles/two")).json.section).toBe("culture");
      expect((await paper.call("GET", "/sections/culture")).status).toBe(404);
      expect((await paper.call("POST", "/articles/two/restore", undefined, any)).status).toBe(409);
      await paper.call("PUT", "/sections/culture", { name: "Culture", position: 3 });
      expect((await paper.call("POST", "/articles/two/restore", undefined, any)).status).toBe(200);
      await paper.call("POST", "/articles/two/publish", undefined, any);
      expect((await paper.made("/culture/two")).status).toBe(200);
    });
  },
);
