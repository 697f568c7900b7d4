import * as z from "zod/mini";
import { isTimeZone } from "../../domain/calendar.ts";
import { optionalText, time } from "../response-fields.ts";
import { atMost, language, line } from "../fields.ts";
import * as files from "./files.ts";
import { logo, storedTheme, theme } from "./theme.ts";

// The requests and responses for the settings.

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
  contentSignals: z.nullish(files.contentSignals),
  robots: z.nullish(files.robots).check(z.describe("Further groups of robots.txt.")),
  security: z.nullish(files.security),
  adsTxt: z.nullish(files.ads),
  appAdsTxt: z.nullish(files.ads),
  trustTxt: z.nullish(files.trust),
  humansTxt: z.nullish(files.humans),
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
});
