/** As much of Node's modules as the tests in Node use that are checked among tests for workerd. */
declare module "node:fs" {
  export function readFileSync(file: string, encoding: "utf8"): string;
  export function writeFileSync(file: string, contents: string | Uint8Array): void;
  export function mkdtempSync(prefix: string): string;
  export function rmSync(path: string, options: { recursive: boolean }): void;
}

declare module "node:os" {
  export function tmpdir(): string;
}

declare module "node:child_process" {
  export function spawnSync(file: string, args: string[]): { status: number | null };
  export function execFile(
    file: string,
    args: string[],
    options: { cwd: string; timeout: number },
    done: (error: Error | null, stdout: string, stderr: string) => void,
  ): void;
}

declare module "node:http" {
  interface IncomingMessage extends AsyncIterable<Uint8Array> {
    method: string;
    url: string;
    headers: Record<string, string>;
  }
  interface ServerResponse {
    writeHead(status: number, headers: Record<string, string>): void;
    end(body?: Uint8Array): void;
  }
  interface Server {
    listen(port: number, host: string, listening: () => void): void;
    address(): { port: number };
    closeAllConnections(): void;
    close(): void;
  }
  export function createServer(
    listener: (request: IncomingMessage, response: ServerResponse) => void,
  ): Server;
}
