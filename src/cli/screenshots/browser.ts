import { existsSync } from "node:fs";
import process from "node:process";
import { chromium, type Browser } from "playwright-core";
import { Refusal } from "../refusal.ts";

/** Where systems put a Chromium; CHROMIUM names another. */
const USUAL = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/snap/bin/chromium",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** A browser that asks nobody anything, in a profile of its own that is gone with it. */
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // The same letters on every machine, as far as its fonts allow.
  "--font-render-hinting=none",
];

/** Starts the browser of this machine without a window; `port` is where others may drive it, too. None is ever downloaded. */
export async function openBrowser(port?: number): Promise<Browser> {
  const named = process.env["CHROMIUM"];
  const found = named ?? USUAL.find((place) => existsSync(place));
  if (found === undefined || !existsSync(found)) {
    throw new Refusal(
      `There is no browser${named ? ` at ${named}` : ""}. Install Chromium ("apt install chromium", "brew install --cask chromium"), or say where one is: CHROMIUM=/path/to/chromium`,
    );
  }
  const args = port === undefined ? QUIET : [...QUIET, `--remote-debugging-port=${port}`];
  return chromium.launch({ executablePath: found, headless: true, args });
}
