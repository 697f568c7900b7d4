import { describe, expect, it } from "vitest";
import { findEmbed } from "../../src/text/embeds.ts";
import { html, left, dangersIn, timed } from "./rendered.ts";

// Embeds: the cards that addresses become, and what a page hands out to be put into others.

/** What an address tells, as one line. */
function described(address: string): string | undefined {
  const embed = findEmbed(address);
  if (!embed) return undefined;
  const { provider, kind, title, author } = embed;
  return `${provider} ${kind}${title ? `: ${title}` : ""}${author ? ` by ${author}` : ""}`;
}

describe("Markdown › embeds", () => {
  it("makes a card of an address alone on its line", () => {
    expect(html("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=1")).toBe(
      '<figure class="embed" data-provider="youtube"><a class="embed-title" ' +
        'href="https://www.youtube.com/watch?v=dQw4w9WgXcQ&amp;t=1" rel="noopener">Video on YouTube</a>' +
        '<figcaption class="embed-source">youtube.com</figcaption></figure>',
    );
    expect(html("<https://de.wikipedia.org/wiki/Caf%C3%A9_%26_Bar>", "de")).toContain(
      '>Café &amp; Bar</a><figcaption class="embed-source">Artikel bei Wikipedia · de.wikipedia.org</figcaption>',
    );
  });

  it("leads to the page of a player whose address stands alone on its line", () => {
    for (const body of [
      "https://flo.uri.sh/visualisation/123/embed",
      "[Tides](https://flo.uri.sh/visualisation/123/embed)",
    ])
      expect(html(body)).toContain('href="https://public.flourish.studio/visualisation/123/"');
    expect(html("https://player.vimeo.com/video/76979871?h=ab12")).toContain(
      'href="https://player.vimeo.com/video/76979871?h=ab12"',
    );
  });

  it("takes the title of a link alone on its line", () => {
    expect(html('[The "*trailer*"](https://youtu.be/dQw4w9WgXcQ)', "fr")).toContain(
      '>The «\u202f<em>trailer</em>\u202f»</a><figcaption class="embed-source">Vidéo sur YouTube · youtu.be</figcaption>',
    );
  });

  it("says who made it, beside what it is called or in its place", () => {
    expect(html("https://x.com/ana/status/12", "ar")).toContain(
      '><bdi>@ana</bdi></a><figcaption class="embed-source">منشور على X · x.com</figcaption>',
    );
    expect(html("[Her words](https://x.com/ana/status/12)")).toContain(
      '>Her words</a><figcaption class="embed-source">Post on X · <bdi>@ana</bdi> · x.com</figcaption>',
    );
    expect(html("https://soundcloud.com/some-artist/a-long_walk")).toContain(
      '>A long walk</a><figcaption class="embed-source">Audio on SoundCloud · <bdi>Some artist</bdi> · soundcloud.com</figcaption>',
    );
  });

  it("makes a plain card of an address alone that is nobody's, with its host and the words of its slug", () => {
    expect(html("https://unknown.example/x")).toBe(
      '<figure class="embed" data-provider="web"><a class="embed-title" href="https://unknown.example/x" rel="noopener">unknown.example</a></figure>',
    );
    expect(html("https://www.unknown.example:8443/2026/the-tram_report.html?a=1")).toBe(
      '<figure class="embed" data-provider="web"><a class="embed-title" href="https://www.unknown.example:8443/2026/the-tram_report.html?a=1" ' +
        'rel="noopener">The tram report</a><figcaption class="embed-source">unknown.example:8443</figcaption></figure>',
    );
    expect(html("www.unknown.example")).toContain('href="http://www.unknown.example"');
    expect(html("https://xn--80ak6aa92e.example/")).toContain(">xn--80ak6aa92e.example</a>");
  });

  it.each([
    "[The report](https://unknown.example/x)",
    "https://paper.example/city/trams",
    "https://user@unknown.example/x",
    "mailto:a@b.example",
    "a@b.example",
    "<tel:+123>",
  ])("leaves words that lead somewhere, our own pages and odd addresses a link: %s", (markdown) => {
    expect(html(markdown)).toMatch(/^<p><a href="[^"]+"/);
  });

  it("takes from an address who shared it, and nothing else", () => {
    const hrefOf = (address: string) =>
      /href="([^"]*)"/.exec(html(address))?.[1]?.replaceAll("&amp;", "&");
    for (const [address, kept] of [
      ["https://youtu.be/dQw4w9WgXcQ?si=abc&t=42", "https://youtu.be/dQw4w9WgXcQ?t=42"],
      ["https://youtu.be/dQw4w9WgXcQ?si=abc", "https://youtu.be/dQw4w9WgXcQ"],
      ["https://x.com/ana/status/12?s=20&t=AbC", "https://x.com/ana/status/12"],
      [
        "https://www.instagram.com/p/Cabc-123_/?igsh=x%3D#a",
        "https://www.instagram.com/p/Cabc-123_/#a",
      ],
      [
        "https://unknown.example/?s=20&t=1&utm_source=x&q=a%20b&fbclid=y",
        "https://unknown.example/?s=20&t=1&q=a%20b",
      ],
      ["https://unknown.example/?utmost=1&A=%2f", "https://unknown.example/?utmost=1&A=%2f"],
    ])
      expect(hrefOf(address ?? "")).toBe(kept);
  });

  it("leaves an address in running text and in a list a link", () => {
    expect(html("See https://youtu.be/dQw4w9WgXcQ")).not.toContain("figure");
    expect(html("- https://youtu.be/dQw4w9WgXcQ")).not.toContain("figure");
  });

  it.each([
    ["https://youtu.be/dQw4w9WgXcQ?si=x", "youtube video"],
    ["https://m.youtube.com/shorts/dQw4w9WgXcQ", "youtube video"],
    ["https://vimeo.com/76979871", "vimeo video"],
    ["https://open.spotify.com/intl-de/track/4uLU6hMCjMI75M1A2tKUQC", "spotify audio"],
    [
      "https://soundcloud.com/some-artist/a-long_walk",
      "soundcloud audio: A long walk by Some artist",
    ],
    ["https://artist.bandcamp.com/album/the-record", "bandcamp audio: The record by Artist"],
    ["https://bsky.app/profile/ana.example.com/post/3kabc", "bluesky post by @ana.example.com"],
    ["https://mastodon.social/@ana/109876543210987654", "mastodon post by @ana@mastodon.social"],
    ["https://twitter.com/ana/status/1234567890", "x post by @ana"],
    ["https://x.com/ana/status/1234567890", "x post by @ana"],
    ["https://www.instagram.com/p/Cabc-123_/", "instagram photo"],
    ["https://www.tiktok.com/@ana/video/7123456789012345678", "tiktok video by @ana"],
    ["https://www.flickr.com/photos/12345@N00/5678/", "flickr photo"],
    ["https://codepen.io/ana/pen/AbCdEf", "codepen code by @ana"],
    ["https://github.com/ana/some.repo/tree/main", "github code: ana/some.repo"],
    ["https://pt.m.wikipedia.org/wiki/Rio_Tejo#Foz", "wikipedia article: Rio Tejo"],
    ["https://www.openstreetmap.org/#map=12/38.7/-9.1", "openstreetmap map"],
    ["https://archive.org/details/some.item_1", "internet-archive document"],
    [
      "https://www.documentcloud.org/documents/123456-the-report/",
      "documentcloud document: The report",
    ],
    ["https://datawrapper.dwcdn.net/aBc12/3/", "datawrapper chart"],
    ["https://dai.ly/x8abcd1", "dailymotion video"],
    ["https://clips.twitch.tv/SlowTide-x1", "twitch video"],
    ["https://www.twitch.tv/harbour/clip/SlowTide", "twitch video by @harbour"],
    ["https://vm.tiktok.com/ZMabc123/", "tiktok video"],
    ["https://www.ted.com/talks/ana_costa_how_tides_work", "ted video: Ana costa how tides work"],
    [
      "https://creators.spotify.com/pod/profile/harbour/episodes/Low-water-e1abc2d",
      "spotify audio: Low water by Harbour",
    ],
    [
      "https://www.mixcloud.com/harbour-radio/the-night-shift/",
      "mixcloud audio: The night shift by Harbour radio",
    ],
    [
      "https://podcasts.apple.com/gb/podcast/the-harbour-hour/id1234567?i=1000",
      "apple-podcasts audio: The harbour hour",
    ],
    ["https://overcast.fm/+AbC1-d", "overcast audio"],
    ["https://pca.st/episode/0a1b2c3d-0000-4000-8000-000000000000", "pocket-casts audio"],
    [
      "https://pocketcasts.com/podcast/the-harbour-hour/0a1b2c3d-0000-4000-8000-000000000000",
      "pocket-casts audio: The harbour hour",
    ],
    ["https://castbox.fm/episode/Low-water-id123-id456", "castbox audio: Low water"],
    [
      "https://shows.acast.com/harbour-hour/episodes/low-water",
      "acast audio: Low water by Harbour hour",
    ],
    ["https://www.spreaker.com/episode/low-water--5912345", "spreaker audio: Low water"],
    ["https://mobile.twitter.com/ana/status/12/photo/1", "x post by @ana"],
    ["https://x.com/i/status/1234567890", "x post"],
    ["https://www.threads.com/@ana.costa/post/C8abc", "threads post by @ana.costa"],
    ["https://www.instagram.com/ana/reel/Cabc-123_/", "instagram video by @ana"],
    ["https://www.facebook.com/harbour.museum/posts/pfbid02abc", "facebook post by Harbour.museum"],
    ["https://m.facebook.com/story.php?id=1&story_fbid=22", "facebook post"],
    ["https://www.facebook.com/100064/videos/123/", "facebook video"],
    ["https://www.facebook.com/watch/?v=123", "facebook video"],
    ["https://fb.watch/abC-1/", "facebook video"],
    ["https://www.facebook.com/photo/?fbid=1&set=a.2", "facebook photo"],
    [
      "https://www.linkedin.com/posts/ana-costa_the-tram-is-back-activity-7123-AbCd",
      "linkedin post: The tram is back by Ana costa",
    ],
    ["https://www.linkedin.com/feed/update/urn:li:activity:7123/", "linkedin post"],
    [
      "https://www.reddit.com/r/trams/comments/1abcd/the_tram_is_back/",
      "reddit post: The tram is back by r/trams",
    ],
    ["https://t.me/harbournews/12", "telegram post by @harbournews"],
    ["https://harbour.tumblr.com/post/12345/the-tram", "tumblr post: The tram by @harbour"],
    ["https://www.pinterest.de/pin/12345/", "pinterest photo"],
    [
      "https://mastodon.social/users/ana/statuses/109876543210987654",
      "mastodon post by @ana@mastodon.social",
    ],
    [
      "https://mastodon.social/@ana@sea.example/109876543210987654",
      "mastodon post by @ana@sea.example",
    ],
    ["https://tube.example/w/9c9de5e8-0a1e-484a-b099-e80766180a6d", "peertube video"],
    ["https://tube.example/w/kkGMgK9ZtnKfYAgnEtQxbv", "peertube video"],
    [
      "https://www.google.com/maps/place/The+Old+Mole/@38.7,-9.1,17z/data=!3m1",
      "google-maps map: The Old Mole",
    ],
    ["https://www.google.co.uk/maps/@38.7,-9.1,17z", "google-maps map"],
    ["https://maps.google.de/?q=mole", "google-maps map"],
    ["https://maps.app.goo.gl/AbC123", "google-maps map"],
    ["https://umap.openstreetmap.fr/en/map/the-tram-lines_12345", "umap map: The tram lines"],
    ["https://docs.google.com/document/d/1AbC/edit", "google-docs document"],
    ["https://www.scribd.com/document/12345/The-Report", "scribd document: The Report"],
    ["https://issuu.com/harbour/docs/spring_issue", "issuu document: Spring issue by Harbour"],
    ["https://www.datawrapper.de/_/aBc12/", "datawrapper chart"],
    ["https://public.flourish.studio/visualisation/123456/", "flourish chart"],
    ["https://infogram.com/tides-of-a-year-1h7z8l0kmnx5g6o", "infogram chart: Tides of a year"],
    ["https://ourworldindata.org/grapher/sea-level", "our-world-in-data chart: Sea level"],
    [
      "https://harbourletter.substack.com/p/the-quiet-week",
      "substack article: The quiet week by Harbourletter",
    ],
    [
      "https://open.substack.com/pub/harbourletter/p/the-quiet-week?r=1",
      "substack article: The quiet week by Harbourletter",
    ],
    ["https://harbour.beehiiv.com/p/the-quiet-week", "beehiiv article: The quiet week by Harbour"],
    ["https://harbour.ghost.io/the-quiet-week/", "ghost article: The quiet week by Harbour"],
    [
      "https://buttondown.com/harbour/archive/the-quiet-week/",
      "buttondown article: The quiet week by Harbour",
    ],
    ["https://mailchi.mp/0a1b2c3d/the-quiet-week", "mailchimp article: The quiet week"],
    [
      "https://medium.com/@ana/the-quiet-week-0a1b2c3d4e5f",
      "medium article: The quiet week by @ana",
    ],
  ])("recognises %s", (address, expected) => {
    expect(described(address)).toBe(expected);
  });

  it.each([
    "https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ",
    "https://evil-youtube.com/watch?v=dQw4w9WgXcQ",
    "https://youtube.com@evil.example/watch?v=dQw4w9WgXcQ",
    "https://youtube.com:80@evil.example/watch?v=dQw4w9WgXcQ",
    "https://user@youtube.com/watch?v=dQw4w9WgXcQ",
    "https://youtube.com:8443/watch?v=dQw4w9WgXcQ",
    "https://youtube.com./watch?v=dQw4w9WgXcQ",
    "https://youtube.com\\@evil.example/watch?v=dQw4w9WgXcQ",
    "https://www.youtube.com/",
    "https://www.youtube.com/watch?v=",
    "https://github.com/features/actions",
    "https://github.com/ana",
    "https://wikipedia.org/wiki/X",
    "https://en.wikipedia.org.evil.example/wiki/X",
    "https://mastodon.social/@ana",
    "https://facebook.com.evil.example/ana/posts/1",
    "https://evil.example/facebook.com/ana/posts/1",
    "https://google.evil.example/maps/place/X",
    "https://googlecom.example/maps",
    "https://datawrapper.dwcdn.net.evil.example/aBc12/",
    "https://datawrapper.dwcdn.net/aBc123/",
    "https://xn--youtue-tg7b.com/watch?v=dQw4w9WgXcQ",
    "https://yоutube.com/watch?v=dQw4w9WgXcQ",
    "https://t.co/AbC123",
    "javascript:https://youtube.com/watch?v=dQw4w9WgXcQ",
    "ftp://youtube.com/watch?v=dQw4w9WgXcQ",
    "//youtube.com/watch?v=dQw4w9WgXcQ",
  ])("does not recognise %s", (address) => {
    expect(findEmbed(address)).toBeUndefined();
  });

  it("shows a page name as text, whatever it spells, and none that cannot be decoded", () => {
    expect(html("https://en.wikipedia.org/wiki/%3Cscript%3E")).toContain(">&lt;script&gt;</a>");
    expect(html("https://en.wikipedia.org/wiki/%E0%A4%A")).toContain(">Article on Wikipedia</a>");
    // Decoded, they would turn the direction of the text, or end it.
    const card = html(
      `https://en.wikipedia.org/wiki/A%E2%80%AEB%00%0A%E2%81%A6C_${"x".repeat(400)}`,
    );
    expect(card).toContain(`>AB\ufffd C ${"x".repeat(144)}</a>`);
    expect(dangersIn(card)).toEqual([]);
  });
});

