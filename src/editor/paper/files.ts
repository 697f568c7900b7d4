import * as z from "zod/mini";
import { _default as withDefault } from "zod/mini";
import { atMost, isWebAddress, language, listOf, nullUnlessSent, text, time } from "../fields.ts";
import { iso } from "../response-fields.ts";

// What may be set of the files that crawlers and others ask for. Each is read by programs, line by line: a line that they would not
// understand is refused, with its number.

const answer = nullUnlessSent(z.boolean());

/** What crawlers may do with what they have read. */
export const contentSignals = z
  .strictObject({ search: answer, aiInput: answer, aiTrain: answer })
  .check(
    z.describe("https://contentsignals.org; null: the paper does not say, which grants nothing."),
  );

const address = z
  .string()
  .check(
    atMost(500),
    z.refine(
      isContact,
      "must be an https address, or mailto: or tel: with one, like mailto:security@example.com.",
    ),
  );
const webOnly = z.string().check(atMost(500), z.refine(isSecure, "must be an absolute https URL."));

/** Whom to tell of a hole in the paper's security, as RFC 9116 has it. */
export const security = z.strictObject({
  contact: listOf(address, 10).check(z.minLength(1, "must name at least one.")),
  expires: z
    .pipe(time, z.transform(iso))
    .check(
      z.describe("From when on none of it is to be relied on; less than a year ahead is advised."),
    ),
  encryption: nullUnlessSent(webOnly),
  acknowledgments: nullUnlessSent(webOnly),
  preferredLanguages: withDefault(listOf(language, 10), []),
  policy: nullUnlessSent(webOnly),
  hiring: nullUnlessSent(webOnly),
});

/** Further groups for robots.txt. */
export const robots = linesOf(10_000, {
  isLine: (line, before) => {
    const [, field = ""] = /^([a-z-]+)\s*:/i.exec(line) ?? [];
    const name = field.toLowerCase();
    if (name === "user-agent" || name === "sitemap") return true;
    return RULES.has(name) && before.some((each) => /^user-agent\s*:/i.test(each));
  },
  wanted:
    "must be a rule of robots.txt, like Disallow: /path, below the User-agent that it is for; or begin with #.",
});
const RULES = new Set(["allow", "disallow", "crawl-delay", "content-signal"]);

/** ads.txt and app-ads.txt (IAB Tech Lab). */
export const ads = linesOf(100_000, {
  isLine: (line) => {
    const [entry = ""] = line.split("#");
    if (/^[a-z]+\s*=\s*\S/i.test(entry)) return true;
    const [domain = "", account = "", relation = ""] = entry.split(",").map((part) => part.trim());
    return (
      /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(domain) &&
      account !== "" &&
      /^(direct|reseller)$/i.test(relation)
    );
  },
  wanted:
    'must be "domain, account, DIRECT or RESELLER, certification", "NAME=value", or begin with #.',
});

/** trust.txt (JournalList). */
export const trust = linesOf(100_000, {
  isLine: (line) => /^[a-z]+\s*=\s*\S/i.test(line),
  wanted: 'must be "name=value", like member=https://example.org/, or begin with #.',
});

/** humans.txt: whatever the people behind the paper want to say. */
export const humans = text(10_000);

/** A text of lines, each of which is empty, a comment, or what is wanted. */
function linesOf(
  longest: number,
  { isLine, wanted }: { isLine(line: string, before: string[]): boolean; wanted: string },
) {
  return z
    .pipe(
      text(longest),
      z.transform((value) => value.replace(/\r\n?/g, "\n")),
    )
    .check(
      z.superRefine((value, { addIssue }) => {
        const lines = value.split("\n").map((line) => line.trim());
        const wrong = lines.findIndex(
          (line, at) => line !== "" && !line.startsWith("#") && !isLine(line, lines.slice(0, at)),
        );
        if (wrong < 0) return;
        const line = lines[wrong] ?? "";
        addIssue({
          code: "custom",
          message: `Line ${wrong + 1}, "${line.slice(0, 80)}", ${wanted}`,
        });
      }),
    );
}

function isContact(value: string): boolean {
  return (
    isSecure(value) ||
    /^mailto:[^\s@<>]+@[^\s@<>]+$/i.test(value) ||
    /^tel:\+?[\d.()-]+$/i.test(value)
  );
}

function isSecure(value: string): boolean {
  return (
    isWebAddress(value) && value.toLowerCase().startsWith("https:") && /^[\x21-\x7e]+$/.test(value)
  );
}
