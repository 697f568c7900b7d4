import type { PolicyName } from "../domain/settings.ts";
import type { Kind } from "../domain/kinds.ts";

// Every sentence that a page itself says. What editors write is never here.

/** The languages that pages speak. */
export const LANGUAGES = ["en", "de", "fr", "es", "ar"] as const;
type Language = (typeof LANGUAGES)[number];

/** A number as the page's language writes it comes ready as a string; the number itself decides the plural. */
export interface Words extends Record<PolicyName, string> {
  language: Language;
  skip: string;
  /** The way from the front page to where readers are, and the front page in it. */
  way: string;
  home: string;
  sections: string;
  topStories: string;
  latest: string;
  moreStories: string;
  page(shown: string): string;
  pages: string;
  newer: string;
  older: string;
  toArchive: string;
  archive: string;
  allMonths: string;
  months: string;
  earlierMonth: string;
  laterMonth: string;
  moreOf(month: string): string;
  newestOf(month: string): string;
  sectionMonth(section: string, month: string): string;
  by: string;
  /** Between two names when more are counted: the last "and" is in `others`. */
  comma: string;
  /** `count` is two or more. */
  others(names: string, count: number, shown: string): string;
  published: string;
  updated: string;
  corrected: string;
  readingTime(minutes: number, shown: string): string;
  corrections(count: number): string;
  /** The page of the corrections of all stories, and what it says of itself. */
  allCorrections: string;
  allCorrectionsMore: string;
  noCorrections: string;
  newerCorrections: string;
  olderCorrections: string;
  aboutAuthors(count: number): string;
  alsoIn: string;
  previous: string;
  next: string;
  neighbours: string;
  latestFrom(section: string): string;
  /** What a story is. News is what readers expect, and is not named. */
  kinds: Record<Exclude<Kind, "news">, string>;
  paidBy(sponsor: string): string;
  /** Before a headline, where it is text and nothing else. */
  labelled(label: string, title: string): string;
  contents: string;
  /** Which part a story is of the series that is named behind it; `total` only where it says how many there are. */
  part(number: string, total: string | null): string;
  partsOf(series: string): string;
  inSeries: string;
  series(count: number, shown: string): string;
  previousPart: string;
  nextPart: string;
  related: string;
  topics: string;
  nothingYet: string;
  nothingPublished: string;
  publishedBy(publisher: string): string;
  toTop: string;
  feed: string;
  /** Where a feed has no room for a story. */
  wholeStory: string;
  /** What the paper tells of itself, and where else it is. */
  aboutPaper: string;
  elsewhere: string;
  toFront: string;
  notFound: string;
  notFoundMore: string;
  gone: string;
  goneMore: string;
  unavailable: string;
  unavailableMore: string;
  /** What stands above a page that is not published. */
  preview: string;
  previewOver: string;
  previewOverMore: string;
  /** What agents are told in llms.txt. */
  forAgents: string;
  feeds: string;
  /** What is told of a request that no page answers, as text. */
  readOnly: string;
  tooMany: string;
  search: string;
  searchOf(paper: string): string;
  /** How a query is written. */
  searchHow: string;
  searchCut: string;
  /** What a search can be narrowed to. */
  narrow: string;
  section: string;
  anySection: string;
  author: string;
  anyAuthor: string;
  since: string;
  until: string;
  found(count: number, shown: string): string;
  foundMore(shown: string): string;
  foundNoMore: string;
  foundNone: string;
  foundNoneMore: string;
  noWords: string;
  noWordsMore: string;
  searchAway: string;
  searchAwayMore: string;
  earlierResults: string;
  moreResults: string;
  /** Who asks too much is asked to wait. */
  busy: string;
  busyMore: string;
}

/** The words of `language` (BCP 47), or of `otherwise` if pages do not speak it, or English. */
export function wordsFor(language: string, otherwise = "en"): Words {
  return find(language) ?? find(otherwise) ?? en;
}

function find(language: string): Words | undefined {
  const primary = language.toLowerCase().split("-")[0];
  const name = LANGUAGES.find((candidate) => candidate === primary);
  return name && WORDS[name];
}

/** Picks the form for a count; `other` stands in for the forms that a language does not have. */
function plurals(language: Language): (count: number, forms: PluralForms) => string {
  let rules: Intl.PluralRules | undefined;
  return (count, forms) =>
    forms[(rules ??= new Intl.PluralRules(language)).select(count)] ?? forms.other;
}

type PluralForms = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;

const english = plurals("en");

