import { primaryOf } from "../../domain/language.ts";
import type { EmbedKind } from "../providers.ts";
import type { BoxKind } from "./boxes.ts";

/** The few words that a body's own markup says, mostly to screen readers. `%` is what is counted or named. */
export interface MarkupWords {
  notes: string;
  note: string;
  backToReference: string;
  table: string;
  done: string;
  toDo: string;
  /** What a box is called that has no title of its own. */
  boxes: Record<BoxKind, string>;
  pullQuote: string;
  embeds: Record<EmbedKind, string>;
}

/** The words in the language of a BCP 47 tag, English if there are none. */
export function markupWords(language: string): MarkupWords {
  return WORDS.get(primaryOf(language)) ?? en;
}

const en: MarkupWords = {
  notes: "Notes",
  note: "Note %",
  backToReference: "Back to reference %",
  table: "Table %",
  done: "Done",
  toDo: "To do",
  boxes: {
    note: "Note",
    tip: "Tip",
    important: "Important",
    warning: "Warning",
    caution: "Caution",
    facts: "In brief",
  },
  pullQuote: "Pull quote",
  embeds: {
    article: "Article on %",
    audio: "Audio on %",
    chart: "Chart on %",
    code: "Code on %",
    document: "Document on %",
    map: "Map on %",
    photo: "Photo on %",
    post: "Post on %",
    video: "Video on %",
  },
};

const de: MarkupWords = {
  notes: "Anmerkungen",
  note: "Anmerkung %",
  backToReference: "Zurück zu Verweis %",
  table: "Tabelle %",
  done: "Erledigt",
  toDo: "Offen",
  boxes: {
    note: "Hinweis",
    tip: "Tipp",
    important: "Wichtig",
    warning: "Warnung",
    caution: "Vorsicht",
    facts: "Auf einen Blick",
  },
  pullQuote: "Hervorgehobenes Zitat",
  embeds: {
    article: "Artikel bei %",
    audio: "Audio bei %",
    chart: "Diagramm bei %",
    code: "Code bei %",
    document: "Dokument bei %",
    map: "Karte bei %",
    photo: "Foto bei %",
    post: "Beitrag bei %",
    video: "Video bei %",
  },
};

const fr: MarkupWords = {
  notes: "Notes",
  note: "Note %",
  backToReference: "Retour à l’appel %",
  table: "Tableau %",
  done: "Fait",
  toDo: "À faire",
  boxes: {
    note: "À noter",
    tip: "Conseil",
    important: "Important",
    warning: "Attention",
    caution: "Prudence",
    facts: "En bref",
  },
  pullQuote: "Citation en exergue",
  embeds: {
    article: "Article sur %",
    audio: "Audio sur %",
    chart: "Graphique sur %",
    code: "Code sur %",
    document: "Document sur %",
    map: "Carte sur %",
    photo: "Photo sur %",
    post: "Message sur %",
    video: "Vidéo sur %",
  },
};

const es: MarkupWords = {
  notes: "Notas",
  note: "Nota %",
  backToReference: "Volver a la llamada %",
  table: "Tabla %",
  done: "Hecho",
  toDo: "Pendiente",
  boxes: {
    note: "Nota",
    tip: "Consejo",
    important: "Importante",
    warning: "Advertencia",
    caution: "Precaución",
    facts: "En breve",
  },
  pullQuote: "Cita destacada",
  embeds: {
    article: "Artículo en %",
    audio: "Audio en %",
    chart: "Gráfico en %",
    code: "Código en %",
    document: "Documento en %",
    map: "Mapa en %",
    photo: "Foto en %",
    post: "Publicación en %",
    video: "Vídeo en %",
  },
};

const it: MarkupWords = {
  notes: "Note",
  note: "Nota %",
  backToReference: "Torna al richiamo %",
  table: "Tabella %",
  done: "Fatto",
  toDo: "Da fare",
  boxes: {
    note: "Nota",
    tip: "Consiglio",
    important: "Importante",
    warning: "Avvertenza",
    caution: "Attenzione",
    facts: "In breve",
  },
  pullQuote: "Citazione in evidenza",
  embeds: {
    article: "Articolo su %",
    audio: "Audio su %",
    chart: "Grafico su %",
    code: "Codice su %",
    document: "Documento su %",
    map: "Mappa su %",
    photo: "Foto su %",
    post: "Post su %",
    video: "Video su %",
  },
};

const nl: MarkupWords = {
  notes: "Noten",
  note: "Noot %",
  backToReference: "Terug naar verwijzing %",
  table: "Tabel %",
  done: "Klaar",
  toDo: "Te doen",
  boxes: {
    note: "Let op",
    tip: "Tip",
    important: "Belangrijk",
    warning: "Waarschuwing",
    caution: "Voorzichtig",
    facts: "In het kort",
  },
  pullQuote: "Uitgelicht citaat",
  embeds: {
    article: "Artikel op %",
    audio: "Audio op %",
    chart: "Grafiek op %",
    code: "Code op %",
    document: "Document op %",
    map: "Kaart op %",
    photo: "Foto op %",
    post: "Bericht op %",
    video: "Video op %",
  },
};

const pt: MarkupWords = {
  notes: "Notas",
  note: "Nota %",
  backToReference: "Voltar à chamada %",
  table: "Tabela %",
  done: "Feito",
  toDo: "Por fazer",
  boxes: {
    note: "Nota",
    tip: "Dica",
    important: "Importante",
    warning: "Aviso",
    caution: "Cuidado",
    facts: "Em resumo",
  },
  pullQuote: "Citação em destaque",
  embeds: {
    article: "Artigo em %",
    audio: "Áudio em %",
    chart: "Gráfico em %",
    code: "Código em %",
    document: "Documento em %",
    map: "Mapa em %",
    photo: "Foto em %",
    post: "Publicação em %",
    video: "Vídeo em %",
  },
};

const ar: MarkupWords = {
  notes: "هوامش",
  note: "هامش %",
  backToReference: "العودة إلى الإشارة %",
  table: "جدول %",
  done: "تم",
  toDo: "لم يتم بعد",
  boxes: {
    note: "ملاحظة",
    tip: "نصيحة",
    important: "مهم",
    warning: "تحذير",
    caution: "تنبيه",
    facts: "باختصار",
  },
  pullQuote: "اقتباس بارز",
  embeds: {
    article: "مقال على %",
    audio: "مقطع صوتي على %",
    chart: "رسم بياني على %",
    code: "شيفرة على %",
    document: "وثيقة على %",
    map: "خريطة على %",
    photo: "صورة على %",
    post: "منشور على %",
    video: "فيديو على %",
  },
};

const WORDS = new Map<string, MarkupWords>(Object.entries({ en, de, fr, es, it, nl, pt, ar }));

/** A phrase with the name or number that it has room for. */
export function withName(words: string, name: string | number): string {
  return words.replace("%", () => String(name));
}
