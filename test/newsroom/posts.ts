import { call, publish } from "../support/newsroom.ts";

// Every POST of the API, ready to be sent.

export const any = { "If-Match": "*" };

export interface Ready {
  path: string;
  body?: object;
  /** What there is one more of afterwards; null where nothing is kept. */
  grows: string | null;
}

/** What those on stories, or on pages, need to be there first. */
function onArticles(base: "/articles" | "/pages"): Record<string, () => Promise<Ready>> {
  const section = base === "/articles" ? { section: "city" } : {};
  const make = async (fields: object = {}): Promise<string> => {
    const body = { title: "There before", body: "Words.", ...section, ...fields };
    const { json } = await call("POST", base, { body });
    return `${base}/${json.id}`;
  };
  const makePublished = () => make({ status: "published" });
  return {
    [base]: async () => ({ path: base, body: { title: "Once", ...section }, grows: "articles" }),
    [`${base}/{id}/publish`]: async () => on(await make(), "publish"),
    [`${base}/{id}/unpublish`]: async () => on(await makePublished(), "unpublish"),
    [`${base}/{id}/schedule`]: async () =>
      on(await make(), "schedule", { scheduledFor: "2999-01-01T00:00:00Z" }),
    [`${base}/{id}/restore`]: async () => {
      const at = await make();
      await call("DELETE", at, { headers: any });
      return on(at, "restore");
    },
    [`${base}/{id}/remove`]: async () =>
      on(await makePublished(), "remove", { reason: "A court." }),
    [`${base}/{id}/discard`]: async () => {
      const at = await makePublished();
      await call("PATCH", at, { body: { title: "Draft" }, headers: any });
      return on(at, "discard");
    },
    [`${base}/{id}/revisions/{revision}/restore`]: async () => {
      const at = await make({ reason: "First." });
      await call("PATCH", at, { body: { title: "Second" }, headers: any });
      return on(at, "revisions/1/restore");
    },
    [`${base}/{id}/submit`]: async () => on(await make(), "submit"),
    [`${base}/{id}/return`]: async () => {
      const at = await make();
      await call("POST", `${at}/submit`, { headers: any });
      return on(at, "return", { note: "Why?" });
    },
    [`${base}/{id}/assign`]: async () => on(await make(), "assign", { author: "ines-vale" }),
    [`${base}/{id}/notes`]: async () => ({
      ...on(await make(), "notes", { text: "Ask." }),
      grows: "notes",
    }),
    [`${base}/{id}/previews`]: async () => ({ ...on(await make(), "previews"), grows: "previews" }),
  };
}

/** What each needs to be there first. */
export const POSTS: Record<string, () => Promise<Ready>> = {
  ...onArticles("/articles"),
  ...onArticles("/pages"),
  "/articles/{id}/corrections": async () => {
    const { id } = await publish();
    return on(`/articles/${id}`, "corrections", { text: "It was four." });
  },
  "/authors/{slug}/merge": async () => merger("authors"),
  "/tags/{slug}/merge": async () => merger("tags"),
  "/redirects/bulk": async () => ({
    path: "/redirects/bulk",
    body: { items: [{ from: "/a", to: "/city" }] },
    grows: "paths",
  }),
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
  "/people": async () => ({
    path: "/people",
    body: { name: "P", role: "editor" },
    grows: "people",
  }),
  "/people/{id}/invitations": async () => {
    const { json } = await call("POST", "/people", { body: { name: "P", role: "editor" } });
    return { path: `/people/${json.id}/invitations`, grows: "invitations" };
  },
  "/edge/purge": async () => ({ path: "/edge/purge", body: { tags: ["site"] }, grows: null }),
  "/rerender": async () => ({ path: "/rerender", grows: null }),
  "/reindex": async () => ({ path: "/reindex", grows: null }),
};

/** These change nothing when they are sent again, key or none. */
export const REPEATABLE = [
  "/media",
  "/preview",
  "/front/preview",
  "/articles/{id}/presence",
  "/pages/{id}/presence",
];

/** Nobody is known yet by whom these are sent, or they are answers of a passkey: what it signed is spent (test/people/). */
export const SIGNED = [
  "/sessions/challenge",
  "/sessions",
  "/invitations/challenge",
  "/invitations/accept",
  "/people/me/passkeys/challenge",
  "/people/me/passkeys",
];

function on(at: string, act: string, body?: object): Ready {
  return { path: `${at}/${act}`, ...(body && { body }), grows: null };
}

async function merger(kind: string): Promise<Ready> {
  for (const slug of ["once", "twice"])
    await call("PUT", `/${kind}/${slug}`, { body: { name: slug } });
  return { path: `/${kind}/once/merge`, body: { into: "twice" }, grows: null };
}

async function entry(kind: string): Promise<Ready> {
  return { path: `/${kind}`, body: { slug: "once", name: "Once" }, grows: kind };
}
