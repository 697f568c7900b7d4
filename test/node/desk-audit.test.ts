import { describe, expect, it } from "vitest";
import { en } from "../../src/desk/words/en.ts";
import { readSources, withoutComments } from "./sources.ts";

// The desk tells each act in a sentence. The code that writes the audit names them.

/** Who names an act: a record, or a plan of a story. */
const NAMED = [
  /\bact: "([a-z ]+)", subject:/g,
  /\bact: "([a-z ]+)",\s+subject:/g,
  /\b(?:planOf|becomes|recordOf|withNote)\(\s*"([a-z ]+)"/g,
];

const sources = readSources("src/editor").map(({ text }) => withoutComments(text));
const acts = new Set(
  sources.flatMap((text) =>
    NAMED.flatMap((pattern) => [...text.matchAll(pattern)].map(([, act]) => act)),
  ),
);

describe("the desk's words for the audit", () => {
  it("finds the acts that the code names", () => {
    expect(acts.size).toBeGreaterThan(30);
  });

  it("have a name in the filter, and a sentence, for every act", () => {
    const told = Object.keys(en.audit.acts);
    const missing = [...acts].filter(
      (act) =>
        !Object.hasOwn(en.audit.actNames, act ?? "") ||
        !told.some((sentence) => sentence.slice(sentence.indexOf(" ") + 1) === act),
    );
    expect(missing).toEqual([]);
  });

  it("name no act in the filter that no sentence tells", () => {
    const told = new Set(
      Object.keys(en.audit.acts).map((sentence) => sentence.slice(sentence.indexOf(" ") + 1)),
    );
    expect(Object.keys(en.audit.actNames).filter((act) => !told.has(act))).toEqual([]);
  });
});
