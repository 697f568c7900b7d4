import { describe, expect, it } from "vitest";
import {
  afterActing,
  afterSaving,
  changesOf,
  clashWith,
  draftOf,
  merged,
  newDraft,
  type Draft,
} from "../../src/desk/story/draft.ts";

// What is typed of a story at the desk, and what becomes of it when the newsroom answers.

type Article = Parameters<typeof draftOf>[0];

const base = {
  ...newDraft("city", ["mara-quill"]),
  title: "Low water",
  slug: "low-water",
  body: "One.",
};
const article = (fields: Partial<Draft> = {}, version = 1): Article =>
  ({ ...base, ...fields, id: "a", version, status: "draft" }) as unknown as Article;
const typed = (fields: Partial<Draft>): Draft => ({ ...base, ...fields });

describe("what is typed", () => {
  it("is sent as far as it differs", () => {
    expect(changesOf(base, base)).toEqual({});
    expect(changesOf(typed({ title: "High water", tags: ["tides"] }), base)).toEqual({
      title: "High water",
      tags: ["tides"],
    });
    expect(draftOf(article())).toEqual(base);
  });

  it("goes on while it is saved: an answer changes no field that was touched since", () => {
    const sent = typed({ title: "High water", body: "One. " });
    const now = typed({ title: "High water now", body: "One. " });
    const saved = article({ title: "High water", slug: "high-water", body: "One." }, 2);
    const { base: next, draft } = afterSaving(now, sent, saved);
    expect(draft).toMatchObject({ title: "High water now", slug: "high-water", body: "One. " });
    expect(changesOf(draft, next)).toEqual({ title: "High water now" });
  });

  it("takes the texts of a revision that was brought back, and keeps what was typed since", () => {
    const sent = typed({ title: "High water", body: "Two." });
    const now = typed({ title: "High water", body: "Two.", standfirst: "Typed since." });
    const acted = {
      before: article({ title: "High water", body: "Two." }, 2),
      after: article({ title: "Low water", body: "One." }, 3),
    };
    const { base: next, draft } = afterActing(now, sent, acted);
    expect(draft).toMatchObject({ title: "Low water", body: "One.", standfirst: "Typed since." });
    expect(changesOf(draft, next)).toEqual({ standfirst: "Typed since." });
  });

  it("stays under the hands when an act changes no text", () => {
    const sent = typed({ body: "One. " });
    const acted = { before: article({}, 2), after: article({}, 3) };
    expect(afterActing(sent, sent, acted).draft.body).toBe("One. ");
  });
});

describe("what somebody else saved meanwhile", () => {
  it("comes together with other fields by itself", () => {
    const current = article({ standfirst: "Theirs." }, 2);
    const next = merged(typed({ title: "Mine" }), base, current);
    expect(next.clash).toBeNull();
    expect(next.draft).toMatchObject({ title: "Mine", standfirst: "Theirs." });
    expect(changesOf(next.draft, next.base)).toEqual({ title: "Mine" });
  });

  it("clashes in the same field, unless both say the same", () => {
    const current = article({ title: "Theirs", standfirst: "Both." }, 2);
    const next = merged(typed({ title: "Mine", standfirst: "Both." }), base, current);
    expect(next.clash?.fields).toEqual(["title"]);
    expect(next.draft.title).toBe("Mine");
  });

  it("is not overwritten unseen by what a browser kept of before", () => {
    const current = article({ title: "Theirs", body: "Both." }, 5);
    expect(clashWith(current, { title: "Mine", body: "Both." })?.fields).toEqual(["title"]);
    expect(clashWith(current, { body: "Both." })).toBeNull();
  });
});
