import { pictureAt } from "../domain/media.ts";
import { ICON_PATHS, MANIFEST_PATH } from "../domain/paths.ts";
import { signOf, type Sign } from "../domain/sign.ts";
import { siteTags } from "../purge/tags.ts";
import type { Icon } from "../store/published/reader.d1.ts";
import { manifest as manifestJson } from "../views/manifest.ts";
import type { IconDrawing } from "./drawing.ts";
import { etagOf, present, type PageKind } from "./kind.ts";

// The paper's sign as browsers and phones ask for it: its logo, or its initial while it has none or none can be made of it.

type Bytes = Uint8Array<ArrayBuffer> | string;

/** An icon at one address. */
interface IconForm {
  path: string;
  contentType: string;
  /** Of the logo, in pixels. */
  size: number;
  draw(drawing: IconDrawing, sign: Sign): Bytes | Promise<Bytes>;
  wrap(drawing: IconDrawing, png: Uint8Array<ArrayBuffer>): Bytes;
}

const PNG_FORMS = [
  { path: ICON_PATHS.touch, size: 180 },
  { path: ICON_PATHS.small, size: 192 },
  { path: ICON_PATHS.large, size: 512 },
].map(({ path, size }): IconForm => ({
  path,
  size,
  contentType: "image/png",
  draw: ({ drawPng }, sign) => drawPng(sign, size),
  wrap: (_, png) => png,
}));

const FORMS: IconForm[] = [
  {
    path: ICON_PATHS.ico,
    size: 48,
    contentType: "image/x-icon",
    draw: ({ drawIco }, sign) => drawIco(sign),
    wrap: ({ icoFrom }, png) => icoFrom(png, 48),
  },
  {
    path: ICON_PATHS.svg,
    size: 96,
    contentType: "image/svg+xml",
    draw: ({ drawSvg }, sign) => drawSvg(sign),
    wrap: ({ svgFrom }, png) => svgFrom(png, 96),
  },
  ...PNG_FORMS,
];

export const icons: PageKind[] = FORMS.map((form) => ({
  name: form.path.slice(1),
  patterns: [form.path],
  standing: () => "always",
  async respond(context) {
    const visit = await context.reader.logo(form.path);
    const { settings } = visit.site;
    const logo = visit.found?.logo ?? null;
    const sign = signOf(settings);
    const tags = await siteTags(form.path, hashOfLogo(settings.logo));
    return {
      status: 200,
      etag: await etagOf(context.build, sign, logo, tags),
      tags,
      lastModified: null,
      contentType: form.contentType,
      make: async () => {
        const icon: Icon = logo ? await context.reader.icon(logo, form.size) : "never";
        const isLogo = typeof icon === "object";
        const bytes = isLogo
          ? form.wrap(context.drawing, icon.png)
          : await form.draw(context.drawing, sign);
        return { bytes, isForNow: icon === "not now" };
      },
    };
  },
  samples: () => [form.path],
}));

/** The hash of the picture that is the logo, whether readers may see it or not: they may, later. */
function hashOfLogo(logo: { src: string } | null): string | null {
  return pictureAt(logo?.src ?? "")?.hash ?? null;
}

/** What a phone needs to put the paper among its apps. */
export const manifest: PageKind = {
  name: "manifest",
  patterns: [MANIFEST_PATH],
  standing: () => "always",
  async respond(context) {
    const visit = await context.reader.logo(context.path);
    return present(context, visit, {
      tags: () => siteTags(context.path, hashOfLogo(visit.site.settings.logo)),
      view: (site, { logo }) => manifestJson(site, { isLogo: logo !== null }),
      contentType: "application/manifest+json; charset=utf-8",
    });
  },
  samples: () => [MANIFEST_PATH],
};
