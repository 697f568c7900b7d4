import type { Token } from "marked";
import { RAW_TEXT, RAW_TEXT_END } from "./allowed.ts";

/** Where in a run ends what the HTML parser reads as text. */
export class RawTextEnds {
  readonly #tokens: Token[];
  /** Indexes of the end tags of each element, the next one last. */
  #ends: Map<string, number[]> | undefined;

  constructor(tokens: Token[]) {
    this.#tokens = tokens;
  }

  /** The index of the end tag, if text of that kind begins with the tag at `index`; else `index`. To be called from left to right. */
  after(index: number): number {
    const name = RAW_TEXT.exec(this.#tokens[index]?.raw ?? "")?.[1]?.toLowerCase();
    if (name === undefined) return index;
    this.#ends ??= this.#find();
    const ends = this.#ends.get(name) ?? [];
    while ((ends.at(-1) ?? Infinity) < index) ends.pop();
    return ends.at(-1) ?? index;
  }

  #find(): Map<string, number[]> {
    const ends = new Map<string, number[]>();
    for (const [index, { type, raw }] of [...this.#tokens.entries()].toReversed()) {
      const name = type === "html" ? RAW_TEXT_END.exec(raw)?.[1]?.toLowerCase() : undefined;
      if (name === undefined) continue;
      const found = ends.get(name);
      if (found) found.push(index);
      else ends.set(name, [index]);
    }
    return ends;
  }
}
