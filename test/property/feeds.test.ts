import "../support/node-shims.ts";
import { execFile } from "node:child_process";
import { createServer } from "node:http";
import { parseFragment, type DefaultTreeAdapterTypes } from "parse5";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { FEED_NAMES, feedPath, type FeedFormat } from "../../src/domain/paths.ts";
import type { Paper } from "../support/paper.ts";
import { pictures } from "../support/pictures.ts";
import { ORIGIN, ROOT_KEY } from "../support/site.ts";
import { openSite } from "../support/sqlite-site.ts";
import { readAll, type ReadEntry } from "../support/feed-readers.ts";

// Every entry of every feed, as parsers from elsewhere read it, is the story as the API tells of it.

const FORMATS = Object.keys(FEED_NAMES) as FeedFormat[];

let paper: Paper;

beforeAll(async () => {
  for (const how of ["log", "warn"] as const) vi.spyOn(console, how).mockReturnValue();
});
afterAll(() => vi.restoreAllMocks());

describe("three parsers agree on every entry", () => {
  it("of the sample paper", { timeout: 120_000 }, async () => {
    paper = await openSite({ unlimited: true });
    await pressSample();
    const { feeds, entries } = await readEveryFeed();
    expect(feeds).toBeGreaterThan(150);
    expect(entries).toBeGreaterThan(900);
  });

  it("of a paper that means harm", { timeout: 60_000 }, async () => {
    paper = await openSite({ unlimited: true });
    await writeHarm();
    const { feeds, entries } = await readEveryFeed();
    expect(feeds).toBeGreaterThan(12);
    expect(entries).toBeGreaterThan(300);
  });
});

/** Publishes the paper of this project, as `npm start` does. */
async function pressSample(): Promise<void> {
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const { method, headers } = request;
      const body = chunks.length > 0 ? { body: new Blob(chunks) } : {};
      const asked = new Request(ORIGIN + request.url, { method, headers, ...body });
      const answered = await paper.platform.exports.default.fetch(asked);
      response.writeHead(answered.status, Object.fromEntries(answered.headers));
      response.end(new Uint8Array(await answered.arrayBuffer()));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  const press = ["src/cli/press.ts", "content", "--url", url, "--key", ROOT_KEY];
  const failure = await new Promise((resolve) => {
    execFile("node", press, { cwd: ".", timeout: 60_000 }, (error, stdout, stderr) =>
      resolve(error && stdout + stderr),
    );
  });
  server.closeAllConnections();
  server.close();
  expect(failure).toBeNull();
}

const HARM = [
  `</title></item><script>alert("1")</script>`,
  `]]> <![CDATA[ & &amp; &lt;b&gt; &#x3c;i> &copy; "quoted" 'so'`,
  "😀👩‍👩‍👧 \u200fעברית\u200e العربية",
  `${"long ".repeat(59)}title`,
  "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>",
  "{{constructor}} %3Cscript%3E \\u003c ${x} <!-- -->",
];

const HARMFUL_BODY = `
# Top <b title='"><i>x'>bold</b> \u0001\u0008\u000b\u001f\u007f\u0085\uffff

A [relative](../other?a=1&b=2 "ti\\"tle") [root](/city) [place](#h-second) [scheme](//cdn.example/x) [mail](mailto:a@b.example)
[rest](rest/of) <javascript:alert(1)> ]]> <![CDATA[x]]> &amp;lt; &#0; &nbsp; note[^1] and again[^1].

<script>alert(1)</script><p style="color:red" onclick="x" id="clash">Styled <a href="#clash">clash</a></p>

<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>
<blockquote cite="/quoted">Quoted</blockquote>

- [ ] to do
- [x] done

| a | b |
|:--|--:|
| 1 | 2 |

![An "alt" & <more>](pictures/own.png "Caption <b>")

\`\`\`html
<script src="/relative.js"></script> & "quotes"
\`\`\`

## Second

[^1]: The note with a [link](/city/noted).
`;

