import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FIRST_RETRY } from "../../src/editor/stills/stills.ts";
import { openNewsroom } from "../support/newsroom.ts";
import { openPaper, type Paper } from "../support/paper.ts";
import { pictures } from "../support/pictures.ts";

// Charts of Datawrapper and Flourish: their still pictures are kept in the library, and nobody but the Worker ever asks for them.

const OPENING = Date.UTC(2026, 10, 25, 12);
const DAY = 24 * 60 * 60_000;
const ANY = { "If-Match": "*" };
const CHART = "https://datawrapper.dwcdn.net/aBc12/3/";
const STILL = "https://datawrapper.dwcdn.net/aBc12/full.png";

let paper: Paper;
/** What the Worker asked for, with its headers. */
let asked: { url: string; headers: string[]; redirect: string }[];

beforeEach(async () => {
  for (const how of ["log", "warn"] as const) vi.spyOn(console, how).mockReturnValue();
  await openNewsroom();
  vi.useFakeTimers({ toFake: ["Date"], now: OPENING });
  paper = openPaper(env, { unlimited: true });
  asked = [];
  offer({ [STILL]: () => pictureOf(pictures.png) });
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const pictureOf = (bytes: Uint8Array, type = "image/png") =>
  new Response(bytes, { headers: { "Content-Type": type } });
const leadingTo = (Location: string) => new Response(null, { status: 302, headers: { Location } });

/** Puts makers of charts on the network. */
function offer(answers: Record<string, () => Response>): void {
  paper.platform.fetchElsewhere = async (request) => {
    const headers = [...request.headers].map(([name, value]) => `${name}: ${value}`);
    asked.push({ url: request.url, headers, redirect: request.redirect });
    const answer = answers[request.url];
    if (!answer) throw new Error(`Nobody is at ${request.url}.`);
    return answer();
  };
}

async function publish(body: string, more: object = {}) {
  const fields = { title: "Tides", section: "city", body, status: "published", ...more };
  const { status, json } = await paper.call("POST", "/articles", fields);
  expect(status, JSON.stringify(json)).toBe(201);
  return json;
}

const patch = async (id: string, body: object) => {
  const { status, json } = await paper.call("PATCH", `/articles/${id}`, body, ANY);
  expect(status, JSON.stringify(json)).toBe(200);
  return json;
};
const read = async (path = "/city/tides") => (await paper.visit(path)).text();
const pass = (milliseconds: number) => void vi.setSystemTime(Date.now() + milliseconds);
/** Lets the cron fetch what is due, and tell the edge in the next minute. */
async function twoMinutes(): Promise<void> {
  await paper.tick();
  pass(60_000);
  await paper.tick();
}
const library = async () =>
  (await paper.call("GET", "/media")).json.items as { src: string; hash: string; name: string }[];
const originals = async () => (await env.MEDIA.list({ prefix: "originals/" })).objects.length;
const figureIn = (page: string) => /<figure class="embed".*?<\/figure>/s.exec(page)?.[0] ?? "";

describe("a chart in a story", () => {
  it("shows the still picture that its maker offers, from the library, with a link to the moving one", async () => {
    const story = await publish(`${CHART}\n\nWords.`);
    expect(story.notes).toEqual([]);
    const [picture, ...others] = await library();
    expect(others).toEqual([]);
    expect(picture?.name).toBe("datawrapper-abc12.png");
    const page = await read();
    const figure = figureIn(page);
    expect(figure).toMatch(/^<figure class="embed" data-provider="datawrapper"><picture>/);
    expect(figure).toContain(`srcset="/media/${picture?.hash}/`);
    expect(figure).toContain('width="24" height="16" alt="Chart on Datawrapper"');
    expect(figure).toContain(`<a class="embed-title" href="${CHART}" rel="noopener">`);
    expect(page).not.toMatch(/(?:src|srcset|action|data)="https:\/\/(?!ledger\.example)/);
    expect((await paper.visit(picture?.src ?? "")).status).toBe(200);
  });

  it("is fetched with nothing of whoever asks", async () => {
    await publish(CHART);
    expect(asked).toEqual([
      { url: STILL, headers: ["accept: image/*", "user-agent: Broadsheet"], redirect: "manual" },
    ]);
  });

  it("has the editor's words as alternative text, or the library's", async () => {
    const story = await publish(`[The "spring" tides](${CHART})`);
    expect(figureIn(await read())).toContain('alt="The “spring” tides"');
    const [picture] = await library();
    await paper.call("PATCH", `/media/${picture?.hash}`, { alt: "A line that rises." });
    await patch(story.id, { title: "Tides", body: `[Tides](${CHART})`, status: "published" });
    expect(figureIn(await read())).toContain('alt="A line that rises."');
  });

  it("tells a contributor nothing that others noted of it", async () => {
    await publish(CHART, { status: "draft" });
    const [picture] = await library();
    await paper.call("PATCH", `/media/${picture?.hash}`, { alt: "What the source said." });
    const { json: made } = await paper.call("POST", "/keys", {
      name: "Contributor",
      role: "contributor",
      author: "mara-quill",
    });
    const text = { title: "T", section: "city", authors: ["mara-quill"], body: CHART };
    const asContributor = { Authorization: `Bearer ${made.key}` };
    const { json } = await paper.call("POST", "/preview?format=json", text, asContributor);
    expect(figureIn(json.html)).toContain('alt="Chart on Datawrapper"');
    expect(json.html).not.toContain("What the source said.");
  });

  it("may stand in a frame, as its maker hands it out, and at Flourish", async () => {
    offer({
      [STILL]: () => pictureOf(pictures.png),
      "https://public.flourish.studio/visualisation/123/thumbnail": () => pictureOf(pictures.jpeg),
    });
    await publish(
      `<iframe title="Tides" src="//datawrapper.dwcdn.net/aBc12/3/"></iframe>\n\n<iframe src='https://flo.uri.sh/visualisation/123/embed'></iframe>\n\n> [!FACTS]\n> https://www.datawrapper.de/_/aBc12/`,
    );
    const page = await read();
    expect(page.match(/<figure class="embed"[^>]*><picture>/g)).toHaveLength(3);
    expect(page).toContain('alt="Tides"');
    expect(page).toContain('href="https://public.flourish.studio/visualisation/123/"');
    expect(asked).toHaveLength(2);
    expect(await library()).toHaveLength(2);
  });

  it("may stand there as the codes of its makers have it", async () => {
    offer({
      [STILL]: () => pictureOf(pictures.png),
      "https://public.flourish.studio/story/7/thumbnail": () => pictureOf(pictures.jpeg),
    });
    await publish(
      '<div><script src="//datawrapper.dwcdn.net/aBc12/embed.js"></script></div>\n\n<div class="flourish-embed" data-src="story/7"></div>',
    );
    expect((await read()).match(/<figure class="embed"[^>]*><picture>/g)).toHaveLength(2);
  });

  it("is fetched once, however many stories show it and however often they are saved", async () => {
    const story = await publish(CHART);
    await patch(story.id, { body: `${CHART}\n\nMore.` });
    await publish(CHART, { title: "Other" });
    expect(asked).toHaveLength(1);
    expect(figureIn(await read("/city/other"))).toContain("<picture>");
  });

  it("is not shown to readers before its story is", async () => {
    await publish(CHART, { status: "draft" });
    const [picture] = await library();
    expect((await paper.visit(picture?.src ?? "")).status).toBe(404);
  });

  it("shows in a preview, which fetches nothing", async () => {
    const preview = async () =>
      (
        await paper.call("POST", "/preview?format=json", {
          title: "T",
          section: "city",
          body: CHART,
        })
      ).json;
    expect(figureIn((await preview()).html)).not.toContain("<picture>");
    expect(asked).toEqual([]);
    await publish(CHART);
    expect(figureIn((await preview()).html)).toContain("<picture>");
  });
});

describe("a picture that cannot be had", () => {
  it("leaves a link, tells the editor, and is had later: by the cron, which renders its stories again", async () => {
    offer({});
    const story = await publish(`Words.\n\n${CHART}`);
    expect(story.notes).toEqual([
      {
        path: "body",
        line: 3,
        message: `Datawrapper gave no still picture of ${CHART} yet; readers see a link to it.`,
      },
    ]);
    const other = await publish(CHART, { title: "Other", status: "draft" });
    const before = await read();
    expect(figureIn(before)).toBe(
      `<figure class="embed" data-provider="datawrapper"><a class="embed-title" href="${CHART}" rel="noopener">Chart on Datawrapper</a><figcaption class="embed-source">datawrapper.dwcdn.net</figcaption>\n</figure>`.replace(
        "\n",
        "",
      ),
    );
    expect(before).not.toMatch(/fail|error|could not|unavailable/i);
    offer({ [STILL]: () => pictureOf(pictures.png) });
    await paper.tick();
    expect(asked).toHaveLength(1);
    pass(FIRST_RETRY);
    await twoMinutes();
    expect(asked).toHaveLength(2);
    expect(figureIn(await read())).toContain("<picture>");
    const [picture] = await library();
    expect((await paper.visit(picture?.src ?? "")).status).toBe(200);
    // Readers see none of the draft, which has it all the same.
    await paper.call("POST", `/articles/${other.id}/publish`, {}, ANY);
    expect(figureIn(await read("/city/other"))).toContain("<picture>");
    pass(DAY);
    await paper.tick();
    expect((await paper.call("GET", "/audit?act=upload")).json.items).toHaveLength(1);
  });

  it("is not asked for with every save, but once more when the time has come", async () => {
    offer({});
    const story = await publish(CHART, { status: "draft" });
    for (const n of [1, 2, 3]) await patch(story.id, { body: `${CHART}\n\n${n}` });
    expect(asked).toHaveLength(1);
    pass(FIRST_RETRY);
    offer({ [STILL]: () => pictureOf(pictures.png) });
    const { notes } = await patch(story.id, { body: CHART });
    expect(notes).toEqual([]);
    expect(asked).toHaveLength(2);
  });

  it("is tried eight times, each after a longer pause, and then not before the next save", async () => {
    offer({});
    const story = await publish(CHART);
    for (let n = 0; n < 9; n += 1) {
      pass(DAY / 2);
      await paper.tick();
    }
    expect(asked).toHaveLength(8);
    offer({ [STILL]: () => pictureOf(pictures.png) });
    await patch(story.id, { body: `${CHART}\n\nMore.`, status: "published" });
    expect(figureIn(await read())).toContain("<picture>");
  });

  const far = "https://evil.example/full.png";
  it.each<[string, () => Response]>([
    ["an answer that leads elsewhere", () => leadingTo(far)],
    [
      "one that leads to a host that only begins as theirs",
      () => leadingTo("https://datawrapper.dwcdn.net.evil.example/x"),
    ],
    ["one that leads to a port", () => leadingTo("https://datawrapper.dwcdn.net:8443/x")],
    ["one that leads out of https", () => leadingTo("http://datawrapper.dwcdn.net/aBc12/full.png")],
    ["one that leads inside", () => leadingTo("https://127.0.0.1/")],
    ["one that leads in a circle", () => leadingTo(STILL)],
    ["no such chart", () => new Response("Not found", { status: 404 })],
    [
      "a page instead of a picture",
      () => pictureOf(new TextEncoder().encode("<!doctype html><p>No.")),
    ],
    [
      "a drawing with a script",
      () =>
        pictureOf(
          new TextEncoder().encode("<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"),
          "image/svg+xml",
        ),
    ],
    ["half a picture", () => pictureOf(pictures.png.slice(0, 90))],
    ["nothing", () => new Response(null)],
    ["more than a picture may have", () => new Response(new Uint8Array(11 * 1024 * 1024))],
    [
      "what never ends",
      () =>
        new Response(
          new ReadableStream({
            pull: (controller) => controller.enqueue(new Uint8Array(1024 * 1024)),
          }),
        ),
    ],
    [
      "what breaks off",
      () =>
        new Response(
          new ReadableStream({
            start: (controller) => controller.enqueue(pictures.png.slice(0, 40)),
            pull: (controller) => controller.error(new Error("The network was lost.")),
          }),
        ),
    ],
  ])("fails no save: %s", async (_, answer) => {
    offer({ [STILL]: answer, [far]: () => pictureOf(pictures.png) });
    const story = await publish(CHART);
    expect(story.notes).toHaveLength(1);
    expect(figureIn(await read())).not.toContain("<picture>");
    expect(new Set(asked.map(({ url }) => url))).toEqual(new Set([STILL]));
    expect([await library(), await originals()]).toEqual([[], 0]);
  });

  it("may be where its maker leads on to", async () => {
    const next = "https://datawrapper.dwcdn.net/aBc12/3/full.png";
    offer({ [STILL]: () => leadingTo("/aBc12/3/full.png"), [next]: () => pictureOf(pictures.png) });
    expect((await publish(CHART)).notes).toEqual([]);
    expect(asked.map(({ url }) => url)).toEqual([STILL, next]);
  });
});

describe("a save that is refused", () => {
  it("leaves no picture behind, and asks for none where nobody may write", async () => {
    const fields = { title: "T", section: "nowhere", body: CHART, status: "published" };
    expect((await paper.call("POST", "/articles", fields)).status).toBe(422);
    expect([await library(), await originals()]).toEqual([[], 0]);
    const story = await publish("Words.");
    asked = [];
    const stale = { "If-Match": '"99"' };
    expect(
      (await paper.call("PATCH", `/articles/${story.id}`, { body: CHART }, stale)).status,
    ).toBe(412);
    expect((await paper.call("PATCH", "/articles/none", { body: CHART }, ANY)).status).toBe(404);
    expect(asked).toEqual([]);
  });
});

describe("a picture of a chart that changes", () => {
  it("is fetched anew when its story is published more than a day later", async () => {
    const story = await publish(CHART);
    const [first] = await library();
    offer({ [STILL]: () => pictureOf(pictures.jpeg) });
    pass(DAY / 2);
    await patch(story.id, { body: `${CHART}\n\nOne.`, status: "published" });
    await paper.tick();
    expect(asked).toHaveLength(1);
    pass(DAY);
    await patch(story.id, { body: `${CHART}\n\nTwo.`, status: "published" });
    await twoMinutes();
    expect(asked).toHaveLength(2);
    const [second] = await library();
    expect(second?.hash).not.toBe(first?.hash);
    expect(figureIn(await read())).toContain(`/media/${second?.hash}/`);
    expect((await paper.visit(first?.src ?? "")).status).toBe(410);
  });

  it("stays as it was where its maker has the same", async () => {
    const story = await publish(CHART);
    pass(2 * DAY);
    await patch(story.id, { body: `${CHART}\n\nTwo.`, status: "published" });
    await paper.tick();
    expect(asked).toHaveLength(2);
    expect(await library()).toHaveLength(1);
    expect((await paper.call("GET", "/audit?act=rerender")).json.items).toEqual([]);
  });

  it("stays down when an editor took it down", async () => {
    const story = await publish(CHART);
    const [picture] = await library();
    await paper.call("DELETE", `/media/${picture?.hash}?force=true`);
    pass(2 * DAY);
    await patch(story.id, { body: `${CHART}\n\nTwo.`, status: "published" });
    await paper.tick();
    expect(asked).toHaveLength(1);
    expect(figureIn(await read())).not.toContain("<picture>");
    expect((await paper.visit(picture?.src ?? "")).status).toBe(410);
  });
});

describe("a story with a chart", () => {
  it("can be deleted for good, and leaves the picture to others", async () => {
    const story = await publish(CHART);
    expect((await paper.call("DELETE", `/articles/${story.id}`, undefined, ANY)).status).toBe(200);
    pass(31 * DAY);
    await paper.tick();
    expect((await paper.call("GET", `/articles/${story.id}`)).status).toBe(404);
    expect(await library()).toHaveLength(1);
    await publish(CHART, { title: "Other" });
    expect(asked).toHaveLength(1);
  });
});

describe("an import of stories with charts", () => {
  it("waits for nobody: the cron fetches their pictures, some a minute", async () => {
    const charts = Array.from({ length: 7 }, (_, n) => `aBc1${n}`);
    offer(
      Object.fromEntries(
        charts.map((id) => [
          `https://datawrapper.dwcdn.net/${id}/full.png`,
          () => pictureOf(pictures.png),
        ]),
      ),
    );
    const items = charts.map((id, n) => ({
      key: id,
      title: `Story ${n}`,
      section: "city",
      body: `https://datawrapper.dwcdn.net/${id}/`,
    }));
    const { json } = await paper.call("POST", "/imports", { source: "wire", items });
    expect(asked).toEqual([]);
    expect(json.items?.[0]?.notes).toHaveLength(1);
    await paper.tick();
    expect(asked).toHaveLength(5);
    pass(60_000);
    await twoMinutes();
    expect(asked).toHaveLength(7);
    for (const [n] of charts.entries())
      expect(figureIn(await read(`/city/story-${n}`))).toContain("<picture>");
    // All of them look the same, and are one picture.
    expect(await library()).toHaveLength(1);
  });
});

describe("rendering anew", () => {
  it("has the pictures fetched of charts that were in stories before they could be", async () => {
    offer({});
    await publish(CHART);
    await env.DB.batch([
      env.DB.prepare("delete from chart_stories"),
      env.DB.prepare("delete from stills"),
      env.DB.prepare("update revisions set renderer = 3"),
    ]);
    await paper.call("POST", "/rerender");
    offer({ [STILL]: () => pictureOf(pictures.png) });
    await twoMinutes();
    expect(figureIn(await read())).toContain("<picture>");
  });
});
