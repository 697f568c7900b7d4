import { describe, expect, it } from "vitest";
import type { Article } from "../../src/desk/contract.ts";
import {
  afterSaving,
  changesOf,
  chosen,
  draftOf,
  hasAll,
  merged,
  newDraft,
  takenUp,
  type Draft,
} from "../../src/desk/story/draft.ts";

// What is typed of a story, and what the newsroom has of it.

const opened: Draft = { ...newDraft("city", ["mara-quill"]), title: "Low water", body: "One." };

describe("a save", () => {
  it("leaves what was typed while it was on its way", () => {
    const typed = { ...opened, body: "One. Two. Three." };
    const next = afterSaving(typed, { ...opened, body: "One. Two." }, saved({ body: "One. Two." }));
    expect(next.draft.body).toBe("One. Two. Three.");
    expect(changesOf(next.draft, next.base)).toEqual({ body: "One. Two. Three." });
  });

  it("takes no space from under somebody's hands", () => {
    const sent = { ...opened, title: "Low water ", standfirst: " It stood open.\n" };
    const next = afterSaving(sent, sent, saved({ standfirst: "It stood open." }));
    expect(next.draft).toMatchObject({ title: "Low water ", standfirst: " It stood open.\n" });
    expect(changesOf(next.draft, next.base)).toEqual({});
  });

  it("shows what the newsroom made of the rest", () => {
    const sent = { ...opened, tags: ["City Hall"] };
    const next = afterSaving(sent, sent, saved({ tags: ["city-hall"], slug: "low-water" }));
    expect(next.draft).toMatchObject({ tags: ["city-hall"], slug: "low-water" });
  });
});

describe("what brings another text, as a revision that is brought back", () => {
  it("shows that text", () => {
    const next = afterSaving(opened, opened, saved({ title: "High water", body: "Zero." }));
    expect(next.draft).toMatchObject({ title: "High water", body: "Zero." });
    expect(changesOf(next.draft, next.base)).toEqual({});
  });

  it("leaves what was typed meanwhile as a change", () => {
    const next = afterSaving({ ...opened, body: "One. Two." }, opened, saved({ body: "Zero." }));
    expect(changesOf(next.draft, next.base)).toEqual({ body: "One. Two." });
  });
});

describe("what somebody else saved", () => {
  it("comes together with what is typed in other fields", () => {
    const next = merged({ ...opened, body: "One. Two." }, opened, saved({ tags: ["harbour"] }));
    expect(next.clash).toBeNull();
    expect(next.draft).toMatchObject({ body: "One. Two.", tags: ["harbour"] });
    expect(changesOf(next.draft, next.base)).toEqual({ body: "One. Two." });
  });

  it("is asked about where both changed the same", () => {
    const next = merged({ ...opened, body: "One. Two." }, opened, saved({ body: "One. Three." }));
    expect(next.clash?.fields).toEqual(["body"]);
    const { clash } = next;
    if (clash === null) throw new Error("There is no clash to choose in");
    expect(chosen(clash, new Set(["body"]))).toEqual({ body: "One. Two." });
    expect(chosen(clash, new Set())).toEqual({ body: "One. Three." });
  });

  it("is not said to be another text for what the newsroom trimmed of it", () => {
    const base = { ...opened, standfirst: "It stood open.\n" };
    const typed = { ...base, standfirst: "It stood open.\nFor an hour." };
    const current = saved({ standfirst: "It stood open.", section: "culture" });
    expect(merged(typed, base, current)).toMatchObject({
      clash: null,
      draft: { standfirst: "It stood open.\nFor an hour.", section: "culture" },
    });
  });

  it("is one's own where it is what was sent and never answered", () => {
    const sent = { ...opened, body: "One. Two." };
    const typed = { ...opened, body: "One. Two. Three." };
    const next = merged(typed, opened, saved({ body: "One. Two." }), sent);
    expect(next.clash).toBeNull();
    expect(changesOf(next.draft, next.base)).toEqual({ body: "One. Two. Three." });
  });
});

describe("text of an earlier time", () => {
  const changes = { body: "One. Two.", tags: ["harbour"] };

  it("comes in over the story that it was typed over", () => {
    const next = takenUp(opened, opened, { changes, isOverThis: true });
    expect(next).toEqual({ draft: { ...opened, ...changes }, clash: null });
  });

  it("is asked about field by field once the story has been saved since", () => {
    const now = { ...opened, body: "One, rewritten.", tags: ["harbour"] };
    const next = takenUp(now, now, { changes, isOverThis: false });
    expect(next.draft).toEqual(now);
    expect(next.clash).toMatchObject({ fields: ["body"], mine: { body: "One. Two." } });
  });

  it("is asked about where something was typed since", () => {
    const typed = { ...opened, body: "One. Or two." };
    const next = takenUp(typed, opened, { changes, isOverThis: true });
    expect(next.draft).toMatchObject({ body: "One. Or two.", tags: ["harbour"] });
    expect(next.clash?.fields).toEqual(["body"]);
  });

  it("is no news where the newsroom has all of it", () => {
    expect(hasAll(opened, { body: "One.\n", tags: [] })).toBe(true);
    expect(hasAll(opened, changes)).toBe(false);
  });
});

/** The story as the newsroom has it: as it was opened, but for some fields. */
function saved(fields: Partial<Article>): Article {
  const article = { ...opened, ...fields };
  expect(draftOf(article as Article)).toEqual(article);
  return article as Article;
}
