import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffTexts, type Part } from "../../src/text/diff.ts";

// Two texts, and what a comparison tells of them.

/** The text on one side of a comparison, if nothing of it was skipped. */
function sideOf(parts: Part[], side: "removed" | "added"): string {
  return parts
    .map((part) => (part.kind === "same" || part.kind === side ? part.text : ""))
    .join("");
}

const words = fc.constantFrom(
  "tram",
  "quay",
  "gate",
  "rope",
  " ",
  "  ",
  "\n",
  "\n\n",
  ".",
  "潮",
  "é",
  "👩‍👩‍👧",
);
const texts = fc.array(words, { maxLength: 40 }).map((parts) => parts.join(""));

describe("a comparison of two texts", () => {
  it("has both of them in it, word for word, wherever nothing is skipped", () => {
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const parts = diffTexts(before, after);
        expect(parts.length === 0).toBe(before === after);
        if (before === after || parts.some(({ kind }) => kind === "skipped")) return;
        expect(sideOf(parts, "removed")).toBe(before);
        expect(sideOf(parts, "added")).toBe(after);
      }),
      { numRuns: 2000 },
    );
  });

  it("compares Chinese and Japanese by characters, which have no blanks between words", () => {
    expect(diffTexts("港口的门开了", "港口的钟开了")).toEqual([
      { kind: "same", text: "港口的" },
      { kind: "removed", text: "门" },
      { kind: "added", text: "钟" },
      { kind: "same", text: "开了" },
    ]);
  });

  it("takes words that changed side by side as one change", () => {
    expect(diffTexts("The big red gate", "The small blue gate")).toEqual([
      { kind: "same", text: "The " },
      { kind: "removed", text: "big red" },
      { kind: "added", text: "small blue" },
      { kind: "same", text: " gate" },
    ]);
  });

  it("is bounded: texts of half a megabyte that share nothing are told whole", () => {
    const filled = (word: string) =>
      Array.from(
        { length: 80_000 },
        (_, n) => `${word}${n % 977}${n % 15 === 14 ? "\n\n" : " "}`,
      ).join("");
    const parts = diffTexts(filled("a"), filled("b"));
    expect(parts.map(({ kind }) => kind)).toEqual(["removed", "added"]);
    // One line, as a page out of some editors is.
    const line = filled("a").replaceAll("\n\n", " ");
    const kinds = diffTexts(line, line.replace("a500 ", "z ")).map(({ kind }) => kind);
    expect(kinds).toEqual(["same", "removed", "added", "same"]);
  });
});
