import { signal, type ReadonlySignal } from "@preact/signals";
import type { Answer, Trouble } from "../api.ts";
import type { Picture, UploadedPicture } from "../contract.ts";
import type { Fitted } from "./convert.ts";
import type { Embedded } from "./embedded.ts";

// Pictures on their way into the library, any number of them: each is read, made fit, described and sent by itself, and none waits
// for one that fails. What was typed of a picture stays with it until the library has it.

/** What is told of a picture. */
export type Notes = Pick<Picture, "alt" | "decorative" | "caption" | "credit">;

/** How far a picture is. */
type Stage =
  | { at: "reading" }
  /** The newsroom would not take it; `moves`: too large, and a JPEG would stand still. */
  | { at: "unfit"; why: "cannotDecode" | "tooLarge" | "moves" | "noPicture" | "unreadable" }
  | { at: "ready" }
  | { at: "waiting" }
  | { at: "sending"; share: number }
  | { at: "failed"; trouble: Trouble }
  | { at: "here"; picture: UploadedPicture };

export interface Upload {
  id: number;
  name: string;
  /** As it is sent; null until it is known to fit. */
  file: File | null;
  /** An address of it in this browser; null for what the browser cannot show. */
  preview: string | null;
  isConverted: boolean;
  notes: Notes;
  stage: Stage;
}

/** What is done to a file on its way. */
export interface Tools {
  fit: (file: File) => Promise<Fitted>;
  read: (file: File) => Promise<Pick<Embedded, "alt" | "caption" | "credit">>;
  send: (
    file: File,
    notes: Notes,
    progress: (share: number) => void,
  ) => Promise<Answer<UploadedPicture>>;
  show: (file: File) => string;
  hide: (preview: string) => void;
}

export interface Uploads {
  all: ReadonlySignal<readonly Upload[]>;
  add: (files: Iterable<File>) => Promise<void>;
  describe: (id: number, notes: Partial<Notes>) => void;
  /** Forgets one that is not being sent. */
  drop: (id: number) => void;
  /** Sends what is ready, and again what failed. */
  start: (ids?: readonly number[]) => void;
  clear: () => void;
}

/** How many are sent at a time. */
const AT_ONCE = 2;

/** What the system itself takes for something else is not even offered; everything else is known by its bytes. */
const NO_PICTURE = /^(?:text|video|audio|font)\/|^application\/(?:pdf|zip|msword|vnd\.)/;

/** Holds pictures on their way; `onHere` is told of each that has come into the library. */
export function createUploads(tools: Tools, onHere: (upload: Upload) => void = () => {}): Uploads {
  const all = signal<readonly Upload[]>([]);
  let count = 0;
  let reading = Promise.resolve();

  const find = (id: number) => all.value.find((upload) => upload.id === id);
  const change = (id: number, fields: Partial<Upload>) => {
    all.value = all.value.map((upload) => (upload.id === id ? { ...upload, ...fields } : upload));
  };
  const stage = (id: number, next: Stage) => change(id, { stage: next });

  async function read(id: number, file: File): Promise<void> {
    if (!find(id)) return;
    if (NO_PICTURE.test(file.type)) return stage(id, { at: "unfit", why: "noPicture" });
    try {
      // Of the file as it came: a JPEG that is made of it says nothing any more.
      const said = await tools.read(file);
      const fitted = await tools.fit(file);
      const upload = find(id);
      if (!upload) return;
      const { notes } = upload;
      const own = { alt: said.alt, caption: said.caption, credit: said.credit ?? notes.credit };
      if (fitted.kind === "cannotDecode" || fitted.kind === "tooLarge") {
        const why = fitted.kind === "tooLarge" && fitted.moves ? "moves" : fitted.kind;
        change(id, { notes: { ...notes, ...own }, stage: { at: "unfit", why } });
        return;
      }
      change(id, {
        file: fitted.file,
        preview: tools.show(fitted.file),
        isConverted: fitted.kind === "converted",
        notes: { ...notes, ...own },
        stage: { at: "ready" },
      });
    } catch (error) {
      console.warn(`The file ${file.name} cannot be read:`, error);
      stage(id, { at: "unfit", why: "unreadable" });
    }
  }

  async function send({ id, file, notes }: Upload & { file: File }): Promise<void> {
    stage(id, { at: "sending", share: 0 });
    const answer = await tools.send(file, notes, (share) => {
      if (find(id)?.stage.at === "sending") stage(id, { at: "sending", share });
    });
    stage(
      id,
      answer.ok ? { at: "here", picture: answer.value } : { at: "failed", trouble: answer.trouble },
    );
    const upload = find(id);
    if (upload && answer.ok) onHere(upload);
    sendMore();
  }

  function sendMore(): void {
    const underWay = all.value.filter((upload) => upload.stage.at === "sending").length;
    const next = all.value.filter((upload) => upload.stage.at === "waiting" && upload.file);
    for (const upload of next.slice(0, AT_ONCE - underWay))
      if (upload.file) void send({ ...upload, file: upload.file });
  }

  return {
    all,
    async add(files) {
      const added = Array.from(files, (file) => {
        count += 1;
        return { id: count, file };
      });
      all.value = [
        ...all.value,
        ...added.map(({ id, file }): Upload => ({
          id,
          name: file.name,
          file: null,
          preview: null,
          isConverted: false,
          notes: { alt: null, decorative: false, caption: null, credit: null },
          stage: { at: "reading" },
        })),
      ];
      for (const { id, file } of added) reading = reading.then(() => read(id, file));
      await reading;
    },
    describe(id, notes) {
      const upload = find(id);
      if (upload) change(id, { notes: { ...upload.notes, ...notes } });
    },
    drop(id) {
      const upload = find(id);
      if (!upload || upload.stage.at === "sending") return;
      if (upload.preview) tools.hide(upload.preview);
      all.value = all.value.filter((other) => other !== upload);
    },
    start(ids) {
      for (const { id, stage: now } of all.value)
        if ((now.at === "ready" || now.at === "failed") && (ids?.includes(id) ?? true))
          stage(id, { at: "waiting" });
      sendMore();
    },
    clear() {
      for (const { preview } of all.value) if (preview) tools.hide(preview);
      all.value = [];
    },
  };
}
