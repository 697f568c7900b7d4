import { beforeEach, describe, expect, it } from "vitest";
import { env } from "cloudflare:workers";
import { tick } from "../src/cron.ts";
import { call, deskAt, openNewsroom, publish, visit, write } from "./support/newsroom.ts";

beforeEach(openNewsroom);

/** Lets the index come up to date. */
async function settle(): Promise<void> {
  await tick(env, deskAt(Date.now() + 60_000));
}

async function headlines(query: string): Promise<string[]> {
  const { status, text } = await visit(`/search?${query}`);
  expect([query, status]).toEqual([query, 200]);
  return [...text.matchAll(/<h3 class="headline[^>]*><a [^>]*>(.*?)<\/a>/g)].map(([, title = ""]) =>
    title.replaceAll(/<\/?mark>/g, ""),
  );
}

describe("a reader who searches", () => {
  it("finds stories by words", async () => {
    await publish({ title: "Trams return", body: "The first one rang its bell in Łódź." });
    await publish({ title: "Harbour walls", body: "Not about rails." });
    await settle();
    expect(await headlines("q=tram")).toEqual(["Trams return"]);
    expect(await headlines("q=lodz")).toEqual(["Trams return"]);
    expect(await headlines("q=harb")).toEqual(["Harbour walls"]);
    expect(await headlines("q=mara+quill")).toEqual(["Harbour walls", "Trams return"]);
    const { json } = await call("GET", "/search?q=tram");
    expect(json.items.map((x: any) => x.title)).toEqual(["Trams return"]);
    await write({ title: "Secret trams" });
    await settle();
    expect(await headlines("q=tram")).toEqual(["Trams return"]);
    expect((await call("GET", "/search?q=tram")).json.items).toHaveLength(2);
    expect((await call("GET", "/articles?q=tram")).json.items).toHaveLength(2);
    console.log(
      JSON.stringify((await call("GET", "/search?q=tram")).json.items[1].excerpt),
      (await call("POST", "/reindex")).text,
    );
  });
});
