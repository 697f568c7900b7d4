import { crc32 } from "node:zlib";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { readEmbedded, type Embedded } from "../../src/desk/pictures/embedded.ts";

const NOTHING: Embedded = {
  alt: null,
  caption: null,
  credit: null,
  headline: null,
  title: null,
  creator: null,
  copyright: null,
  date: null,
};

describe("what is written in a picture", () => {
  it("is nothing in a picture without metadata", async () => {
    for (const format of ["jpeg", "png", "webp", "avif", "gif", "tiff"] as const) {
      expect(await read(await plain().toFormat(format).toBuffer()), format).toEqual(NOTHING);
    }
  });

  it("is read from XMP", async () => {
    const xmp = packet(`
      <dc:description><rdf:Alt><rdf:li xml:lang="x-default">Boats &amp; nets in Łeba.</rdf:li></rdf:Alt></dc:description>
      <dc:title><rdf:Alt><rdf:li xml:lang="x-default">Boats</rdf:li></rdf:Alt></dc:title>
      <dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© 2026 Ada Wong</rdf:li></rdf:Alt></dc:rights>
      <dc:creator><rdf:Seq><rdf:li>Ada Wong</rdf:li><rdf:li>Ben Oduya</rdf:li></rdf:Seq></dc:creator>
      <photoshop:Credit>Photo: Ada Wong / The Ledger</photoshop:Credit>
      <photoshop:Headline>The fleet is in</photoshop:Headline>
      <photoshop:DateCreated>2026-10-25T23:30:00+02:00</photoshop:DateCreated>
      <Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">Four boats at a quay.</rdf:li></rdf:Alt></Iptc4xmpCore:AltTextAccessibility>`);
    const said = {
      alt: "Four boats at a quay.",
      caption: "Boats & nets in Łeba.",
      credit: "Photo: Ada Wong / The Ledger",
      headline: "The fleet is in",
      title: "Boats",
      creator: "Ada Wong, Ben Oduya",
      copyright: "© 2026 Ada Wong",
      date: "2026-10-25",
    };
    for (const format of ["jpeg", "webp", "tiff", "avif"] as const) {
      const bytes = await plain().withXmp(xmp).toFormat(format).toBuffer();
      expect(await read(bytes), format).toEqual(said);
    }
    expect(await read(withItxt(await plain().png().toBuffer(), xmp)), "png").toEqual(said);
  });

  it("is read from XMP that is written short, in attributes", async () => {
    const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
      xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:Credit="AP" photoshop:DateCreated="2026-10"/></rdf:RDF></x:xmpmeta>`;
    expect(await read(await plain().withXmp(xmp).jpeg().toBuffer())).toEqual({
      ...NOTHING,
      credit: "AP",
    });
  });

  it("is taken in the language of the desk, else in that of the file", async () => {
    const xmp = packet(`<dc:description><rdf:Alt>
      <rdf:li xml:lang="x-default">Boats</rdf:li>
      <rdf:li xml:lang="fr">Bateaux</rdf:li>
      <rdf:li xml:lang="de-AT">Boote</rdf:li>
      <rdf:li xml:lang="pt-BR">Barcos</rdf:li>
      <rdf:li xml:lang="pt-PT">Barcas</rdf:li></rdf:Alt></dc:description>`);
    const bytes = await plain().withXmp(xmp).jpeg().toBuffer();
    const captionIn = async (language: string) => (await read(bytes, language)).caption;
    expect(await captionIn("fr")).toBe("Bateaux");
    expect(await captionIn("de")).toBe("Boote");
    expect(await captionIn("pt-pt")).toBe("Barcas");
    expect(await captionIn("pl")).toBe("Boats");
    const french = packet(
      `<dc:description><rdf:Alt><rdf:li xml:lang="fr">Bateaux</rdf:li></rdf:Alt></dc:description>`,
    );
    expect((await read(await plain().withXmp(french).jpeg().toBuffer(), "pl")).caption).toBe(
      "Bateaux",
    );
  });

  it("is read from IPTC in UTF-8, which it names", async () => {
    const bytes = withIptc(await jpeg(), [
      [1, 90, "\x1b%G"],
      [2, 5, utf8("Boats")],
      [2, 55, "20261025"],
      [2, 80, utf8("Zoë Łęcka")],
      [2, 80, utf8("Ada Wong")],
      [2, 105, utf8("The fleet is in")],
      [2, 110, utf8("Zoë Łęcka/dpa")],
      [2, 116, utf8("© dpa")],
      [2, 120, utf8("Boats in Łeba – early.")],
    ]);
    expect(await read(bytes)).toEqual({
      alt: null,
      caption: "Boats in Łeba – early.",
      credit: "Zoë Łęcka/dpa",
      headline: "The fleet is in",
      title: "Boats",
      creator: "Zoë Łęcka, Ada Wong",
      copyright: "© dpa",
      date: "2026-10-25",
    });
  });

  it("is read from IPTC in Latin-1, whatever it names", async () => {
    const fields: [number, number, string][] = [
      [2, 110, "Jürgen Groß"],
      [2, 120, "Café in Köln"],
    ];
    const said = { ...NOTHING, credit: "Jürgen Groß", caption: "Café in Köln" };
    expect(await read(withIptc(await jpeg(), fields))).toEqual(said);
    expect(await read(withIptc(await jpeg(), [[1, 90, "\x1b/A"], ...fields]))).toEqual(said);
    expect(await read(withIptc(await jpeg(), [[1, 90, "\x1b%G"], ...fields]))).toEqual(said);
  });

  it("is read from IPTC in UTF-8 that does not say so", async () => {
    const bytes = withIptc(await jpeg(), [[2, 120, utf8("Café in Łódź")]]);
    expect((await read(bytes)).caption).toBe("Café in Łódź");
  });

  it("is read from EXIF, which is UTF-8 or Latin-1", async () => {
    const bytes = await plain()
      .withExif({
        IFD0: { ImageDescription: "Caf$$ in L$$beck", Artist: "Zo$", Copyright: "The Ledger" },
        IFD2: { DateTimeOriginal: "2026:10:25 23:30:00" },
      })
      .jpeg()
      .toBuffer();
    // The encoder writes ASCII only.
    replaceIn(bytes, "Caf$$ in L$$beck", utf8("Café in Lübeck"));
    replaceIn(bytes, "Zo$", "Zoë");
    expect(await read(bytes)).toEqual({
      ...NOTHING,
      caption: "Café in Lübeck",
      creator: "Zoë",
      copyright: "The Ledger",
      date: "2026-10-25",
    });
  });

  it("is not what a camera writes into every picture", async () => {
    for (const ImageDescription of ["OLYMPUS DIGITAL CAMERA         ", "SONY DSC", "default"]) {
      const bytes = await plain().withExif({ IFD0: { ImageDescription } }).jpeg().toBuffer();
      expect(await read(bytes)).toEqual(NOTHING);
    }
  });

  it("is taken from XMP before IPTC, and from IPTC before EXIF", async () => {
    const photo = plain().withExif({
      IFD0: { ImageDescription: "of EXIF", Artist: "of EXIF", Copyright: "of EXIF" },
    });
    const xmp = packet(
      `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">of XMP</rdf:li></rdf:Alt></dc:description>
       <photoshop:Credit> </photoshop:Credit>`,
    );
    const bytes = withIptc(await photo.withXmp(xmp).jpeg().toBuffer(), [
      [2, 80, "of IPTC"],
      [2, 110, "of IPTC"],
      [2, 120, "of IPTC"],
    ]);
    expect(await read(bytes)).toEqual({
      ...NOTHING,
      caption: "of XMP",
      creator: "of IPTC",
      // In XMP there is only white space.
      credit: "of IPTC",
      copyright: "of EXIF",
    });
  });
});

describe("a text of a picture", () => {
  const captionOf = async (text: string) =>
    (await read(withIptc(await jpeg(), [[2, 120, utf8(text)]]))).caption;
  const creditOf = async (text: string) =>
    (await read(withIptc(await jpeg(), [[2, 110, utf8(text)]]))).credit;

  it("has no white space around it, and no control characters", async () => {
    expect(await captionOf("  Boats\0\0\x07 at \u202eanchor\u200b \t ")).toBe(
      "Boats at anchor\u200b",
    );
    expect(await captionOf("\0\0 \r\n")).toBeNull();
    expect(await creditOf("\ufeffAda\r\nWong\u2028The Ledger ")).toBe("Ada Wong The Ledger");
  });

  it("keeps the lines of a caption", async () => {
    expect(await captionOf("One.\r\n\r\n\r\n\r\nTwo.\rThree.")).toBe("One.\n\nTwo.\nThree.");
  });

  it("is no longer than the newsroom takes, and is cut between letters", async () => {
    expect(await captionOf("a".repeat(1000))).toHaveLength(1000);
    expect(await captionOf("a".repeat(1001))).toBe(`${"a".repeat(999)}…`);
    expect(await creditOf("x".repeat(300))).toBe(`${"x".repeat(199)}…`);
    expect(await creditOf("👩‍👩‍👧".repeat(100))).toBe(`${"👩‍👩‍👧".repeat(24)}…`);
  });
});

describe("a broken file", () => {
  it("says nothing, and throws nothing", async () => {
    const xmp = packet("<dc:description>unclosed");
    const files = [
      Buffer.alloc(0),
      Buffer.from("no picture"),
      Buffer.from([0xff, 0xd8, 0xff]),
      await plain().withXmp(xmp).jpeg().toBuffer(),
      await plain().withXmp("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>").jpeg().toBuffer(),
    ];
    for (const file of files) expect(await read(file)).toEqual(NOTHING);
  });

  it("may end anywhere", async () => {
    const xmp = packet("<photoshop:Credit>AP</photoshop:Credit>");
    const whole = withIptc(
      await plain()
        .withExif({ IFD0: { Artist: "Ada Wong" } })
        .withXmp(xmp)
        .jpeg()
        .toBuffer(),
      [[2, 120, "Boats"]],
    );
    for (let length = 0; length < whole.length; length += 7) {
      const { caption } = await read(whole.subarray(0, length));
      expect([null, "Boats"]).toContain(caption);
    }
  });

  it("says nothing that nobody can see", async () => {
    const bytes = withIptc(await jpeg(), [[2, 120, utf8("\u200b\u2060")]]);
    expect(await read(bytes)).toEqual(NOTHING);
  });

  it("may have a length that is wrong", async () => {
    const bytes = withIptc(await jpeg(), [[2, 120, "Boats"]]);
    const at = bytes.indexOf("\x1c\x02\x78", 0, "latin1") + 3;
    bytes.writeUInt16BE(0x7fff, at);
    expect(await read(bytes)).toEqual(NOTHING);
  });
});

function read(bytes: Buffer, language = "en"): Promise<Embedded> {
  return readEmbedded(new Blob([Uint8Array.from(bytes)]), language);
}

function plain() {
  return sharp({ create: { width: 24, height: 16, channels: 3, background: "#3b6ea5" } });
}

function jpeg(): Promise<Buffer> {
  return plain().jpeg().toBuffer();
}

/** An XMP packet with these properties. */
function packet(properties: string): string {
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/">${properties}</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`;
}

/** The bytes of a text in UTF-8, a character for each. */
function utf8(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

/** Puts a text in the place of one as long; a character is a byte. */
function replaceIn(bytes: Buffer, text: string, other: string): void {
  const at = bytes.indexOf(text, 0, "latin1");
  expect(at).toBeGreaterThan(0);
  expect(other).toHaveLength(text.length);
  bytes.write(other, at, "latin1");
}

/** A PNG with an XMP packet where the XMP specification wants it; the encoder at hand puts it elsewhere. */
function withItxt(png: Buffer, xmp: string): Buffer {
  const chunk = Buffer.concat([
    Buffer.from("iTXtXML:com.adobe.xmp\0\0\0\0\0", "latin1"),
    Buffer.from(xmp, "utf8"),
  ]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(chunk.length - 4);
  check.writeUInt32BE(crc32(chunk));
  // The signature and the header take 33 bytes.
  return Buffer.concat([png.subarray(0, 33), length, chunk, check, png.subarray(33)]);
}

/** A JPEG with IPTC-IIM datasets in Photoshop's segment (APP13, resource 0x0404); a character of a text is a byte. */
function withIptc(jpeg: Buffer, datasets: [record: number, dataset: number, text: string][]) {
  const iim = Buffer.concat(
    datasets.map(([record, dataset, text]) => {
      const bytes = Buffer.from(text, "latin1");
      const head = Buffer.from([0x1c, record, dataset, 0, 0]);
      head.writeUInt16BE(bytes.length, 3);
      return Buffer.concat([head, bytes]);
    }),
  );
  const size = Buffer.alloc(4);
  size.writeUInt32BE(iim.length);
  const segment = Buffer.concat([
    Buffer.from("Photoshop 3.0\0", "latin1"),
    Buffer.from("8BIM\x04\x04\0\0", "latin1"),
    size,
    iim,
    Buffer.alloc(iim.length % 2),
  ]);
  const marker = Buffer.from([0xff, 0xed, 0, 0]);
  marker.writeUInt16BE(segment.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), marker, segment, jpeg.subarray(2)]);
}
