import { beforeEach, describe, expect, test } from "vitest";
import { contrast, normalHex } from "../src/domain/colour.ts";
import { FACES, FACE_NAMES } from "../src/domain/faces.ts";
import { CORNER_NAMES, illegible, MASTHEADS, themeCss, type Theme } from "../src/domain/theme.ts";
import { call, openNewsroom, visit } from "./support/newsroom.ts";

// What a paper can choose of its looks, and what nobody can smuggle into them.

const HARBOUR: Theme = {
  colours: { light: { paper: "#fbfcfb", ink: "#101a1c", accent: "#00616b" } },
  faces: { headline: "schoolbook", text: "oldStyle", furniture: "grotesque" },
  masthead: "ruled",
};

/** Each custom property of each scheme, as a browser reads them. */
function propertiesOf(css: string): { day: Record<string, string>; night: Record<string, string> } {
  const [, day = "", night = ""] =
    /^@layer theme\{:root\{([^{}]*)\}(?:@media \(prefers-color-scheme:dark\)\{:root\{([^{}]*)\}\})?\}$/.exec(
      css,
    ) ?? [];
  const read = (text: string) =>
    Object.fromEntries(text.split(";").map((line) => line.split(/:(.*)/s).slice(0, 2)));
  return { day: read(day), night: read(night) };
}

