import { EMPTY } from "../../src/domain/revision.ts";
import { beforeEach, describe, expect, it } from "vitest";
import {
  guarded,
  openDatabase,
  sql,
  sqlTake,
  sqlWrite,
  type Guard,
  type Write,
} from "../../src/store/batch.d1.ts";
import { commit as commitTo } from "../../src/store/commit.d1.ts";
import { take } from "../../src/store/notes.d1.ts";
import { withHook } from "./sqlite-d1.ts";

// What the store relies on in its database, whichever that is. It stands here and not in a test, so that the two
// databases that the tests use are asked the same.

/** A time of 15 digits: later than any that the paper will see, and wider than 32 bits. */
const LATE = 123_456_789_012_345;

/** Declares the tests. `open` gives a database with the paper's tables, and without rows but theirs. */
export function storeSuite(name: string, open: () => Promise<D1Database>): void {
  let d1: D1Database;

  beforeEach(async () => {
    d1 = await open();
    // The section of what is in none: the tests count sections of their own.
    await d1.prepare("delete from sections where id = ''").run();
  });

  const read = async (statement: ReturnType<typeof sql>) =>
    (await openDatabase(d1).read(statement))[0] as Record<string, unknown>[];
  const commit = (...writes: Write[]) => commitTo(openDatabase(d1), writes);
  const write = async (...writes: Write[]) =>
    expect(await commit(...writes)).toEqual({ committed: true, taken: [] });
  const count = async (table: string) =>
    (await d1.prepare(`select count(*) as n from ${table}`).first<{ n: number }>())?.n;

  const city = sqlWrite`insert into sections (id, slug, name, position) values ('city', 'city', 'City', 1)`;
  const three = sqlWrite`
    insert into sections (id, slug, name, position)
    select value, value, upper(value), key from json_each('["city", "culture", "sport"]') where true
    on conflict (slug) do update set position = excluded.position + 10`;

  describe(`a batch of ${name}`, () => {
    it("is written as a whole, and each statement sees what the ones before it wrote", async () => {
      await write(
        city,
        sqlWrite`insert into sections (id, slug, name, position) select 'harbour', 'harbour', name || '!', position + 1 from sections`,
        sqlWrite`update sections set name = 'Town' where slug = 'city'`,
      );
      expect(await read(sql`select slug, name, position from sections order by position`)).toEqual([
        { slug: "city", name: "Town", position: 1 },
        { slug: "harbour", name: "City!", position: 2 },
      ]);
    });

    it("is rolled back as a whole when any of its statements fails", async () => {
      const other = sqlWrite`insert into tags (id, slug, name) values ('trams', 'trams', 'Trams')`;
      expect((await commit(city, other, city)).committed).toBe(false);
      expect(await count("sections")).toBe(0);
      expect(await count("tags")).toBe(0);
      await write(city);
      expect(await count("sections"), "the next one is not affected").toBe(1);
    });

    it("rolls back, too, when a statement cannot even be understood", async () => {
      await expect(commit(city, sqlWrite`insert into nowhere (slug) values ('x')`)).rejects.toThrow(
        /^D1_ERROR: no such table: nowhere/,
      );
      expect(await count("sections")).toBe(0);
    });

    it("rolls back, too, what had returned rows when a query after it fails", async () => {
      await write(city);
      const moved = "update sections set position = 9 returning slug";
      const batch = [moved, "select json('{') as json"].map((text) => d1.prepare(text));
      await expect(d1.batch(batch)).rejects.toThrow(/malformed JSON/);
      expect(await read(sql`select position from sections`)).toEqual([{ position: 1 }]);
    });

    it("answers the rows of each statement in order, and none for those that have none", async () => {
      await write(three);
      const rows = await openDatabase(d1).read(
        sql`select slug from sections order by slug limit 2`,
        sql`select slug from sections where slug = 'nobody'`,
        sql`select count(*) as n from sections`,
      );
      expect(rows).toEqual([[{ slug: "city" }, { slug: "culture" }], [], [{ n: 3 }]]);
    });

    it("answers the rows that an update returns", async () => {
      await write(three);
      const rows = await take(
        openDatabase(d1),
        sqlTake`update sections set position = position + 100 where slug <> ${"city"} returning slug, position`,
      );
      expect(rows).toHaveLength(2);
      expect(rows).toEqual(
        expect.arrayContaining([
          { slug: "culture", position: 101 },
          { slug: "sport", position: 102 },
        ]),
      );
      expect(await read(sql`select position from sections where slug = 'sport'`)).toEqual([
        { position: 102 },
      ]);
    });

    it("of nothing is refused", async () => {
      await expect(d1.batch([])).rejects.toThrow(/No SQL statements detected/);
    });

    it("says how many rows each statement changed", async () => {
      const statements = [three, sqlWrite`update sections set name = 'x' where slug = 'city'`];
      const results = await d1.batch(
        statements.map(({ sql, values }) => d1.prepare(sql).bind(...values)),
      );
      expect(results.map(({ success, meta }) => [success, meta.changes])).toEqual([
        [true, 3],
        [true, 1],
      ]);
    });

    it("waits for a hook that is put before it, in a session, too", async () => {
      const seen: [number, unknown][] = [];
      const hooked = withHook(d1, async (statements) => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        seen.push([statements, await count("sections")]);
      });
      expect(await commitTo(openDatabase(hooked), [city, city])).toMatchObject({ lost: "unique" });
      await hooked.batch([hooked.prepare(city.sql)]);
      await openDatabase(hooked).read(sql`select 1`);
      expect(seen).toEqual([
        [2, 0],
        [1, 0],
        [1, 1],
      ]);
    });
  });

  describe(`a guard of ${name}`, () => {
    it.each<Guard>(["version", "edition", "path", "present"])(
      "aborts the batch and names the %s that was lost, wherever it stands",
      async (against) => {
        const lost = guarded(
          sqlWrite`update sections set name = 'x' where slug = 'nobody'`,
          against,
        );
        for (const writes of [
          [city, lost],
          [lost, city],
        ]) {
          expect(await commit(...writes)).toMatchObject({ committed: false, lost: against });
        }
        expect(await count("sections")).toBe(0);
        expect(await count("guard")).toBe(0);
      },
    );

    it("counts the rows of an insert, an upsert, an update and a delete", async () => {
      const expected = (statement: Write, changes: number) =>
        guarded(statement, "present", changes);
      await write(
        expected(three, 3),
        expected(three, 3),
        expected(sqlWrite`update sections set name = 'x' where slug >= 'culture'`, 2),
        expected(sqlWrite`update sections set name = 'x' where slug = 'nobody'`, 0),
        expected(sqlWrite`delete from sections where slug < 'sport'`, 2),
        expected(sqlWrite`delete from sections`, 1),
      );
      expect(await commit(expected(three, 2))).toMatchObject({ lost: "present" });
    });

    it("counts only what the statement before it changed, not what was read or changed before that", async () => {
      const one = guarded(sqlWrite`update sections set name = 'x' where slug = 'city'`, "version");
      await write(three, one);
      await read(sql`select * from sections`);
      const none = guarded(
        sqlWrite`update sections set name = 'y' where slug = 'nobody'`,
        "version",
      );
      expect(await commit(three, none)).toMatchObject({ lost: "version" });
      expect(await commit(none)).toMatchObject({ lost: "version" });
    });

    it("sees that an upsert found a newer row and left it alone", async () => {
      const newer = (seen: number) =>
        guarded(
          sqlWrite`
            insert into sections (id, slug, name, position) values ('city', 'city', 'New', ${seen + 1})
            on conflict (slug) do update set name = excluded.name, position = excluded.position
            where sections.position = excluded.position - 1`,
          "version",
        );
      await write(city);
      expect(await commit(newer(7))).toMatchObject({ committed: false, lost: "version" });
      expect(await read(sql`select name from sections`)).toEqual([{ name: "City" }]);
      await write(newer(1));
      expect(await read(sql`select name, position from sections`)).toEqual([
        { name: "New", position: 2 },
      ]);
    });

    it("does not count what a foreign key took with it", async () => {
      await write(...liveStory("one", 1));
      await write(guarded(sqlWrite`delete from live where article_id = 'one'`, "present", 1));
    });
  });

  describe(`a constraint of ${name}`, () => {
    it("of uniqueness is named", async () => {
      expect(await commit(city, city)).toMatchObject({ committed: false, lost: "unique" });
    });

    it("of a foreign key is named, for a row that points nowhere and for one that is pointed at", async () => {
      await write(...liveStory("one", 1));
      const lost = { committed: false, lost: "foreign" };
      expect(await commit(sqlWrite`update articles set section = 'nowhere'`)).toMatchObject(lost);
      expect(await commit(sqlWrite`delete from sections`)).toMatchObject(lost);
      expect(await count("sections")).toBe(1);
    });

    it("that no guard made is a mistake, and thrown", async () => {
      const broken = sqlWrite`insert into sections (id, slug, name) values ('x', 'x', 'X')`;
      await expect(commit(broken)).rejects.toThrow(
        /^D1_ERROR: NOT NULL constraint failed: sections\.position: SQLITE_CONSTRAINT/,
      );
      const unlikely = sqlWrite`insert into settings (name, value, public) values ('x', 'not json', 1)`;
      await expect(commit(unlikely)).rejects.toThrow(/CHECK constraint failed/);
    });

    it("of a strict table refuses what is of another type, and takes a whole number for an integer", async () => {
      const placed = (position: string | number) =>
        sqlWrite`insert into sections (id, slug, name, position) values ('city', 'city', 'City', ${position})`;
      await expect(commit(placed("first"))).rejects.toThrow(/cannot store TEXT value in INTEGER/);
      await expect(commit(placed(1.5))).rejects.toThrow(/cannot store REAL value in INTEGER/);
      await write(placed(2));
      expect(await read(sql`select typeof(position) as type from sections`)).toEqual([
        { type: "integer" },
      ]);
    });

    it("lets two stories have one path only while one of them is in the bin", async () => {
      await write(city, story("one", "binned", "/city/same"), story("two", "draft", "/city/same"));
      const restored = sqlWrite`update articles set status = 'draft' where id = 'one'`;
      expect(await commit(restored)).toMatchObject({ lost: "unique" });
      await write(sqlWrite`update articles set status = 'binned' where id = 'two'`, restored);
    });
  });

  describe(`a value of ${name}`, () => {
    it("comes back as it was bound", async () => {
      const values = {
        zero: 0,
        whole: 42,
        negative: -7,
        broken: 0.1,
        huge: Number.MAX_SAFE_INTEGER,
        none: null,
        empty: "",
        text: "Élan — “naïve” 東京 👩🏽‍🚀 e\u0301\t\r\n'; drop table live; -- ?1",
      };
      await write(sqlWrite`create table kept (n integer primary key, value any) strict`);
      for (const [n, value] of Object.values(values).entries()) {
        await write(sqlWrite`insert into kept (n, value) values (${n}, ${value})`);
      }
      const rows = await read(sql`select value from kept order by n`);
      expect(rows.map(({ value }) => value)).toEqual(Object.values(values));
      await write(sqlWrite`drop table kept`);
    });

    it("stays exact as a time of 15 digits, bound or taken from JSON", async () => {
      const times = JSON.stringify([{ at: LATE + 1 }]);
      await write(
        sqlWrite`insert into audit (at, actor, act, subject, detail) values (${LATE}, 'x', 'x', 'x', '{}')`,
        sqlWrite`insert into audit (at, actor, act, subject, detail)
          select value ->> 'at', 'x', 'x', 'x', '{}' from json_each(${times})`,
      );
      expect(await read(sql`select at from audit order by at`)).toEqual([
        { at: LATE },
        { at: LATE + 1 },
      ]);
      expect(await read(sql`select at from audit where at > ${LATE}`)).toEqual([{ at: LATE + 1 }]);
    });

    it("goes where its number stands, once or several times and in any order", async () => {
      const bound = d1.prepare("select ?2 as b, ?1 as a, ?2 || ?1 || ?2 as c").bind("1", "2");
      expect(await bound.first()).toEqual({ a: "1", b: "2", c: "212" });
      expect(await d1.prepare("select '?9' as a, ?1 as b -- ?8").bind("x").first()).toEqual({
        a: "?9",
        b: "x",
      });
    });

    it("that is a number is a real one, until a column makes it whole", async () => {
      expect(await read(sql`select typeof(${1}) as type, 'n' || ${1} as text`)).toEqual([
        { type: "real", text: "n1.0" },
      ]);
    });

    it("that is undefined is refused", async () => {
      const statement = d1.prepare("select ?1 as a");
      expect(() => statement.bind(undefined)).toThrow(/D1_TYPE_ERROR: Type 'undefined'/);
    });

    it("that is missing or one too many is refused", async () => {
      const bind = async (...values: string[]) =>
        d1
          .prepare("select ?1, ?2")
          .bind(...values)
          .all();
      await expect(bind("1")).rejects.toThrow(/Wrong number of parameter bindings/);
      await expect(bind("1", "2", "3")).rejects.toThrow(/Wrong number of parameter bindings/);
    });

    it("may have 99 others beside it, and not a hundred", async () => {
      const isAmong = async (length: number) => {
        const values = Array.from({ length }, (_, index) => `v${index + 1}`);
        const names = values.map((_, index) => `?${index + 1}`);
        return d1
          .prepare(`select '${values.at(-1)}' in (${names.join()}) as n`)
          .bind(...values)
          .first("n");
      };
      expect(await isAmong(100)).toBe(1);
      await expect(isAmong(101)).rejects.toThrow(/variable number must be between \?1 and \?100/);
    });
  });

  describe(`a query of ${name}`, () => {
    it("takes a list of any length as JSON", async () => {
      const slugs = Array.from({ length: 1500 }, (_, index) => `s${index}`);
      await write(
        sqlWrite`insert into tags (id, slug, name) select value, value, value from json_each(${JSON.stringify(slugs)})`,
      );
      const asked = JSON.stringify(slugs.slice(0, 700));
      const rows = await read(
        sql`select slug from tags where slug in (select value from json_each(${asked}))`,
      );
      expect(rows).toHaveLength(700);
    });

    it("takes fields out of JSON with their types", async () => {
      const json = JSON.stringify([{ text: "7", whole: 7, broken: 0.5, none: null, list: [1] }]);
      const rows = await read(sql`
        select value ->> 'text' as text, value ->> 'whole' as whole, value ->> 'broken' as broken,
          value ->> 'none' as none, value ->> 'missing' as missing, value -> 'list' as list,
          typeof(value ->> 'whole') as type
        from json_each(${json})`);
      expect(rows).toEqual([
        {
          text: "7",
          whole: 7,
          broken: 0.5,
          none: null,
          missing: null,
          list: "[1]",
          type: "integer",
        },
      ]);
    });

    it("walks a list inside a list", async () => {
      const json = JSON.stringify([
        { id: "one", tags: ["b", "a"] },
        { id: "two", tags: [] },
      ]);
      const rows = await read(sql`
        select l.value ->> 'id' as id, t.value as tag, t.key as position
        from json_each(${json}) l, json_each(l.value, '$.tags') t`);
      expect(rows).toEqual([
        { id: "one", tag: "b", position: 0 },
        { id: "one", tag: "a", position: 1 },
      ]);
    });

    it("gathers a list in the order it asks for", async () => {
      await write(three);
      const rows = await read(sql`
        select json_group_array(json_object('slug', slug, 'at', position) order by position desc) as list
        from sections`);
      expect(JSON.parse(rows[0]?.list as string)).toEqual([
        { slug: "sport", at: 2 },
        { slug: "culture", at: 1 },
        { slug: "city", at: 0 },
      ]);
    });

    it("seeks to a place in an index, and sorts nothing", async () => {
      for (const n of [1, 2, 3, 4]) await write(...liveStory(`s${n}`, n));
      const page = sql`
        select article_id as id from live where section = ${"city"} and place < ${placeOf("s4", 4)}
        order by place desc limit 2`;
      expect(await read(page)).toEqual([{ id: "s3" }, { id: "s2" }]);
      const plan = await read({ ...page, sql: `explain query plan ${page.sql}` });
      const steps = plan.map(({ detail }) => detail as string);
      expect(steps).toEqual(["SEARCH live USING INDEX live_section (section=? AND place<?)"]);
    });

    it("jumps from month to month", async () => {
      for (const n of [1, 2, 3, 4, 5]) await write(...liveStory(`s${n}`, n));
      const rows = await read(sql`
        with recursive months (month) as (
          select max(month) from published_places
          union all
          select (select max(month) from published_places p where p.month < months.month)
          from months where months.month is not null
        )
        select month from months where month is not null`);
      expect(rows.map(({ month }) => month)).toEqual(["2026-03", "2026-02", "2026-01"]);
    });

    it("of what is published gets live stories only, with section and bylines", async () => {
      await write(...liveStory("one", 1), story("two", "draft", "/city/two"), revision("two"));
      const cards = await read(
        sql`select id, path, section_name, title, authors from published_cards`,
      );
      expect(cards).toEqual([
        {
          id: "one",
          path: "/city/one",
          section_name: "City",
          title: "Story one",
          authors: '[{"slug":"mara-quill","name":"Mara Quill"}]',
        },
      ]);
      expect(await read(sql`select id, body from published_stories`)).toEqual([
        { id: "one", body: "Body" },
      ]);
      expect(await read(sql`select slug from published_tags`)).toEqual([{ slug: "trams" }]);
      await write(sqlWrite`update front set lead = 'two', pinned = '["one", "two"]'`);
      expect(await read(sql`select id, position from published_front`)).toEqual([
        { id: "one", position: 1 },
      ]);
      await write(sqlWrite`
        update front set own = '{"one": {"title": "Own"}, "two": {"title": "Secret"}}',
          named = '[{"name": "Secret", "stories": ["two"]}, {"name": "Shown", "stories": ["two", "one"]}]'`);
      expect(
        await read(
          sql`select in_row, position, row_name, id, own from published_placed order by in_row, position`,
        ),
      ).toEqual([
        { in_row: -1, position: 1, row_name: null, id: "one", own: '{"title":"Own"}' },
        { in_row: 1, position: 1, row_name: "Shown", id: "one", own: '{"title":"Own"}' },
      ]);
    });

    it("finds nothing of a story that is not live any more, tags and bylines included", async () => {
      await write(...liveStory("one", 1));
      expect([await count("live_tags"), await count("live_authors")]).toEqual([1, 1]);
      await write(sqlWrite`delete from live where article_id = 'one'`);
      expect([await count("live_tags"), await count("live_authors")]).toEqual([0, 0]);
      expect(await count("articles"), "what points at nothing stays").toBe(1);
    });

    it("is refused when it joins more than five others or looks for a very long pattern", async () => {
      const union = (length: number) =>
        d1.prepare(Array.from({ length }, () => "select 1 as n").join(" union all ")).all();
      expect((await union(5)).results).toHaveLength(5);
      await expect(union(6)).rejects.toThrow(/too many terms in compound SELECT/);
      const like = (length: number) =>
        d1.prepare("select 'x' like ?1 as n").bind("%".repeat(length)).first("n");
      expect(await like(50)).toBe(1);
      await expect(like(51)).rejects.toThrow(/LIKE or GLOB pattern too complex/);
    });

    it("answers its first row, one field of it, or null", async () => {
      const first = d1.prepare("select slug, position from sections order by slug");
      expect(await first.first()).toBeNull();
      await write(three);
      expect(await first.first()).toEqual({ slug: "city", position: 0 });
      expect(await first.first("position")).toBe(0);
      expect((await first.all()).results).toHaveLength(3);
    });
  });
}

