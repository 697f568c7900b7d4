/** What stands behind an address, for the sentence "Video on YouTube". */
export type EmbedKind =
  | "article"
  | "audio"
  | "chart"
  | "code"
  | "document"
  | "map"
  | "photo"
  | "post"
  | "video";

/** What an address says of itself, without asking anyone. */
export interface Embed {
  /** Name of the provider for machines: lower-case letters and hyphens. */
  provider: string;
  /** Name of the provider for readers. */
  name: string;
  kind: EmbedKind;
  host: string;
  /** What the address itself tells: a page name, `owner/repository`, `@user`. Plain text. */
  title?: string;
}

/**
 * The page that a player's address stands for: what is meant to fill a frame is no page to send readers to. Any other address
 * is answered as it is.
 */
export function playerPage(address: string): string {
  const framed = /^https?:\/\/(?:www\.)?facebook\.com\/plugins\/(?:post|video)\.php\?/.test(address)
    ? new URL(address).searchParams.get("href")
    : null;
  if (framed?.startsWith("https://www.facebook.com/")) return new URL(framed).href;
  for (const [player, page] of PLAYER_PAGES)
    if (player.test(address)) return address.replace(player, page);
  return address;
}

const PLAYER_PAGES: [player: RegExp, page: string][] = [
  [
    /^https?:\/\/(?:www\.)?youtube(?:-nocookie)?\.com\/embed\/videoseries\?(?:[^#]*&)?list=([\w-]+).*$/,
    "https://www.youtube.com/playlist?list=$1",
  ],
  [
    /^https?:\/\/(?:www\.)?youtube(?:-nocookie)?\.com\/(?:embed|v)\/([\w-]{6,20}).*$/,
    "https://www.youtube.com/watch?v=$1",
  ],
  [/^https?:\/\/player\.vimeo\.com\/video\/(\d+).*$/, "https://vimeo.com/$1"],
  [
    /^https?:\/\/(?:www\.)?vimeo\.com\/moogaloop\.swf\?(?:[^#]*&)?clip_id=(\d+).*$/,
    "https://vimeo.com/$1",
  ],
  [
    /^https?:\/\/(?:www\.)?dailymotion\.com\/(?:embed\/video|swf)\/([a-z\d]+).*$/,
    "https://www.dailymotion.com/video/$1",
  ],
  [/^https?:\/\/open\.spotify\.com\/embed\/(.+)$/, "https://open.spotify.com/$1"],
  [/^(https?:\/\/(?:www\.)?instagram\.com\/(?:p|reel|tv)\/[\w-]+)\/embed.*$/, "$1/"],
  [
    /^https?:\/\/codepen\.io\/([\w-]+)\/embed\/(?:preview\/)?([A-Za-z]+).*$/,
    "https://codepen.io/$1/pen/$2",
  ],
  [/^https?:\/\/archive\.org\/embed\/([\w.-]+).*$/, "https://archive.org/details/$1"],
];

/** Recognises the address of something that a known provider shows, by its exact host and the shape of its path. */
export function findEmbed(address: string): Embed | undefined {
  const match = ADDRESS.exec(address);
  if (!match) return undefined;
  const [, written = "", path = "/", query = ""] = match;
  const host = written.toLowerCase();
  const bare = host.replace(/^www\./, "");
  for (const { id, name, hosts, pages } of PROVIDERS) {
    if (!hosts.test(bare)) continue;
    for (const [shape, kind, titleOf] of pages) {
      const page = shape.exec(path + query);
      if (!page) continue;
      const title = titleOf?.(page, bare);
      return { provider: id, name: name ?? bare, kind, host: bare, ...(title ? { title } : {}) };
    }
  }
  return undefined;
}

/** No user name and no port: `https://youtube.com:80@evil.example/` is not an address of YouTube. */
const ADDRESS =
  /^https?:\/\/([a-z0-9-]+(?:\.[a-z0-9-]+)+)(\/[^?#\s\\]*)?((?:\?[^#\s]*)?(?:#\S*)?)$/i;

type Page = [
  shape: RegExp,
  kind: EmbedKind,
  titleOf?: (page: RegExpExecArray, host: string) => string | undefined,
];

interface Provider {
  id: string;
  /** Left out where the host is the name. */
  name?: string;
  /** The whole host, without `www.`. */
  hosts: RegExp;
  /** Path and query. */
  pages: Page[];
}

const END = String.raw`\/?(?:[?#]|$)`;
const user: Page[2] = (page) => `@${page[1]}`;
const words: Page[2] = (page) => readable(page[1]);

/** The first provider whose host and page fit wins; the one known by its paths alone comes last. */
const PROVIDERS: Provider[] = [
  {
    id: "youtube",
    name: "YouTube",
    hosts: /^(?:m\.|music\.)?youtube\.com$/,
    pages: [
      [/^\/watch\?(?:[^#]*&)?v=[\w-]{6,20}(?:[&#]|$)/, "video"],
      [new RegExp(String.raw`^\/(?:shorts|live|embed)\/[\w-]{6,20}${END}`), "video"],
      [/^\/playlist\?(?:[^#]*&)?list=[\w-]+/, "video"],
      [new RegExp(String.raw`^\/@([\w.-]{3,40})${END}`), "video", user],
    ],
  },
  {
    id: "youtube",
    name: "YouTube",
    hosts: /^youtu\.be$/,
    pages: [[new RegExp(String.raw`^\/[\w-]{6,20}${END}`), "video"]],
  },
  {
    id: "vimeo",
    name: "Vimeo",
    hosts: /^(?:player\.)?vimeo\.com$/,
    pages: [
      [
        new RegExp(String.raw`^\/(?:video\/|channels\/[\w-]+\/)?\d{5,12}(?:\/[\da-f]+)?${END}`),
        "video",
      ],
    ],
  },
  {
    id: "dailymotion",
    name: "Dailymotion",
    hosts: /^dailymotion\.com$/,
    pages: [[new RegExp(String.raw`^\/video\/[a-z\d]{5,12}${END}`), "video"]],
  },
  {
    id: "twitch",
    name: "Twitch",
    hosts: /^twitch\.tv$/,
    pages: [[new RegExp(String.raw`^\/videos\/\d+${END}`), "video"]],
  },
  {
    id: "tiktok",
    name: "TikTok",
    hosts: /^tiktok\.com$/,
    pages: [[new RegExp(String.raw`^\/@([\w.]{2,30})\/(?:video|photo)\/\d+${END}`), "video", user]],
  },
  {
    id: "spotify",
    name: "Spotify",
    hosts: /^open\.spotify\.com$/,
    pages: [
      [
        new RegExp(
          String.raw`^\/(?:intl-[a-z]{2}\/)?(?:track|album|artist|episode|show|playlist)\/[A-Za-z\d]{10,30}${END}`,
        ),
        "audio",
      ],
    ],
  },
  {
    id: "soundcloud",
    name: "SoundCloud",
    hosts: /^(?:m\.)?soundcloud\.com$/,
    pages: [
      [
        new RegExp(String.raw`^\/(?!discover|search|you\/)[\w-]{3,40}\/(?:sets\/)?([\w-]+)${END}`),
        "audio",
        words,
      ],
    ],
  },
  {
    id: "bandcamp",
    name: "Bandcamp",
    hosts: /^[a-z\d-]+\.bandcamp\.com$/,
    pages: [[new RegExp(String.raw`^\/(?:track|album)\/([\w-]+)${END}`), "audio", words]],
  },
  {
    id: "apple-podcasts",
    name: "Apple Podcasts",
    hosts: /^podcasts\.apple\.com$/,
    pages: [
      [new RegExp(String.raw`^\/[a-z]{2}\/podcast\/(?:([^/]+)\/)?id\d+${END}`), "audio", words],
    ],
  },
  {
    id: "bluesky",
    name: "Bluesky",
    hosts: /^bsky\.app$/,
    pages: [
      [
        new RegExp(String.raw`^\/profile\/([\w.-]+\.[\w-]+)(?:\/post\/[a-z\d]+)?${END}`),
        "post",
        user,
      ],
    ],
  },
  {
    id: "x",
    name: "X",
    hosts: /^(?:mobile\.)?(?:x|twitter)\.com$/,
    pages: [[new RegExp(String.raw`^\/(\w{1,15})\/status\/\d+${END}`), "post", user]],
  },
  {
    id: "threads",
    name: "Threads",
    hosts: /^threads\.(?:net|com)$/,
    pages: [[new RegExp(String.raw`^\/@([\w.]{1,30})\/post\/[\w-]+${END}`), "post", user]],
  },
  {
    id: "instagram",
    name: "Instagram",
    hosts: /^instagram\.com$/,
    pages: [
      [new RegExp(String.raw`^\/(?:[\w.]{1,30}\/)?p\/[\w-]+${END}`), "photo"],
      [new RegExp(String.raw`^\/(?:[\w.]{1,30}\/)?(?:reel|tv)\/[\w-]+${END}`), "video"],
    ],
  },
  {
    id: "reddit",
    name: "Reddit",
    hosts: /^(?:old\.)?reddit\.com$/,
    pages: [
      [new RegExp(String.raw`^\/r\/\w+\/comments\/[a-z\d]+(?:\/(\w+))?${END}`), "post", words],
    ],
  },
  {
    id: "flickr",
    name: "Flickr",
    hosts: /^flickr\.com$/,
    pages: [
      [
        new RegExp(
          String.raw`^\/photos\/[\w@-]+\/(?:\d+|albums\/\d+|sets\/\d+)(?:\/in\/[\w-]+)?${END}`,
        ),
        "photo",
      ],
    ],
  },
  {
    id: "codepen",
    name: "CodePen",
    hosts: /^codepen\.io$/,
    pages: [
      [new RegExp(String.raw`^\/([\w-]+)\/(?:pen|full|details)\/[A-Za-z]+${END}`), "code", user],
    ],
  },
  {
    id: "github-gist",
    name: "GitHub Gist",
    hosts: /^gist\.github\.com$/,
    pages: [[new RegExp(String.raw`^\/([\w-]+)\/[\da-f]{20,40}${END}`), "code", user]],
  },
  {
    id: "github",
    name: "GitHub",
    hosts: /^github\.com$/,
    pages: [
      [
        /^\/(?!(?:about|apps|collections|features|login|marketplace|orgs|search|settings|sponsors|topics|users)\/)([\w-]{1,39}\/[\w.-]{1,100})(?:[/?#]|$)/,
        "code",
        (page) => page[1]?.replace(/\.git$/, ""),
      ],
    ],
  },
  {
    id: "gitlab",
    name: "GitLab",
    hosts: /^gitlab\.com$/,
    pages: [
      [
        /^\/(?!(?:explore|users|help)\/)([\w.-]{2,255}\/[\w.-]{1,100})(?:[/?#]|$)/,
        "code",
        (page) => page[1],
      ],
    ],
  },
  {
    id: "wikipedia",
    name: "Wikipedia",
    hosts: /^[a-z][a-z-]{1,15}(?:\.m)?\.wikipedia\.org$/,
    pages: [
      [new RegExp(String.raw`^\/wiki\/([^?#]+)${END}`), "article", (page) => pageName(page[1])],
    ],
  },
  {
    id: "wikimedia-commons",
    name: "Wikimedia Commons",
    hosts: /^commons\.wikimedia\.org$/,
    pages: [
      [new RegExp(String.raw`^\/wiki\/File:([^?#]+)${END}`), "photo", (page) => pageName(page[1])],
    ],
  },
  {
    id: "openstreetmap",
    name: "OpenStreetMap",
    hosts: /^openstreetmap\.org$/,
    pages: [
      [new RegExp(String.raw`^\/(?:node|way|relation)\/\d+${END}`), "map"],
      [/^\/(?:\?[^#]*)?#map=\d/, "map"],
    ],
  },
  {
    id: "internet-archive",
    name: "Internet Archive",
    hosts: /^archive\.org$/,
    pages: [[new RegExp(String.raw`^\/details\/[\w.-]+(?:\/[^?#]*)?${END}`), "document"]],
  },
  {
    id: "documentcloud",
    name: "DocumentCloud",
    hosts: /^documentcloud\.org$/,
    pages: [[new RegExp(String.raw`^\/documents\/\d+-([\w-]+)${END}`), "document", words]],
  },
  {
    id: "datawrapper",
    name: "Datawrapper",
    hosts: /^(?:datawrapper\.dwcdn\.net|datawrapper\.de)$/,
    pages: [[new RegExp(String.raw`^\/(?:_\/)?[A-Za-z\d]{5}(?:\/\d+)?${END}`), "chart"]],
  },
  {
    id: "flourish",
    name: "Flourish",
    hosts: /^public\.flourish\.studio$/,
    pages: [[new RegExp(String.raw`^\/(?:visualisation|story)\/\d+${END}`), "chart"]],
  },
  {
    // Every Mastodon server has its own host; the shape of the path is the same on all of them.
    id: "mastodon",
    hosts: /^/,
    pages: [
      [
        new RegExp(String.raw`^\/@(\w{1,30})(@[\w.-]+)?\/\d{15,20}${END}`),
        "post",
        (page, host) => `@${page[1]}${page[2] ?? `@${host}`}`,
      ],
    ],
  },
];

/** A Wikipedia page name: underscores are spaces. */
function pageName(encoded = ""): string | undefined {
  return decode(encoded.replace(/\/$/, ""))?.replaceAll("_", " ");
}

/** A slug as words, if it is one; `a-long_walk` becomes "a long walk". */
function readable(slug = ""): string | undefined {
  return decode(slug)?.replace(/[-_]+/g, " ").trim();
}

function decode(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined; // not percent-encoded UTF-8
  }
}
