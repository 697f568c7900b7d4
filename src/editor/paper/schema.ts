import * as z from "zod/mini";
import { isTimeZone } from "../../domain/calendar.ts";
import { optionalText } from "../response-fields.ts";
import { atMost, language, line } from "../fields.ts";
import { FOOTER_LENGTH, MENU_LENGTH, menuOf, shownMenu } from "./menus.ts";
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
  menu: z.nullable(shownMenu),
  footer: z.nullable(shownMenu),
});
