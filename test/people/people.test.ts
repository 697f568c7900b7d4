import { beforeEach, describe, expect, it } from "vitest";
import { call, openNewsroom, write } from "../support/newsroom.ts";
import { invited, signedIn } from "./browser.ts";

// Who works at the paper, and as what.

beforeEach(openNewsroom);

const make = (body: unknown) => call("POST", "/people", { body });

describe("a person", () => {
  it("is made, listed, changed and removed, and the audit says by whom", async () => {
    const {
      status,
      json: made,
      headers,
    } = await make({
      name: "Mara Quill",
      role: "author",
      author: "mara-quill",
      email: " Mara@Ledger.Example ",
    });
    expect([status, headers.get("Location")]).toEqual([201, `/api/v1/people/${made.id}`]);
    expect(made).toMatchObject({
      name: "Mara Quill",
      role: "author",
      author: "mara-quill",
      email: "mara@ledger.example",
      removedAt: null,
      passkeys: 0,
      invitedUntil: null,
    });
    await call("POST", `/people/${made.id}/invitations`);
    const { json: listed } = await call("GET", "/people");
    expect(listed.items).toEqual([{ ...made, invitedUntil: expect.any(String) }]);
    const promoted = await call("PATCH", `/people/${made.id}`, { body: { role: "editor" } });
    // Whoever writes under every byline has none of their own.
    expect(promoted.json).toMatchObject({ role: "editor", author: null });
    await call("DELETE", `/people/${made.id}`);
    const gone = (await call("GET", `/people/${made.id}`)).json;
    expect(gone.removedAt).not.toBeNull();
    expect((await call("DELETE", `/people/${made.id}`)).status).toBe(409);
    const { json: audit } = await call("GET", `/audit?subject=person:${made.id}`);
    expect(audit.items.map(({ act }: { act: string }) => act)).toEqual([
      "remove",
      "change",
      "invite",
      "make",
    ]);
  });

  it.each([
    [{ role: "editor" }, "name"],
    [{ name: "Mara", role: "chief" }, "role"],
    [{ name: "Mara", role: "author", author: "nobody" }, "author"],
    [{ name: "Mara", role: "editor", author: "mara-quill" }, "author"],
    [{ name: "Mara", role: "author", email: "mara" }, "email"],
    [{ name: "Mara", role: "author", password: "secret" }, "password"],
  ])("is refused with a word of what was wanted: %j", async (body, path) => {
    const { status, json } = await make(body);
    expect([status, json.errors[0]?.path || json.detail]).toEqual([
      422,
      expect.stringContaining(path),
    ]);
  });

  it("shares no e-mail with another who is here", async () => {
    const { json: first } = await make({ name: "Mara", role: "author", email: "m@ledger.example" });
    const again = { name: "Other", role: "author", email: "M@ledger.example" };
    expect((await make(again)).json.errors[0]).toMatchObject({
      path: "email",
      message: "email is that of Mara already.",
    });
    await call("DELETE", `/people/${first.id}`);
    expect((await make(again)).status).toBe(201);
  });

  it("is named by what they did, also once they left", async () => {
    const { id, browser } = await signedIn("author", { name: "Mara", author: "mara-quill" });
    const { json: story } = await browser.call("POST", "/articles", {
      title: "Trams",
      section: "city",
      authors: ["mara-quill"],
    });
    await call("DELETE", `/people/${id}`);
    const { json } = await call("GET", `/articles/${story.id}/revisions`);
    expect(json.items[0].savedBy).toMatchObject({ id: `person:${id}`, name: "Mara" });
  });

  it("has what is under their byline, and no more", async () => {
    const own = await write({ authors: ["mara-quill"] });
    const other = await write({ authors: ["jonas-field"] });
    const { browser } = await signedIn("author", { author: "mara-quill" });
    const patch = (id: string) =>
      browser.call("PATCH", `/articles/${id}`, { standfirst: "Said." }, { "If-Match": "*" });
    expect((await patch(own.id)).status).toBe(200);
    expect((await patch(other.id)).status).toBe(403);
    expect((await browser.call("GET", "/people")).status).toBe(403);
  });
});

describe("the last admin", () => {
  it("cannot be removed, nor have another role", async () => {
    const { id } = await invited("admin", { name: "Mara" });
    await invited("editor");
    const demoted = await call("PATCH", `/people/${id}`, { body: { role: "editor" } });
    expect([demoted.status, demoted.json.detail]).toEqual([
      409,
      "Mara is the last admin, and cannot have another role. Make somebody else an admin first.",
    ]);
    expect((await call("DELETE", `/people/${id}`)).status).toBe(409);
    expect((await call("PATCH", `/people/${id}`, { body: { name: "M." } })).status).toBe(200);
    await invited("admin");
    expect((await call("DELETE", `/people/${id}`)).status).toBe(204);
  });

  it("is still there when two admins remove each other at once", async () => {
    const first = await signedIn("admin");
    const second = await signedIn("admin");
    const statuses = await Promise.all([
      first.browser.call("DELETE", `/people/${second.id}`),
      second.browser.call("DELETE", `/people/${first.id}`),
    ]);
    expect(statuses.map(({ status }) => status).toSorted((one, other) => one - other)[0]).toBe(204);
    const { json } = await call("GET", "/people");
    const here = json.items.filter(({ removedAt }: { removedAt: unknown }) => removedAt === null);
    expect(here).toHaveLength(1);
  });
});
