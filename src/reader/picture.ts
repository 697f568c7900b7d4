import { formNamed, nameOfForm } from "../domain/media.ts";
import { mediaTags } from "../purge/tags.ts";
import { absent, type PageKind } from "./kind.ts";

/** A picture that a live story shows, at `/media/{hash}/{name}`: as it was uploaded, or in one of the fixed forms and crops. */
export const picture: PageKind = {
  name: "picture",
  patterns: ["/media/:hash{[a-z2-7]{32}}/:name"],
  standing: () => "always",
  async respond(context) {
    const { path, reader } = context;
    const hash = context.parameter("hash");
    const name = context.parameter("name");
    const visit = await reader.picture(path, hash);
    const { site, found } = visit;
    const tags = await mediaTags(path, hash);
    const form = formNamed(name);
    if (found === null) return absent(context, visit, tags);
    const isNamed = form !== null || name === found.name;
    if (!isNamed || found.gone) {
      const address = isNamed ? ({ kind: "gone" } as const) : null;
      const trail = { paths: [path], stories: [] };
      return absent(context, { site, found: null, address, trail }, tags);
    }
    return {
      status: 200,
      // The bytes at an address never change, so any condition holds; but a smaller form may be made again, with other bytes.
      etag: form === null ? `"${hash}"` : `W/"${hash}-${nameOfForm(form)}"`,
      tags,
      // Not when it was uploaded: that may have been before its story was to be known.
      lastModified: null,
      open: () => reader.bytes(found, form),
    };
  },
  samples: ({ pictures }) => [
    ...pictures,
    ...pictures.map((src) => src.replace(/[^/]*$/, "320.avif")),
    ...pictures.map((src) => src.replace(/[^/]*$/, "1200x630-center.jpg")),
  ],
};
