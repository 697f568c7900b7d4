import type { PictureOfPage } from "./kinds.ts";
import { ask } from "./pages.ts";
import type { Paper } from "./paper.ts";

// Stories that try a layout: words that no line holds, a headline of one word and one of thirty, a crowd of authors,
// other scripts, nothing but a body.

const COMPOUND =
  "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstellenleiterstellvertreter";
const ADDRESS = `https://example.org/${"a-path-that-nobody-would-type/".repeat(6)}`;
const CROWD = Array.from({ length: 12 }, (_, index) => ({
  slug: `crowd-${index + 1}`,
  name: `Wilhelmina Featherstonehaugh-Cholmondeley the ${index + 1}th`,
}));

const EVERYTHING = `An opening with *stress*, **strength**, \`code()\` and ${ADDRESS} in a line.

## A subhead with ${COMPOUND}

> A quotation, which says ${COMPOUND}.

| ${Array.from({ length: 9 }, (_, index) => `Column ${index + 1}`).join(" | ")} |
|${"---|".repeat(9)}
| ${Array.from({ length: 9 }, () => "A cell with words").join(" | ")} |

\`\`\`
${"a line of code that goes on ".repeat(12)}
\`\`\`

- One
  - Two
    - Three, with ${COMPOUND}

https://www.youtube.com/watch?v=dQw4w9WgXcQ

${"Supercalifragilisticexpialidocious".repeat(8)}[^note]

[^note]: A note with ${ADDRESS}
`;

const STORIES = [
  { slug: "odd-everything", title: "Everything that a body can have", body: EVERYTHING },
  { slug: "odd-word", title: "Gone", body: "One word." },
  {
    slug: "odd-crowd",
    title:
      "The council said that it would, after a meeting of nine hours and two votes, neither of them close, do what it had promised to do in the spring of last year",
    standfirst: "Twelve people wrote this.",
    body: "Text. ".repeat(200),
    authors: CROWD.map(({ slug }) => slug),
  },
  {
    slug: "odd-compound",
    title: `${COMPOUND} tritt zurück`,
    standfirst: `${COMPOUND} geht.`,
    language: "de",
    body: `${COMPOUND} `.repeat(20),
  },
  {
    slug: "odd-arabic",
    title: "بوابة الميناء صُمّمت لتُغلق ثماني مرات في الشتاء، وقد تُغلق هذا الشتاء أربعين مرة",
    standfirst: "كل إغلاق يمنع البحر عن المدينة السفلى ويمنع العبّارة عن رصيفها.",
    language: "ar",
    body: "في الرابعة إلا عشر دقائق من صباح الخميس ضغطت *روث أنسغار* زرًا أخضر.\n\n## ما يقوله القلم\n\n> لن تفشل ليلة العاصفة الكبرى.",
    authors: CROWD.slice(0, 2).map(({ slug }) => slug),
  },
  {
    slug: "odd-japanese",
    title: "港の門は冬に八回閉じるように造られた。今年は四十回になるかもしれない",
    standfirst: "閉じるたびに海は下町に入らず、フェリーは岸に着けない。",
    language: "ja",
    body: "先週の木曜日、午前四時十分前、ルース・アンスガーは緑のボタンを押した。",
  },
];

/** Publishes the odd stories onto a paper of our own, newest of all, and returns their pages. */
export async function publishOdd(paper: Paper): Promise<PictureOfPage[]> {
  const section = { name: "Verkehrsinfrastrukturfinanzierung", position: 90 };
  await ask(paper, "PUT", "/sections/odd", section);
  for (const { slug, name } of CROWD) await ask(paper, "PUT", `/authors/${slug}`, { name });
  for (const story of STORIES)
    await ask(paper, "POST", "/articles", { ...story, section: "odd", status: "published" });
  return [
    { name: "odd section", path: "/odd" },
    ...STORIES.map(({ slug }) => ({ name: slug, path: `/odd/${slug}` })),
  ];
}
