import { ORIGIN } from "./site.ts";

// A device with passkeys (https://www.w3.org/TR/webauthn-3/#sctn-authenticator-data), and a browser that says where it is. Tests turn
// what it says wrong.

/** What a device may say otherwise than it should. */
export interface Odd {
  origin?: string;
  rpId?: string;
  /** Whether it recognised its owner. */
  verified?: boolean;
  challenge?: string;
  type?: string;
  counter?: number;
  userHandle?: string | null;
}

const PRESENT = 0x01;
const VERIFIED = 0x04;
const WITH_KEY = 0x40;

/** A passkey on a device. */
export interface Device {
  id: string;
  create(options: { challenge: string }, odd?: Odd): Promise<Record<string, unknown>>;
  get(options: { challenge: string }, odd?: Odd): Promise<Record<string, unknown>>;
}

/** Opens a device with a new passkey. */
export async function openDevice(): Promise<Device> {
  const pair = (await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, [
    "sign",
    "verify",
  ])) as CryptoKeyPair;
  const rawId = crypto.getRandomValues(new Uint8Array(32));
  const id = base64url(rawId);
  let counter = 0;

  async function dataOf(
    flags: number,
    { rpId = new URL(ORIGIN).hostname, verified = true, counter: said }: Odd,
  ) {
    counter += 1;
    const hash = await sha256(concat(new TextEncoder().encode(rpId)));
    const count = new DataView(new ArrayBuffer(4));
    count.setUint32(0, said ?? counter);
    return concat(
      hash,
      new Uint8Array([flags | PRESENT | (verified ? VERIFIED : 0)]),
      new Uint8Array(count.buffer),
    );
  }

  return {
    id,
    async create({ challenge }, odd = {}) {
      const clientDataJSON = clientData("webauthn.create", challenge, odd);
      const length = new Uint8Array([rawId.length >> 8, rawId.length & 0xff]);
      const key = cose((await crypto.subtle.exportKey("jwk", pair.publicKey)) as JsonWebKey);
      const authData = concat(await dataOf(WITH_KEY, odd), new Uint8Array(16), length, rawId, key);
      const attestationObject = concat(
        new Uint8Array([0xa3]),
        cborText("fmt"),
        cborText("none"),
        cborText("attStmt"),
        new Uint8Array([0xa0]),
        cborText("authData"),
        cborBytes(authData),
      );
      return {
        id,
        rawId: id,
        type: "public-key",
        clientExtensionResults: {},
        response: {
          clientDataJSON: base64url(clientDataJSON),
          attestationObject: base64url(attestationObject),
          transports: ["internal"],
        },
      };
    },
    async get({ challenge }, odd = {}) {
      const clientDataJSON = clientData("webauthn.get", challenge, odd);
      const authenticatorData = await dataOf(0, odd);
      const signed = concat(authenticatorData, await sha256(clientDataJSON));
      const raw = new Uint8Array(
        await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, pair.privateKey, signed),
      );
      return {
        id,
        rawId: id,
        type: "public-key",
        clientExtensionResults: {},
        response: {
          clientDataJSON: base64url(clientDataJSON),
          authenticatorData: base64url(authenticatorData),
          signature: base64url(der(raw)),
          ...(odd.userHandle !== undefined && { userHandle: odd.userHandle }),
        },
      };
    },
  };
}

function clientData(type: string, challenge: string, odd: Odd): Uint8Array<ArrayBuffer> {
  const said = {
    type: odd.type ?? type,
    challenge: odd.challenge ?? challenge,
    origin: odd.origin ?? ORIGIN,
    crossOrigin: false,
  };
  return concat(new TextEncoder().encode(JSON.stringify(said)));
}

/** A P-256 key as COSE has it (RFC 9053 section 7.1.1). */
function cose({ x = "", y = "" }: JsonWebKey): Uint8Array<ArrayBuffer> {
  const coordinate = (label: number, value: string) =>
    concat(
      new Uint8Array([label]),
      cborBytes(Uint8Array.fromBase64(value, { alphabet: "base64url" })),
    );
  return concat(
    new Uint8Array([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01]),
    coordinate(0x21, x),
    coordinate(0x22, y),
  );
}

function cborText(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new TextEncoder().encode(text);
  return concat(new Uint8Array([0x60 + bytes.length]), bytes);
}

function cborBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  // In as few bytes as may be (RFC 8949 section 4.2.1).
  const head =
    bytes.length < 256 ? [0x58, bytes.length] : [0x59, bytes.length >> 8, bytes.length & 0xff];
  return concat(new Uint8Array(head), bytes);
}

/** A signature as ASN.1 has it: what Web Crypto gives is its two numbers, one behind the other. */
function der(raw: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const numbers = [raw.slice(0, 32), raw.slice(32)].map((bytes) => {
    const first = bytes.findIndex((byte) => byte !== 0);
    const number = bytes.slice(Math.max(0, first));
    const padded = (number[0] ?? 0) > 0x7f ? concat(new Uint8Array(1), number) : number;
    return concat(new Uint8Array([0x02, padded.length]), padded);
  });
  const both = concat(...numbers);
  return concat(new Uint8Array([0x30, both.length]), both);
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

function concat(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function base64url(bytes: Uint8Array): string {
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}
