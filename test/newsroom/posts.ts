import { call, publish, write } from "../support/newsroom.ts";

// Every POST of the API, ready to be sent.

export const any = { "If-Match": "*" };

export interface Ready {
  path: string;
  body?: object;
  /** What there is one more of afterwards; null where nothing is kept. */
  grows: string | null;
}

/** What each needs to be there first. */
export const POSTS: Record<string, () => Promise<Ready>> = {
  "/articles": async () => ({
    path: "/articles",
    body: { title: "Once", section: "city" },
    grows: "articles",
  }),
  "/articles/{id}/publish": async () => on(await write(), "publish"),
  "/articles/{id}/unpublish": async () => on(await publish(), "unpublish"),
  "/articles/{id}/schedule": async () =>
    on(await write(), "schedule", { scheduledFor: "2999-01-01T00:00:00Z" }),
  "/articles/{id}/restore": async () => {
    const story = await write();
    await call("DELETE", `/articles/${story.id}`, { headers: any });
    return on(story, "restore");
  },
  "/articles/{id}/remove": async () => on(await publish(), "remove", { reason: "A court." }),
  "/articles/{id}/discard": async () => {
    const story = await publish();
    await call("PATCH", `/articles/${story.id}`, { body: { title: "Draft" }, headers: any });
    return on(story, "discard");
  },
  "/articles/{id}/revisions/{revision}/restore": async () => {
    const story = await write({ reason: "First." });
    await call("PATCH", `/articles/${story.id}`, { body: { title: "Second" }, headers: any });
    return on(story, "revisions/1/restore");
  },
  "/articles/{id}/submit": async () => on(await write(), "submit"),
  "/articles/{id}/return": async () => {
    const story = await write();
    await call("POST", `/articles/${story.id}/submit`, { headers: any });
    return on(story, "return", { note: "Why?" });
  },
  "/articles/{id}/assign": async () => on(await write(), "assign", { author: "ines-vale" }),
  "/articles/{id}/corrections": async () =>
    on(await publish(), "corrections", { text: "It was four." }),
  "/authors/{slug}/merge": async () => merger("authors"),
  "/tags/{slug}/merge": async () => merger("tags"),
  "/redirects/bulk": async () => ({
    path: "/redirects/bulk",
    body: { items: [{ from: "/a", to: "/city" }] },
    grows: "paths",
  }),
  "/articles/{id}/notes": async () => ({
    ...on(await write(), "notes", { text: "Ask." }),
    grows: "notes",
  }),
  "/articles/{id}/previews": async () => ({ ...on(await write(), "previews"), grows: "previews" }),
  "/imports": async () => ({
    path: "/imports",
    body: { source: "wire", items: [{ key: "1", title: "Wire", section: "city" }] },
    grows: "articles",
  }),
  "/authors": async () => entry("authors"),
  "/sections": async () => entry("sections"),
  "/tags": async () => entry("tags"),
  "/redirects": async () => ({
    path: "/redirects",
    body: { from: "/a", to: "/city" },
    grows: "paths",
  }),
  "/keys": async () => ({ path: "/keys", body: { name: "K", role: "editor" }, grows: "keys" }),
  "/keys/{id}/rotate": async () => {
    const { json } = await call("POST", "/keys", { body: { name: "K", role: "editor" } });
    return { path: `/keys/${json.id}/rotate`, grows: null };
  },
  "/edge/purge": async () => ({ path: "/edge/purge", body: { tags: ["site"] }, grows: null }),
  "/rerender": async () => ({ path: "/rerender", grows: null }),
  "/reindex": async () => ({ path: "/reindex", grows: null }),
};

/** These change nothing when they are sent again, key or none. */
export const REPEATABLE = ["/media", "/preview", "/articles/{id}/presence"];

function on(story: { id: string }, act: string, body?: object): Ready {
  return { path: `/articles/${story.id}/${act}`, ...(body && { body }), grows: null };
}

async function merger(kind: string): Promise<Ready> {
  for (const slug of ["once", "twice"])
    await call("PUT", `/${kind}/${slug}`, { body: { name: slug } });
  return { path: `/${kind}/once/merge`, body: { into: "twice" }, grows: null };
}

async function entry(kind: string): Promise<Ready> {
  return { path: `/${kind}`, body: { slug: "once", name: "Once" }, grows: kind };
}
