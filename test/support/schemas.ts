import { readFileSync } from "node:fs";
import { validateXML } from "xmllint-wasm";

// Sitemaps are held to the protocol's own schema of a urlset, as the package `sitemap` carries it, and to schemas written from what
// is documented of an index, of pictures and of news, since those are not to be had as a package.

/** The namespaces that may stand in a document, with the file that says what each has. */
const SCHEMAS = {
  urlset: [
    "http://www.sitemaps.org/schemas/sitemap/0.9",
    "node_modules/sitemap/schema/sitemap.xsd",
  ],
  sitemapindex: [
    "http://www.sitemaps.org/schemas/sitemap/0.9",
    "test/support/schemas/siteindex.xsd",
  ],
  image: ["http://www.google.com/schemas/sitemap-image/1.1", "test/support/schemas/image.xsd"],
  news: ["http://www.google.com/schemas/sitemap-news/0.9", "test/support/schemas/news.xsd"],
} as const;

/** What is wrong with a sitemap by the schemas: nothing, as it should be. */
export async function faultsOf(text: string): Promise<string[]> {
  const root = text.includes("<sitemapindex") ? "sitemapindex" : "urlset";
  const used = [root, "image", "news"] as const;
  const imports = used.map((name) => {
    const [namespace] = SCHEMAS[name];
    return `<xs:import namespace="${namespace}" schemaLocation="${name}.xsd"/>`;
  });
  const schema = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">${imports.join("")}</xs:schema>`;
  const { errors } = await validateXML({
    xml: [{ fileName: "sitemap.xml", contents: text }],
    schema: [{ fileName: "all.xsd", contents: schema }],
    preload: used.map((name) => ({
      fileName: `${name}.xsd`,
      contents: readFileSync(SCHEMAS[name][1], "utf8"),
    })),
    initialMemoryPages: 2048,
    maxMemoryPages: 8192,
  });
  return errors.map(({ rawMessage }) => rawMessage);
}