const en: Words = {
  language: "en",
  skip: "Skip to the content",
  way: "You are here",
  home: "Home",
  sections: "Sections",
  topStories: "Top stories",
  latest: "Latest",
  moreStories: "More stories",
  page: (shown) => `Page ${shown}`,
  pages: "Pages",
  newer: "Newer stories",
  older: "Older stories",
  toArchive: "Older stories are in the archive",
  archive: "Archive",
  allMonths: "All months",
  months: "Months",
  earlierMonth: "Earlier",
  laterMonth: "Later",
  moreOf: (month) => `More from ${month}`,
  newestOf: (month) => `Newest from ${month}`,
  sectionMonth: (section, month) => `${section}, ${month}`,
  by: "By",
  comma: ", ",
  others: (names, _, shown) => `${names} and ${shown} others`,
  published: "Published",
  updated: "Updated",
  corrected: "Corrected",
  readingTime: (_, shown) => `${shown} min read`,
  corrections: (count) => english(count, { one: "Correction", other: "Corrections" }),
  allCorrections: "Corrections",
  allCorrectionsMore:
    "What we got wrong in our stories, and what is right. Each correction stands beneath its story, too.",
  noCorrections: "No story has needed a correction so far.",
  newerCorrections: "Newer corrections",
  olderCorrections: "Older corrections",
  aboutAuthors: (count) => english(count, { one: "About the author", other: "About the authors" }),
  alsoIn: "Also in",
  previous: "Previous story",
  next: "Next story",
  neighbours: "Previous and next story",
  latestFrom: (section) => `The latest from ${section}`,
  kinds: {
    analysis: "Analysis",
    opinion: "Opinion",
    review: "Review",
    feature: "Feature",
    interview: "Interview",
    sponsored: "Advertisement",
  },
  paidBy: (sponsor) => `Paid for by ${sponsor}`,
  labelled: (label, title) => `${label}: ${title}`,
  contents: "In this story",
  part: (number, total) => (total === null ? `Part ${number}` : `Part ${number} of ${total}`),
  partsOf: (series) => `All parts of ${series}`,
  inSeries: "Series",
  series: (count, shown) =>
    english(count, {
      one: "A series, of which one part has been published",
      other: `A series in ${shown} parts`,
    }),
  previousPart: "Previous part",
  nextPart: "Next part",
  related: "Related stories",
  topics: "Topics",
  nothingYet: "Nothing has been published here yet. Do come back.",
  nothingPublished: "The first edition is being written. Do come back.",
  publishedBy: (publisher) => `Published by ${publisher}`,
  toTop: "Back to the top",
  feed: "RSS feed",
  wholeStory: "Read the whole story",
  aboutPaper: "About the paper",
  publishingPrinciples: "Our principles",
  ethicsPolicy: "Ethics",
  correctionsPolicy: "How we correct",
  ownershipFundingInfo: "Who owns and pays for us",
  masthead: "The newsroom",
  contact: "Contact",
  elsewhere: "Elsewhere",
  toFront: "Go to the front page",
  notFound: "There is no page here",
  notFoundMore:
    "The address may be mistyped, or the page may have moved. The front page and the archive list everything we have published.",
  gone: "This page has been taken down",
  goneMore: "It was here once and is no longer available. The front page has the latest stories.",
  unavailable: "We will be back in a moment",
  unavailableMore: "This page cannot be shown just now. Please try again in a minute.",
  preview: "Preview. This is not published: only people with this link can see it.",
  previewOver: "This preview is over",
  previewOverMore:
    "Its link has expired, or was never one. Whoever sent it to you can make a new one.",
  forAgents:
    "Each story is also here as Markdown: add .md to its address. What may be done with its words is in /robots.txt.",
  feeds: "Feeds",
  readOnly: "This address can only be read.",
  tooMany: "Too many addresses that are not here. Try again in a minute.",
  search: "Search",
  searchOf: (paper) => `Search ${paper}`,
  searchHow:
    'Words that a story must have. "In quotation marks" they follow one another; -word leaves out stories that have it.',
  searchCut: "Only the first twelve words were looked for.",
  narrow: "Section, author, dates",
  section: "Section",
  anySection: "All sections",
  author: "Author",
  anyAuthor: "All authors",
  since: "From",
  until: "Until",
  found: (count, shown) => english(count, { one: "One result", other: `${shown} results` }),
  foundMore: (shown) => `More than ${shown} results. These are the best.`,
  foundNoMore: "There are no more results on this page.",
  foundNone: "No story was found",
  foundNoneMore:
    "Fewer or other words may find more, and so may all sections and dates. Or look here:",
  noWords: "There is no word in this to look for",
  noWordsMore: "Write at least one word that a story must have. Or look here:",
  searchAway: "Nothing can be looked for just now",
  searchAwayMore: "Everything else is here. Please try again in a minute, or look here:",
  earlierResults: "Previous results",
  moreResults: "More results",
  busy: "That was a lot of searching",
  busyMore: "Please wait a minute before you search again.",
};

