import * as z from "zod";
import { HEX, normalHex } from "../domain/colour.ts";
import { FACE_NAMES } from "../domain/faces.ts";
import { pictureAt } from "../domain/media.ts";
import { CORNER_NAMES, illegible, MASTHEADS } from "../domain/theme.ts";

// What may be set of a paper's look. Promises: a colour is #rgb or #rrggbb, everything else is a name from a list of
// ours, and what these colours make can be read. Nothing else of a theme is ever stored.

/** A paper's look as it is kept. */
export const storedTheme = themeOf(z.string());

/** A paper's look as it is sent. What it leaves out is as without a theme; a dark palette left out is made from the light one. */
export const theme = themeOf(
  z
    .string('Must be a colour in quotes, written as #rgb or #rrggbb, like "#a8141a".')
    .regex(HEX, {
      error: ({ input }) =>
        `"${String(input).slice(0, 40)}" is not a colour: write it as #rgb or #rrggbb, like #a8141a.`,
    })
    .transform(normalHex)
    .meta({ description: "#rgb or #rrggbb." }),
).superRefine((given, { addIssue }) => {
  for (const { path, message } of illegible(given))
    addIssue({ code: "custom", path: path.split("."), message });
});

/** A picture of the library beside the paper's name. */
export const logo = z.strictObject({
  src: z
    .string()
    .refine((src) => pictureAt(src) !== null, {
      error: ({ input }) =>
        `"${String(input).slice(0, 200)}" is not a picture of the library: its address is /media/{hash}/{name}.`,
    })
    .meta({ description: "The path of a picture of the library, /media/{hash}/{name}." }),
});

function themeOf<Colour extends z.ZodType<string>>(colour: Colour) {
  const palette = z.strictObject({
    paper: colour.optional(),
    ink: colour.optional(),
    accent: colour.optional(),
  });
  const face = z.enum(FACE_NAMES).optional();
  return z.strictObject({
    colours: z.strictObject({ light: palette.optional(), dark: palette.optional() }).optional(),
    faces: z.strictObject({ headline: face, text: face, furniture: face }).optional(),
    masthead: z.enum(MASTHEADS).optional(),
    corners: z.enum(CORNER_NAMES).optional(),
  });
}
