// Which of an author's HTML stays in a body. Everything else is unwrapped (its words stay) or left out with what is in it.

/** Elements of running text that stay, by the name they get. */
export const PHRASES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...same(
      `a abbr b bdi bdo cite code del dfn em i ins kbd mark q rp rt ruby s samp small strong sub sup time u var wbr br`,
    ),
    acronym: "abbr",
    strike: "s",
    tt: "code",
  }),
);

/** Elements that stand for themselves and stay, by the name they get. */
export const BLOCKS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...same(
      `blockquote caption dd details dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre summary table tbody td
      tfoot th thead tr ul`,
    ),
    dir: "ul",
    listing: "pre",
    menu: "ul",
    xmp: "pre",
  }),
);

/** Elements that are unwrapped, and whose words are a paragraph of their own all the same. */
export const DIVISIONS: ReadonlySet<string> = new Set(
  words(
    `address article aside body center dialog div fieldset footer form header hgroup html legend main nav search
    section`,
  ),
);

/** Elements that are left out with what is in them, if they are closed. */
export const GONE: ReadonlySet<string> = new Set(
  words(
    `area base basefont bgsound button col colgroup command datalist frame frameset head input keygen link meta meter
    noembed noframes noscript optgroup option output param progress script select source style template textarea title
    track`,
  ),
);

/** Elements that show something from elsewhere: each becomes a card that leads there. */
export const PLAYERS: ReadonlySet<string> = new Set(
  words("applet audio embed iframe object video"),
);

/** Classes of the quotes that social networks hand out for embedding. */
export const NETWORK_QUOTES: ReadonlySet<string> = new Set(
  words(
    `bluesky-embed fb-post imgur-embed-pub instagram-media mastodon-embed reddit-card reddit-embed-bq text-post-media
    tiktok-embed tumblr-post twitter-tweet twitter-video wp-embedded-content`,
  ),
);

/** Elements that nobody sees without words in them. */
export const HOLLOW = new Set("blockquote details dl figure ol p pre table ul".split(" "));

/** Elements of the writer's that stand for themselves. */
export const OWN_BLOCKS = new Set([
  ..."aside blockquote div figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre section".split(" "),
  ..."table tbody td th thead tr ul".split(" "),
]);

/** Parts of a whole that is not there: an author's end tag can close a list of ours, too. */
export function isAstray(tag: string, parent: string): boolean {
  const wholes: Record<string, string[]> = {
    li: ["ul", "ol"],
    dt: ["dl"],
    dd: ["dl"],
    figcaption: ["figure"],
    summary: ["details"],
    caption: ["table"],
    tbody: ["table"],
    td: ["tr"],
    tfoot: ["table"],
    th: ["tr"],
    thead: ["table"],
    tr: ["table", "tbody", "tfoot", "thead"],
  };
  return wholes[tag]?.includes(parent) === false;
}

/** Elements whose content the HTML parser reads as text, up to their own end tag. */
const RAW_TEXT_NAMES = "script|style|textarea|title|iframe|noembed|noframes|xmp";
export const RAW_TEXT = new RegExp(`^<(${RAW_TEXT_NAMES})(?=[\\s/>])`, "i");
export const RAW_TEXT_END = new RegExp(`^</(${RAW_TEXT_NAMES})(?=[\\s/>])`, "i");

/** Elements that have no end tag. */
export const VOID: ReadonlySet<string> = new Set(words("br hr img input source wbr"));

const ANY = /^[^]*$/;
const NUMBER = /^\d{1,4}$/;
const POSITIVE = /^[1-9]\d{0,3}$/;
const ADDRESS = /^https?:\/\//i;

/** Attributes that stay on every element that does, and the values they can have. Ids are looked at apart. */
const EVERYWHERE: Record<string, RegExp> = {
  dir: /^(?:ltr|rtl|auto)$/i,
  lang: /^[a-z]{2,8}(?:-[a-z\d]{1,8})*$/i,
  title: ANY,
};

/** Attributes that stay on some elements. Addresses of links and pictures are looked at apart. */
const SOMEWHERE: Record<string, Record<string, RegExp>> = {
  blockquote: { cite: ADDRESS },
  code: { class: /^(?:language|lang)-[\w+#.-]+$/ },
  del: { cite: ADDRESS, datetime: /^[\d:TZ.+ W-]+$/ },
  ins: { cite: ADDRESS, datetime: /^[\d:TZ.+ W-]+$/ },
  ol: { start: /^-?\d{1,9}$/ },
  q: { cite: ADDRESS },
  td: { colspan: POSITIVE, rowspan: NUMBER },
  th: { colspan: POSITIVE, rowspan: NUMBER, scope: /^(?:col|row|colgroup|rowgroup)$/ },
  time: { datetime: /^[\d:TZPSHMD.+ W-]+$/ },
};

/** Tells whether an author's attribute stays as it is. */
export function isKeptAttribute(tag: string, name: string, value: string): boolean {
  const kept = own(SOMEWHERE, tag);
  const pattern = own(EVERYWHERE, name) ?? (kept && own(kept, name));
  return pattern?.test(value) === true;
}

function own<T>(record: Record<string, T>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function words(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}

function same(names: string): Record<string, string> {
  return Object.fromEntries(words(names).map((name) => [name, name]));
}