const german = plurals("de");

const de: Words = {
  language: "de",
  skip: "Zum Inhalt springen",
  way: "Sie sind hier",
  home: "Startseite",
  sections: "Ressorts",
  topStories: "Das Wichtigste",
  latest: "Neueste Artikel",
  moreStories: "Weitere Artikel",
  page: (shown) => `Seite ${shown}`,
  pages: "Seiten",
  newer: "Neuere Artikel",
  older: "Ältere Artikel",
  toArchive: "Ältere Artikel stehen im Archiv",
  archive: "Archiv",
  allMonths: "Alle Monate",
  months: "Monate",
  earlierMonth: "Früher",
  laterMonth: "Später",
  moreOf: (month) => `Mehr aus dem ${month}`,
  newestOf: (month) => `Das Neueste aus dem ${month}`,
  sectionMonth: (section, month) => `${section}, ${month}`,
  by: "Von",
  comma: ", ",
  others: (names, _, shown) => `${names} und ${shown} weiteren`,
  published: "Veröffentlicht am",
  updated: "Aktualisiert am",
  corrected: "Korrigiert am",
  readingTime: (_, shown) => `${shown} Min. Lesezeit`,
  corrections: (count) => german(count, { one: "Korrektur", other: "Korrekturen" }),
  allCorrections: "Korrekturen",
  allCorrectionsMore:
    "Was in unseren Artikeln falsch war, und was stimmt. Jede Korrektur steht auch unter ihrem Artikel.",
  noCorrections: "Bisher musste kein Artikel korrigiert werden.",
  newerCorrections: "Neuere Korrekturen",
  olderCorrections: "Ältere Korrekturen",
  aboutAuthors: (count) => german(count, { one: "Zur Person", other: "Zu den Personen" }),
  alsoIn: "Auch auf",
  previous: "Voriger Artikel",
  next: "Nächster Artikel",
  neighbours: "Voriger und nächster Artikel",
  latestFrom: (section) => `Neues aus: ${section}`,
  kinds: {
    analysis: "Analyse",
    opinion: "Meinung",
    review: "Kritik",
    feature: "Reportage",
    interview: "Interview",
    sponsored: "Anzeige",
  },
  paidBy: (sponsor) => `Bezahlt von ${sponsor}`,
  labelled: (label, title) => `${label}: ${title}`,
  contents: "In diesem Artikel",
  part: (number, total) => (total === null ? `Teil ${number}` : `Teil ${number} von ${total}`),
  partsOf: (series) => `Alle Teile: ${series}`,
  inSeries: "Serie",
  series: (count, shown) =>
    german(count, {
      one: "Eine Serie, von der ein Teil erschienen ist",
      other: `Eine Serie in ${shown} Teilen`,
    }),
  previousPart: "Voriger Teil",
  nextPart: "Nächster Teil",
  related: "Mehr zum Thema",
  topics: "Themen",
  nothingYet: "Hier ist noch nichts erschienen. Schauen Sie gern wieder vorbei.",
  nothingPublished: "Die erste Ausgabe entsteht gerade. Schauen Sie gern wieder vorbei.",
  publishedBy: (publisher) => `Herausgegeben von ${publisher}`,
  toTop: "Nach oben",
  feed: "RSS-Feed",
  wholeStory: "Den ganzen Artikel lesen",
  aboutPaper: "Über die Zeitung",
  publishingPrinciples: "Unsere Grundsätze",
  ethicsPolicy: "Berufsethik",
  correctionsPolicy: "Wie wir berichtigen",
  ownershipFundingInfo: "Wem wir gehören und wer uns bezahlt",
  masthead: "Die Redaktion",
  contact: "Kontakt",
  elsewhere: "Anderswo",
  toFront: "Zur Titelseite",
  notFound: "Hier gibt es keine Seite",
  notFoundMore:
    "Vielleicht ist die Adresse falsch geschrieben, oder die Seite ist umgezogen. Titelseite und Archiv führen zu allem, was erschienen ist.",
  gone: "Diese Seite wurde entfernt",
  goneMore:
    "Sie war einmal hier und ist nicht mehr verfügbar. Das Neueste steht auf der Titelseite.",
  unavailable: "Wir sind gleich wieder da",
  unavailableMore:
    "Diese Seite kann gerade nicht gezeigt werden. Bitte versuchen Sie es in einer Minute noch einmal.",
  preview: "Vorschau. Dies ist nicht veröffentlicht: Nur wer diesen Link hat, kann es sehen.",
  previewOver: "Diese Vorschau ist vorbei",
  previewOverMore:
    "Der Link ist abgelaufen oder war nie einer. Wer ihn geschickt hat, kann einen neuen machen.",
  forAgents:
    "Jeden Artikel gibt es auch als Markdown: mit .md hinter seiner Adresse. Was mit den Texten geschehen darf, steht in /robots.txt.",
  feeds: "Feeds",
  readOnly: "Diese Adresse kann nur gelesen werden.",
  tooMany:
    "Zu viele Adressen, die es hier nicht gibt. Bitte versuchen Sie es in einer Minute noch einmal.",
  search: "Suche",
  searchOf: (paper) => `${paper} durchsuchen`,
  searchHow:
    'Wörter, die im Artikel stehen müssen. "In Anführungszeichen" folgen sie aufeinander; -Wort schließt Artikel mit diesem Wort aus.',
  searchCut: "Gesucht wurde nur nach den ersten zwölf Wörtern.",
  narrow: "Ressort, Autor, Zeitraum",
  section: "Ressort",
  anySection: "Alle Ressorts",
  author: "Autorin oder Autor",
  anyAuthor: "Alle",
  since: "Von",
  until: "Bis",
  found: (count, shown) => german(count, { one: "Ein Treffer", other: `${shown} Treffer` }),
  foundMore: (shown) => `Mehr als ${shown} Treffer. Dies sind die besten.`,
  foundNoMore: "Auf dieser Seite stehen keine weiteren Treffer.",
  foundNone: "Kein Artikel gefunden",
  foundNoneMore:
    "Weniger oder andere Wörter finden vielleicht mehr, ebenso alle Ressorts und Zeiten. Oder sehen Sie hier nach:",
  noWords: "Darin ist kein Wort, nach dem sich suchen ließe",
  noWordsMore:
    "Schreiben Sie mindestens ein Wort, das im Artikel stehen muss. Oder sehen Sie hier nach:",
  searchAway: "Die Suche ist gerade nicht möglich",
  searchAwayMore:
    "Alles andere ist da. Bitte versuchen Sie es in einer Minute noch einmal, oder sehen Sie hier nach:",
  earlierResults: "Vorige Ergebnisse",
  moreResults: "Weitere Ergebnisse",
  busy: "Das waren viele Suchen",
  busyMore: "Bitte warten Sie eine Minute, bevor Sie weitersuchen.",
};

