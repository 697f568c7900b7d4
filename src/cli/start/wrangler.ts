import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { Refusal } from "../refusal.ts";
import type { WranglerOutput } from "./wrangler-output.ts";

/** A running Wrangler with all that it started itself: esbuild and two workerds. */
export interface Wrangler {
  /** How it ended: `exit code 1` or `signal SIGKILL`. */
  ended: Promise<string>;
  /** Ends it and everything that it started, and returns when they are gone. */
  stop(): Promise<void>;
}

/** How long everything has to end by itself before it is killed, in milliseconds. */
const PATIENCE = 3000;

/** How long the last output may take to arrive after the end, in milliseconds. */
const LAST_WORDS = 100;

/** Starts the project's own Wrangler without questions, telemetry or a request to Cloudflare. */
export function startWrangler(project: string, args: string[], output: WranglerOutput): Wrangler {
  const program = path.join(project, "node_modules/wrangler/bin/wrangler.js");
  if (!existsSync(program)) throw new Refusal(`Wrangler is not installed. Run "npm ci" first.`);
  const child = spawn(process.execPath, [program, ...args], {
    cwd: project,
    // A process group of its own: a signal to the group reaches the grandchildren, and nothing that is not Wrangler's.
    detached: process.platform !== "win32",
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      WRANGLER_SEND_METRICS: "false",
      WRANGLER_HIDE_BANNER: "true",
      X_LOCAL_OBSERVABILITY: "false",
      // request.cf is a placeholder then: otherwise each start without a network waits for it and warns.
      CLOUDFLARE_CF_FETCH_ENABLED: "false",
    },
  });
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => output.take(line));
  }
  const group = openGroup(child);
  // Should this program itself fail, nothing may be left behind.
  process.on("exit", () => group.signal("SIGKILL"));
  return { ended: waitForEnd(child), stop: () => stopGroup(group) };
}

/** Waits for the process itself: its output can be held open by a grandchild that outlives it. */
async function waitForEnd(child: ChildProcess): Promise<string> {
  const how = await new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) =>
      resolve(signal ? `signal ${signal}` : `exit code ${code}`),
    );
  });
  await sleep(LAST_WORDS);
  return how;
}

interface Group {
  /** Signals every process of the group; tells whether there still is one. */
  signal(signal: NodeJS.Signals | 0): boolean;
}

async function stopGroup(group: Group): Promise<void> {
  const patienceEnds = Date.now() + PATIENCE;
  group.signal("SIGTERM");
  while (group.signal(0) && Date.now() < patienceEnds) await sleep(20);
  group.signal("SIGKILL");
}

function openGroup(child: ChildProcess): Group {
  // Once gone, its number can be given to a group that is none of ours.
  let gone = child.pid === undefined;
  return {
    signal(signal) {
      if (gone || child.pid === undefined) return false;
      if (process.platform === "win32") {
        gone = spawnSync("taskkill", ["/pid", String(child.pid), "/T", "/F"]).status === 0;
        return !gone;
      }
      try {
        process.kill(-child.pid, signal);
        return signal !== 0 || process.platform !== "linux" || hasLiving(child.pid);
      } catch (error) {
        // macOS answers EPERM for a group of zombies.
        if (!["ESRCH", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
        gone = true;
        return false;
      }
    },
  };
}

/** Whether a process of the group still runs. Containers often have no init that buries the dead: they keep their group. */
function hasLiving(group: number): boolean {
  return readdirSync("/proc").some((entry) => {
    if (!/^\d+$/.test(entry)) return false;
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, "utf8");
      // The name before it, in parentheses, can hold anything (proc_pid_stat(5)).
      const [state, , processGroup] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return Number(processGroup) === group && state !== "Z";
    } catch {
      // It ended between the two calls.
      return false;
    }
  });
}
