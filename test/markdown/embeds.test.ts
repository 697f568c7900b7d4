import { describe, expect, it } from "vitest";
import { findEmbed } from "../../src/text/embeds.ts";
import { html, left, dangersIn } from "./rendered.ts";

// Embeds: the cards that addresses become, and what a page hands out to be put into others.

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

  it("takes the title of a link alone on its line", () => {
    expect(html('[The "*trailer*"](https://youtu.be/dQw4w9WgXcQ)', "fr")).toContain(
      '>The «\u202f<em>trailer</em>\u202f»</a><figcaption class="embed-source">Vidéo sur YouTube · youtu.be</figcaption>',
    );
  });

  it("leaves an address in running text, in a list and of an unknown provider a link", () => {
    expect(html("See https://youtu.be/dQw4w9WgXcQ")).not.toContain("figure");
    expect(html("- https://youtu.be/dQw4w9WgXcQ")).not.toContain("figure");
    expect(html("https://unknown.example/x")).toBe(
      '<p><a href="https://unknown.example/x" rel="noopener">https://unknown.example/x</a></p>',
    );
  });

  it.each([
    ["https://youtu.be/dQw4w9WgXcQ?si=x", "youtube video"],
    ["https://m.youtube.com/shorts/dQw4w9WgXcQ", "youtube video"],
    ["https://vimeo.com/76979871", "vimeo video"],
    ["https://open.spotify.com/intl-de/track/4uLU6hMCjMI75M1A2tKUQC", "spotify audio"],
    ["https://soundcloud.com/some-artist/a-long_walk", "soundcloud audio: a long walk"],
    ["https://artist.bandcamp.com/album/the-record", "bandcamp audio: the record"],
    ["https://bsky.app/profile/ana.example.com/post/3kabc", "bluesky post: @ana.example.com"],
    ["https://mastodon.social/@ana/109876543210987654", "mastodon post: @ana@mastodon.social"],
    ["https://twitter.com/ana/status/1234567890", "x post: @ana"],
    ["https://x.com/ana/status/1234567890", "x post: @ana"],
    ["https://www.instagram.com/p/Cabc-123_/", "instagram photo"],
    ["https://www.tiktok.com/@ana/video/7123456789012345678", "tiktok video: @ana"],
    ["https://www.flickr.com/photos/12345@N00/5678/", "flickr photo"],
    ["https://codepen.io/ana/pen/AbCdEf", "codepen code: @ana"],
    ["https://github.com/ana/some.repo/tree/main", "github code: ana/some.repo"],
    ["https://pt.m.wikipedia.org/wiki/Rio_Tejo#Foz", "wikipedia article: Rio Tejo"],
    ["https://www.openstreetmap.org/#map=12/38.7/-9.1", "openstreetmap map"],
    ["https://archive.org/details/some.item_1", "internet-archive document"],
    [
      "https://www.documentcloud.org/documents/123456-the-report/",
      "documentcloud document: the report",
    ],
    ["https://datawrapper.dwcdn.net/aBc12/3/", "datawrapper chart"],
  ])("recognises %s", (address, described) => {
    const embed = findEmbed(address);
    expect(embed && `${embed.provider} ${embed.kind}${embed.title ? `: ${embed.title}` : ""}`).toBe(
      described,
    );
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
    "ftp://youtube.com/watch?v=dQw4w9WgXcQ",
    "//youtube.com/watch?v=dQw4w9WgXcQ",
  ])("does not recognise %s", (address) => {
    expect(findEmbed(address)).toBeUndefined();
  });

  it("shows a page name as text, whatever it spells, and none that cannot be decoded", () => {
    expect(html("https://en.wikipedia.org/wiki/%3Cscript%3E")).toContain(">&lt;script&gt;</a>");
    expect(html("https://en.wikipedia.org/wiki/%E0%A4%A")).toContain(">Article on Wikipedia</a>");
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
      "facebook.com",
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
        '<a class="embed-title" href="https://twitter.com/ana/status/123456789" rel="noopener">Post on X</a>' +
        '<figcaption class="embed-source">twitter.com</figcaption></figure>',
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
});