describe("a theme", () => {
  test("is custom properties and nothing else", () => {
    const { day, night } = propertiesOf(themeCss(HARBOUR));
    expect(day).toMatchObject({
      "--paper": "#fbfcfb",
      "--ink": "#101a1c",
      "--accent": "#00616b",
      "--headline": FACES.schoolbook.stack,
      "--text": FACES.oldStyle.stack,
      "--furniture": FACES.grotesque.stack,
    });
    expect(Object.keys(night)).toContain("--accent");
  });

  test("that chooses nothing changes nothing", () => {
    expect(themeCss(null)).toBe("");
    expect(themeCss({})).toBe("");
    expect(themeCss({ masthead: "banner" })).toBe("");
  });

  test("is the same bytes for the same choices", () => {
    expect(themeCss(structuredClone(HARBOUR))).toBe(themeCss(HARBOUR));
  });

  test.each(["#a8141a", "#00616b", "#004488", "#5b2a86", "#6b4e00", "#1a7f37", "#d6002a"])(
    "with the accent %s can be read by day and by night, in every shade",
    (accent) => {
      const { day, night } = propertiesOf(themeCss({ colours: { light: { accent } } }));
      for (const scheme of [day, night]) {
        const of = (name: string) => scheme[`--${name}`] ?? "";
        for (const text of ["ink", "accent", "quiet"])
          expect(contrast(of(text), of("paper")), text).toBeGreaterThanOrEqual(4.5);
        expect(contrast(of("ink"), of("mark"))).toBeGreaterThanOrEqual(4.5);
        expect(contrast(of("on-banner"), of("banner"))).toBeGreaterThanOrEqual(4.5);
      }
      expect(contrast(night["--paper"] ?? "", "#ffffff")).toBeGreaterThan(14);
    },
  );

  test("that is dark by day stays as it is by night", () => {
    const { day, night } = propertiesOf(
      themeCss({ colours: { light: { paper: "#101014", ink: "#eeeeee", accent: "#ffb000" } } }),
    );
    expect(night).toEqual(
      Object.fromEntries(Object.entries(day).filter(([name]) => name in night)),
    );
  });

  test("that is dark by day has its accent as it is on the banner, under letters of paper", () => {
    const { day, night } = propertiesOf(
      themeCss({ colours: { light: { paper: "#14213d", ink: "#fdf6e3", accent: "#fca311" } } }),
    );
    for (const scheme of [day, night])
      expect(scheme).toMatchObject({ "--banner": "#fca311", "--on-banner": "#14213d" });
  });

  test("has a face for every role on every system", () => {
    for (const name of FACE_NAMES) {
      const { stack } = FACES[name];
      expect(stack).toMatch(/(^|,)(serif|sans-serif|monospace)$/);
      expect(stack).not.toMatch(/[<>{};\\]/);
    }
  });

  test("says which colour cannot be read, how far it is off and what is wanted", () => {
    expect(illegible({ colours: { light: { accent: "#ffcc00" } } })).toEqual([
      {
        path: "colours.light.accent",
        message:
          "The accent #ffcc00 on the paper #ffffff has a contrast of 1.51:1; text needs at least 4.5:1 (WCAG 2.2, 1.4.3).",
      },
    ]);
    expect(illegible({ colours: { dark: { ink: "#333333" } } }).map(({ path }) => path)).toEqual([
      "colours.dark.ink",
    ]);
    expect(illegible({ colours: { light: { paper: "#777777" } } }).map(({ path }) => path)).toEqual(
      ["colours.light.paper"],
    );
    expect(illegible(HARBOUR)).toEqual([]);
  });

  test("measures contrast as WCAG does", () => {
    expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
    expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.478, 3);
    expect(normalHex("#FA0")).toBe("#ffaa00");
  });

  test("from a damaged database is left out, and never written", () => {
    const damaged = {
      colours: { light: { accent: "red;}</style><script>alert(1)</script>", paper: "#fff" } },
      faces: { headline: "constructor", text: '";}*{display:none}' },
      corners: "__proto__",
    } as unknown as Theme;
    const css = themeCss(damaged);
    expect(css).toMatch(/^[@\w\s:;{}(),.#"%-]+$/);
    expect(css).not.toMatch(/script|alert|display|undefined|function/);
    expect(propertiesOf(css).day["--paper"]).toBe("#ffffff");
  });
});

describe("an admin", () => {
  beforeEach(openNewsroom);

  const dress = (theme: unknown) => call("PATCH", "/settings", { body: { theme } });
  const stylesOf = (html: string) =>
    [...html.matchAll(/<style>(.*?)<\/style>/gs)].map(([, css = ""]) => css);

  async function hashOf(css: string): Promise<string> {
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(css));
    return `'sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}'`;
  }

  test("gives the paper a look, which the policy allows by its hash", async () => {
    const plain = await visit("/");
    expect(stylesOf(plain.text)).toHaveLength(1);
    expect((await dress(HARBOUR)).status).toBe(200);
    for (const path of ["/", "/city", "/archive", "/nowhere"]) {
      const { text, headers } = await visit(path);
      const styles = stylesOf(text);
      expect(styles).toHaveLength(1);
      expect(styles[0]).toMatch(/^@layer reset/);
      expect(styles[0]?.endsWith(themeCss(HARBOUR))).toBe(true);
      const policy = headers.get("Content-Security-Policy") ?? "";
      expect(policy).toContain(`style-src ${(await Promise.all(styles.map(hashOf))).join(" ")};`);
      expect(policy).not.toContain("unsafe");
    }
  });

  test("sees a page change, in its bytes and its tag, with the look, and change back", async () => {
    const tags = new Set<string | null>();
    const bodies = new Set<string>();
    for (const theme of [null, HARBOUR, { ...HARBOUR, masthead: "left" }]) {
      await dress(theme);
      const { text, headers } = await visit("/city");
      tags.add(headers.get("ETag"));
      bodies.add(text);
    }
    expect([tags.size, bodies.size]).toEqual([3, 3]);
    await dress(null);
    expect(bodies).toContain((await visit("/city")).text);
  });

  test("keeps the policy on an answer without a body", async () => {
    await dress(HARBOUR);
    const city = await visit("/city");
    const etag = city.headers.get("ETag") ?? "";
    const unchanged = await visit("/city", { "If-None-Match": etag });
    expect(unchanged.status).toBe(304);
    expect(unchanged.headers.get("Content-Security-Policy")).toContain(
      await hashOf(stylesOf(city.text)[0] ?? ""),
    );
  });

  test("who sends the same look again writes nothing", async () => {
    await dress(HARBOUR);
    expect((await dress({ ...HARBOUR, masthead: "ruled" })).headers.get("Server-Timing")).toContain(
      "written=0",
    );
  });

  test("may write a colour in three digits or six, and reads it in six", async () => {
    const { json } = await dress({ colours: { light: { accent: "#A00", ink: "#010203" } } });
    expect(json.theme.colours.light).toEqual({ accent: "#aa0000", ink: "#010203" });
  });

  test.each([
    ["red;}</style><script>alert(1)</script>"],
    ["#a00;} body{display:none"],
    ["url(https://evil.example/x)"],
    ["@import 'https://evil.example/x'"],
    ["\\23 a00000"],
    ["#a0000\\30"],
    ["#a00\n"],
    ["#a0000"],
    ["#a00000ff"],
    ["rgb(0 0 0)"],
    ["red"],
    ["＃a00000"],
    [""],
    [42],
    [null],
  ])("is refused %j as a colour, at its path", async (accent) => {
    const before = (await visit("/city")).text;
    const { status, json } = await dress({ colours: { light: { accent } } });
    expect(status).toBe(422);
    expect(json.errors.map(({ path }: { path: string }) => path)).toEqual([
      "theme.colours.light.accent",
    ]);
    expect((await visit("/city")).text).toBe(before);
  });

  test.each([
    ["theme.faces.headline", { faces: { headline: "Comic Sans, x} *{display:none}" } }],
    ["theme.faces.headline", { faces: { headline: "constructor" } }],
    ["theme.masthead", { masthead: 'centred" onload="alert(1)' }],
    ["theme.corners", { corners: "9px" }],
    ["theme.css", { css: "* { display: none }" }],
    ["theme.colours.light.--ink", { colours: { light: { "--ink": "#000000" } } }],
    ["theme.colours.light.accent", { colours: { light: { accent: "#ffee00" } } }],
    ["theme.colours.dark.ink", { colours: { dark: { paper: "#222222", ink: "#333333" } } }],
    ["theme", "ruled"],
  ])("is refused what is no look, at %s", async (path, theme) => {
    const { status, json } = await dress(theme);
    expect(status).toBe(422);
    expect(json.errors[0].path).toBe(path);
  });

  test("is told what would do", async () => {
    const told = async (theme: unknown) => (await dress(theme)).json.errors[0].message as string;
    expect(await told({ colours: { light: { accent: "teal" } } })).toBe(
      '"teal" is not a colour: write it as #rgb or #rrggbb, like #a8141a.',
    );
    expect(await told({ masthead: "huge" })).toBe(
      `theme.masthead must be one of ${MASTHEADS.join(", ")}.`,
    );
    expect(await told({ corners: "odd" })).toBe(
      `theme.corners must be one of ${CORNER_NAMES.join(", ")}.`,
    );
    expect(await told({ faces: { text: "Papyrus" } })).toBe(
      `theme.faces.text must be one of ${FACE_NAMES.join(", ")}.`,
    );
  });

  test("is refused a sign that is not a picture of the library", async () => {
    for (const src of ["https://evil.example/x.png", "javascript:alert(1)", "/sign.png", "//x/y"]) {
      const { status, json } = await call("PATCH", "/settings", { body: { logo: { src } } });
      expect(status).toBe(422);
      expect(json.errors[0].path).toBe("logo.src");
    }
  });
});