const french = plurals("fr");

const fr: Words = {
  language: "fr",
  skip: "Aller au contenu",
  way: "Vous êtes ici",
  home: "Accueil",
  sections: "Rubriques",
  topStories: "À la une",
  latest: "Derniers articles",
  moreStories: "Autres articles",
  page: (shown) => `Page ${shown}`,
  pages: "Pages",
  newer: "Articles plus récents",
  older: "Articles plus anciens",
  toArchive: "Les articles plus anciens sont dans les archives",
  archive: "Archives",
  allMonths: "Tous les mois",
  months: "Mois",
  earlierMonth: "Avant",
  laterMonth: "Après",
  moreOf: (month) => `Suite : ${month}`,
  newestOf: (month) => `Plus récents : ${month}`,
  sectionMonth: (section, month) => `${section}, ${month}`,
  by: "Par",
  comma: ", ",
  others: (names, _, shown) => `${names} et ${shown} autres`,
  published: "Publié le",
  updated: "Mis à jour le",
  corrected: "Corrigé le",
  readingTime: (_, shown) => `${shown} min de lecture`,
  corrections: (count) => french(count, { one: "Rectificatif", other: "Rectificatifs" }),
  allCorrections: "Rectificatifs",
  allCorrectionsMore:
    "Les erreurs de nos articles, et ce qui est exact. Chaque rectificatif figure aussi sous son article.",
  noCorrections: "Aucun article n’a encore dû être rectifié.",
  newerCorrections: "Rectificatifs plus récents",
  olderCorrections: "Rectificatifs plus anciens",
  aboutAuthors: () => "Qui signe cet article",
  alsoIn: "Lire aussi en",
  previous: "Article précédent",
  next: "Article suivant",
  neighbours: "Articles précédent et suivant",
  latestFrom: (section) => `Dernières nouvelles : ${section}`,
  kinds: {
    analysis: "Analyse",
    opinion: "Opinion",
    review: "Critique",
    feature: "Reportage",
    interview: "Entretien",
    sponsored: "Publicité",
  },
  paidBy: (sponsor) => `Financé par ${sponsor}`,
  labelled: (label, title) => `${label} : ${title}`,
  contents: "Dans cet article",
  part: (number, total) =>
    total === null ? `Épisode ${number}` : `Épisode ${number} sur ${total}`,
  partsOf: (series) => `Tous les épisodes : ${series}`,
  inSeries: "Série",
  series: (count, shown) =>
    french(count, {
      one: "Une série dont un épisode est paru",
      other: `Une série en ${shown} épisodes`,
    }),
  previousPart: "Épisode précédent",
  nextPart: "Épisode suivant",
  related: "Sur le même sujet",
  topics: "Thèmes",
  nothingYet: "Rien n’a encore été publié ici. Revenez nous voir.",
  nothingPublished: "Le premier numéro est en préparation. Revenez nous voir.",
  publishedBy: (publisher) => `Édité par ${publisher}`,
  toTop: "Haut de page",
  feed: "Flux RSS",
  wholeStory: "Lire l’article en entier",
  aboutPaper: "À propos du journal",
  publishingPrinciples: "Nos principes",
  ethicsPolicy: "Déontologie",
  correctionsPolicy: "Comment nous corrigeons",
  ownershipFundingInfo: "Propriété et financement",
  masthead: "La rédaction",
  contact: "Contact",
  elsewhere: "Ailleurs",
  toFront: "Aller à la une",
  notFound: "Il n’y a pas de page ici",
  notFoundMore:
    "L’adresse est peut-être mal saisie, ou la page a été déplacée. La une et les archives mènent à tout ce que nous avons publié.",
  gone: "Cette page a été retirée",
  goneMore: "Elle a existé, mais n’est plus disponible. Les derniers articles sont à la une.",
  unavailable: "Nous revenons dans un instant",
  unavailableMore:
    "Cette page ne peut pas être affichée pour le moment. Merci de réessayer dans une minute.",
  preview: "Aperçu. Ceci n’est pas publié : seules les personnes qui ont ce lien peuvent le voir.",
  previewOver: "Cet aperçu n’est plus disponible",
  previewOverMore:
    "Le lien a expiré ou n’en a jamais été un. La personne qui l’a envoyé peut en créer un autre.",
  forAgents:
    "Chaque article existe aussi en Markdown : ajoutez .md à son adresse. Ce qui peut être fait des textes est dit dans /robots.txt.",
  feeds: "Flux",
  readOnly: "Cette adresse ne peut être que lue.",
  tooMany: "Trop d’adresses qui n’existent pas ici. Merci de réessayer dans une minute.",
  search: "Recherche",
  searchOf: (paper) => `Rechercher dans ${paper}`,
  searchHow:
    'Les mots que l’article doit contenir. "Entre guillemets", ils se suivent ; -mot écarte les articles qui le contiennent.',
  searchCut: "Seuls les douze premiers mots ont été cherchés.",
  narrow: "Rubrique, auteur, dates",
  section: "Rubrique",
  anySection: "Toutes les rubriques",
  author: "Auteur",
  anyAuthor: "Tous les auteurs",
  since: "Du",
  until: "Au",
  found: (count, shown) => french(count, { one: `${shown} résultat`, other: `${shown} résultats` }),
  foundMore: (shown) => `Plus de ${shown} résultats. Voici les meilleurs.`,
  foundNoMore: "Il n’y a pas d’autre résultat sur cette page.",
  foundNone: "Aucun article trouvé",
  foundNoneMore:
    "Moins de mots, ou d’autres, en trouveront peut-être, ainsi que toutes les rubriques et toutes les dates. Ou voyez ici :",
  noWords: "Il n’y a là aucun mot à chercher",
  noWordsMore: "Écrivez au moins un mot que l’article doit contenir. Ou voyez ici :",
  searchAway: "La recherche est impossible pour le moment",
  searchAwayMore: "Tout le reste est là. Merci de réessayer dans une minute, ou voyez ici :",
  earlierResults: "Résultats précédents",
  moreResults: "Autres résultats",
  busy: "Cela fait beaucoup de recherches",
  busyMore: "Merci d’attendre une minute avant de chercher à nouveau.",
};

