import { realpath, stat } from "node:fs/promises";
import path from "node:path";

/** Where a picture's file is: `file` to open it, `name` as the folder's own files would call it. */
export interface PictureFile {
  file: string;
  name: string;
}

export type Located = { ok: true; value: PictureFile } | { ok: false; reason: string };

/** Folders in which generators keep what is served from the site's root. */
const SERVED = ["", "static", "public", "assets", "src"];

/** Whether an address names a file beside the story; anything else is on the site already, or elsewhere. */
export function isLocal(target: string): boolean {
  return !/^(?:[a-z][a-z0-9+.-]*:|\/\/|\/media\/|#|$)/i.test(target) && !/[{}]/.test(target);
}

/** Finds a picture's file from how a story of the folder names it. Nothing outside the folder is ever opened. */
export class PictureFiles {
  readonly #root: string;
  /** The roots that addresses beginning with / may mean. */
  readonly #roots: string[];

  constructor(root: string, pictures: string | null) {
    this.#root = root;
    this.#roots = pictures === null ? [root] : [root, pictures];
  }

  /** `from` is the file that names it, below the folder. */
  async locate(target: string, from: string): Promise<Located> {
    const written = pathOf(target);
    let outside = false;
    for (const candidate of this.#candidates(written, from)) {
      const real = await realpath(candidate).catch(() => null);
      if (real === null || !(await stat(real)).isFile()) {
        outside ||= real === null && !this.#holds(candidate);
        continue;
      }
      // A link may lead out of the folder as well as ".." may.
      if (await this.#holdsReally(real))
        return { ok: true, value: { file: real, name: this.#nameOf(candidate) } };
      outside = true;
    }
    const reason = outside
      ? `"${target}" is outside the folder`
      : `there is no file "${target}" in the folder`;
    return { ok: false, reason };
  }

  #candidates(written: string, from: string): string[] {
    const served = this.#roots.flatMap((root) =>
      SERVED.map((folder) => path.join(root, folder, written)),
    );
    return written.startsWith("/")
      ? served
      : [path.join(this.#root, path.dirname(from), written), ...served];
  }

  #holds(file: string): boolean {
    return this.#roots.some((root) => isWithin(root, file));
  }

  async #holdsReally(real: string): Promise<boolean> {
    const roots = await Promise.all(this.#roots.map((root) => realpath(root).catch(() => root)));
    return roots.some((root) => isWithin(root, real));
  }

  #nameOf(file: string): string {
    const root = this.#roots.find((root) => isWithin(root, file)) ?? this.#root;
    return path.relative(root, file).split(path.sep).join("/");
  }
}

function isWithin(root: string, file: string): boolean {
  const way = path.relative(root, file);
  return way !== "" && !way.startsWith("..") && !path.isAbsolute(way);
}

/** The path in an address: without query and fragment, and with the characters that its escapes stand for. */
function pathOf(target: string): string {
  const bare = target.replace(/[?#].*$/, "");
  try {
    return decodeURIComponent(bare);
  } catch (error) {
    if (error instanceof URIError) return bare;
    throw error;
  }
}
