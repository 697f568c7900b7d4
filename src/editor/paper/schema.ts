import * as z from "zod/mini";
import { _default as withDefault } from "zod/mini";
import { isTimeZone } from "../../domain/calendar.ts";
import { isHttps } from "../../domain/links.ts";
import { POLICIES, type PolicyName } from "../../domain/settings.ts";
import { optionalText, time } from "../response-fields.ts";
import { atMost, language, line, links, place } from "../fields.ts";
import * as files from "./files.ts";
import { FOOTER_LENGTH, MENU_LENGTH, menuOf, shownMenu } from "./menus.ts";
import { logo, storedTheme, theme } from "./theme.ts";

// The requests and responses for the settings.

const policy = withDefault(z.nullable(place()), null);
const policies = z.strictObject({
  publishingPrinciples: policy,
  ethicsPolicy: policy,
  correctionsPolicy: policy,
  ownershipFundingInfo: policy,
  masthead: policy,
  contact: withDefault(z.nullable(place("mail")), null),
} satisfies Record<PolicyName, unknown>);

const font = z.string().check(
  z.trim(),
  atMost(500),
  z.refine((value) => isHttps(value) && /\.(?:ttf|otf|woff2?)$/i.test(new URL(value).pathname), {
    error: ({ input }) =>
      `"${String(input).slice(0, 200)}" is no font: write the absolute https URL of a file that ends in .ttf, .otf, .woff or .woff2.`,
  }),
);

export const settingsPatch = z.strictObject({
  title: z.optional(line(100)),
  tagline: z.nullish(line(200)),
  description: z.nullish(line(500)),
  language: z.optional(language),
  timeZone: z.optional(
    z
      .string()
      .check(atMost(60), z.refine(isTimeZone, "must be an IANA time zone, like Europe/Lisbon.")),
  ),
  publisher: z.nullish(line(120)),
  theme: z.nullish(theme).check(z.describe("How the paper looks; replaced whole.")),
  logo: z.nullish(logo),
  social: z
    .optional(links(20))
    .check(z.describe("The paper's own accounts elsewhere; replaced whole.")),
  policies: z
    .optional(policies)
    .check(
      z.describe(
        "Where the paper says how it works: paths on the site or https URLs, for contact also an e-mail address; replaced whole.",
      ),
    ),
  prefetch: z
    .optional(z.boolean())
    .check(z.describe("Whether browsers may fetch a page that a reader is about to open.")),
  cardFont: z
    .nullish(font)
    .check(
      z.describe(
        "The https URL of a font file (ttf, otf, woff, woff2), in which share pictures have the headline; null for one that has its letters.",
      ),
    ),
  contentSignals: z.nullish(files.contentSignals),
  robots: z.nullish(files.robots).check(z.describe("Further groups of robots.txt.")),
  security: z.nullish(files.security),
  adsTxt: z.nullish(files.ads),
  appAdsTxt: z.nullish(files.ads),
  trustTxt: z.nullish(files.trust),
  humansTxt: z.nullish(files.humans),
  menu: z
    .nullish(menuOf(MENU_LENGTH))
    .check(z.describe("The masthead's menu, replaced whole; null is every section.")),
  footer: z
    .nullish(menuOf(FOOTER_LENGTH))
    .check(
      z.describe(
        "The footer's, replaced whole; null is the sections, the archive and the corrections.",
      ),
    ),
});

export type SettingsPatch = z.output<typeof settingsPatch>;

// Responses.

export const settings = z.object({
  title: z.string(),
  tagline: optionalText,
  description: optionalText,
  language: z.string(),
  timeZone: z.string(),
  publisher: optionalText,
  theme: z.nullable(storedTheme),
  logo: z.nullable(z.object({ src: z.string(), width: z.int(), height: z.int() })),
  social: z.array(z.string()),
  policies: z.object(
    Object.fromEntries(POLICIES.map((name) => [name, optionalText])) as Record<
      PolicyName,
      typeof optionalText
    >,
  ),
  prefetch: z.boolean(),
  cardFont: optionalText,
  contentSignals: z.nullable(
    z.object({
      search: z.nullable(z.boolean()),
      aiInput: z.nullable(z.boolean()),
      aiTrain: z.nullable(z.boolean()),
    }),
  ),
  robots: optionalText,
  security: z.nullable(
    z.object({
      contact: z.array(z.string()),
      expires: time,
      encryption: optionalText,
      acknowledgments: optionalText,
      preferredLanguages: z.array(z.string()),
      policy: optionalText,
      hiring: optionalText,
    }),
  ),
  adsTxt: optionalText,
  appAdsTxt: optionalText,
  trustTxt: optionalText,
  humansTxt: optionalText,
  menu: z.nullable(shownMenu),
  footer: z.nullable(shownMenu),
});
