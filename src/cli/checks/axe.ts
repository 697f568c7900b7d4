import axeCore from "axe-core";
import { eachPage, faultsAlone, type Check } from "./check.ts";

// https://github.com/dequelabs/axe-core: the rules of WCAG 2.2 up to AA that a program can decide, and axe's own good practice.

export const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const SCREENS = [
  { width: 390, height: 844 },
  { width: 1280, height: 900 },
];

const SCHEMES = ["light", "dark"] as const;

/** What axe answers, as far as it is read. */
interface Results {
  violations: { id: string; help: string; nodes: { html: string }[] }[];
}

export const axe: Check = {
  name: "axe",
  title: "axe, violations",
  async look({ browser, paper }, pages) {
    const contexts = await Promise.all(
      SCREENS.flatMap((viewport) =>
        SCHEMES.map(async (colorScheme) => ({
          where: `at ${viewport.width} px, ${colorScheme}`,
          context: await browser.newContext({ viewport, colorScheme, reducedMotion: "reduce" }),
        })),
      ),
    );
    const found = await eachPage(pages, async ({ path }) => {
      const faults: string[] = [];
      for (const { where, context } of contexts) {
        const tab = await context.newPage();
        await tab.goto(paper.url + path, { waitUntil: "networkidle" });
        await tab.evaluate(axeCore.source);
        const run = `axe.run(document, ${JSON.stringify({ runOnly: { type: "tag", values: TAGS } })})`;
        const { violations } = await tab.evaluate<Results>(run);
        for (const { id, help, nodes } of violations)
          faults.push(`${where}: ${id}: ${help}: ${nodes[0]?.html.slice(0, 160)}`);
        await tab.close();
      }
      return faultsAlone(faults);
    });
    await Promise.all(contexts.map(({ context }) => context.close()));
    return found;
  },
};
