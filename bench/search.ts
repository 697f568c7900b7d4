import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { filedUnder, prepare } from "../src/domain/search/prepared.ts";
import { docidsOf } from "../src/domain/search/docid.ts";
import { learnStems } from "../src/domain/search/stems.ts";
import { writeTexts, type Text } from "../src/store/words.d1.ts";
import { fillWith, NEWEST, type Said } from "../test/support/filling.ts";
import { openNewsroom, openPaper, type Paper } from "./paper.ts";

// How long a reader waits for what is found, by corpus, language and kind of query: the whole page, made anew each time.

/** Words of each language that its texts are made of, the most common first; of the others syllables are joined. */
const LANGUAGES = {
  en: words(
    "the of harbour and trams council gate returned city water reported walls ferries opening",
    "har tram coun gat wat rep wal fer open stor light mark",
    "s ed ing er ly ation",
  ),
  de: words(
    "die der Hafen und Straßenbahnen Häuser im Rathaus Wasser Brücken gemeldet öffnet",
    "haf strass haus rat wass brück meld öff sturm licht",
    "en er es ung lich heit",
  ),
  fr: words(
    "le la de port et les élections municipales navires ouverts l’eau écluse annoncées",
    "port elec muni nav ouv écl annon temp lum",
    "s es ent ation eur ité",
  ),
  es: words(
    "el la de puerto y las ciudades tranvías agua educación abiertas anunciaron",
    "puert ciud tranv agu educ abier anunc torm luz",
    "s es aron ación idad ero",
  ),
  ja: words(
    "の は を 港 図書館 東京 市 水 門 電車 会議 開いた",
    "東西南北中山川田村木林森橋道駅店海空風雨雪",
    "",
    "",
  ),
  th: words(
    "ที่ และ ของ ท่าเรือ ห้องสมุด เมือง น้ำ ประตู รถราง ประชุม เปิด",
    "กา ขา คำ งาน จับ ชาย ดวง ตลาด ทาง บ้าน ปลา ฟ้า มือ ยาว",
    "",
    "",
  ),
};
type Language = keyof typeof LANGUAGES;

interface Vocabulary {
  words: string[];
  between: string;
}

/** As many words as a paper has, of which few are most of any text (Zipf). */
function words(common: string, syllables: string, endings: string, between = " "): Vocabulary {
  const parts = syllables.includes(" ") ? syllables.split(" ") : Array.from(syllables);
  const ends = ["", ...endings.split(" ").filter(Boolean)];
  const made = parts.flatMap((first) =>
    parts.flatMap((second) =>
      parts.flatMap((third) => ends.map((end) => first + second + third + end)),
    ),
  );
  return { words: [...common.split(" "), ...made], between };
}

/** Numbers that are the same each time (mulberry32). */
function chanceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const NAMES = Object.keys(LANGUAGES) as Language[];
const WORDS_A_STORY = 180;

/** A story by its number: languages take turns, and each story has one word that no other has. */
function storyOf(n: number): Required<Said> {
  const language = NAMES[n % NAMES.length] as Language;
  const { words: all, between } = LANGUAGES[language];
  const chance = chanceOf(n + 1);
  const text = (count: number) =>
    Array.from({ length: count }, () => all[Math.floor(all.length ** chance()) - 1] ?? "").join(
      between,
    );
  return {
    title: text(7),
    standfirst: text(14),
    language,
    html: `<p>${text(WORDS_A_STORY)} ${onlyIn(n)}</p>`,
  };
}

const onlyIn = (n: number) => `only${n.toString(36)}x`;

/** What is asked in each language: of its words the commonest, and so on. */
function queriesOf(language: Language, count: number): Record<string, string> {
  const { words: all } = LANGUAGES[language];
  const story = Math.floor(count / NAMES.length / 2) * NAMES.length + NAMES.indexOf(language);
  const at = (rank: number) => all[rank] ?? "";
  const isSpaced = language !== "ja" && language !== "th";
  return {
    "the commonest word": at(0),
    "a word of one story": onlyIn(story),
    "two words": `${at(2)} ${at(6)}`,
    "a phrase": isSpaced ? `"${at(0)} ${at(2)}"` : `"${at(0)}${at(3)}"`,
    "a seldom phrase of common words": isSpaced ? `"${at(7)} ${at(40)}"` : `"${at(7)}${at(40)}"`,
    ...(isSpaced
      ? {
          "the beginning of a word": at(40).slice(0, 4),
          "a long beginning of a word": at(40).slice(0, 7),
        }
      : {}),
    "all but one": `${at(2)} -${at(1)}`,
  };
}

