import { env, exports } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { pictures } from "../support/pictures.ts";
import {
  call,
  keyFor,
  openNewsroom,
  ORIGIN,
  publish,
  ROOT_KEY,
  rowsOf,
  upload,
  write,
} from "../support/newsroom.ts";
import { uploaded, keysBelow } from "./newsroom.ts";

// Pictures, from the editor's upload to the library.

beforeEach(openNewsroom);

describe("an upload", () => {
  it("answers what the bytes are, and the address to write in stories", async () => {
    const { status, json, headers } = await upload(pictures.jpeg, {
      name: "C:\\Pictures\\Harbour gate (1).jpeg",
      alt: "The gate, shut.",
      credit: "Picture desk",
      focalPoint: "top-left",
    });
    expect(status).toBe(201);
    expect(headers.get("Location")).toBe(`/api/v1/media/${json.hash}`);
    expect(json).toMatchObject({
      src: `/media/${json.hash}/harbour-gate-1.jpg`,
      url: `${ORIGIN}/media/${json.hash}/harbour-gate-1.jpg`,
      type: "image/jpeg",
      alt: "The gate, shut.",
      credit: "Picture desk",
      caption: null,
      decorative: false,
      focalPoint: "top-left",
      created: true,
      removedAt: null,
    });
    expect(json.width).toBeGreaterThan(0);
    expect((await call("GET", `/media/${json.hash}`)).json.src).toBe(json.src);
  });

  it("goes by the bytes and not by what it calls itself", async () => {
    const { json } = await upload(pictures.gif, { name: "320.jpg" }, ROOT_KEY, "text/plain");
    expect(json).toMatchObject({ type: "image/gif", name: "picture-320.gif" });
  });

  it("can be a form", async () => {
    const form = new FormData();
    form.append("file", new File([pictures.webp], "Quay.webp", { type: "image/webp" }));
    form.append("alt", "A quay.");
    form.append("decorative", "false");
    const response = await exports.default.fetch(`${ORIGIN}/api/v1/media`, {
      method: "POST",
      headers: { Authorization: `Bearer ${ROOT_KEY}` },
      body: form,
    });
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({ name: "quay.webp", alt: "A quay." });
  });

  it("of a picture that is there already writes nothing and leaves its notes alone", async () => {
    const first = await uploaded();
    const rows = await rowsOf("audit");
    const { status, json } = await upload(pictures.png, { name: "other.png", alt: "Other." });
    expect(status).toBe(200);
    expect(json).toMatchObject({ src: first.src, alt: "A gate.", created: false });
    expect(await rowsOf("audit")).toBe(rows);
  });

  it("loses its place and device before it is hashed and kept", async () => {
    const { json } = await upload(pictures.jpegFromPhone, { name: "phone.jpg" });
    const [key = ""] = await keysBelow(`originals/${json.hash}/`);
    const kept = await (await env.MEDIA.get(key))?.bytes();
    expect(kept?.length).toBe(json.bytes);
    expect(new TextDecoder("latin1").decode(kept)).not.toMatch(/GPS|Canon|Apple|iPhone/i);
    const again = await upload(kept ?? new Uint8Array());
    expect(again.json.hash).toBe(json.hash);
  });

  it.each([
    ["an SVG", new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>'), 415],
    ["text", new TextEncoder().encode("no picture at all"), 415],
    ["a JSON body", new TextEncoder().encode('{"alt": "x"}'), 415],
    ["nothing", new Uint8Array(), 422],
    ["a picture cut short", pictures.jpeg.subarray(0, pictures.jpeg.length / 2), 422],
    ["more than 10 MiB", new Uint8Array(10 * 1024 * 1024 + 1), 413],
  ])("of %s is refused, and nothing is kept", async (_what, bytes, status) => {
    const refused = await upload(bytes);
    expect(refused.status).toBe(status);
    expect(refused.json.detail).toBeTruthy();
    expect(await rowsOf("media")).toBe(0);
    expect((await env.MEDIA.list()).objects).toEqual([]);
  });

  it("that is a form is taken at its word, or refused by the part that is wrong", async () => {
    const form = new FormData();
    form.append("file", new File([pictures.png], "one.png"));
    form.append("file", new File([pictures.gif], "two.gif"));
    form.append("alt", new File(["Text in a file"], "alt.txt"));
    form.append("credit", "One");
    form.append("credit", "Another");
    const response = await exports.default.fetch(`${ORIGIN}/api/v1/media?caption=Beside`, {
      method: "POST",
      headers: { Authorization: `Bearer ${ROOT_KEY}` },
      body: form,
    });
    expect(response.status).toBe(422);
    const { errors } = await response.json<{ errors: { path: string }[] }>();
    expect(errors.map(({ path }) => path)).toEqual(["file", "alt", "credit", "caption"]);
  });

  it("with an archive among its pixels is refused", async () => {
    const end = new Uint8Array(22);
    end.set([0x50, 0x4b, 0x05, 0x06]);
    const { status, json } = await upload(withinPixels(pictures.jpeg, end));
    expect([status, json.detail]).toEqual([415, expect.stringContaining("archive")]);
    const script = pictures.gif.slice();
    script.set(new TextEncoder().encode("/*"), 6);
    expect((await upload(script)).status).toBe(415);
  });

  it("names every wrong field", async () => {
    const { status, json } = await upload(pictures.png, {
      decorative: "perhaps",
      focalPoint: "middle",
      colour: "red",
    });
    expect(status).toBe(422);
    expect(json.errors.map(({ path }: { path: string }) => path).sort()).toEqual([
      "colour",
      "decorative",
      "focalPoint",
    ]);
  });

  it("needs a key, and any role will do", async () => {
    expect((await upload(pictures.png, {}, "bs_nobody_nothing")).status).toBe(401);
    expect((await upload(pictures.png, {}, await keyFor("contributor", "mara-quill"))).status).toBe(
      201,
    );
  });
});

/** A JPEG with these bytes at the end of its last scan, before the marker that ends it. */
function withinPixels(jpeg: Uint8Array, hidden: Uint8Array): Uint8Array {
  return new Uint8Array([...jpeg.subarray(0, -2), ...hidden, ...jpeg.subarray(-2)]);
}

describe("the library", () => {
  it("lists pictures newest first, page by page", async () => {
    const one = await uploaded(pictures.png);
    const two = await uploaded(pictures.jpeg);
    const three = await uploaded(pictures.gif);
    const first = await call("GET", "/media?limit=2");
    const next = await call("GET", `/media?limit=2&cursor=${first.json.next}`);
    const listed = [...first.json.items, ...next.json.items].map(({ hash }) => hash);
    expect(new Set(listed)).toEqual(new Set([one.hash, two.hash, three.hash]));
    expect(listed).toHaveLength(3);
    expect(next.json.next).toBeNull();
  });

  it("tells a contributor nothing of another's picture that readers do not see", async () => {
    const { hash } = await uploaded(pictures.png, { alt: "A scoop.", credit: "Desk" });
    const key = await keyFor("contributor", "mara-quill");
    const { status, json } = await upload(pictures.png, {}, key);
    expect([status, json]).toEqual([
      200,
      expect.objectContaining({ hash, alt: null, credit: null }),
    ]);
    const draft = await write({ hero: { src: json.src }, body: `![](${json.src})` }, key);
    expect(draft.hero).toMatchObject({ alt: null, credit: null });
  });

  it("keeps what several editors say of a picture at once", async () => {
    const { hash } = await uploaded();
    const said = { alt: "Another.", caption: "Shut.", credit: "Desk", focalPoint: "top" };
    await Promise.all(
      Object.entries(said).map(([name, value]) =>
        call("PATCH", `/media/${hash}`, { body: { [name]: value } }),
      ),
    );
    expect((await call("GET", `/media/${hash}`)).json).toMatchObject(said);
    await call("PATCH", `/media/${hash}`, { body: { caption: null } });
    expect((await call("GET", `/media/${hash}`)).json.caption).toBeNull();
  });

  it("shows a contributor what readers see and what they sent, and lets them change only that", async () => {
    const hidden = await uploaded(pictures.png);
    const shown = await uploaded(pictures.jpeg);
    await publish({ hero: { src: shown.src } });
    const key = await keyFor("contributor", "mara-quill");
    const own = (await upload(pictures.gif, { name: "own.gif" }, key)).json;
    const { json } = await call("GET", "/media", { key });
    expect(new Set(json.items.map(({ hash }: { hash: string }) => hash))).toEqual(
      new Set([shown.hash, own.hash]),
    );
    expect((await call("GET", `/media/${hidden.hash}`, { key })).status).toBe(404);
    expect((await call("GET", `/media/${hidden.hash}/original`, { key })).status).toBe(404);
    const body = { alt: "Mine." };
    expect((await call("PATCH", `/media/${shown.hash}`, { key, body })).status).toBe(403);
    expect((await call("PATCH", `/media/${own.hash}`, { key, body })).json.alt).toBe("Mine.");
    expect((await call("DELETE", `/media/${own.hash}`, { key })).status).toBe(403);
  });

  it("gives editors the bytes of a picture that readers do not see, and stores them nowhere", async () => {
    const picture = await uploaded();
    const response = await exports.default.fetch(
      `${ORIGIN}/api/v1/media/${picture.hash}/original`,
      {
        headers: { Authorization: `Bearer ${ROOT_KEY}` },
      },
    );
    expect(response.headers.get("Content-Type")).toBe("image/png");
    expect(response.headers.get("Cache-Control")).toContain("no-store");
    expect((await response.bytes()).length).toBe(picture.bytes);
  });
});
