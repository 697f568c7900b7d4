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

/** A parameter among others of a query. */
export const parameter = (name: string, value: string) => `(.*&)?${name}=:${name}(${value})(&.*)?`;

/** In place of a domain: known by its paths alone, at whatever host. */
export const ANY = "*";

/** A provider: its name for machines, the last two labels of its hosts, its name for readers, and what it shows. */
type Provider = [
  id: string,
  domains: string,
  name: string | null,
  shown: Partial<Record<EmbedKind, string[]>>,
];

/** A part of an address that is words: "a-long-walk". */
const WORDS = ":words([\\w\\-.%]+)";
/** Who is meant, by a name that is no handle. */
const BY = ":by([\\w\\-.%]+)";
const UUID = ":n([\\da-f]{8}-[\\da-f\\-]{27})";

/**
 * What each provider shows, as patterns (https://urlpattern.spec.whatwg.org/) of `host/path`, with ` ? query` and `#hash` behind it
 * where they count. Where the host is the name, there is none. The names of a pattern's groups say what an address tells:
 * `words` is a title in its slug, `page` and `place` are one as it is, `name` is `owner/repository`; `user` is the handle of its
 * author, `by` their name, `group` a place on Reddit. The first pattern that fits counts.
 */
export const PROVIDERS: Provider[] = [
  [
    "youtube",
    "youtube.com youtu.be",
    "YouTube",
    {
      video: [
        `{:of(m|music).}?youtube.com/watch ? ${parameter("v", "[\\w\\-]{6,20}")}`,
        "{:of(m|music).}?youtube.com/:kind(shorts|live|embed)/:video([\\w\\-]{6,20})",
        `{:of(m|music).}?youtube.com/playlist ? ${parameter("list", "[\\w\\-]+[^&]*")}`,
        "{:of(m|music).}?youtube.com/@:user([\\w.\\-]{3,40})",
        "youtu.be/:video([\\w\\-]{6,20})",
      ],
    },
  ],
  [
    "vimeo",
    "vimeo.com",
    "Vimeo",
    {
      video: [
        "{player.}?vimeo.com/{:of(video|channels\\/[\\w\\-]+)/}?:video(\\d{5,12})/:secret([\\da-f]+)?",
      ],
    },
  ],
  [
    "dailymotion",
    "dailymotion.com dai.ly",
    "Dailymotion",
    {
      video: ["dailymotion.com/video/:video([a-z\\d]{5,12})", "dai.ly/:video([a-z\\d]{5,12})"],
    },
  ],
  [
    "twitch",
    "twitch.tv",
    "Twitch",
    {
      video: [
        "{m.}?twitch.tv/videos/:n(\\d+)",
        "{m.}?twitch.tv/:user(\\w{3,30})/clip/:n([\\w\\-]+)",
        "clips.twitch.tv/:n([\\w\\-]+)",
      ],
    },
  ],
  [
    "tiktok",
    "tiktok.com",
    "TikTok",
    {
      video: [
        "{m.}?tiktok.com/@:user([\\w.]{2,30})/video/:n(\\d+)",
        ":of(vm|vt).tiktok.com/:n(\\w+)",
        "tiktok.com/t/:n(\\w+)",
      ],
      photo: ["{m.}?tiktok.com/@:user([\\w.]{2,30})/photo/:n(\\d+)"],
    },
  ],
  ["ted", "ted.com", "TED", { video: [`ted.com/talks/${WORDS}`] }],
  ["streamable", "streamable.com", "Streamable", { video: ["streamable.com/:n([a-z\\d]{4,10})"] }],
  ["rumble", "rumble.com", "Rumble", { video: [`rumble.com/:n(v[a-z\\d]+)-${WORDS}`] }],
  [
    "spotify",
    "spotify.com spotify.link",
    "Spotify",
    {
      audio: [
        "open.spotify.com/{intl-:country([a-z]{2})/}?:kind(track|album|artist|episode|show|playlist)/:n([A-Za-z\\d]{10,30})",
        `:of(creators|podcasters).spotify.com/pod/:kind(show|profile)/${BY}/episodes/${WORDS}-e:n([a-z\\d]+)`,
        "spotify.link/:n(\\w+)",
      ],
    },
  ],
  [
    "soundcloud",
    "soundcloud.com",
    "SoundCloud",
    {
      audio: [
        `{m.}?soundcloud.com/:by((?!discover|search|you\\/)[\\w\\-]{3,40})/{sets/}?${WORDS}`,
        "on.soundcloud.com/:n(\\w+)",
      ],
    },
  ],
  [
    "bandcamp",
    "bandcamp.com",
    "Bandcamp",
    { audio: [`${BY}.bandcamp.com/:kind(track|album)/${WORDS}`] },
  ],
  ["mixcloud", "mixcloud.com", "Mixcloud", { audio: [`mixcloud.com/${BY}/${WORDS}`] }],
  [
    "deezer",
    "deezer.com",
    "Deezer",
    { audio: ["deezer.com/{:l([a-z]{2})/}?:kind(track|album|playlist|show|episode)/:n(\\d+)"] },
  ],
  [
    "apple-podcasts",
    "apple.com",
    "Apple Podcasts",
    { audio: ["podcasts.apple.com/:country([a-z]{2})/podcast/:words([^\\/]+)?/id:n(\\d+)"] },
  ],
  [
    "apple-music",
    "apple.com",
    "Apple Music",
    {
      audio: [
        "music.apple.com/:country([a-z]{2})/:kind(album|song|playlist)/:words([^\\/]+)/:n([\\w.\\-]+)",
      ],
    },
  ],
  [
    "overcast",
    "overcast.fm",
    "Overcast",
    { audio: ["overcast.fm/\\+:n([\\w\\-]+)", `overcast.fm/itunes:n(\\d+){/${WORDS}}?`] },
  ],
  [
    "pocket-casts",
    "pca.st pocketcasts.com",
    "Pocket Casts",
    {
      audio: [
        "pca.st/{:kind(episode|podcast)/}?:n([\\w\\-]+)",
        `{play.}?pocketcasts.com/podcast{s}?/${WORDS}{/*}?`,
      ],
    },
  ],
  ["castbox", "castbox.fm", "Castbox", { audio: [`castbox.fm/:kind(episode|channel)/${WORDS}`] }],
  ["castro", "castro.fm", "Castro", { audio: ["castro.fm/:kind(episode|podcast)/:n(\\w+)"] }],
  [
    "acast",
    "acast.com",
    "Acast",
    { audio: [`shows.acast.com/${BY}/episodes/${WORDS}`, `play.acast.com/s/${BY}/${WORDS}`] },
  ],
  ["podbean", "podbean.com", "Podbean", { audio: [`${BY}.podbean.com/e/${WORDS}`] }],
  [
    "buzzsprout",
    "buzzsprout.com",
    "Buzzsprout",
    { audio: [`buzzsprout.com/:show(\\d+)/{episodes/}?:n(\\d+)-${WORDS}`] },
  ],
  ["spreaker", "spreaker.com", "Spreaker", { audio: [`spreaker.com/episode/${WORDS}--:n(\\d+)`] }],
  [
    "audioboom",
    "audioboom.com",
    "Audioboom",
    { audio: [`audioboom.com/posts/:n(\\d+){-${WORDS}}?`] },
  ],
  [
    "simplecast",
    "simplecast.com",
    "Simplecast",
    { audio: [`${BY}.simplecast.com/episodes/${WORDS}`] },
  ],
  ["transistor", "transistor.fm", "Transistor", { audio: ["share.transistor.fm/s/:n(\\w+)"] }],
  [
    "podcast-addict",
    "podcastaddict.com",
    "Podcast Addict",
    { audio: [`podcastaddict.com/${WORDS}/episode/:n(\\d+)`] },
  ],
  [
    "bluesky",
    "bsky.app",
    "Bluesky",
    { post: ["bsky.app/profile/:user([\\w.\\-]+\\.[\\w\\-]+){/post/:post([a-z\\d]+)}?"] },
  ],
  [
    "x",
    "x.com twitter.com",
    "X",
    {
      post: [
        "{mobile.}?:of(x|twitter).com/:kind(i\\/web|i)/status/:n(\\d+){/*}?",
        "{mobile.}?:of(x|twitter).com/:user(\\w{1,15})/status/:n(\\d+){/*}?",
      ],
    },
  ],
  [
    "threads",
    "threads.net threads.com",
    "Threads",
    {
      post: [
        "threads.:of(net|com)/@:user([\\w.]{1,30})/post/:post([\\w\\-]+)",
        "threads.:of(net|com)/t/:post([\\w\\-]+)",
      ],
    },
  ],
  [
    "instagram",
    "instagram.com instagr.am",
    "Instagram",
    {
      photo: [
        "instagram.com/{:user([\\w.]{1,30})/}?p/:post([\\w\\-]+)",
        "instagr.am/p/:post([\\w\\-]+)",
        "instagram.com/stories/:user([\\w.]{1,30})/:n(\\d+)",
      ],
      video: ["instagram.com/{:user([\\w.]{1,30})/}?:kind(reel|reels|tv)/:post([\\w\\-]+)"],
    },
  ],
  [
    "facebook",
    "facebook.com fb.watch",
    "Facebook",
    {
      video: [
        `{:of([a-z\\-]{1,6}).}?facebook.com/watch ? ${parameter("v", "\\d+")}`,
        `{:of([a-z\\-]{1,6}).}?facebook.com/${BY}/videos/*`,
        "{:of([a-z\\-]{1,6}).}?facebook.com/:kind(reel|share\\/v|share\\/r)/:n(\\w+)",
        "fb.watch/:n([\\w\\-]+)",
      ],
      photo: [
        `{:of([a-z\\-]{1,6}).}?facebook.com/photo{.php}? ? ${parameter("fbid", "\\d+")}`,
        `{:of([a-z\\-]{1,6}).}?facebook.com/${BY}/photos/*`,
      ],
      post: [
        `{:of([a-z\\-]{1,6}).}?facebook.com/${BY}/posts/*`,
        `{:of([a-z\\-]{1,6}).}?facebook.com/:kind(permalink|story).php ? ${parameter("story_fbid", "\\w+")}`,
        "{:of([a-z\\-]{1,6}).}?facebook.com/groups/:n([\\w.\\-]+)/:kind(posts|permalink)/*",
        "{:of([a-z\\-]{1,6}).}?facebook.com/:kind(events|share|share\\/p)/:n(\\w+)",
      ],
    },
  ],
  [
    "linkedin",
    "linkedin.com",
    "LinkedIn",
    {
      post: [
        "{:of([a-z]{2}).}?linkedin.com/posts/:by([\\w\\-%]+)_:words([\\w\\-%]+)-:kind(activity|ugcPost|share)-*",
        "{:of([a-z]{2}).}?linkedin.com/posts/:by([\\w\\-%]+)_:kind(activity|ugcPost|share)-*",
        "{:of([a-z]{2}).}?linkedin.com/:kind(feed\\/update|embed\\/feed\\/update)/:n(urn.+)",
      ],
      article: [`{:of([a-z]{2}).}?linkedin.com/pulse/${WORDS}`],
    },
  ],
  [
    "reddit",
    "reddit.com redd.it",
    "Reddit",
    {
      post: [
        `{:of(old|new|m).}?reddit.com/r/:group(\\w+)/comments/:n([a-z\\d]+){/${WORDS}}?{/*}?`,
        "{:of(old|new|m).}?reddit.com/r/:group(\\w+)/s/:n(\\w+)",
        "redd.it/:n([a-z\\d]+)",
      ],
    },
  ],
  ["telegram", "t.me", "Telegram", { post: ["t.me/{s/}?:user(\\w{5,32})/:n(\\d+)"] }],
  [
    "tumblr",
    "tumblr.com",
    "Tumblr",
    {
      post: [
        `:user((?!www)[\\w\\-]+).tumblr.com/post/:n(\\d+){/${WORDS}}?`,
        `tumblr.com/:user([\\w\\-]+)/:n(\\d+){/${WORDS}}?`,
      ],
    },
  ],
  [
    "pinterest",
    "pinterest.com pinterest.de pinterest.es pinterest.fr pinterest.it pinterest.pt pin.it",
    "Pinterest",
    {
      photo: ["{:of([a-z]{2}).}?pinterest.:tld([a-z]{2,3})/pin/:n([\\w\\-]+)", "pin.it/:n(\\w+)"],
    },
  ],
  ["imgur", "imgur.com", "Imgur", { photo: [`imgur.com/{:kind(a|gallery)/}?:n([\\w\\-]{5,80})`] }],
  [
    "flickr",
    "flickr.com flic.kr",
    "Flickr",
    {
      photo: [
        "flickr.com/photos/:owner([\\w@\\-]+)/:n(\\d+|albums\\/\\d+|sets\\/\\d+){/in/:of([\\w\\-]+)}?",
        "flic.kr/:kind(p|s)/:n(\\w+)",
      ],
    },
  ],
  [
    "codepen",
    "codepen.io",
    "CodePen",
    { code: ["codepen.io/:user([\\w\\-]+)/:kind(pen|full|details)/:pen([A-Za-z]+)"] },
  ],
  [
    "github-gist",
    "github.com",
    "GitHub Gist",
    { code: ["gist.github.com/:user([\\w\\-]+)/:n([\\da-f]{20,40})"] },
  ],
  [
    "github",
    "github.com",
    "GitHub",
    {
      code: [
        "github.com/:name((?!(?:about|apps|collections|features|login|marketplace|orgs|search|settings|sponsors|topics|users)\\/)[\\w\\-]{1,39}\\/[\\w.\\-]{1,100}){/*}?",
      ],
    },
  ],
  [
    "gitlab",
    "gitlab.com",
    "GitLab",
    {
      code: [
        "gitlab.com/:name((?!(?:explore|users|help)\\/)[\\w.\\-]{2,255}\\/[\\w.\\-]{1,100}){/*}?",
      ],
    },
  ],
  [
    "wikipedia",
    "wikipedia.org",
    "Wikipedia",
    {
      article: [":language((?!www)[a-z][a-z\\-]{1,15}){.m}?.wikipedia.org/wiki/:page(.+)"],
    },
  ],
  [
    "wikimedia-commons",
    "wikimedia.org",
    "Wikimedia Commons",
    { photo: ["commons.{m.}?wikimedia.org/wiki/File\\::page(.+)"] },
  ],
  [
    "openstreetmap",
    "openstreetmap.org",
    "OpenStreetMap",
    {
      map: [
        "openstreetmap.org/:kind(node|way|relation)/:n(\\d+)",
        "openstreetmap.org/#map=:zoom(\\d.*)",
      ],
    },
  ],
  [
    "umap",
    "openstreetmap.fr openstreetmap.de",
    "uMap",
    { map: [`umap.openstreetmap.:tld(fr|de)/:l([a-z\\-]{2,7})/map/:words([\\w\\-.%]+)_:n(\\d+)`] },
  ],
  [
    "google-maps",
    "goo.gl google.com *",
    "Google Maps",
    {
      map: [
        "google.:tld(com|[a-z]{2}|com?\\.[a-z]{2})/maps/place/:place([^\\/]+){/*}?",
        "google.:tld(com|[a-z]{2}|com?\\.[a-z]{2})/maps{/*}?",
        "maps.google.:tld(com|[a-z]{2}|com?\\.[a-z]{2})/*",
        "maps.app.goo.gl/:n(\\w+)",
        "goo.gl/maps/:n(\\w+)",
      ],
    },
  ],
  ["apple-maps", "apple.com", "Apple Maps", { map: ["maps.apple.com/*"] }],
  [
    "arcgis",
    "arcgis.com",
    "ArcGIS",
    {
      article: ["storymaps.arcgis.com/stories/:n(\\w+)"],
      map: ["{:of([\\w\\-]+).}?arcgis.com/apps/*"],
    },
  ],
  [
    "google-docs",
    "google.com forms.gle",
    "Google Docs",
    {
      document: [
        "docs.google.com/:kind(document|spreadsheets|presentation|forms)/d/*",
        "drive.google.com/file/d/*",
        "forms.gle/:n(\\w+)",
      ],
    },
  ],
  [
    "internet-archive",
    "archive.org",
    "Internet Archive",
    { document: ["archive.org/details/:item([\\w.\\-]+){/*}?"] },
  ],
  [
    "documentcloud",
    "documentcloud.org",
    "DocumentCloud",
    { document: [`{embed.}?documentcloud.org/documents/:n(\\d+)-${WORDS}`] },
  ],
  [
    "scribd",
    "scribd.com",
    "Scribd",
    {
      document: [
        `{:of([a-z]{2}).}?scribd.com/:kind(document|doc|presentation|book)/:n(\\d+){/${WORDS}}?`,
      ],
    },
  ],
  ["issuu", "issuu.com", "Issuu", { document: [`issuu.com/${BY}/docs/${WORDS}`] }],
  [
    "slideshare",
    "slideshare.net",
    "SlideShare",
    { document: [`{:of([a-z]{2}).}?slideshare.net/slideshow/${WORDS}/:n(\\d+)`] },
  ],
  [
    "datawrapper",
    "dwcdn.net datawrapper.de",
    "Datawrapper",
    {
      chart: ["datawrapper.:of(dwcdn\\.net|de)/{_/}?:chart([A-Za-z\\d]{5}){/:version(\\d+)}?"],
    },
  ],
  [
    "flourish",
    "flourish.studio",
    "Flourish",
    { chart: ["public.flourish.studio/:kind(visualisation|story)/:n(\\d+)"] },
  ],
  [
    "infogram",
    "infogram.com infogr.am",
    "Infogram",
    { chart: ["{e.}?infogram.com/:words([\\w\\-]{8,})", "{e.}?infogr.am/:words([\\w\\-]{8,})"] },
  ],
  ["tableau", "tableau.com", "Tableau", { chart: ["public.tableau.com/:of(views|app|shared)/*"] }],
  [
    "our-world-in-data",
    "ourworldindata.org",
    "Our World in Data",
    { chart: [`ourworldindata.org/:kind(grapher|explorers)/${WORDS}`] },
  ],
  [
    "observable",
    "observablehq.com",
    "Observable",
    { chart: [`observablehq.com/@:user([\\w\\-]+)/${WORDS}`] },
  ],
  ["knight-lab", "knightlab.com", "Knight Lab", { chart: ["cdn.knightlab.com/libs/*"] }],
  [
    "substack",
    "substack.com",
    "Substack",
    {
      article: [
        `open.substack.com/pub/${BY}/p/${WORDS}`,
        `:by((?!open|www)[\\w\\-]+).substack.com/p/${WORDS}`,
      ],
      post: ["substack.com/@:user([\\w.\\-]+)/note/:n([\\w\\-]+)"],
    },
  ],
  ["beehiiv", "beehiiv.com", "beehiiv", { article: [`${BY}.beehiiv.com/p/${WORDS}`] }],
  ["ghost", "ghost.io", "Ghost", { article: [`${BY}.ghost.io/${WORDS}`] }],
  [
    "buttondown",
    "buttondown.com buttondown.email",
    "Buttondown",
    { article: [`buttondown.:tld(com|email)/${BY}/archive/${WORDS}`] },
  ],
  ["kit", "kit.com", "Kit", { article: [`${BY}.kit.com/posts/${WORDS}`] }],
  [
    "mailchimp",
    "mailchi.mp campaign-archive.com",
    "Mailchimp",
    {
      article: [
        `mailchi.mp/:id([\\da-f]+)/${WORDS}`,
        `mailchi.mp/${BY}/${WORDS}`,
        `:of(us\\d+).campaign-archive.com/ ? ${parameter("id", "\\w+")}`,
      ],
    },
  ],
  [
    "medium",
    "medium.com",
    "Medium",
    {
      article: [
        "medium.com/@:user([\\w.\\-]+)/:words([\\w\\-%]+-[\\da-f]{8,12})",
        "medium.com/:by([\\w\\-]+)/:words([\\w\\-%]+-[\\da-f]{8,12})",
        ":by((?!www)[\\w\\-]+).medium.com/:words([\\w\\-%]+-[\\da-f]{8,12})",
      ],
    },
  ],
  ["patreon", "patreon.com", "Patreon", { article: [`patreon.com/posts/${WORDS}`] }],
  // Every server of these has its own host; the shape of the path is the same on all of them.
  [
    "mastodon",
    ANY,
    null,
    {
      post: [
        "*/@:user(\\w{1,30}){@:server([\\w.\\-]+)}?/:n(\\d{15,20})",
        "*/users/:user(\\w{1,30})/statuses/:n(\\d{15,20})",
      ],
    },
  ],
  [
    "peertube",
    ANY,
    null,
    { video: ["*/w/:n([1-9A-HJ-NP-Za-km-z]{22})", `*/:kind(w|videos\\/watch)/${UUID}`] },
  ],
  ["pixelfed", ANY, null, { photo: ["*/p/:user(\\w{1,30})/:n(\\d{15,20})"] }],
];