const spanish = plurals("es");

const es: Words = {
  language: "es",
  skip: "Saltar al contenido",
  way: "Está aquí",
  home: "Inicio",
  sections: "Secciones",
  topStories: "En portada",
  latest: "Lo último",
  moreStories: "Más artículos",
  page: (shown) => `Página ${shown}`,
  pages: "Páginas",
  newer: "Artículos más recientes",
  older: "Artículos anteriores",
  toArchive: "Los artículos anteriores están en la hemeroteca",
  archive: "Hemeroteca",
  allMonths: "Todos los meses",
  months: "Meses",
  earlierMonth: "Antes",
  laterMonth: "Después",
  moreOf: (month) => `Más de ${month}`,
  newestOf: (month) => `Lo más reciente de ${month}`,
  sectionMonth: (section, month) => `${section}, ${month}`,
  by: "Por",
  comma: ", ",
  others: (names, _, shown) => `${names} y ${shown} más`,
  published: "Publicado el",
  updated: "Actualizado el",
  corrected: "Corregido el",
  readingTime: (_, shown) => `${shown} min de lectura`,
  corrections: (count) => spanish(count, { one: "Corrección", other: "Correcciones" }),
  allCorrections: "Correcciones",
  allCorrectionsMore:
    "Los errores de nuestros artículos y lo que es correcto. Cada corrección figura también al pie de su artículo.",
  noCorrections: "Hasta ahora ningún artículo ha necesitado una corrección.",
  newerCorrections: "Correcciones más recientes",
  olderCorrections: "Correcciones anteriores",
  aboutAuthors: (count) => spanish(count, { one: "Sobre la firma", other: "Sobre las firmas" }),
  alsoIn: "También en",
  previous: "Artículo anterior",
  next: "Artículo siguiente",
  neighbours: "Artículos anterior y siguiente",
  latestFrom: (section) => `Lo último de ${section}`,
  kinds: {
    analysis: "Análisis",
    opinion: "Opinión",
    review: "Crítica",
    feature: "Reportaje",
    interview: "Entrevista",
    sponsored: "Publicidad",
  },
  paidBy: (sponsor) => `Pagado por ${sponsor}`,
  labelled: (label, title) => `${label}: ${title}`,
  contents: "En este artículo",
  part: (number, total) => (total === null ? `Parte ${number}` : `Parte ${number} de ${total}`),
  partsOf: (series) => `Todas las partes: ${series}`,
  inSeries: "Serie",
  series: (count, shown) =>
    spanish(count, {
      one: "Una serie de la que se ha publicado una parte",
      other: `Una serie en ${shown} partes`,
    }),
  previousPart: "Parte anterior",
  nextPart: "Parte siguiente",
  related: "Artículos relacionados",
  topics: "Temas",
  nothingYet: "Aquí aún no se ha publicado nada. Vuelva pronto.",
  nothingPublished: "La primera edición está en preparación. Vuelva pronto.",
  publishedBy: (publisher) => `Editado por ${publisher}`,
  toTop: "Volver arriba",
  feed: "Canal RSS",
  wholeStory: "Leer el artículo completo",
  aboutPaper: "Sobre el periódico",
  publishingPrinciples: "Nuestros principios",
  ethicsPolicy: "Ética",
  correctionsPolicy: "Cómo corregimos",
  ownershipFundingInfo: "Propiedad y financiación",
  masthead: "La redacción",
  contact: "Contacto",
  elsewhere: "En otros sitios",
  toFront: "Ir a la portada",
  notFound: "Aquí no hay ninguna página",
  notFoundMore:
    "Puede que la dirección esté mal escrita o que la página se haya movido. La portada y la hemeroteca llevan a todo lo que hemos publicado.",
  gone: "Esta página se ha retirado",
  goneMore: "Estuvo aquí y ya no está disponible. Lo último está en la portada.",
  unavailable: "Volvemos enseguida",
  unavailableMore:
    "Esta página no se puede mostrar ahora mismo. Inténtelo de nuevo dentro de un minuto.",
  preview: "Vista previa. Esto no está publicado: solo lo ven quienes tienen este enlace.",
  previewOver: "Esta vista previa ya no está disponible",
  previewOverMore: "El enlace ha caducado o nunca lo fue. Quien se lo envió puede crear otro.",
  forAgents:
    "Cada artículo está también en Markdown: añada .md a su dirección. Lo que puede hacerse con los textos está en /robots.txt.",
  feeds: "Canales",
  readOnly: "Esta dirección solo se puede leer.",
  tooMany: "Demasiadas direcciones que no existen aquí. Inténtelo de nuevo dentro de un minuto.",
  search: "Buscar",
  searchOf: (paper) => `Buscar en ${paper}`,
  searchHow:
    'Palabras que el artículo debe tener. "Entre comillas" van seguidas; -palabra descarta los artículos que la tienen.',
  searchCut: "Solo se han buscado las doce primeras palabras.",
  narrow: "Sección, firma, fechas",
  section: "Sección",
  anySection: "Todas las secciones",
  author: "Firma",
  anyAuthor: "Todas las firmas",
  since: "Desde",
  until: "Hasta",
  found: (count, shown) => spanish(count, { one: "Un resultado", other: `${shown} resultados` }),
  foundMore: (shown) => `Más de ${shown} resultados. Estos son los mejores.`,
  foundNoMore: "No hay más resultados en esta página.",
  foundNone: "No se ha encontrado ningún artículo",
  foundNoneMore:
    "Con menos palabras, u otras, puede haber más, y también en todas las secciones y fechas. O mire aquí:",
  noWords: "Ahí no hay ninguna palabra que buscar",
  noWordsMore: "Escriba al menos una palabra que el artículo deba tener. O mire aquí:",
  searchAway: "Ahora mismo no se puede buscar",
  searchAwayMore: "Todo lo demás está aquí. Inténtelo de nuevo dentro de un minuto, o mire aquí:",
  earlierResults: "Resultados anteriores",
  moreResults: "Más resultados",
  busy: "Han sido muchas búsquedas",
  busyMore: "Espere un minuto antes de volver a buscar.",
};

