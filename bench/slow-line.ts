import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { once } from "node:events";

// A line to a server as a phone has it: every byte comes later, and no more than so many of them a second. It is in front of the
// browser, not in it, since the browser's own throttling leaves out what it fetches ahead.

/** How slow: a round trip in milliseconds, and bits a second each way. */
export interface Line {
  roundTrip: number;
  down: number;
  up: number;
}

/** What Lighthouse calls slow 4G (https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md). */
export const SLOW_4G: Line = { roundTrip: 150, down: 1_638_400, up: 768_000 };

/** Opens a line to a site; `url` is the site at the slow end of it. */
export async function openSlowLine(
  site: URL,
  { roundTrip, down, up }: Line,
): Promise<{ url: URL; close(): void }> {
  // All connections share the line.
  const [received, sent] = [pipe(down, roundTrip / 2), pipe(up, roundTrip / 2)];
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(site.port || 80), site.hostname);
    for (const socket of [near, far]) {
      open.add(socket.setNoDelay(true));
      socket.on("error", () => void [near.destroy(), far.destroy()]);
      socket.on("close", () => void open.delete(socket));
    }
    // A connection takes a round trip before anything can be said.
    const opened = Date.now() + roundTrip;
    near.on("data", (bytes: Buffer) => sent(bytes, far, opened));
    far.on("data", (bytes: Buffer) => received(bytes, near, 0));
    // An end travels behind what was said before it.
    near.on("end", () => sent(null, far, opened));
    far.on("end", () => received(null, near, 0));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

/** One way of the line: bytes leave it one after the other, as fast as it is, and arrive half a round trip later. */
function pipe(bits: number, delay: number) {
  const underway: { at: number; arrive(): void }[] = [];
  let free = 0;
  let timer: NodeJS.Timeout | null = null;

  function arriveDue(): void {
    const now = Date.now();
    while ((underway[0]?.at ?? Infinity) <= now) underway.shift()?.arrive();
    const [next] = underway;
    timer = next ? setTimeout(arriveDue, Math.max(1, next.at - now)) : null;
  }

  /** Behind everything that arrives no later: what is said on one connection arrives in its order. */
  function send(at: number, arrive: () => void): void {
    const place = underway.findLastIndex((other) => other.at <= at) + 1;
    underway.splice(place, 0, { at, arrive });
    if (timer) clearTimeout(timer);
    arriveDue();
  }

  return (bytes: Buffer | null, to: Socket, notBefore: number): void => {
    if (bytes === null) return send(Math.max(free, notBefore) + delay, () => void to.end());
    // In pieces of a packet or so, or a large answer would hold up all others.
    for (let at = 0; at < bytes.length; at += 1460) {
      const piece = bytes.subarray(at, at + 1460);
      free = Math.max(free, Date.now()) + (piece.length * 8000) / bits;
      send(Math.max(free, notBefore) + delay, () => void (to.destroyed || to.write(piece)));
    }
  };
}
