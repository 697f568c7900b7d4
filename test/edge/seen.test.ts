import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { call, keyFor, openNewsroom, write } from "../support/newsroom.ts";
import { ANY, MINUTE, openAnew, paper, pass, patch, publish, read } from "./ledger.ts";

// Whether readers see what became of a story, when somebody looks again.

const any = { "If-Match": "*" };
const edgeOf = async (id: string, key?: string) => {
  const { status, json } = await call("GET", `/articles/${id}/edge`, { ...(key && { key }) });
  return status === 200 ? json : status;
};

describe("the edge of a story", () => {
  beforeEach(openNewsroom);

  it("is live once its page is read back as the Worker makes it, and when it is gone", async () => {
    const { id } = await write({ title: "Low water", status: "published" });
    expect(await edgeOf(id)).toEqual({ edge: "live" });
    expect((await call("POST", `/articles/${id}/unpublish`, { headers: any })).status).toBe(200);
    expect(await edgeOf(id)).toEqual({ edge: "live" });
  });

  it("is none of what never went out", async () => {
    const { id } = await write({ title: "Low water" });
    expect(await edgeOf(id)).toEqual({ edge: "none" });
  });

  it("is told to who may read the story alone", async () => {
    const { id } = await write({ title: "Low water" });
    expect(await edgeOf(id, await keyFor("contributor"))).toBe(404);
    expect(await edgeOf("nobody")).toBe(404);
  });
});

describe("a change that the edge did not take at once", () => {
  beforeEach(openAnew);
  afterEach(() => void vi.useRealTimers());

  it("is pending until readers get it", async () => {
    const { id } = await publish();
    await read("/city/trams-return");
    paper.platform.refusing = true;
    expect((await patch(id, { title: "Trams are back" })).json.edge).toBe("pending");
    const look = async () => (await paper.call("GET", `/articles/${id}/edge`)).json;
    expect(await look()).toEqual({ edge: "pending" });
    paper.platform.refusing = false;
    pass(2 * MINUTE);
    await paper.tick();
    expect(await look()).toEqual({ edge: "live" });
  });

  it("is looked for where readers had it, whatever address the story has been given since", async () => {
    const { id } = await publish();
    await read("/city/trams-return");
    paper.platform.refusing = true;
    await paper.call("POST", `/articles/${id}/unpublish`, undefined, ANY);
    const { status } = await paper.call("PATCH", `/articles/${id}`, { slug: "trams" }, ANY);
    expect(status).toBe(200);
    const look = async () => (await paper.call("GET", `/articles/${id}/edge`)).json;
    expect(await look()).toEqual({ edge: "pending" });
    paper.platform.refusing = false;
    pass(2 * MINUTE);
    await paper.tick();
    expect(await look()).toEqual({ edge: "live" });
  });
});
