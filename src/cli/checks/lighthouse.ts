import runLighthouse from "lighthouse";
import type { PictureOfPage } from "../screenshots/kinds.ts";
import { eachPage, type Check, type Finding } from "./check.ts";

// https://github.com/GoogleChrome/lighthouse, as a phone on slow 4G with a fourth of this machine's speed (its own defaults).

/** How often a page is loaded for its speed: the median counts, since a machine is never quite its own. */
const LOADS = 3;

/** What must be 100. Speed is a figure and no fault: it is the machine's as well as the page's. */
const MUST = ["accessibility", "best-practices", "seo"] as const;

type Category = (typeof MUST)[number] | "performance";

interface Report {
  scores: Map<Category, number>;
  /** Audits that a category lost points by, in Lighthouse's words. */
  lost: string[];
}

export const lighthouse: Check = {
  name: "lighthouse",
  title: "Lighthouse: speed, accessibility, practice, SEO",
  async look({ port, paper }, pages) {
    return eachPage(pages, async (page) => {
      // Lighthouse takes an error's page for no page.
      if (page.missing !== undefined) return null;
      return audit(paper.url + page.path, port, page);
    });
  },
};

async function audit(url: string, port: number, { hidden }: PictureOfPage): Promise<Finding> {
  const { scores, lost } = await load(url, port, ["performance", ...MUST]);
  const speeds = [scores.get("performance") ?? 0];
  while (speeds.length < LOADS) {
    const again = await load(url, port, ["performance"]);
    speeds.push(again.scores.get("performance") ?? 0);
  }
  speeds.sort((one, other) => one - other);
  // A page that asks not to be found is marked down for it.
  const must = MUST.filter((category) => !(hidden && category === "seo"));
  const isLess = must.some((category) => scores.get(category) !== 100);
  const figures = [speeds[speeds.length >> 1], ...MUST.map((category) => scores.get(category))];
  return { figure: figures.join(" · "), faults: isLess ? lost : [] };
}

async function load(url: string, port: number, categories: Category[]): Promise<Report> {
  const options = { port, output: "json", logLevel: "error", onlyCategories: categories } as const;
  const result = await runLighthouse(url, { ...options });
  if (!result) throw new Error(`Lighthouse had nothing to say of ${url}.`);
  const { lhr } = result;
  const scores = categories.map(
    (category) => [category, Math.round((lhr.categories[category]?.score ?? 0) * 100)] as const,
  );
  const weighty = MUST.flatMap((category) => lhr.categories[category]?.auditRefs ?? []);
  const lost = weighty.flatMap(({ id, weight }) => {
    const audited = lhr.audits[id];
    return weight > 0 && audited && audited.score !== null && audited.score < 1
      ? [`${id}: ${audited.title}${audited.explanation ? ` (${audited.explanation})` : ""}`]
      : [];
  });
  return { scores: new Map(scores), lost };
}
