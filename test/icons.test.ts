import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS, type Settings } from "../src/domain/settings.ts";
import { signOf } from "../src/domain/sign.ts";
import { drawIco, drawPng, drawSvg } from "../src/pictures/icon/draw.ts";
import { polygonsOf } from "../src/pictures/icon/letters.ts";
import { taken } from "./pictures/read.ts";
import { call, openNewsroom, upload, visit } from "./support/newsroom.ts";
import { openPaper } from "./support/paper.ts";
import { pictures } from "./support/pictures.ts";
import { elements } from "./views/sample.ts";

// The paper's sign, as browsers and phones ask for it.

const signed = (change: Partial<Settings>) => signOf({ ...DEFAULT_SETTINGS, ...change });

describe("the sign of a paper", () => {
  it("is the first letter or figure of its name, in capitals", () => {
    const initials = [
      ["the Ledger", "T", "T"],
      ["“Quoted”", "Q", "Q"],
      ["\u{1f5de}\ufe0f 24 heures", "2", "2"],
      ["\u2067העיתון\u2069", "ה", null],
      ["Élan", "É", "E"],
      ["E\u0301lan", "É", "E"],
      ["ßtraße", "ß", "S"],
      ["ﬁnance", "ﬁ", "F"],
      ["Новости", "Н", null],
      ["新聞", "新", null],
      ["—!—", "", null],
    ] as const;
    for (const [title, initial, letter] of initials)
      expect([title, signed({ title }).initial, signed({ title }).letter]).toEqual([
        title,
        initial,
        letter,
      ]);
    expect(signed({ title: "istanbul", language: "tr" })).toMatchObject({
      initial: "İ",
      letter: "I",
    });
  });

  it("stands on the paper's accent, in its colour", () => {
    expect(signed({})).toMatchObject({ ground: "#a8141a", ink: "#ffffff" });
    const theme = { colours: { light: { accent: "#00616b", paper: "#fbfcfb" } } };
    expect(signed({ theme })).toMatchObject({ ground: "#00616b", ink: "#fbfcfb" });
  });
});

describe("a drawing", () => {
  const sign = signed({ title: "Ledger" });

  it("is a PNG of the letter on its ground, the same bytes each time", async () => {
    const png = await drawPng(sign, 180);
    expect(await drawPng(sign, 180)).toEqual(png);
    expect(taken(png)).toMatchObject({ type: "image/png", width: 180, height: 180 });
    expect(png.length).toBeLessThan(6000);
    expect(await drawPng(signed({ title: "Medger" }), 180)).not.toEqual(png);
  });

  it("is an icon of three PNGs that begin where it says", async () => {
    const ico = await drawIco(sign);
    const view = new DataView(ico.buffer);
    expect([view.getUint16(0, true), view.getUint16(2, true), view.getUint16(4, true)]).toEqual([
      0, 1, 3,
    ]);
    let end = 6 + 3 * 16;
    for (const [n, size] of [16, 32, 48].entries()) {
      const at = 6 + 16 * n;
      const [length, offset] = [view.getUint32(at + 8, true), view.getUint32(at + 12, true)];
      expect([view.getUint8(at), view.getUint8(at + 1), offset]).toEqual([size, size, end]);
      expect(taken(ico.slice(offset, offset + length))).toMatchObject({ width: size });
      end = offset + length;
    }
    expect(end).toBe(ico.length);
  });

  it("is there for every letter and figure, each another, and a page for what is none", () => {
    const drawn = [...Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"), null].map((letter) =>
      JSON.stringify(polygonsOf(letter)),
    );
    expect(new Set(drawn).size).toBe(37);
    for (const one of drawn) expect(one).not.toMatch(/null/);
  });

  it("as SVG writes what is not drawn, and nothing that a name could bring in", () => {
    expect(drawSvg(sign)).toMatch(
      /^<svg [^<]*><rect [^<]*\/><path fill="#ffffff" d="[MLZ\d. -]+"\/><\/svg>\n$/,
    );
    expect(drawSvg(signed({ title: "新聞" }))).toContain(">新</text>");
    expect(drawSvg({ ...sign, initial: "<&", letter: null })).toContain(">&#60;&#38;</text>");
  });
});