const arabic = plurals("ar");

const ar: Words = {
  language: "ar",
  skip: "انتقل إلى المحتوى",
  way: "أنت هنا",
  home: "الرئيسية",
  sections: "الأقسام",
  topStories: "أبرز الأخبار",
  latest: "الأحدث",
  moreStories: "مزيد من المقالات",
  page: (shown) => `الصفحة ${shown}`,
  pages: "الصفحات",
  newer: "مقالات أحدث",
  older: "مقالات أقدم",
  toArchive: "المقالات الأقدم في الأرشيف",
  archive: "الأرشيف",
  allMonths: "كل الشهور",
  months: "الشهور",
  earlierMonth: "قبل ذلك",
  laterMonth: "بعد ذلك",
  moreOf: (month) => `المزيد من ${month}`,
  newestOf: (month) => `الأحدث من ${month}`,
  sectionMonth: (section, month) => `${section}، ${month}`,
  by: "بقلم",
  comma: "، ",
  others: (names, count, shown) =>
    arabic(count, {
      two: `${names} واثنين آخرين`,
      few: `${names} و${shown} آخرين`,
      other: `${names} و${shown} غيرهم`,
    }),
  published: "نُشر في",
  updated: "حُدّث في",
  corrected: "صُحّح في",
  readingTime: (minutes, shown) =>
    arabic(minutes, {
      one: "دقيقة واحدة للقراءة",
      two: "دقيقتان للقراءة",
      few: `${shown} دقائق للقراءة`,
      other: `${shown} دقيقة للقراءة`,
    }),
  corrections: (count) => arabic(count, { one: "تصحيح", two: "تصحيحان", other: "تصحيحات" }),
  allCorrections: "التصحيحات",
  allCorrectionsMore: "ما أخطأنا فيه في مقالاتنا وما هو الصحيح. يظهر كل تصحيح أسفل مقاله أيضًا.",
  noCorrections: "لم يحتج أي مقال إلى تصحيح حتى الآن.",
  newerCorrections: "تصحيحات أحدث",
  olderCorrections: "تصحيحات أقدم",
  aboutAuthors: (count) =>
    arabic(count, { one: "عن الكاتب", two: "عن الكاتبين", other: "عن الكتّاب" }),
  alsoIn: "بلغات أخرى:",
  previous: "المقال السابق",
  next: "المقال التالي",
  neighbours: "المقالان السابق والتالي",
  latestFrom: (section) => `الأحدث في ${section}`,
  kinds: {
    analysis: "تحليل",
    opinion: "رأي",
    review: "مراجعة",
    feature: "ريبورتاج",
    interview: "مقابلة",
    sponsored: "إعلان",
  },
  paidBy: (sponsor) => `محتوى مدفوع من ${sponsor}`,
  labelled: (label, title) => `${label}: ${title}`,
  contents: "في هذا المقال",
  part: (number, total) => (total === null ? `الجزء ${number}` : `الجزء ${number} من ${total}`),
  partsOf: (series) => `كل الأجزاء: ${series}`,
  inSeries: "سلسلة",
  series: (count, shown) =>
    arabic(count, {
      one: "سلسلة نُشر منها جزء واحد",
      two: "سلسلة من جزأين",
      few: `سلسلة من ${shown} أجزاء`,
      many: `سلسلة من ${shown} جزءًا`,
      other: `سلسلة من ${shown} جزء`,
    }),
  previousPart: "الجزء السابق",
  nextPart: "الجزء التالي",
  related: "مقالات ذات صلة",
  topics: "المواضيع",
  nothingYet: "لم يُنشر شيء هنا بعد. نرحّب بعودتكم قريبًا.",
  nothingPublished: "العدد الأول قيد الإعداد. نرحّب بعودتكم قريبًا.",
  publishedBy: (publisher) => `الناشر: ${publisher}`,
  toTop: "العودة إلى الأعلى",
  feed: "خلاصة RSS",
  wholeStory: "اقرأ المقال كاملًا",
  aboutPaper: "عن الصحيفة",
  publishingPrinciples: "مبادئنا",
  ethicsPolicy: "أخلاقيات المهنة",
  correctionsPolicy: "كيف نصحّح أخطاءنا",
  ownershipFundingInfo: "الملكية والتمويل",
  masthead: "هيئة التحرير",
  contact: "اتصل بنا",
  elsewhere: "على مواقع أخرى",
  toFront: "إلى الصفحة الأولى",
  notFound: "لا توجد صفحة هنا",
  notFoundMore: "ربما كُتب العنوان خطأً أو نُقلت الصفحة. في الصفحة الأولى والأرشيف كل ما نشرناه.",
  gone: "أُزيلت هذه الصفحة",
  goneMore: "كانت هنا ولم تعد متاحة. أحدث المقالات في الصفحة الأولى.",
  unavailable: "سنعود بعد لحظات",
  unavailableMore: "يتعذّر عرض هذه الصفحة الآن. يُرجى المحاولة مرة أخرى بعد دقيقة.",
  preview: "معاينة. هذا غير منشور: لا يراه إلا من لديه هذا الرابط.",
  previewOver: "انتهت هذه المعاينة",
  previewOverMore: "انتهت صلاحية الرابط أو لم يكن صحيحًا قط. يمكن لمن أرسله إنشاء رابط جديد.",
  forAgents:
    "كل مقال متاح أيضًا بصيغة Markdown: أضف .md إلى عنوانه. أما ما يجوز فعله بالنصوص فمذكور في /robots.txt.",
  feeds: "الخلاصات",
  readOnly: "هذا العنوان للقراءة فقط.",
  tooMany: "عناوين كثيرة غير موجودة هنا. يُرجى المحاولة مرة أخرى بعد دقيقة.",
  search: "بحث",
  searchOf: (paper) => `ابحث في ${paper}`,
  searchHow:
    'كلمات يجب أن ترد في المقال. "بين علامتي تنصيص" تكون متتابعة، و-كلمة تستبعد المقالات التي ترد فيها.',
  searchCut: "لم يُبحث إلا عن الكلمات الاثنتي عشرة الأولى.",
  narrow: "القسم والكاتب والتاريخ",
  section: "القسم",
  anySection: "كل الأقسام",
  author: "الكاتب",
  anyAuthor: "كل الكتّاب",
  since: "من",
  until: "إلى",
  found: (count, shown) =>
    arabic(count, {
      one: "نتيجة واحدة",
      two: "نتيجتان",
      few: `${shown} نتائج`,
      other: `${shown} نتيجة`,
    }),
  foundMore: (shown) => `أكثر من ${shown} نتيجة. هذه أفضلها.`,
  foundNoMore: "لا مزيد من النتائج في هذه الصفحة.",
  foundNone: "لم يُعثر على أي مقال",
  foundNoneMore: "قد تجدون أكثر بكلمات أقل أو مختلفة، أو في كل الأقسام والتواريخ. أو انظروا هنا:",
  noWords: "لا توجد هنا كلمة يمكن البحث عنها",
  noWordsMore: "اكتبوا كلمة واحدة على الأقل يجب أن ترد في المقال. أو انظروا هنا:",
  searchAway: "البحث غير متاح الآن",
  searchAwayMore: "كل ما عداه متاح. يُرجى المحاولة مرة أخرى بعد دقيقة، أو انظروا هنا:",
  earlierResults: "النتائج السابقة",
  moreResults: "مزيد من النتائج",
  busy: "كانت هذه عمليات بحث كثيرة",
  busyMore: "يُرجى الانتظار دقيقة قبل البحث من جديد.",
};

const WORDS: Record<Language, Words> = { en, de, fr, es, ar };