/** A paper of names and words that would break whoever copies them without looking. */
async function writeHarm(): Promise<void> {
  await call("PATCH", "/settings", {
    title: HARM[0],
    tagline: HARM[1],
    language: "ar",
    publisher: HARM[2],
  });
  await call("PUT", "/sections/city", {
    name: HARM[1]?.slice(0, 60),
    description: HARM[0],
    listed: true,
  });
  for (const [n, name] of HARM.entries())
    await call("PUT", `/authors/writer-${n}`, {
      // One of the parsers takes what is all in angle brackets for an e-mail address.
      name: `A ${name.slice(0, 90)} Z`,
      bio: `${name}\n\n\t${name}`,
    });
  for (const [n, name] of HARM.entries())
    await call("PUT", `/tags/topic-${n}`, { name: name.slice(0, 80), description: name });
  const { json: picture } = await paper.upload(pictures.webp, { name: "own.webp", alt: '"><b>' });
  for (let n = 0; n < 25; n += 1) {
    const harm = (add: number) => HARM[(n + add) % HARM.length];
    await call("POST", "/articles", {
      title: harm(0),
      slug: `story-${n}`,
      section: "city",
      standfirst: n % 3 === 0 ? null : `${harm(1)}\n${harm(2)}`,
      authors: [0, 1, 2].slice(0, n % 4).map((add) => `writer-${(n + add) % HARM.length}`),
      tags: [`topic-${n % HARM.length}`, `topic-${(n + 1) % HARM.length}`],
      body: n % 5 === 4 ? HARM.join("\n\n") : HARMFUL_BODY,
      language: [null, "he", "zh-Hant", "en-GB"][n % 4],
      // Several in one second.
      publishedAt: `2026-11-0${1 + (n % 3)}T08:00:00Z`,
      corrections: n % 2 === 0 ? [{ text: `${harm(3)}\r\n${harm(4)}` }] : [],
      hero: heroOf(n, picture.src, harm),
      seo: { title: null, description: harm(5) },
      status: "published",
    });
  }
}

function heroOf(n: number, src: string, harm: (add: number) => string | undefined): object | null {
  if (n % 3 === 2) return null;
  const outside = `https://pictures.example/a.jpg?b=1&c="`.replace('"', "%22");
  return {
    src: n % 3 === 0 ? src : outside,
    alt: harm(0),
    caption: harm(1),
    credit: harm(2)?.slice(0, 200),
  };
}