describe("icons", () => {
  beforeEach(openNewsroom);

  const ADDRESSES = {
    "/favicon.ico": "image/x-icon",
    "/favicon.svg": "image/svg+xml",
    "/apple-touch-icon.png": "image/png",
    "/icon-192.png": "image/png",
    "/icon-512.png": "image/png",
  };

  /** The paper as it is, with Images or without. */
  async function bytesAt(path: string, images: ImagesBinding | null = null) {
    const { IMAGES: _, ...others } = env;
    const paper = openPaper(images ? { ...others, IMAGES: images } : others);
    const response = await paper.made(path);
    return { response, bytes: new Uint8Array(await response.arrayBuffer()) };
  }

  it("are at their addresses from the first day on, and change with the name", async () => {
    for (const [path, type] of Object.entries(ADDRESSES)) {
      const { response, bytes } = await bytesAt(path);
      expect([path, response.status, response.headers.get("Content-Type")]).toEqual([
        path,
        200,
        type,
      ]);
      expect(response.headers.get("Cache-Tag")).toMatch(/^site,path:/);
      const etag = response.headers.get("ETag") ?? "";
      const again = await openPaper(env).made(path, { "If-None-Match": etag });
      expect(again.status).toBe(304);
      await call("PATCH", "/settings", { body: { title: `${path.slice(-1)} paper` } });
      const renamed = await bytesAt(path);
      expect(renamed.response.headers.get("ETag")).not.toBe(etag);
      expect(renamed.bytes).not.toEqual(bytes);
      await call("PATCH", "/settings", { body: { title: "Broadsheet" } });
    }
  });

  it("are made of the logo, once there is one, and of the initial where nothing can be made of it", async () => {
    const { src } = (await upload(pictures.png, { name: "sign.png", alt: "A sign." })).json;
    const before = await bytesAt("/icon-192.png");
    await call("PATCH", "/settings", { body: { logo: { src } } });
    const made = await bytesAt("/icon-192.png", env.IMAGES);
    expect(taken(made.bytes)).toMatchObject({ type: "image/png", width: 192, height: 192 });
    expect(made.bytes).not.toEqual(before.bytes);
    expect(made.response.headers.get("Cache-Tag")).toContain(`media:${src.split("/")[2]}`);
    // The second time it is kept.
    expect((await bytesAt("/icon-192.png", env.IMAGES)).bytes).toEqual(made.bytes);
    const svg = new TextDecoder().decode((await bytesAt("/favicon.svg", env.IMAGES)).bytes);
    expect(svg).toMatch(/^<svg [^<]*><image [^<]*href="data:image\/png;base64,[^"]+"\/><\/svg>\n$/);
    const ico = (await bytesAt("/favicon.ico", env.IMAGES)).bytes;
    expect([ico[2], ico[4], ico[6]]).toEqual([1, 1, 48]);
    expect((await bytesAt("/icon-192.png")).bytes).toEqual(before.bytes);
  });

  it("stand in for what Images cannot make now, for a minute and without a tag", async () => {
    const { src } = (await upload(pictures.png, { name: "sign.png", alt: "A sign." })).json;
    const plain = await bytesAt("/icon-512.png");
    await call("PATCH", "/settings", { body: { logo: { src } } });
    const over = {
      input: () => {
        throw new Error("over quota");
      },
    } as unknown as ImagesBinding;
    const { response, bytes } = await bytesAt("/icon-512.png", over);
    expect(bytes).toEqual(plain.bytes);
    expect(response.headers.get("ETag")).toBeNull();
    expect(response.headers.get("Cloudflare-CDN-Cache-Control")).toContain("max-age=60");
  });

  it("are named by every page, and by a manifest that a phone can use", async () => {
    const { text } = await visit("/");
    const hrefs = (
      await elements(
        text,
        'head > link[rel~="icon"], head > link[rel="apple-touch-icon"], head > link[rel="manifest"]',
      )
    ).map(({ attributes }) => attributes.href ?? "");
    expect(hrefs).toEqual([
      "/favicon.ico",
      "/favicon.svg",
      "/apple-touch-icon.png",
      "/manifest.webmanifest",
    ]);
    const { text: manifest, headers } = await visit("/manifest.webmanifest");
    expect(headers.get("Content-Type")).toBe("application/manifest+json; charset=utf-8");
    const { icons, start_url, name } = JSON.parse(manifest);
    expect([start_url, name.length > 0]).toEqual(["/", true]);
    for (const { src, sizes } of icons) {
      const { bytes } = await bytesAt(src);
      const { width, height } = taken(bytes);
      expect(`${width}x${height}`).toBe(sizes);
    }
    const colours = await elements(text, 'head > meta[name="theme-color"]');
    expect(colours.map(({ attributes }) => attributes.content)).toEqual(["#ffffff", "#121416"]);
  });
});
