import { parameter } from "./providers.ts";
import { partsOf, patternOf, type Parts } from "./url-patterns.ts";

// Players fill a frame; each stands for a page that readers can be sent to.

interface Player {
  pattern: URLPattern;
  pageOf(parts: Parts): string | undefined;
}

/** Made for the first address: a Worker that renders nothing need not wait for them. */
let madePlayers: Player[] | null = null;

/** The page that a player's address stands for; undefined if it is no player's. */
export function playerPageOf(address: string): string | undefined {
  for (const { pattern, pageOf } of players()) {
    const match = pattern.exec(address);
    if (match) return pageOf(partsOf(match));
  }
  return undefined;
}

function players(): Player[] {
  const player = (written: string, pageOf: Player["pageOf"]): Player => {
    return { pattern: patternOf(written), pageOf };
  };
  return (madePlayers ??= [
    player(
      `facebook.com/plugins/:kind(post|video).php ? ${parameter("href", "[^&]*")}`,
      ({ href = "" }) => pageIn(href, "https://www.facebook.com/"),
    ),
    player(
      `youtube{-nocookie}?.com/embed/videoseries ? ${parameter("list", "[\\w\\-]+")}`,
      ({ list }) => `https://www.youtube.com/playlist?list=${list}`,
    ),
    player(
      "youtube{-nocookie}?.com/:kind(embed|v)/:video([\\w\\-]{6,20}){*}?",
      ({ video }) => `https://www.youtube.com/watch?v=${video}`,
    ),
    player("player.vimeo.com/video/:video(\\d+){*}?", ({ video }) => `https://vimeo.com/${video}`),
    player(
      `vimeo.com/moogaloop.swf ? ${parameter("clip_id", "\\d+")}`,
      ({ clip_id: video }) => `https://vimeo.com/${video}`,
    ),
    player(
      "dailymotion.com/:kind(embed\\/video|swf)/:video([a-z\\d]+){*}?",
      ({ video }) => `https://www.dailymotion.com/video/${video}`,
    ),
    player(
      `player.twitch.tv/ ? ${parameter("video", "v?\\d+")}`,
      ({ video = "" }) => `https://www.twitch.tv/videos/${video.replace("v", "")}`,
    ),
    player("embed.ted.com/talks/:page(.+)", ({ page }) => `https://www.ted.com/talks/${page}`),
    player(
      "tiktok.com/:kind(embed\\/v2|embed|player\\/v1)/:video(\\d+)",
      // The site finds the author by itself.
      ({ video }) => `https://www.tiktok.com/@_/video/${video}`,
    ),
    player("open.spotify.com/embed/:page(.+)", ({ page }) => `https://open.spotify.com/${page}`),
    player(
      "embed.podcasts.apple.com/:page(.+)",
      ({ page }) => `https://podcasts.apple.com/${page}`,
    ),
    player(`w.soundcloud.com/player ? ${parameter("url", "[^&]*")}`, ({ url = "" }) =>
      pageIn(url, "https://soundcloud.com/"),
    ),
    player(
      "instagram.com/:kind(p|reel|tv)/:post([\\w\\-]+)/embed*",
      ({ kind, post }) => `https://www.instagram.com/${kind}/${post}/`,
    ),
    player(
      `platform.twitter.com/embed/Tweet.html ? ${parameter("id", "\\d+")}`,
      ({ id }) => `https://x.com/i/status/${id}`,
    ),
    player(
      "codepen.io/:user([\\w\\-]+)/embed/{preview/}?:pen([A-Za-z]+){*}?",
      ({ user, pen }) => `https://codepen.io/${user}/pen/${pen}`,
    ),
    player(
      "archive.org/embed/:item([\\w.\\-]+){*}?",
      ({ item }) => `https://archive.org/details/${item}`,
    ),
    player(
      "datawrapper.dwcdn.net/:chart([A-Za-z\\d]{5}){/*}?",
      ({ chart }) => `https://datawrapper.dwcdn.net/${chart}/`,
    ),
    player(
      ":of(flo\\.uri\\.sh|public\\.flourish\\.studio)/:kind(visualisation|story)/:n(\\d+)/embed",
      ({ kind, n }) => `https://public.flourish.studio/${kind}/${n}/`,
    ),
    // The map itself opens in a frame only; where it is, the address tells.
    player(
      `google.:tld(com|[a-z]{2}|com?\\.[a-z]{2})/maps/embed ? ${parameter("pb", "[^&]*!2d-?[\\d.]+!3d-?[\\d.]+[^&]*")}`,
      ({ pb = "" }) => {
        const [, east, north] = /!2d(-?[\d.]+)!3d(-?[\d.]+)/.exec(pb) ?? [];
        return `https://www.google.com/maps/@${north},${east},15z`;
      },
    ),
    player(
      `google.com/maps/d{/u/:u(\\d)}?/embed ? ${parameter("mid", "[\\w\\-]+")}`,
      ({ mid }) => `https://www.google.com/maps/d/viewer?mid=${mid}`,
    ),
  ]);
}

/** The page that a parameter names, if it is one of the provider's. */
function pageIn(encoded: string, site: string): string | undefined {
  let page: string;
  try {
    page = decodeURIComponent(encoded);
  } catch {
    return undefined; // not percent-encoded UTF-8
  }
  return page.startsWith(site) && URL.canParse(page) ? new URL(page).href : undefined;
}