async function call(method: string, path: string, body?: unknown) {
  const { status, json } = await paper.call(method, path, body, { "If-Match": "*" });
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(json)}`);
  return json;
}

/** Reads every feed there is, and holds each entry to its story. */
async function readEveryFeed(): Promise<{ feeds: number; entries: number }> {
  const stories = await storiesByUrl();
  const ids = new Map<string, string>();
  let [feeds, entries] = [0, 0];
  for (const list of await listsThere()) {
    let said: string | null = null;
    for (const format of FORMATS) {
      const path = feedPath(list, format);
      const response = await paper.visit(path);
      expect([path, response.status]).toEqual([path, 200]);
      const text = await response.text();
      feeds += 1;
      for (const { reader, title, page, entries: read } of await readAll(format, text)) {
        expect([path, reader, page]).toEqual([path, reader, ORIGIN + list]);
        expect([path, reader, read.length > 0]).toEqual([path, reader, true]);
        for (const entry of read) holdEntry(entry, stories, ids, `${path}, ${reader}`);
        entries += read.length;
        // Whatever the format and whoever reads it, the feed says the same.
        const told = JSON.stringify([title?.trim(), read.map(plainly)]);
        said ??= told;
        if (told !== said)
          throw new Error(`${path} as ${reader} reads it:\n${difference(told, said)}`);
      }
    }
  }
  return { feeds, entries };
}

/** What is compared of an entry: parsers differ in what they do with space around it. */
function plainly({ content, title, authors, categories, ...entry }: ReadEntry): object {
  return {
    ...entry,
    title: title?.trim(),
    content: content?.trim(),
    authors: authors.map((name) => name.trim()),
    categories: categories.map((name) => name.trim()),
  };
}

function difference(one: string, other: string): string {
  let at = 0;
  while (one[at] === other[at]) at += 1;
  return [one, other].map((text) => text.slice(Math.max(0, at - 80), at + 80)).join("\n");
}

interface Told {
  id: string;
  title: string;
  publishedAt: string;
  authors: string[];
  categories: string[];
  /** The words of its body, as its page has them. */
  words: string;
}

async function storiesByUrl(): Promise<Map<string, Told>> {
  const names = new Map<string, string>();
  for (const kind of ["sections", "authors", "tags"])
    for (const { slug, name } of await everything(`/${kind}`)) names.set(`${kind} ${slug}`, name);
  const named = (kind: string, slugs: string[]) =>
    slugs.map((slug) => names.get(`${kind} ${slug}`) ?? "");
  const { publisher, title } = await call("GET", "/settings");
  const found = new Map<string, Told>();
  for (const story of await everything("/articles?status=published")) {
    const page = await (await paper.visit(new URL(story.url).pathname)).text();
    found.set(story.url, {
      id: story.id,
      // What is paid for says so wherever its headline stands alone.
      title: `${story.kind === "sponsored" ? "Advertisement: " : ""}${story.title}`,
      publishedAt: story.publishedAt,
      // What nobody signed is the paper's.
      authors: story.authors.length > 0 ? named("authors", story.authors) : [publisher ?? title],
      categories: [...named("sections", [story.section]), ...named("tags", story.tags)],
      // What is pulled out of a story is in it.
      words: wordsOf(
        proseIn(parseFragment(page.replaceAll(/<aside class="pull".*?<\/aside>\n?/gs, ""))),
      ),
    });
  }
  return found;
}

// eslint-disable-next-line typescript/no-explicit-any -- the API's answers are of every shape
async function everything(path: string): Promise<any[]> {
  const found: unknown[] = [];
  let next: string | null = null;
  do {
    const more = `${path.includes("?") ? "&" : "?"}limit=100${next ? `&cursor=${next}` : ""}`;
    const { items, next: later } = await call("GET", path + more);
    found.push(...items);
    next = later;
  } while (next);
  return found;
}

/** The first pages of all lists that readers have and that have stories. */
async function listsThere(): Promise<string[]> {
  const paths = ["/"];
  for (const [kind, root] of [
    ["sections", "/"],
    ["authors", "/authors/"],
    ["tags", "/tags/"],
  ] as const)
    for (const { slug } of await everything(`/${kind}`)) {
      const page = await paper.visit(root + slug);
      if ((await page.text()).includes('class="card')) paths.push(root + slug);
    }
  return paths;
}

function holdEntry(
  { id = "", url = "", title, content = "", published, authors, categories }: ReadEntry,
  stories: Map<string, Told>,
  ids: Map<string, string>,
  where: string,
): void {
  const story = stories.get(url);
  expect(story, `${where}: ${url}`).toBeDefined();
  if (!story) return;
  expect([where, id]).toEqual([where, expect.stringMatching(URN)]);
  expect([where, ids.get(story.id) ?? id]).toEqual([where, id]);
  ids.set(story.id, id);
  const second = (moment = "") => new Date(moment).setMilliseconds(0);
  const trimmed = (names: string[]) => names.map((name) => name.trim());
  expect([where, title?.trim(), second(published), authors, categories]).toEqual([
    where,
    story.title,
    second(story.publishedAt),
    trimmed(story.authors),
    trimmed(story.categories),
  ]);
  holdContent(content, story, where);
}

const URN = /^urn:uuid:[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

type Node = DefaultTreeAdapterTypes.Node;

/** The HTML of an entry is well-formed, means the same anywhere, does nothing, and is the whole story. */
function holdContent(html: string, story: Told, where: string): void {
  const errors: string[] = [];
  const tree = parseFragment(html, { onParseError: ({ code }) => errors.push(code) });
  expect([where, story.title, errors]).toEqual([where, story.title, []]);
  for (const node of nodesIn(tree)) {
    if (!("attrs" in node)) continue;
    expect(ELEMENTS, where).toContain(node.tagName);
    for (const { name, value } of node.attrs) {
      expect(ATTRIBUTES, `${where}: ${node.tagName}`).toContain(name);
      if (["href", "src", "cite"].includes(name))
        expect([where, value]).toEqual([
          where,
          expect.stringMatching(/^(?:https?:\/\/\w|mailto:)/),
        ]);
    }
  }
  expect([where, wordsOf(tree)]).toEqual([where, expect.stringContaining(story.words)]);
}

const ELEMENTS = (
  "a aside b bdi blockquote br code del div em figcaption figure h1 h2 h3 h4 h5 h6 hr i img li ol p pre q s section small span " +
  "strong sub sup table tbody td th thead time tr ul"
).split(" ");
const ATTRIBUTES =
  "alt cite class datetime dir height href lang rel scope src start title width".split(" ");

function nodesIn(node: Node): Node[] {
  return "childNodes" in node ? [node, ...node.childNodes.flatMap(nodesIn)] : [node];
}

function proseIn(tree: Node): Node {
  const prose = nodesIn(tree).find(
    (node) => "attrs" in node && node.attrs.some(({ value }) => value === "prose"),
  );
  expect(prose).toBeDefined();
  return prose as Node;
}

function wordsOf(node: Node): string {
  const texts = nodesIn(node).map((each) => ("value" in each ? each.value : ""));
  return texts
    .join(" ")
    .replace(/[☐☑\p{Cc}\uffff]/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
}
