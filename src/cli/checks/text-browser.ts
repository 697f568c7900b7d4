import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { eachPage, type Check } from "./check.ts";

// A browser without pictures, styles or columns reads the page from its beginning to its end: w3m.

const execute = promisify(execFile);

/** As wide as no line is, so that none is broken. */
const COLUMNS = "100000";

/** How much of a text is looked for, in characters. */
const ENOUGH = 60;

/** In bytes: what a page may say. */
const SAID = 16 * 1024 * 1024;

/** Headlines and paragraphs in the order in which they stand in the page. Runs in the page. */
const TEXTS = `[...document.querySelectorAll("h1, h2, h3, .standfirst, .byline, .prose > p")]
  .filter((element) => !element.closest("[hidden], template"))
  .map((element) => element.textContent)`;

export const textBrowser: Check = {
  name: "text-browser",
  title: "w3m, texts in order",
  async missing() {
    try {
      await execute("w3m", ["-version"]);
      return null;
    } catch {
      return 'There is no w3m. Install it ("apt install w3m", "brew install w3m").';
    }
  },
  async look({ browser, paper }, pages) {
    const tab = await browser.newPage();
    const found = await eachPage(pages, async ({ path }) => {
      await tab.goto(paper.url + path);
      const texts = (await tab.evaluate<string[]>(TEXTS)).map(plain).filter((text) => text !== "");
      const options = ["-dump", "-cols", COLUMNS, "-I", "UTF-8", "-O", "UTF-8"];
      const { stdout } = await execute("w3m", [...options, paper.url + path], { maxBuffer: SAID });
      const said = plain(stdout);
      let at = 0;
      const faults: string[] = [];
      for (const text of texts) {
        const next = said.indexOf(text.slice(0, ENOUGH), at);
        if (next < 0) faults.push(`not read in its place: "${text.slice(0, ENOUGH)}"`);
        else at = next;
      }
      return { figure: `${texts.length - faults.length}/${texts.length}`, faults };
    });
    await tab.close();
    return found;
  },
};

/** Letters and digits alone: white space, marks and how they are written are each browser's own. */
function plain(text: string): string {
  return text.normalize("NFKC").replaceAll(/[^\p{L}\p{N}]/gu, "");
}
