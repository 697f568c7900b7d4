import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import type { PictureOfPage } from "../screenshots/kinds.ts";
import { faultsAlone, type Check, type Finding } from "./check.ts";

// The Nu HTML checker (https://validator.github.io/validator/), which is a Java program that comes as a package.

const execute = promisify(execFile);

/** In bytes: what the checker may say. */
const SAID = 64 * 1024 * 1024;

/**
 * The checker's part for CSS is older than view transitions, and stumbles over each of their rules
 * (https://www.w3.org/TR/css-view-transitions-2/). An extract begins and ends anywhere.
 */
const VIEW_TRANSITIONS = /view-transi|ransition-(?:group|old|new)|tion-name:paper/;

interface Message {
  type: "info" | "error" | "non-document-error";
  subType?: string;
  message: string;
  url?: string;
  extract?: string;
}

export const markup: Check = {
  name: "markup",
  title: "Nu HTML checker, errors and warnings",
  async missing() {
    try {
      await execute("java", ["-version"]);
      return null;
    } catch {
      return 'There is no Java for the Nu HTML checker. Install one ("apt install default-jre-headless", "brew install openjdk").';
    }
  },
  async look({ paper }, pages) {
    const folder = await mkdtemp(path.join(tmpdir(), "broadsheet-markup-"));
    try {
      const files = new Map<string, PictureOfPage>();
      for (const [index, page] of pages.entries()) {
        const file = path.join(folder, `${index}.html`);
        await writeFile(file, await (await fetch(paper.url + page.path)).text());
        files.set(path.basename(file), page);
      }
      const faults = new Map<PictureOfPage, string[]>(pages.map((page) => [page, []]));
      for (const { type, subType, message, url, extract } of await messagesOn(folder)) {
        // What is only worth knowing ("info" without more) is neither an error nor a warning.
        if (type === "info" && subType !== "warning") continue;
        if (message.startsWith("CSS: ") && VIEW_TRANSITIONS.test(extract ?? "")) continue;
        // It guesses; and of a hostile text it guesses anything.
        if (message.startsWith("This document appears to be written in")) continue;
        const page = files.get(path.basename(url ?? ""));
        if (!page) throw new Error(`The Nu HTML checker failed: ${message}`);
        faults.get(page)?.push(`${subType ?? type}: ${message}: ${extract?.trim() ?? ""}`);
      }
      return new Map<PictureOfPage, Finding>(
        [...faults].map(([page, its]) => [page, faultsAlone(its)]),
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function messagesOn(folder: string): Promise<Message[]> {
  const jar = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");
  const options = ["-Xss4m", "-jar", jar, "--format", "json", "--stdout", "--exit-zero-always"];
  const { stdout } = await execute("java", [...options, folder], { maxBuffer: SAID });
  return (JSON.parse(stdout) as { messages: Message[] }).messages;
}
