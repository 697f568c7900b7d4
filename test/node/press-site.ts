import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { crc32, deflateSync } from "node:zlib";
import { readPicture } from "../../src/pictures/gate.ts";
import { hashOfPicture } from "../../src/domain/media.ts";
import { readFolder } from "../../src/cli/folder/folder.ts";
import { AS_WRITTEN } from "../../src/cli/folder/foreign-fields.ts";
import type { Reading } from "../../src/cli/folder/foreign-fields.ts";
import { openNewsroom } from "../../src/cli/press/newsroom-api.ts";
import { publishFolder } from "../../src/cli/press/publish.ts";
import type { Manner } from "../../src/cli/press/manner.ts";
import type { Report } from "../../src/cli/press/report.ts";

// The API is a small server of the tests' own: what press promises is what it sends, and what it makes of the answers.

export interface Sent {
  method: string;
  path: string;
  body: Record<string, unknown>;
  ifMatch?: string | undefined;
}

export interface Reply {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

export type Item = Record<string, unknown> & { key: string };

/** A folder on disk and a site to publish it to, which keeps what it is sent. Its one section is `city`. */
export class PressSite {
  readonly root: string;
  url = "";
  sent: Sent[] = [];
  readonly stored = new Map<string, string>();
  readonly pictures = new Map<string, Record<string, unknown>>();
  /** The version of its front page. */
  frontVersion = 3;
  /** Answers before the server's own rules do, when it returns something. */
  intercept: (request: Sent) => Reply | undefined = () => undefined;
  #server;