function story(id: string, status: string, path: string) {
  return sqlWrite`
    insert into articles (id, status, version, head, created_at, created_by, section, path, born)
    values (${id}, ${status}, 1, 1, 0, 'root', 'city', ${path}, ${id})`;
}

function revision(id: string) {
  return sqlWrite`
    insert into revisions (article_id, n, content, material, words, saved_at, saved_by, body, html)
    values (${id}, 1, ${JSON.stringify({ ...EMPTY, title: `Story ${id}`, slug: id, section: "city" })}, 1, 1, 0, 'root',
      'Body', '<p>Body</p>')`;
}

function placeOf(id: string, hour: number): string {
  return `${String(hour).padStart(15, "0")}-${id}`;
}

/** A live story with a tag and a byline; two hours make a month. */
function liveStory(id: string, hour: number) {
  const place = placeOf(id, hour);
  const month = `2026-0${Math.ceil(hour / 2)}`;
  return [
    sqlWrite`insert into sections (id, slug, name, position) values ('city', 'city', 'City', 1) on conflict do nothing`,
    sqlWrite`insert into tags (id, slug, name) values ('trams', 'trams', 'Trams') on conflict do nothing`,
    sqlWrite`insert into authors (id, slug, name) values ('mara-quill', 'mara-quill', 'Mara Quill') on conflict do nothing`,
    story(id, "published", `/city/${id}`),
    revision(id),
    sqlWrite`
      insert into live (article_id, revision, section, path, place, month, published_at)
      values (${id}, 1, 'city', ${`/city/${id}`}, ${place}, ${month}, ${hour})`,
    sqlWrite`insert into live_tags (tag, place, article_id, position) values ('trams', ${place}, ${id}, 0)`,
    sqlWrite`insert into live_authors (author, place, article_id, position) values ('mara-quill', ${place}, ${id}, 0)`,
  ];
}
