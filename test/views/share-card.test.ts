import { describe, expect, test } from "vitest";
import { DEFAULT_SETTINGS } from "../../src/domain/settings.ts";
import { designCard, type CardStory } from "../../src/domain/share-card.ts";
import { drawCard } from "../../src/store/share-card.images.ts";
import { paintFields } from "../../src/store/flat-png.ts";
import { taken } from "../pictures/read.ts";

// What a share card says, and where.

const settings = { ...DEFAULT_SETTINGS, title: "The Harbour Courier" };
const design = (change: Partial<CardStory> = {}, set: Partial<typeof settings> = {}) =>
  designCard(
    { title: "Trams return", language: null, section: "City", ...change },
    { ...settings, ...set },
  );
const headline = (...given: Parameters<typeof design>) =>
  design(...given)
    .lines.slice(1, -1)
    .map(({ text }) => text);

describe("a share card", () => {
  test("has the paper's name, the headline and the section, in the paper's colours", () => {
    const { lines, fields, width, height } = design(
      {},
      { theme: { colours: { light: { paper: "#fbfcfb", ink: "#101a1c", accent: "#00616b" } } } },
    );
    expect([width, height]).toEqual([1200, 630]);
    expect(lines.map(({ text, colour }) => [text, colour])).toEqual([
      ["The Harbour Courier", "#00616b"],
      ["Trams return", "#101a1c"],
      ["City", expect.stringMatching(/^#[0-9a-f]{6}$/)],
    ]);
    expect(fields[0]).toEqual({ colour: "#fbfcfb", top: 0, left: 0, width: 1200, height: 630 });
    expect(new Set(fields.map(({ colour }) => colour)).size).toBeLessThanOrEqual(4);
  });

  test.each([
    ["one word", "Trams"],
    ["a sentence", "Council votes to keep the lighthouse lit through another winter of storms"],
    ["three hundred characters", `${"The committee on drainage meets. ".repeat(9)}End`],
    ["one word of three hundred letters", "Donaudampf".repeat(30)],
    ["Chinese", "市议会投票决定让灯塔在又一个风暴肆虐的冬天继续点亮".repeat(5)],
    ["Arabic", "الميناء يعيد فتح الجسر القديم بعد عامين من الترميم ".repeat(6)],
  ])("has room for a headline of %s", (_, title) => {
    const { lines } = design({ title });
    const [name, ...rest] = lines;
    const [section] = rest.splice(-1);
    expect(rest.length).toBeGreaterThan(0);
    for (const { size, top, inset, width } of rest) {
      expect(top).toBeGreaterThan((name?.top ?? 0) + (name?.size ?? 0));
      expect(top + size).toBeLessThanOrEqual(section?.top ?? 0);
      expect(inset + width).toBeLessThanOrEqual(1200 - inset);
    }
    expect(new Set(rest.map(({ size }) => size)).size).toBe(1);
    const shown = rest.map(({ text }) => text).join("");
    const whole = title.replaceAll(/\s/g, "");
    if (shown.endsWith("…")) expect(whole).toContain(shown.slice(0, -1).replaceAll(/\s/g, ""));
    else expect(shown.replaceAll(/\s/g, "")).toBe(whole);
  });

  test("cuts what has no room at the end of a word, with an ellipsis", () => {
    const lines = headline({ title: "The committee on drainage meets again. ".repeat(9) });
    expect(lines.at(-1)).toMatch(/[^…]…$/);
    expect(lines.slice(0, -1).join(" ")).not.toContain("…");
  });

  test("draws no emoji, no mark of direction and no control, and keeps joiners between letters", () => {
    expect(
      headline({ title: "\u202eFerry\u202c 🚢👩‍👩‍👧🇵🇹 1️⃣ ©\u0007 “back” <b> &\u2028co.\u200f" }).join(
        " ",
      ),
    ).toBe("Ferry 1 © “back” <b> & co.");
    expect(headline({ title: "می\u200cخواهم", language: "fa" })).toEqual(["می\u200cخواهم"]);
    expect(headline({ title: "🚢🚢" })).toEqual([]);
  });

  test("begins at the side at which its language does", () => {
    const sides = ({ lines }: ReturnType<typeof design>) => lines.map(({ side }) => side);
    expect(sides(design())).toEqual(["left", "left", "left"]);
    expect(sides(design({ title: "عنوان", language: "ar" }))).toEqual(["left", "right", "left"]);
    expect(sides(design({ title: "عنوان" }, { language: "ar" }))).toEqual([
      "right",
      "right",
      "right",
    ]);
  });

  test.each([
    ["Trams return", "en", "NotoSerif_"],
    ["Трамваи вернулись", "ru", "NotoSerif_"],
    ["الترام يعود", "ar", "Amiri_"],
    ["החשמלית חוזרת", "he", "FrankRuhlLibre_"],
    ["路面電車が帰る", "ja", "NotoSerifJP_"],
    ["电车回来", "zh", "NotoSerifSC_"],
    ["電車回來", "zh-Hant", "NotoSerifTC_"],
    ["전차가 돌아오다", "ko", "NotoSerifKR_"],
  ])("has a font with the letters of %s", (title, language, name) => {
    expect(design({ title, language }).font).toContain(`/700Bold/${name}700Bold.ttf`);
  });

  test("has the paper's own font, and none for letters that no font of ours has", () => {
    const cardFont = "https://fonts.example/own.woff2";
    expect(design({ title: "ትራሞች" }, { cardFont }).font).toBe(cardFont);
    expect(design({ title: "ትራሞች" }).font).toBeNull();
  });
});

describe("a flat picture", () => {
  test("is a PNG of its size, with its fields where they are", async () => {
    const bytes = await paintFields(9, 4, [
      { colour: "#ff0000", top: 0, left: 0, width: 9, height: 4 },
      { colour: "#00ff00", top: 1, left: 3, width: 2, height: 2 },
    ]);
    expect(taken(bytes)).toMatchObject({ type: "image/png", width: 9, height: 4 });
    const idat = chunksOf(bytes).find(([type]) => type === "IDAT");
    const raw = new Blob([idat?.[1] ?? new Uint8Array()])
      .stream()
      .pipeThrough(new DecompressionStream("deflate"));
    // Two bits a pixel, after the filter of each row.
    expect([...(await new Response(raw).bytes())].map((byte) => byte.toString(2))).toEqual(
      [0, 0, 0, 0, 0, 0b1, 0b1000000, 0, 0, 0b1, 0b1000000, 0, 0, 0, 0, 0].map((byte) =>
        byte.toString(2),
      ),
    );
  });

  test("refuses a fifth colour", async () => {
    const fields = ["#000000", "#111111", "#222222", "#333333", "#444444"].map((colour) => ({
      colour,
      top: 0,
      left: 0,
      width: 1,
      height: 1,
    }));
    await expect(paintFields(1, 1, fields)).rejects.toThrow("4 colours at most, got 5");
  });

  function chunksOf(bytes: Uint8Array<ArrayBuffer>): [string, Uint8Array<ArrayBuffer>][] {
    const view = new DataView(bytes.buffer);
    const chunks: [string, Uint8Array<ArrayBuffer>][] = [];
    for (let at = 8; at < bytes.length;) {
      const length = view.getUint32(at);
      const type = new TextDecoder().decode(bytes.subarray(at + 4, at + 8));
      chunks.push([type, bytes.slice(at + 8, at + 8 + length)]);
      at += 12 + length;
    }
    return chunks;
  }
});

describe("Images", () => {
  const told: unknown[] = [];

  /** A binding that writes down what it is asked, and answers or refuses. */
  function recorder(refuses: boolean): ImagesBinding {
    const transformer = (name: unknown) => {
      const self = {
        transform: (options: unknown) => (told.push([name, "transform", options]), self),
        draw: (other: { name: unknown }, options: unknown) => (
          told.push(["draw", other.name, options]),
          self
        ),
        name,
        async output(options: unknown) {
          if (refuses) throw new Error("IMAGES_TRANSFORM_ERROR 9523: no such font");
          told.push(["output", options]);
          return { image: () => new Blob(["drawn"]).stream(), contentType: () => "image/png" };
        },
      };
      return self;
    };
    return {
      input: () => transformer("ground"),
      text: (content: string, options: unknown) => {
        told.push(["text", content, options]);
        return transformer(content);
      },
    } as unknown as ImagesBinding;
  }

  test("is asked for each line, in its size and colour, no wider than it has room", async () => {
    told.length = 0;
    const card = design({ title: "عنوان", language: "ar" });
    const drawn = await drawCard(recorder(false), card);
    expect(drawn.as).toBe("as requested");
    expect(await new Response(drawn.body).text()).toBe("drawn");
    expect(told).toContainEqual([
      "text",
      "عنوان",
      { font: { url: card.font }, size: 69, color: "#15171a" },
    ]);
    expect(told).toContainEqual(["عنوان", "transform", { width: 1056, fit: "scale-down" }]);
    expect(told).toContainEqual(["draw", "عنوان", { top: 166, right: 72 }]);
    expect(told).toContainEqual(["draw", "The Harbour Courier", { top: 62, left: 72 }]);
    expect(told.at(-1)).toEqual(["output", { format: "image/png" }]);
  });

  test("that refuses leaves the paper's colours, for now", async () => {
    const drawn = await drawCard(recorder(true), design());
    expect(drawn).toMatchObject({ type: "image/png", as: "original for now" });
    const bytes = await new Response(drawn.body).bytes();
    expect(taken(bytes)).toMatchObject({ type: "image/png", width: 1200, height: 630 });
  });

  test("is not asked for letters that no font has", async () => {
    told.length = 0;
    await drawCard(recorder(false), design({ title: "ትራሞች" }));
    expect(told).toEqual([["output", { format: "image/png" }]]);
  });
});