  private constructor(root: string) {
    this.root = root;
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => void this.#answer(request, response, Buffer.concat(chunks)));
    });
  }

  static async open(): Promise<PressSite> {
    const site = new PressSite(await mkdtemp(path.join(os.tmpdir(), "press-")));
    await new Promise<void>((resolve) => site.#server.listen(0, "127.0.0.1", resolve));
    site.url = `http://127.0.0.1:${(site.#server.address() as AddressInfo).port}`;
    return site;
  }

  async close(): Promise<void> {
    this.shut();
    await rm(this.root, { recursive: true });
  }

  /** Stops answering. */
  shut(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Breaks the connections there are; new ones are taken. */
  hangUp(): void {
    this.#server.closeAllConnections();
  }

  async put(file: string, content: string | Uint8Array): Promise<void> {
    await mkdir(path.dirname(path.join(this.root, file)), { recursive: true });
    await writeFile(path.join(this.root, file), content);
  }

  async putStory(key: string, front = "", body = "Text.\n"): Promise<void> {
    await this.put(`${key}.md`, `---\ntitle: ${key}\nsection: city\n${front}---\n${body}`);
  }

  async press(reading: Partial<Reading> = {}, manner: Partial<Manner> = {}): Promise<Report> {
    const newsroom = openNewsroom({ url: this.url, key: "bs_test", wait: async () => {} });
    const folder = await readFolder(this.root, { ...AS_WRITTEN, ...reading });
    const skipPictures = reading.skipPictures ?? false;
    return publishFolder(newsroom, folder, () => {}, { skipPictures, ...manner });
  }

  /** What press sends of the only story of a folder. */
  async pressOne(reading: Partial<Reading> = {}, manner: Partial<Manner> = {}): Promise<Item> {
    this.sent = [];
    const { issues } = await this.press(reading, manner);
    const [item] = this.importedItems();
    if (issues.length > 0 || !item) throw new Error(JSON.stringify(issues));
    return item;
  }

  importedItems(): Item[] {
    return this.sent
      .filter((call) => call.path === "/imports")
      .flatMap((call) => call.body["items"] as Item[]);
  }

  /** Everything that was sent and was not a question. */
  writes(): string[] {
    return this.sent
      .filter(({ method, path: address }) => method !== "GET" && !address.endsWith("?check=true"))
      .map(({ method, path: address }) => `${method} ${address}`);
  }

  async #answer(request: IncomingMessage, response: ServerResponse, sent: Buffer): Promise<void> {
    const { status, body, headers } = await this.#serve(request, sent);
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  }

  async #serve(request: IncomingMessage, body: Buffer): Promise<Reply> {
    const address = (request.url ?? "").replace("/api/v1", "");
    const isPicture = String(request.headers["content-type"]).startsWith("image/");
    const call = {
      method: request.method ?? "",
      path: address,
      ifMatch: request.headers["if-match"],
      body: isPicture ? {} : (JSON.parse(body.toString() || "{}") as Record<string, unknown>),
    };
    this.sent.push(call);
    if (request.headers["authorization"] !== "Bearer bs_test")
      return { status: 401, body: { title: "Unauthorized" } };
    const intercepted = this.intercept(call);
    if (intercepted) return intercepted;
    if (address.startsWith("/media")) return this.#media(call, body);
    if (address === "/imports?check=true")
      return this.#imports(call.body["items"] as Item[], false);
    if (address === "/imports") return this.#imports(call.body["items"] as Item[]);
    if (address === "/front" && call.method === "GET")
      return { status: 200, body: { version: this.frontVersion } };
    if (address === "/front" && call.ifMatch !== `"${this.frontVersion}"`)
      return { status: 412, body: { title: "Changed", detail: "It has changed." } };
    if (call.method === "GET") return this.#list(address);
    const single = /^\/imports\/[a-z]+\/(.+)$/.exec(address)?.[1];
    if (single !== undefined)
      return this.#import({ key: decodeURIComponent(single), ...call.body });
    return reply(
      this.#write(`${call.method} ${address}`, JSON.stringify(call.body)) ? 1 : 0,
      call.body,
    );
  }

  #imports(items: Item[], write = true): Reply {
    const errors = items.flatMap(({ section }, index) =>
      section === "city" || this.stored.has(`PUT /sections/${String(section)}`)
        ? []
        : [
            {
              path: `items.${index}.section`,
              message: `There is no section "${String(section)}".`,
            },
          ],
    );
    if (errors.length > 0)
      return { status: 422, body: { title: "Invalid", detail: "Not accepted", errors } };
    const results = items.map((item) => this.#result(item, write));
    if (!write) return reply(0, { items: results, edge: "none" });
    const written = results.filter(({ changed }) => changed).length * 10;
    return reply(written, { items: results, edge: "live" });
  }

  #import(item: Item): Reply {
    const result = this.#result(item);
    return reply(result.changed ? 10 : 0, { ...result, edge: "live" });
  }

  #result(item: Item, write = true) {
    const created = !this.stored.has(item.key);
    const body = JSON.stringify(item);
    const changed = write ? this.#write(item.key, body) : this.stored.get(item.key) !== body;
    return {
      key: item.key,
      id: created && !write ? null : `id-${item.key}`,
      url: `${this.url}/city/${item.key}`,
      changed,
      created,
      notes: changed ? notesOf(String(item["body"])) : [],
    };
  }

  #list(address: string): Reply {
    const [, list = ""] = /^\/(sections|authors|articles)/.exec(address) ?? [];
    const put = [...this.stored].filter(([name]) => name.startsWith(`PUT /${list}/`));
    const items = put.map(([name, body]) => ({
      ...(JSON.parse(body) as object),
      slug: name.slice(`PUT /${list}/`.length),
    }));
    const city = list === "sections" ? [{ slug: "city", name: "City" }] : [];
    return { status: 200, body: { items: [...city, ...items], next: null } };
  }

  async #media({ method, path: address, body }: Sent, bytes: Buffer): Promise<Reply> {
    if (method === "POST") {
      const read = readPicture(bytes);
      if (!read.ok) return { status: 415, body: { detail: read.message } };
      const hash = await hashOfPicture(read.value.bytes);
      const { name, ...notes } = Object.fromEntries(new URL(address, "http://site").searchParams);
      const decorative = notes["decorative"] === "true";
      const picture = {
        alt: null,
        caption: null,
        ...notes,
        decorative,
        hash,
        src: `/media/${hash}/${name}`,
        removedAt: null,
      };
      this.pictures.set(hash, picture);
      return { status: 201, body: { ...picture, created: true } };
    }
    const hash = address.slice("/media/".length);
    const known = this.pictures.get(hash);
    if (!known)
      return {
        status: 404,
        body: { title: "Not Found", detail: `There is no picture "${hash}".` },
      };
    if (method === "PATCH") Object.assign(known, body);
    return { status: 200, body: known };
  }

  #write(name: string, value: string): boolean {
    const changed = this.stored.get(name) !== value;
    this.stored.set(name, value);
    return changed;
  }
}

function reply(written: number, body: unknown): Reply {
  const headers = { "server-timing": `d1;dur=2;desc="trips=3 read=40 written=${written}"` };
  return { status: 200, body, headers };
}

/** A PNG of one pixel of this grey. */
export function png(grey: number): Buffer {
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.from([0, grey]))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const named = Buffer.concat([Buffer.from(type), data]);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

/** What the site says of `<font>`: enough for a report. */
function notesOf(body: string): { path: string; line: number; message: string }[] {
  const at = body.indexOf("<font>");
  if (at === -1) return [];
  const line = body.slice(0, at).split("\n").length;
  return [{ path: "body", line, message: "<font> was left out; its words stay." }];
}
