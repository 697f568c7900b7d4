import { readFile, readdir } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { once } from "node:events";
import process from "node:process";

/** How many requests are under way at once. */
const CONNECTIONS = 8;

/** Clock ticks of /proc in a second: the same on every Linux that Node runs on. */
const TICKS = 100;

/** What some requests took. */
export interface Took {
  /** A second. */
  requests: number;
  /** Of the runtime's processor time, in milliseconds a request; null where the system does not tell. */
  cpu: number | null;
}

/** Asks for a page `count` times, as fast as the answers come. Bare sockets, so that the asking costs little. */
export async function load(url: URL, count: number): Promise<Took> {
  const asking = `GET ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\n\r\n`;
  const sockets = await Promise.all(Array.from({ length: CONNECTIONS }, () => open(url)));
  const before = await processorTime();
  const started = performance.now();
  let left = count;
  await Promise.all(
    sockets.map(async (socket) => {
      while (left > 0) {
        left -= 1;
        await exchange(socket, asking);
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  const after = await processorTime();
  for (const socket of sockets) socket.destroy();
  return {
    requests: count / seconds,
    cpu: before === null || after === null ? null : (after - before) / count,
  };
}

async function open({ hostname, port }: URL): Promise<Socket> {
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await once(socket, "connect");
  return socket;
}

/** Sends a request and waits for the end of its answer, whose status must be 200. */
function exchange(socket: Socket, asking: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let head = "";
    /** How many bytes are to come; null while the head is not whole, and of an answer in chunks. */
    let rest: number | null = null;
    let isChunked = false;
    let tail = "";
    const finish = (error?: Error) => {
      socket.off("data", take).off("close", closed);
      if (error) reject(error);
      else resolve();
    };
    const closed = () => finish(new Error("The Worker hung up."));
    const take = (chunk: Buffer) => {
      let body = chunk.byteLength;
      if (rest === null && !isChunked) {
        head += chunk.toString("latin1");
        const end = head.indexOf("\r\n\r\n");
        if (end === -1) return;
        if (!head.startsWith("HTTP/1.1 200"))
          return finish(new Error(`The Worker answered ${head.slice(0, 200)}`));
        const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
        isChunked = length === undefined;
        rest = length === undefined ? null : Number(length);
        body = head.length - end - 4;
        if (isChunked) tail = head.slice(end + 4).slice(-5);
      } else if (isChunked) {
        tail = (tail + chunk.subarray(-5).toString("latin1")).slice(-5);
      }
      if (isChunked) return tail.endsWith("0\r\n\r\n") ? finish() : undefined;
      rest = (rest ?? 0) - body;
      if (rest <= 0) finish();
    };
    socket.on("data", take).on("close", closed);
    socket.write(asking);
  });
}

/** The processor time of the runtime, this program's child, in milliseconds; null where there is no /proc. */
async function processorTime(): Promise<number | null> {
  if (process.platform !== "linux") return null;
  let ticks = 0;
  for (const name of await readdir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, "latin1").catch(() => "");
    // After the name, which may have anything in it: state, parent, …, user and system time.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (fields[1] !== String(process.pid) || !stat.includes("(workerd)")) continue;
    ticks += Number(fields[11]) + Number(fields[12]);
  }
  return (ticks * 1000) / TICKS;
}
