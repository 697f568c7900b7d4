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

/** What a pattern's names stand for in an address. */
export type Parts = Record<string, string | undefined>;

export type TitleOf = (parts: Parts, host: string) => string | undefined;

/** What an address tells by a part of it: a person, words, a page name, a name as it is. */
const byUser: TitleOf = ({ user }) => `@${user}`;
const byWords: TitleOf = ({ words }) => readable(words);
const byPageName: TitleOf = ({ page }) => pageName(page);
const byName: TitleOf = ({ name }) => name?.replace(/\.git$/, "");

/** A parameter among others of a query. */
export const parameter = (name: string, value: string) => `(.*&)?${name}=:${name}(${value})(&.*)?`;

/**
 * What each provider shows, as patterns (https://urlpattern.spec.whatwg.org/) of `host/path`, with ` ? query` and `#hash` behind it
 * where they count. `domains` are the last two labels of its hosts; a provider without any may be at every host.
 */
export const PROVIDERS: Record<
  string,
  {
    domains: string[];
    name?: string;
    shown: [written: string, kind: EmbedKind, titleOf?: TitleOf][];
  }
> = {
  youtube: {
    domains: ["youtube.com", "youtu.be"],
    name: "YouTube",
    shown: [
      [`{:of(m|music).}?youtube.com/watch ? ${parameter("v", "[\\w\\-]{6,20}")}`, "video"],
      ["{:of(m|music).}?youtube.com/:kind(shorts|live|embed)/:video([\\w\\-]{6,20})", "video"],
      [`{:of(m|music).}?youtube.com/playlist ? ${parameter("list", "[\\w\\-]+[^&]*")}`, "video"],
      ["{:of(m|music).}?youtube.com/@:user([\\w.\\-]{3,40})", "video", byUser],
      ["youtu.be/:video([\\w\\-]{6,20})", "video"],
    ],
  },
  vimeo: {
    domains: ["vimeo.com"],
    name: "Vimeo",
    shown: [
      [
        "{player.}?vimeo.com/{:of(video|channels\\/[\\w\\-]+)/}?:video(\\d{5,12})/:secret([\\da-f]+)?",
        "video",
      ],
    ],
  },
  dailymotion: {
    domains: ["dailymotion.com"],
    name: "Dailymotion",
    shown: [["dailymotion.com/video/:video([a-z\\d]{5,12})", "video"]],
  },
  twitch: {
    domains: ["twitch.tv"],
    name: "Twitch",
    shown: [["twitch.tv/videos/:video(\\d+)", "video"]],
  },
  tiktok: {
    domains: ["tiktok.com"],
    name: "TikTok",
    shown: [["tiktok.com/@:user([\\w.]{2,30})/:kind(video|photo)/:n(\\d+)", "video", byUser]],
  },
  spotify: {
    domains: ["spotify.com"],
    name: "Spotify",
    shown: [
      [
        "open.spotify.com/{intl-:country([a-z]{2})/}?:kind(track|album|artist|episode|show|playlist)/:n([A-Za-z\\d]{10,30})",
        "audio",
      ],
    ],
  },
  soundcloud: {
    domains: ["soundcloud.com"],
    name: "SoundCloud",
    shown: [
      [
        "{m.}?soundcloud.com/:artist((?!discover|search|you\\/)[\\w\\-]{3,40})/{sets/}?:words([\\w\\-]+)",
        "audio",
        byWords,
      ],
    ],
  },
  bandcamp: {
    domains: ["bandcamp.com"],
    name: "Bandcamp",
    shown: [
      [":artist([a-z\\d\\-]+).bandcamp.com/:kind(track|album)/:words([\\w\\-]+)", "audio", byWords],
    ],
  },
  "apple-podcasts": {
    domains: ["apple.com"],
    name: "Apple Podcasts",
    shown: [
      [
        "podcasts.apple.com/:country([a-z]{2})/podcast/:words([^\\/]+)?/id:n(\\d+)",
        "audio",
        byWords,
      ],
    ],
  },
  bluesky: {
    domains: ["bsky.app"],
    name: "Bluesky",
    shown: [
      ["bsky.app/profile/:user([\\w.\\-]+\\.[\\w\\-]+){/post/:post([a-z\\d]+)}?", "post", byUser],
    ],
  },
  x: {
    domains: ["x.com", "twitter.com"],
    name: "X",
    shown: [["{mobile.}?:of(x|twitter).com/:user(\\w{1,15})/status/:n(\\d+)", "post", byUser]],
  },
  threads: {
    domains: ["threads.net", "threads.com"],
    name: "Threads",
    shown: [["threads.:of(net|com)/@:user([\\w.]{1,30})/post/:post([\\w\\-]+)", "post", byUser]],
  },
  instagram: {
    domains: ["instagram.com"],
    name: "Instagram",
    shown: [
      ["instagram.com/:user([\\w.]{1,30})?/p/:post([\\w\\-]+)", "photo"],
      ["instagram.com/:user([\\w.]{1,30})?/:kind(reel|tv)/:post([\\w\\-]+)", "video"],
    ],
  },
  reddit: {
    domains: ["reddit.com"],
    name: "Reddit",
    shown: [
      ["{old.}?reddit.com/r/:group(\\w+)/comments/:n([a-z\\d]+)/:words(\\w+)?", "post", byWords],
    ],
  },
  flickr: {
    domains: ["flickr.com"],
    name: "Flickr",
    shown: [
      [
        "flickr.com/photos/:user([\\w@\\-]+)/:n(\\d+|albums\\/\\d+|sets\\/\\d+){/in/:of([\\w\\-]+)}?",
        "photo",
      ],
    ],
  },
  codepen: {
    domains: ["codepen.io"],
    name: "CodePen",
    shown: [
      ["codepen.io/:user([\\w\\-]+)/:kind(pen|full|details)/:pen([A-Za-z]+)", "code", byUser],
    ],
  },
  "github-gist": {
    domains: ["github.com"],
    name: "GitHub Gist",
    shown: [["gist.github.com/:user([\\w\\-]+)/:n([\\da-f]{20,40})", "code", byUser]],
  },
  github: {
    domains: ["github.com"],
    name: "GitHub",
    shown: [
      [
        "github.com/:name((?!(?:about|apps|collections|features|login|marketplace|orgs|search|settings|sponsors|topics|users)\\/)[\\w\\-]{1,39}\\/[\\w.\\-]{1,100}){/*}?",
        "code",
        byName,
      ],
    ],
  },
  gitlab: {
    domains: ["gitlab.com"],
    name: "GitLab",
    shown: [
      [
        "gitlab.com/:name((?!(?:explore|users|help)\\/)[\\w.\\-]{2,255}\\/[\\w.\\-]{1,100}){/*}?",
        "code",
        ({ name }) => name,
      ],
    ],
  },
  wikipedia: {
    domains: ["wikipedia.org"],
    name: "Wikipedia",
    shown: [
      [
        ":language((?!www)[a-z][a-z\\-]{1,15}){.m}?.wikipedia.org/wiki/:page(.+)",
        "article",
        byPageName,
      ],
    ],
  },
  "wikimedia-commons": {
    domains: ["wikimedia.org"],
    name: "Wikimedia Commons",
    shown: [["commons.wikimedia.org/wiki/File\\::page(.+)", "photo", byPageName]],
  },
  openstreetmap: {
    domains: ["openstreetmap.org"],
    name: "OpenStreetMap",
    shown: [
      ["openstreetmap.org/:kind(node|way|relation)/:n(\\d+)", "map"],
      ["openstreetmap.org/#map=:zoom(\\d.*)", "map"],
    ],
  },
  "internet-archive": {
    domains: ["archive.org"],
    name: "Internet Archive",
    shown: [["archive.org/details/:item([\\w.\\-]+){/*}?", "document"]],
  },
  documentcloud: {
    domains: ["documentcloud.org"],
    name: "DocumentCloud",
    shown: [["documentcloud.org/documents/:n(\\d+)-:words([\\w\\-]+)", "document", byWords]],
  },
  datawrapper: {
    domains: ["dwcdn.net", "datawrapper.de"],
    name: "Datawrapper",
    shown: [
      ["datawrapper.:of(dwcdn\\.net|de)/{_/}?:chart([A-Za-z\\d]{5}){/:version(\\d+)}?", "chart"],
    ],
  },
  flourish: {
    domains: ["flourish.studio"],
    name: "Flourish",
    shown: [["public.flourish.studio/:kind(visualisation|story)/:n(\\d+)", "chart"]],
  },
  // Every Mastodon server has its own host; the shape of the path is the same on all of them.
  mastodon: {
    domains: [],
    shown: [
      [
        "*/@:user(\\w{1,30}){@:server([\\w.\\-]+)}?/:n(\\d{15,20})",
        "post",
        ({ user, server }, host) => `@${user}@${server ?? host}`,
      ],
    ],
  },
};

/** A Wikipedia page name: underscores are spaces. */
function pageName(encoded = ""): string | undefined {
  return decode(encoded.replace(/\/$/, ""))?.replaceAll("_", " ");
}

/** A slug as words, if it is one; `a-long_walk` becomes "a long walk". */
function readable(slug = ""): string | undefined {
  return decode(slug)?.replace(/[-_]+/g, " ").trim();
}

export function decode(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined; // not percent-encoded UTF-8
  }
}
