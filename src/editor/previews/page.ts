// Promises: a preview is shown to whoever has its link, as readers will see it, and to no cache; whatever is wrong with a link
// looks the same.
// Relies on: the seal of app.ts, which says no-store of everything that is no public page.
// Does not: ask for a key, or say why a link leads nowhere.

import type { PlainPage, Site, StoryPage } from "../../domain/published.ts";
import { linkQuery } from "../../store/preview-links.d1.ts";
import { findPagePreview, findPreview, findSite, type Preview } from "../../store/previews.d1.ts";
import type { Store } from "../../store/open.ts";
import { revisionQuery } from "../../store/revisions.d1.ts";
import { articlePage } from "../../views/article.tsx";
import { plainPage } from "../../views/page.tsx";
import { previewOverPage } from "../../views/notice.tsx";
import { styleOf, type StylePart } from "../../views/stylesheet.ts";
import { hashOf } from "../auth.ts";
import { openOwnPicture, withOwnPictures } from "./pictures.ts";

/** The parts of a story's page and what stands above it; a page that is no story uses some of them. */
const STYLES = [
  "cards",
  "neighbours",
  "preview",
  "story",
  "prose",
] as const satisfies readonly StylePart[];

/** What is told of every preview: nobody is to index it, and where a reader of it goes learns no address. */
const HEADERS = {
  "Content-Type": "text/html; charset=utf-8",
  "X-Robots-Tag": "noindex, nofollow, noarchive",
  "Referrer-Policy": "no-referrer",
};

/** A page and the stylesheet that its policy must allow. */
export interface Shown {
  response: Response;
  style: string | null;
}

/** Responds to what is requested below /preview; `now` in epoch milliseconds. */
export async function previewResponse(path: string, store: Store, now: number): Promise<Shown> {
  const [, , pass, hash, name] =
    /^\/preview\/(media)\/([^/]+)\/([a-z2-7]{32})\/([^/]+)$/.exec(path) ?? [];
  if (pass !== undefined && hash !== undefined && name !== undefined) {
    const bytes = await openOwnPicture(store, { pass, hash, name }, now);
    if (!bytes) return over(store);
    const headers = {
      "Content-Type": bytes.type,
      "Content-Security-Policy": "default-src 'none'; sandbox",
    };
    return {
      response: new Response(bytes.body, { headers: { ...HEADERS, ...headers } }),
      style: null,
    };
  }
  const [, token] = /^\/preview\/([\w-]{43})$/.exec(path) ?? [];
  return (token !== undefined && (await shown(token, store, now))) || over(store);
}

async function shown(token: string, store: Store, now: number): Promise<Shown | null> {
  const [[link]] = await store.db.read(linkQuery(await hashOf(token), now));
  if (!link) return null;
  const { articleId: id, n, form } = link;
  const find = form === "page" ? findPagePreview : findPreview;
  const [preview, [[revision]]] = await Promise.all([
    find(store.db, { id, n, now, origin: store.origin }),
    store.db.read(revisionQuery(id, n)),
  ]);
  if (!preview || !revision) return null;
  const html = await previewOf(store, { ...preview, pictures: revision.pictures, now });
  return { response: new Response(html, { headers: HEADERS }), style: styleFor(preview.site) };
}

/** A story's page, or one that is none, as a preview. */
export async function previewOf(
  { rootKey }: Store,
  {
    page,
    site,
    pictures,
    now,
  }: Preview<StoryPage | PlainPage> & { pictures: string[]; now: number },
): Promise<string> {
  const frame = { site: { ...site, style: styleFor(site) }, isPreview: true };
  const html = "story" in page ? articlePage({ ...frame, page }) : plainPage({ ...frame, page });
  return rootKey === null ? html : withOwnPictures(html, pictures, { rootKey, now });
}

function styleFor({ settings }: Site): string {
  return styleOf(STYLES, settings.theme);
}

async function over({ db, origin }: Store): Promise<Shown> {
  const site = await findSite(db, origin);
  const style = styleOf(["notice"], site.settings.theme);
  const html = previewOverPage({ site: { ...site, style } });
  return { response: new Response(html, { status: 404, headers: HEADERS }), style };
}
