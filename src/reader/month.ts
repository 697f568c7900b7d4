import { monthPath } from "../domain/paths.ts";
import { monthTags, pathTag } from "../purge/tags.ts";
import { monthPage } from "../views/archive.tsx";
import { absent, present, type PageKind } from "./kind.ts";

const MONTH = "archive/:year{\\d{4}}/:month{\\d{2}}";

/** A month of the archive, of the paper or of one section; `from` is the place at which a later page of it starts. */
export const month: PageKind = {
  name: "month",
  patterns: [`/${MONTH}`, `/:slug/${MONTH}`],
  query(sent) {
    const from = sent.get("from");
    if (from === null) return [];
    // A value that no page can have is one and the same, however it is written.
    return [["from", /^\d{15}-[a-z0-9]+$/.test(from) ? from : "nowhere"]];
  },
  standing: (parameter) =>
    parameter("slug") === "" ? "always" : { kind: "section", slug: parameter("slug") },
  async respond(context) {
    const asked = {
      month: `${context.parameter("year")}-${context.parameter("month")}`,
      section: context.parameter("slug") || null,
      from: context.query("from"),
    };
    const visit = await context.reader.month(context.path, asked);
    if (visit.found === null) {
      const { month: of, section, from } = asked;
      const { address } = visit;
      // Where a page of a month starts is the same whatever its section is called.
      const isSame = address?.kind === "moved" && address.renamed && from !== null;
      const there = isSame ? { ...address, to: `${address.to}?from=${from}` } : address;
      const tags = [await pathTag(monthPath(of, section, from))];
      return absent(context, { ...visit, address: there }, tags);
    }
    return present(context, visit, {
      tags: (page) => monthTags(page, asked.from),
      view: (site, page) => monthPage({ site, page }),
      styles: () => ["cards", "pager", "neighbours", "profile"],
    });
  },
  samples: ({ months, starts }) => [
    ...months.flatMap(({ month: of, sections }) => [
      monthPath(of),
      ...sections.map((section) => monthPath(of, section)),
    ]),
    ...starts.map(({ month: of, section, from }) => monthPath(of, section, from)),
  ],
};
