import { isMapping } from "../folder/fields.ts";
import { Refusal } from "../refusal.ts";
import { GONE, KINDS, type PictureOfPage } from "./kinds.ts";
import type { Paper } from "./paper.ts";

/** Those pages that this paper has. */
export async function findPages(paper: Paper, kinds = KINDS): Promise<PictureOfPage[]> {
  const found: PictureOfPage[] = [];
  for (const kind of kinds) {
    const response = await fetch(paper.url + kind.path);
    await response.body?.cancel();
    if (response.status === (kind.missing ?? 200)) found.push(kind);
    else
      console.error(
        `${kind.path} answered ${response.status}: there is no picture of "${kind.name}".`,
      );
  }
  return found;
}

/** Does something while GONE is an address whose page was taken down for good. */
export async function whileGone<T>(paper: Paper, during: () => Promise<T>): Promise<T> {
  const { id } = await ask(paper, "POST", "/redirects", { from: GONE.path, kind: "gone" });
  try {
    return await during();
  } finally {
    await ask(paper, "DELETE", `/redirects/${String(id)}`);
  }
}

/** A glossy magazine: the second paper of docs/theme.md. */
const MAGAZINE = {
  title: "Velvet Hour",
  tagline: "Rooms, clothes, weather",
  logo: null,
  theme: {
    colours: {
      light: { paper: "#ffffff", ink: "#0d0d0d", accent: "#c4003c" },
      dark: { paper: "#0d0b0c", ink: "#f4efef", accent: "#ff6a8e" },
    },
    faces: { headline: "didone", text: "grotesque", furniture: "geometric" },
    masthead: "banner",
    corners: "soft",
  },
};

/** What is shown of it. */
export const MAGAZINE_PAGES: PictureOfPage[] = [
  { name: "magazine", path: "/" },
  { name: "magazine-story", path: "/city/harbour-gate-forty-closures" },
];

/** Does something while the paper is another one. */
export async function whileMagazine<T>(paper: Paper, during: () => Promise<T>): Promise<T> {
  const { title, tagline, logo, theme } = await ask(paper, "GET", "/settings");
  const own = { title, tagline, theme, logo: isMapping(logo) ? { src: logo["src"] } : null };
  await ask(paper, "PATCH", "/settings", MAGAZINE);
  try {
    return await during();
  } finally {
    await ask(paper, "PATCH", "/settings", own);
  }
}

export async function ask(
  paper: Paper,
  method: string,
  path: string,
  body?: unknown,
): Promise<Record<string, unknown>> {
  const response = await paper.newsroom.call(method, path, body);
  if (!response.ok) throw new Refusal(`${method} ${path}: ${response.detail}`);
  return isMapping(response.body) ? response.body : {};
}
