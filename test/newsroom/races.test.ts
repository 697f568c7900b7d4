import { beforeEach, describe, expect, it } from "vitest";
import { endpoints } from "../../src/editor/api.ts";
import { call, openNewsroom, publish, rowsOf, visit, write } from "../support/newsroom.ts";
import { any, POSTS } from "./posts.ts";

// Twenty at once who all read the same: one of them is carried out, and the others are told what is there now.

beforeEach(openNewsroom);

const TWENTY = Array.from({ length: 20 });

/** One 200, nineteen 412. */
function holdOneWinner(answers: { status: number }[]): void {
  const statuses = answers.map(({ status }) => status).sort((one, other) => one - other);
  expect(statuses).toEqual([200, ...Array.from({ length: 19 }, () => 412)]);
}

const acts = endpoints
  .filter(
    ({ method, path, ifMatch }) =>
      method === "POST" && ifMatch && /^\/(?:articles|pages)\//.test(path),
  )
  .map(({ path }) => path);

describe("twenty editors at once", () => {
  it.each(acts)(
    "with one version for %s: one wins, the others learn what changed",
    async (path) => {
      const ready = await POSTS[path]?.();
      if (!ready) throw new Error(`${path} is not ready`);
      const at = ready.path.split("/").slice(0, 3).join("/");
      const { json: story } = await call("GET", at);
      const headers = { "If-Match": `"${story.version}"` };
      const records = await rowsOf("audit");
      const answers = await Promise.all(
        TWENTY.map(() =>
          call("POST", ready.path, { ...(ready.body && { body: ready.body }), headers }),
        ),
      );
      holdOneWinner(answers);
      expect((await rowsOf("audit")) - records).toBe(1);
      const loser = answers.find(({ status }) => status === 412)?.json;
      expect(loser.current.version).toBe(story.version + 1);
      expect(loser.changed.length).toBeGreaterThan(0);
    },
  );

  it("with one version for an edit and for the bin, too", async () => {
    const { id } = await write({ reason: "First." });
    const edits = TWENTY.map((_, n) =>
      call("PATCH", `/articles/${id}`, {
        body: { title: `T ${n}` },
        headers: { "If-Match": '"1"' },
      }),
    );
    holdOneWinner(await Promise.all(edits));
    const bins = TWENTY.map(() =>
      call("DELETE", `/articles/${id}`, { headers: { "If-Match": '"2"' } }),
    );
    holdOneWinner(await Promise.all(bins));
  });

  it("with one version of the front page: one arrangement stands, whole", async () => {
    const { id } = await publish();
    const { json } = await call("GET", "/front");
    const headers = { "If-Match": `"${json.version}"` };
    const answers = await Promise.all(
      TWENTY.map((_, n) => {
        const rows = [{ name: `Row ${n}`, entries: [{ story: id, title: `Words ${n}` }] }];
        return call("PUT", "/front", { body: { rows }, headers });
      }),
    );
    holdOneWinner(answers);
    const winner = answers.find(({ status }) => status === 200)?.json.rows[0];
    const { text } = await visit("/");
    expect(text).toContain(winner.name);
    expect(text).toContain(winner.entries[0].title);
  });

  it("who save, preview and publish one draft: what was shown and what is out is what was saved then", async () => {
    const { id } = await write({ body: "Save 0." });
    const saves = Array.from({ length: 10 }, (_, n) =>
      call("PATCH", `/articles/${id}`, { body: { body: `Save ${n + 1}.` }, headers: any }),
    );
    const previews = Array.from({ length: 5 }, () =>
      call("POST", `/articles/${id}/previews`, { headers: any }),
    );
    const publications = Array.from({ length: 5 }, () =>
      call("POST", `/articles/${id}/publish`, { headers: any }),
    );
    const answers = await Promise.all([...saves, ...previews, ...publications]);
    for (const { status, text } of answers) expect([200, 201, 503], text).toContain(status);
    // Whatever a link shows it goes on showing.
    const links = answers.filter(
      ({ json }) => typeof json.url === "string" && json.url.includes("/preview/"),
    );
    expect(links.length).toBeGreaterThan(0);
    const shown = () =>
      Promise.all(
        links.map(
          async ({ json }) => /Save \d+/.exec((await visit(new URL(json.url).pathname)).text)?.[0],
        ),
      );
    const before = await shown();
    await call("PATCH", `/articles/${id}`, { body: { body: "Later." }, headers: any });
    expect(await shown()).toEqual(before);
    expect(before).not.toContain(undefined);
  });
});
