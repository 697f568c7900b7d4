import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { endpoints } from "../../src/editor/api.ts";
import { any, POSTS, REPEATABLE, SIGNED } from "./posts.ts";
import { call, keyFor, openNewsroom, rowsOf, visit, write } from "../support/newsroom.ts";

// A request whose response was lost is sent again: it is carried out once, and the second response is the first.

beforeEach(openNewsroom);

const named = (key: string) => ({ ...any, "Idempotency-Key": key });

describe("a POST with an Idempotency-Key", () => {
  it("is every POST of the API", () => {
    const posts = endpoints.filter(({ method }) => method === "POST").map(({ path }) => path);
    expect([...Object.keys(POSTS), ...REPEATABLE, ...SIGNED].sort()).toEqual(posts.sort());
  });

  it.each(Object.keys(POSTS))(
    "to %s is carried out once, however often it comes at once",
    async (path) => {
      const ready = await POSTS[path]?.();
      if (!ready) throw new Error(`${path} is not ready`);
      const { body, grows } = ready;
      const send = () =>
        call("POST", ready.path, { ...(body && { body }), headers: named("retry-1") });
      const [records, rows] = [await rowsOf("audit"), grows && (await rowsOf(grows))];
      const answers = await Promise.all(Array.from({ length: 20 }, send));
      const [first, ...others] = answers;
      expect(first?.status, first?.text).toBeLessThan(300);
      for (const other of others) expect(other.status, other.text).toBe(first?.status);
      const { edge: _, ...told } = first?.json ?? {};
      const again = await send();
      for (const { json } of [...others, again]) {
        const { edge: __, ...same } = json;
        expect(same).toEqual(told);
      }
      expect((await rowsOf("audit")) - records).toBeLessThanOrEqual(1);
      if (grows) expect((await rowsOf(grows)) - Number(rows)).toBe(1);
    },
  );

  it("says of the edge what became of the first one", async () => {
    const story = await write();
    const send = () => call("POST", `/articles/${story.id}/publish`, { headers: named("p") });
    expect((await send()).json.edge).toBe("live");
    expect((await send()).json.edge).toBe("live");
    await env.DB.prepare("update outbox set done_at = null").run();
    expect((await send()).json.edge).toBe("pending");
    const draft = { title: "D", section: "city" };
    const create = () => call("POST", "/articles", { body: draft, headers: named("d") });
    await create();
    expect((await create()).json.edge).toBe("none");
  });

  it("is refused where the key was used for another call, another body or another query", async () => {
    const [one, other] = [await write({ title: "One" }), await write({ title: "Other" })];
    const headers = named("same");
    expect((await call("POST", `/articles/${one.id}/publish`, { headers })).status).toBe(200);
    const tries: [string, object | undefined][] = [
      [`/articles/${other.id}/publish`, undefined],
      [`/articles/${one.id}/unpublish`, undefined],
      [`/articles/${one.id}/publish`, { material: false }],
      [`/articles/${one.id}/publish?x=1`, undefined],
    ];
    for (const [path, body] of tries) {
      const refused = await call("POST", path, { headers, ...(body && { body }) });
      expect([path, refused.status]).toEqual([path, 422]);
    }
    expect((await visit("/city/one")).status).toBe(200);
    expect((await visit("/city/other")).status).toBe(404);
  });

  it("is the caller's own: another's key of the same name is another", async () => {
    const editor = await keyFor("editor");
    const body = { title: "Twice", section: "city" };
    const first = await call("POST", "/articles", { body, headers: named("mine") });
    const other = await call("POST", "/articles", { body, headers: named("mine"), key: editor });
    expect(other.json.id).not.toBe(first.json.id);
  });

  it("that was refused is tried anew: nothing was done", async () => {
    const body = { title: "Later", section: "nowhere" };
    const headers = named("later");
    expect((await call("POST", "/articles", { body, headers })).status).toBe(422);
    await call("PUT", "/sections/nowhere", { body: { name: "Nowhere" } });
    expect((await call("POST", "/articles", { body, headers })).status).toBe(201);
  });

  it("is forgotten after a day, and no stored response can be read by who reads the database", async () => {
    const body = { name: "K", role: "editor" };
    const headers = named("key");
    const { json } = await call("POST", "/keys", { body, headers });
    const stored = JSON.stringify(
      (await env.DB.prepare("select * from idempotency").all()).results,
    );
    expect(stored).not.toContain(json.key);
    expect(stored).not.toContain(json.key.split("_").slice(2).join("_"));
    expect((await call("POST", "/keys", { body, headers })).json).toEqual(json);
    await env.DB.prepare("update idempotency set created_at = created_at - 86400001").run();
    expect((await call("POST", "/keys", { body, headers })).json.id).not.toBe(json.id);
    expect(await rowsOf("idempotency")).toBe(1);
  });

  it("has a key of 1 to 255 printable characters", async () => {
    for (const key of ["a b", "x".repeat(256)]) {
      const headers = { "Idempotency-Key": key };
      const body = { title: "K", section: "city" };
      const { status } = await call("POST", "/articles", { body, headers });
      expect([key, status]).toEqual([key, 422]);
    }
  });
});
