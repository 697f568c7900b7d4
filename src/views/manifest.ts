import { directionOf } from "../domain/language.ts";
import { frontPath, ICON_PATHS } from "../domain/paths.ts";
import type { Site } from "../domain/published.ts";
import { browserColours } from "../domain/theme.ts";

/** What a phone is told when the paper is put among its apps (https://www.w3.org/TR/appmanifest/). It opens as any page does. */
export function manifest({ settings }: Site, { isLogo }: { isLogo: boolean }): string {
  const { title, tagline, description, language, theme } = settings;
  const { light, paper } = browserColours(theme);
  const about = description ?? tagline;
  const icon = (src: string, size: number) => ({
    src,
    sizes: `${size}x${size}`,
    type: "image/png",
  });
  const icons = [icon(ICON_PATHS.small, 192), icon(ICON_PATHS.large, 512)];
  // A logo may reach the edges that a phone cuts off; the initial keeps away from them.
  const maskable = isLogo ? [] : icons.map((each) => ({ ...each, purpose: "maskable" }));
  return `${JSON.stringify({
    id: frontPath(),
    name: title,
    short_name: title.length <= SHORT ? title : undefined,
    description: about ?? undefined,
    lang: language,
    dir: directionOf(language),
    start_url: frontPath(),
    scope: frontPath(),
    display: "minimal-ui",
    background_color: paper,
    theme_color: light,
    icons: [...icons, ...maskable],
  })}\n`;
}

/** What phones show of a name beneath an icon, in characters. */
const SHORT = 12;