const CORPORA = [100, 10_000, 100_000];

/** Measures, and tells it as Markdown. */
export async function measureSearch(
  built: Parameters<typeof openPaper>[0],
  isQuick: boolean,
  say: (sentence: string) => void,
): Promise<string[]> {
  const rounds = isQuick ? 5 : 21;
  const took = new Map<string, string[]>();
  let rate = "";
  await learnStems();
  for (const count of isQuick ? CORPORA.slice(0, 2) : CORPORA) {
    say(`search: ${count.toLocaleString("en")} stories …`);
    const paper = await openPaper(built);
    try {
      await openNewsroom(paper);
      await fillWith(paper.db, count, "hourly", (n) => (collect(n), storyOf(n)));
      await indexAll(paper, count);
      for (const language of NAMES)
        for (const [kind, q] of Object.entries(queriesOf(language, count))) {
          const name = `${language} | ${kind}`;
          took.set(name, [...(took.get(name) ?? []), await median(paper, q, rounds)]);
        }
      if (count === 10_000) rate = await reindex(paper);
    } finally {
      await paper.close();
    }
  }
  const heads = [...took.values()][0]?.map((_, n) => (CORPORA[n] ?? 0).toLocaleString("en")) ?? [];
  return [
    "## A search\n",
    `Milliseconds until the page of results is there, made anew: medians of ${rounds}. Stories of ${WORDS_A_STORY} words in English, German, French, Spanish, Japanese and Thai by turns, so that a language has a sixth of them; words are drawn as languages use them (Zipf).\n`,
    `| language | query | ${heads.join(" | ")} |`,
    `| --- | --- | ${heads.map(() => "--:").join(" | ")} |`,
    ...[...took].map(([name, figures]) => `| ${name} | ${figures.join(" | ")} |`),
    "",
    `- ${rate}\n`,
  ];
}

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc") as () => void;

/** What was bound to statements is kept in the runtime until it is collected here, which is not in a hurry. */
function collect(n: number): void {
  if (n % 2500 === 0) gc();
}

/** Writes the readers' index past the API, as it would be written. */
async function indexAll(paper: Paper, count: number): Promise<void> {
  const CHUNK = 250;
  const hour = 60 * 60 * 1000;
  const { id: section } = (await paper.db
    .prepare("select id from sections where slug = 'city'")
    .first<{ id: string }>()) ?? { id: "" };
  for (let from = 0; from < count; from += CHUNK) {
    collect(from);
    const texts = Array.from({ length: Math.min(CHUNK, count - from) }, (_, index): Text => {
      const n = from + index;
      const id = `story${String(n).padStart(7, "0")}`;
      const said = storyOf(n);
      const prepared = prepare({
        ...said,
        names: ["Mara Quill", "All"],
        language: said.language ?? "en",
      });
      const docid = docidsOf(NEWEST - (count - n) * hour, id)[0] ?? 0;
      return { id, docid, prepared, filed: [filedUnder.section(section)] };
    });
    const notes = writeTexts("published", texts, 1);
    await paper.search.batch(
      notes.map(({ sql, values }) => paper.search.prepare(sql).bind(...values)),
    );
  }
}

/** The median of some pages, in milliseconds. */
async function median(paper: Paper, q: string, rounds: number): Promise<string> {
  const query = new URLSearchParams({ q: q.toLowerCase() }).toString();
  const url = new URL(`/search?${query}`, await paper.urlOf("paper"));
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    const response = await fetch(url);
    const html = await response.text();
    times.push(performance.now() - started);
    if (response.status !== 200 || !html.includes('id="results"'))
      throw new Error(`/search?${query} answered ${response.status}`);
  }
  const sorted = times.toSorted((one, other) => one - other);
  return (sorted[Math.floor(sorted.length / 2)] ?? Number.NaN).toFixed(1);
}

/** How fast the index is built anew, with what editors are at. */
async function reindex(paper: Paper): Promise<string> {
  const started = performance.now();
  let indexed = 0;
  let cursor = "";
  for (let call = 0; call < 20; call += 1) {
    const answer = await paper.call("POST", `/reindex?limit=100${cursor && `&cursor=${cursor}`}`);
    indexed += Number(answer["indexed"]);
    cursor = typeof answer["next"] === "string" ? answer["next"] : "";
  }
  const seconds = (performance.now() - started) / 1000;
  return `rebuilding: ${(indexed / seconds).toFixed(0)} stories a second, for readers and editors`;
}
