import * as z from "zod/mini";
import { HEX, normalHex } from "../../domain/colour.ts";
import { FACE_NAMES } from "../../domain/faces.ts";
import { pictureAt } from "../../domain/media.ts";
import { CORNER_NAMES, illegible, MASTHEADS } from "../../domain/theme.ts";

// What may be set of a paper's look. Promises: a colour is #rgb or #rrggbb, everything else is a name from a list of
// ours, and what these colours make can be read. Nothing else of a theme is ever stored.

/** A paper's look as it is kept. */
export const storedTheme = themeOf(z.string());

/** A paper's look as it is sent. What it leaves out is as without a theme; a dark palette left out is made from the light one. */
export const theme = themeOf(
  z
    .pipe(
      z.string('must be a colour in quotes, written as #rgb or #rrggbb, like "#a8141a".').check(
        z.regex(HEX, {
          error: ({ input }) =>
            `"${String(input).slice(0, 40)}" is not a colour: write it as #rgb or #rrggbb, like #a8141a.`,
        }),
      ),
      z.transform(normalHex),
    )
    .check(z.describe("#rgb or #rrggbb.")),
).check(
  z.superRefine((given, { addIssue }) => {
    for (const { path, message } of illegible(given))
      addIssue({ code: "custom", path: path.split("."), message });
  }),
);

/** A picture of the library beside the paper's name. */
export const logo = z.strictObject({
  src: z.string().check(
    z.refine((src) => pictureAt(src) !== null, {
      error: ({ input }) =>
        `"${String(input).slice(0, 200)}" is not a picture of the library: its address is /media/{hash}/{name}.`,
    }),
    z.describe("The path of a picture of the library, /media/{hash}/{name}."),
  ),
});

function themeOf<Colour extends z.ZodMiniType<string>>(colour: Colour) {
  const shade = z.optional(colour);
  const palette = z.optional(z.strictObject({ paper: shade, ink: shade, accent: shade }));
  const face = z.optional(z.enum(FACE_NAMES));
  return z.strictObject({
    colours: z.optional(z.strictObject({ light: palette, dark: palette })),
    faces: z.optional(z.strictObject({ headline: face, text: face, furniture: face })),
    masthead: z.optional(z.enum(MASTHEADS)),
    corners: z.optional(z.enum(CORNER_NAMES)),
  });
}
