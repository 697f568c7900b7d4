import { useEffect, useState } from "preact/hooks";
import { articlePath } from "../../domain/paths.ts";
import { learnScripts, slugify } from "../../domain/slugs.ts";
import { errorOf, TextArea, TextField } from "../parts/field.tsx";
import { sourceOf } from "../pictures/sources.ts";
import { settings } from "../session.ts";
import { say } from "../words/words.ts";
import type { Editing } from "./editing.ts";
import { Panel } from "./panel.tsx";

/** Where the story stands, what leads there, and how search engines and shared links show it. */
export function Address({ editing, isFixed }: { editing: Editing; isFixed: boolean }) {
  const words = say().story;
  const { draft, article, wrong, change } = editing;
  const address = useAddress(editing);
  const now = article?.publishedRevision ? new URL(article.url).pathname : null;
  return (
    <Panel
      title={words.address}
      name="address"
      isFaulty={errorOf(wrong, "slug", "seo", "canonicalUrl") !== undefined}
    >
      <TextField
        label={words.slug}
        hint={words.slugHint}
        maxLength={100}
        spellcheck={false}
        value={draft.slug}
        disabled={isFixed}
        error={errorOf(wrong, "slug")}
        onText={(slug) => change({ slug: slug.trim() })}
      />
      <p class="address">
        <span class="label">{words.willStand}</span>
        <code>{location.host + address}</code>
      </p>
      {now !== null && now !== address && <p class="note">{words.willLead(now, address)}</p>}
      <Found editing={editing} address={address} />
      <TextField
        label={words.seoTitle}
        hint={words.seoHint}
        placeholder={draft.title}
        value={draft.seo.title ?? ""}
        disabled={isFixed}
        error={errorOf(wrong, "seo.title")}
        onText={(text) => change({ seo: { ...draft.seo, title: text === "" ? null : text } })}
      />
      <TextArea
        label={words.seoDescription}
        rows={2}
        placeholder={draft.standfirst ?? ""}
        value={draft.seo.description ?? ""}
        disabled={isFixed}
        error={errorOf(wrong, "seo.description")}
        onText={(text) => change({ seo: { ...draft.seo, description: text === "" ? null : text } })}
      />
      <TextField
        label={words.canonical}
        hint={words.canonicalHint}
        type="url"
        inputMode="url"
        value={draft.canonicalUrl ?? ""}
        disabled={isFixed}
        error={errorOf(wrong, "canonicalUrl")}
        onText={(text) => change({ canonicalUrl: text === "" ? null : text })}
      />
    </Panel>
  );
}

/** The path that the story will have: of what is typed, or of its headline as the newsroom makes it. */
function useAddress({ draft, article, form }: Editing): string {
  const [made, setMade] = useState("");
  const { title, slug } = draft;
  const isMade = slug === "" || (article === null && slug === "");
  useEffect(() => {
    let isHere = true;
    const make = async () => {
      await learnScripts([title]);
      if (isHere) setMade(slugify(title));
    };
    if (isMade) void make();
    return () => {
      isHere = false;
    };
  }, [title, isMade]);
  const own = slug || made || say().story.slugLater;
  return form === "page" ? `/${own}` : articlePath(draft.section, own);
}

/** The story as a search engine and as a shared link will show it. Each cuts where it likes: this is about where. */
function Found({ editing: { draft }, address }: { editing: Editing; address: string }) {
  const words = say().story;
  const title = draft.seo.title ?? draft.title;
  const description = draft.seo.description ?? draft.standfirst ?? "";
  const steps = address.split("/").filter(Boolean).join(" › ");
  return (
    <div class="found">
      <figure>
        <figcaption class="label">{words.inSearch}</figcaption>
        <div class="in-search" dir="auto">
          <p class="where">
            {location.host} › {steps}
          </p>
          <p class="title">{cut(title, 60)}</p>
          <p class="description">{cut(description, 155)}</p>
        </div>
      </figure>
      <figure>
        <figcaption class="label">{words.whenShared}</figcaption>
        <div class="when-shared" dir="auto">
          {draft.hero ? (
            <img src={sourceOf(draft.hero.src, 640)} alt="" />
          ) : (
            <p class="drawn" aria-hidden="true">
              <small>{settings.value?.title}</small>
              {cut(draft.title, 90)}
            </p>
          )}
          <p class="where">{location.host}</p>
          <p class="title">{cut(title, 70)}</p>
          <p class="description">{cut(description, 110)}</p>
        </div>
      </figure>
    </div>
  );
}

function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text.slice(0, text.lastIndexOf(" ", length) + 1 || length).trimEnd()} …`;
}
