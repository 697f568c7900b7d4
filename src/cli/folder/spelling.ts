import { learnScripts } from "../../domain/slugs.ts";

// A folder may have stories in any script. Whoever makes slugs of them imports the functions from here, ready to use.

await learnScripts(["ж"]);

export { slugify, tagSlugOf } from "../../domain/slugs.ts";
