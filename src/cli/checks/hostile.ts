import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Newsroom } from "../press/newsroom-api.ts";
import { Refusal } from "../refusal.ts";
import type { PictureOfPage } from "../screenshots/kinds.ts";

// A paper in which every field is hostile: it tries to be markup, to end what it stands in, to turn the line around, to have
// no end, and is still what an editor may write.

const BREAKOUT = `</script></style></title><script>alert(1)</script>"'><svg onload=alert(1)>`;
const ENTITIES = "&amp;lt; &#x3c; &nbsp; <!-- ]]> {{7*7}} ${7*7} %3Cscript%3E";
// A mark and an isolate that turn the line around, letters of both directions, joined emoji, a letter of three parts.
const DIRECTIONS = "\u200fabc \u2067עברית\u2069 العربية 👩‍👩‍👧‍👦🏴󠁧󠁢󠁳󠁣󠁴󠁿 e\u0301\u0323";
const ENDLESS = "W".repeat(360);

/** Everything at once, in as many characters as a field takes. */
function hostile(length: number): string {
  const text = `${BREAKOUT} ${DIRECTIONS} ${ENTITIES} ${ENDLESS}`;
  // Never half a character.
  return [...new Intl.Segmenter().segment(text)].reduce(
    (taken, { segment }) => (taken.length + segment.length <= length ? taken + segment : taken),
    "",
  );
}

const BODY = `${hostile(400)}

## ${hostile(200)}

> [!NOTE] ${hostile(80)}
>
> ${hostile(200)}

> [!PULLQUOTE] ${DIRECTIONS}
> ${hostile(100)}

> ${hostile(300)}

<p onclick="alert(1)" style="position:fixed">A paragraph <b>unclosed <i>and <a href="javascript:alert(1)">crossed</b> over</i></a>

<iframe src="https://evil.example/"></iframe><svg onload=alert(1)><math><mtext></style><svg onload=alert(1)>

| ${hostile(60).replaceAll("|", "")} | b |
|---|---|
| ${ENDLESS} | \`${BREAKOUT}\` |

- [ ] ${hostile(100)}
- [x] ${DIRECTIONS}

[${hostile(80)}](https://example.org/?a=1&b="><script>)

\`\`\`html
${BREAKOUT}
\`\`\`

https://www.youtube.com/watch?v=${encodeURIComponent(BREAKOUT)}

A note[^1] and ${ENDLESS}.

[^1]: ${hostile(200)}
`;

/** The pages of the hostile paper, one of each kind. */
export const HOSTILE_PAGES: PictureOfPage[] = [
  { name: "front", path: "/" },
  { name: "section", path: "/hostile" },
  { name: "story", path: "/hostile/hostile" },
  { name: "right-to-left", path: "/hostile/turned" },
  { name: "picture-story", path: "/hostile/pictured" },
  { name: "plain", path: "/hostile/bare" },
  { name: "author", path: "/authors/hostile" },
  { name: "tag", path: "/tags/hostile" },
  { name: "advertisement", path: "/hostile/paid" },
  { name: "page", path: "/about" },
  { name: "search", path: `/search?q=${encodeURIComponent(hostile(80))}`, hidden: true },
  { name: "found", path: "/search?q=alert&section=hostile&from=2026-01-01", hidden: true },
  { name: "archive", path: "/archive" },
  { name: "month", path: "/archive/2026/11" },
  { name: "corrections", path: "/corrections" },
  { name: "not-found", path: "/hostile/%3Cscript%3E", missing: 404 },
];

/** What is told of a picture: all that an upload takes. */
const PICTURE = {
  name: `${hostile(200)}.jpg`,
  alt: hostile(1000),
  caption: hostile(1000),
  credit: hostile(200),
};

const BRIDGE = path.join(import.meta.dirname, "../../../content/pictures/bridge.jpg");

/** Publishes it. */
export async function publishHostile(newsroom: Newsroom): Promise<void> {
  const call = async (method: string, path: string, body: unknown) => {
    const answer = await newsroom.call(method, path, body);
    if (answer.ok) return answer.body;
    const issues = answer.issues.map((issue) => `${issue.path} ${issue.message}`);
    throw new Refusal([`${method} ${path}: ${answer.detail}`, ...issues].join("\n"));
  };
  await call("PATCH", "/settings", {
    title: hostile(100),
    tagline: hostile(200),
    description: hostile(500),
    publisher: hostile(120),
  });
  await call("POST", "/pages", {
    slug: "about",
    title: hostile(300),
    standfirst: hostile(500),
    body: BODY,
    seo: { title: hostile(200), description: hostile(300) },
    status: "published",
  });
  await call("PUT", "/sections/hostile", { name: hostile(60), description: hostile(500) });
  await call("PUT", "/authors/hostile", {
    name: hostile(120),
    role: hostile(120),
    links: [`https://example.org/?a=1&b=%22%3E%3Cscript%3E`],
    bio: `${hostile(500)}\n\n${DIRECTIONS}`,
  });
  await call("PUT", "/tags/hostile", {
    name: hostile(80),
    description: hostile(500),
    series: true,
  });
  await call("PATCH", "/settings", {
    menu: [
      { section: "hostile", label: hostile(60) },
      { href: "/about", label: hostile(60) },
    ],
    social: ["https://example.org/@%22%3E%3Cscript%3E"],
  });
  const story = {
    section: "hostile",
    status: "published",
    authors: ["hostile"],
    tags: ["hostile"],
    publishedAt: "2026-11-20T08:00:00Z",
  };
  const said = {
    title: hostile(300),
    standfirst: hostile(500),
    body: BODY,
    seo: { title: hostile(200), description: hostile(300) },
    hero: {
      src: "https://example.org/none.png",
      alt: hostile(300),
      caption: hostile(300),
      credit: hostile(100),
    },
  };
  await call("POST", "/articles", { ...story, ...said, slug: "hostile", hero: null });
  await call("POST", "/articles", {
    ...story,
    ...said,
    slug: "turned",
    language: "ar",
    hero: null,
    corrections: [{ text: hostile(500), at: "2026-11-21T08:00:00Z" }],
  });
  const bytes = new Uint8Array(await readFile(BRIDGE));
  const query = new URLSearchParams(PICTURE).toString();
  const { src } = (await call("POST", `/media?${query}`, { type: "image/jpeg", bytes })) as {
    src: string;
  };
  const told = hostile(100).replaceAll(/[\][()"\\]/g, "");
  await call("POST", "/articles", {
    ...story,
    ...said,
    slug: "pictured",
    hero: { src, alt: hostile(300), caption: hostile(300), credit: hostile(100) },
    body: `${BODY}\n![${told}](${src} "${told}")\n\n![${told}](${src})\n![${told}](${src})\n`,
  });
  await call("POST", "/articles", { ...story, slug: "bare", title: DIRECTIONS, body: DIRECTIONS });
  await call("POST", "/articles", {
    ...story,
    ...said,
    slug: "paid",
    hero: null,
    kind: "sponsored",
    sponsor: hostile(120),
    part: 3,
  });
}
