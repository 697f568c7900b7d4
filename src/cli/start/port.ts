import { createServer } from "node:net";
import { Refusal } from "../refusal.ts";

/** Reads a port number as it is typed. */
export function readPort(written: string): number {
  const port = /^\d{1,5}$/.test(written) ? Number(written) : 0;
  if (port < 1 || port > 65535)
    throw new Refusal(`--port must be a number from 1 to 65535, got "${written}".`);
  return port;
}

/** Refuses a port that something listens on already, on any address that "localhost" can mean. */
export async function requireFreePort(port: number): Promise<void> {
  for (const host of ["127.0.0.1", "::1", "::"]) {
    const code = await tryToListen(port, host);
    if (code === "EADDRINUSE") {
      const other = port === 65535 ? port - 1 : port + 1;
      throw new Refusal(
        `Port ${port} is in use by another program. Stop that program, or choose another port: npm start -- --port ${other}`,
      );
    }
    if (code === "EACCES")
      throw new Refusal(`This account may not listen on port ${port}. Choose one above 1023.`);
  }
}

/** The error code of listening, or null when it works. Machines without IPv6 answer EADDRNOTAVAIL. */
function tryToListen(port: number, host: string): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(null)));
  });
}

/** A port that nothing listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