describe("Markdown › HTML", () => {
  it.each([
    [
      '<iframe src="//www.youtube.com/embed/dQw4w9WgXcQ?rel=0" width=5></iframe>',
      "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
      "Video on YouTube",
    ],
    [
      '<iframe src="https://player.vimeo.com/video/76979871"></iframe>',
      "https://vimeo.com/76979871",
      "Video on Vimeo",
    ],
    [
      '<object data="x.swf"><param name="movie" value="http://www.youtube.com/v/dQw4w9WgXcQ&hl=en"><embed src="http://www.youtube.com/v/dQw4w9WgXcQ&hl=en"></object>',
      "https://paper.example/x.swf",
      "paper.example",
    ],
    [
      '<object><param name="movie" value="http://www.youtube.com/v/dQw4w9WgXcQ&hl=en"><embed src="http://www.youtube.com/v/dQw4w9WgXcQ&hl=en"></object>',
      "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
      "Video on YouTube",
    ],
    [
      '<iframe src="https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fana%2Fposts%2F1&width=5"></iframe>',
      "https://www.facebook.com/ana/posts/1",
      "<bdi>Ana</bdi>",
    ],
    [
      '<iframe width="560" src="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ" title="YouTube video player"></iframe>',
      "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
      "Video on YouTube",
    ],
    [
      '<iframe title="Tides" src="https://datawrapper.dwcdn.net/aBc12/3/"></iframe>',
      "https://datawrapper.dwcdn.net/aBc12/",
      "Tides",
    ],
    [
      '<iframe src="https://flo.uri.sh/visualisation/123/embed" title="Interactive or visual content"></iframe>',
      "https://public.flourish.studio/visualisation/123/",
      "Chart on Flourish",
    ],
    [
      '<iframe src="https://www.google.com/maps/embed?pb=!1m18!1m12!1m3!1d3112.5!2d-9.1393!3d38.7223!2m3!1f0"></iframe>',
      "https://www.google.com/maps/@38.7223,-9.1393,15z",
      "Map on Google Maps",
    ],
    [
      '<iframe src="https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/some-artist/a-walk&color=%23ff"></iframe>',
      "https://soundcloud.com/some-artist/a-walk",
      "A walk",
    ],
    [
      '<iframe src="https://embed.podcasts.apple.com/gb/podcast/the-harbour-hour/id123"></iframe>',
      "https://podcasts.apple.com/gb/podcast/the-harbour-hour/id123",
      "The harbour hour",
    ],
    [
      '<embed src="http://www.vimeo.com/moogaloop.swf?clip_id=123456&server=x">',
      "https://vimeo.com/123456",
      "Video on Vimeo",
    ],
    [
      '<video controls><source src="/a.mp4"></video>',
      "https://paper.example/a.mp4",
      "Video on paper.example",
    ],
    [
      '<audio src="https://cast.example/a.mp3"></audio>',
      "https://cast.example/a.mp3",
      "Audio on cast.example",
    ],
    [
      '<iframe src="about:blank" data-src="https://vimeo.com/76979871"></iframe>',
      "https://vimeo.com/76979871",
      "Video on Vimeo",
    ],
    [
      '<iframe title="Map of the quay" src="https://maps.example/?q=quay"></iframe>',
      "https://maps.example/?q=quay",
      "Map of the quay",
    ],
  ])("makes a card of %s", (markdown, address, name) => {
    const card = html(markdown);
    expect(card).toMatch(/^<figure class="embed" data-provider="[a-z-]+">/);
    expect(card).toContain(`href="${address}"`);
    expect(card).toContain(`>${name}</a>`);
    expect(left(markdown)[0]).toMatch(/^1: <\w+> became a card that leads to /);
    expect(dangersIn(card)).toEqual([]);
  });

  it.each([
    '<iframe src="http://www.facebook.com/plugins/like.php?href=http%3A%2F%2Fa.example"></iframe>',
    '<iframe src="https://platform.twitter.com/widgets/tweet_button.html"></iframe>',
    '<iframe src="https://track.example/" width="1" height="1"></iframe>',
  ])("leaves out what is no part of the story: %s", (markdown) => {
    expect(html(`a ${markdown} b`)).toBe("<p>a  b</p>");
    expect(left(markdown)).toEqual([
      "1: <iframe> was left out: a button, an advertisement or a counter.",
    ]);
  });

  it("makes a card of the codes that makers of charts hand out", () => {
    const datawrapper = html(
      '<div style="min-height:400px" id="datawrapper-vis-aBc12"><script type="text/javascript" defer src="https://datawrapper.dwcdn.net/aBc12/embed.js" charset="utf-8" data-target="#datawrapper-vis-aBc12"></script><noscript><img src="https://datawrapper.dwcdn.net/aBc12/full.png" alt="" /></noscript></div>',
    );
    expect(datawrapper).toMatch(
      /^<figure class="embed" data-provider="datawrapper">.*<\/figure>$/s,
    );
    expect(datawrapper).toContain('href="https://datawrapper.dwcdn.net/aBc12/"');
    const flourish = html(
      '<div class="flourish-embed flourish-chart" data-src="visualisation/123"><script src="https://public.flourish.studio/resources/embed.js"></script><noscript><img src="https://public.flourish.studio/visualisation/123/thumbnail" width="100%" alt="chart" /></noscript></div>',
    );
    expect(flourish).toMatch(/^<figure class="embed" data-provider="flourish">.*<\/figure>$/s);
    expect(flourish).toContain('href="https://public.flourish.studio/visualisation/123/"');
    for (const none of [
      '<script src="https://datawrapper.dwcdn.net.evil.example/aBc12/embed.js"></script>',
      '<script src="https://datawrapper.dwcdn.net/aBc12/other.js"></script>',
      '<div class="flourish-embed" data-src="//evil.example/visualisation/123"></div>',
    ])
      expect(html(`a\n\n${none}\n\nb`)).toBe("<p>a</p>\n<p>b</p>");
  });

  it("puts a card outside the paragraph it was in, and a link where there is no room for one", () => {
    const frame = '<iframe src="https://youtu.be/dQw4w9WgXcQ"></iframe>';
    expect(html(`a ${frame} b`)).toMatch(/^<p>a<\/p>\n<figure[^]*<\/figure>\n<p>b<\/p>$/);
    expect(html(`*a ${frame}*`)).toBe(
      '<p><em>a <a href="https://youtu.be/dQw4w9WgXcQ" rel="noopener">Video on YouTube</a></em></p>',
    );
  });

  it("makes a card of a post that a network hands out, with its words", () => {
    const card = html(
      '<blockquote class="twitter-tweet"><p>Hi &amp; <a href="https://t.co/x">there</a></p>— Ana <a href="https://twitter.com/ana/status/123456789">May 5</a></blockquote>\n<script async src="x"></script>',
    );
    expect(card).toBe(
      '<figure class="embed" data-provider="x"><blockquote>\n<p>Hi &amp; there</p>\n<p>— Ana May 5</p>\n</blockquote>\n' +
        '<a class="embed-title" href="https://twitter.com/ana/status/123456789" rel="noopener"><bdi>@ana</bdi></a>' +
        '<figcaption class="embed-source">Post on X · twitter.com</figcaption></figure>',
    );
    expect(html('<blockquote class="twitter-tweet">a</blockquote>')).toBe(
      "<blockquote>\n<p>a</p>\n</blockquote>",
    );
    expect(
      html(
        '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/Cabc-123_/?utm=1">a</blockquote>',
      ),
    ).toContain('href="https://www.instagram.com/p/Cabc-123_/?utm=1"');
  });

  it("asks nobody for the pictures in a post, and has their words in their place", () => {
    const post = (words: string) =>
      `<blockquote class="twitter-tweet">${words} <a href="https://x.com/ana/status/1">May</a></blockquote>`;
    for (const address of [
      "https://a.example/x.png",
      "//a.example/x.png",
      "https://u:p@a.example/x.png",
      "/\\a.example/x.png",
      "https://paper.example.a.example/x.png",
    ])
      expect(html(post(`<p>Hi <img src="${address}" alt="🌊"></p>`))).toContain("<p>Hi 🌊</p>");
    for (const around of ["\n\n", ""])
      expect(html(post(`${around}![A wave](https://a.example/x.png)${around}`))).not.toContain(
        "<img",
      );
    expect(html(post('<img src="/media/x/y.png" alt="Ours">'))).toContain('src="/media/x/y.png"');
    expect(left(post('<img src="https://a.example/x.png">'))).toEqual([
      "1: A picture from elsewhere was left out of a post.",
    ]);
  });

  it("takes posts in posts for their words, in time that grows with the text alone", async () => {
    const links = Array.from({ length: 1000 }, (_, n) => `<a href="https://a.example/${n}">x</a>`);
    const nested = (depth: number) =>
      `${'<blockquote class="twitter-tweet">'.repeat(depth)}${links.join("")}${"</blockquote>".repeat(depth)}`;
    const once = await timed(() => void html(nested(1)));
    expect(html(nested(3)).match(/<figure/g)).toHaveLength(1);
    expect(await timed(() => void html(nested(100)))).toBeLessThan(5 * once + 100);
  });
});
