import { useEffect, useState } from "preact/hooks";
import { learnScripts, slugify, tagSlugOf } from "../../domain/slugs.ts";
import type { Author, Section, Tag } from "../contract.ts";
import { Button } from "../parts/button.tsx";
import { Check, errorOf, TextArea, TextField } from "../parts/field.tsx";
import { say } from "../words/words.ts";
import type { Entry, FieldsProps } from "./filed.ts";

// What is asked of an author, a section and a tag.

export function AuthorFields(props: FieldsProps<Author>) {
  const { draft, change, wrong } = props;
  const words = say().filing;
  return (
    <>
      <NameAndSlug {...props} place="/authors/" />
      <TextField
        label={words.author.role}
        hint={words.author.roleHint}
        value={draft.role ?? ""}
        error={errorOf(wrong, "role")}
        onText={(role) => change({ role })}
      />
      <TextArea
        label={words.author.bio}
        hint={words.author.bioHint}
        value={draft.bio ?? ""}
        error={errorOf(wrong, "bio")}
        onText={(bio) => change({ bio })}
      />
      <LinksField
        label={words.author.links}
        hint={words.author.linksHint}
        links={draft.links}
        path="links"
        most={10}
        wrong={wrong}
        onLinks={(links) => change({ links })}
      />
    </>
  );
}

export function SectionFields(props: FieldsProps<Section>) {
  const { draft, change, wrong } = props;
  const words = say().filing.section;
  return (
    <>
      <NameAndSlug {...props} place="/" />
      <TextArea
        label={words.description}
        hint={words.descriptionHint}
        value={draft.description ?? ""}
        error={errorOf(wrong, "description")}
        onText={(description) => change({ description })}
      />
      <Check
        label={words.listed}
        hint={words.listedHint}
        checked={draft.listed}
        onCheck={(listed) => change({ listed })}
      />
    </>
  );
}

export function TagFields(props: FieldsProps<Tag>) {
  const { draft, change, wrong } = props;
  const words = say().filing.tag;
  return (
    <>
      <NameAndSlug {...props} place="/tags/" />
      <TextArea
        label={words.description}
        hint={words.descriptionHint}
        value={draft.description ?? ""}
        error={errorOf(wrong, "description")}
        onText={(description) => change({ description })}
      />
      <Check
        label={words.series}
        hint={words.seriesHint}
        checked={draft.series}
        onCheck={(series) => change({ series })}
      />
    </>
  );
}

/** The name, and what becomes of it in addresses: made of the name until somebody writes another. */
function NameAndSlug<E extends Entry>({
  draft,
  change,
  wrong,
  place,
}: FieldsProps<E> & { place: string }) {
  const words = say().filing;
  const [first] = useState(draft.slug);
  const [isOwn, setOwn] = useState(first !== "");
  useEffect(() => {
    if (isOwn) return undefined;
    let isLatest = true;
    const suggest = async () => {
      const slug = await slugOf(draft.name.trim(), place === "/tags/");
      if (isLatest && slug !== draft.slug) change({ slug } as Partial<E>);
    };
    void suggest();
    return () => {
      isLatest = false;
    };
  }, [draft.name, isOwn]);
  const isMoved = first !== "" && draft.slug !== first;
  return (
    <>
      <TextField
        label={words.name}
        value={draft.name}
        required
        error={errorOf(wrong, "name")}
        onText={(name) => change({ name } as Partial<E>)}
      />
      <TextField
        label={words.slug}
        hint={
          isMoved ? words.moves(place + first, place + draft.slug) : words.isAt(place + draft.slug)
        }
        value={draft.slug}
        required
        dir="ltr"
        spellcheck={false}
        error={errorOf(wrong, "slug")}
        onText={(slug) => {
          setOwn(slug !== "");
          change({ slug } as Partial<E>);
        }}
      />
    </>
  );
}

/** The slug that a name makes; "" where it makes none. */
async function slugOf(name: string, isTag: boolean): Promise<string> {
  if (name === "") return "";
  await learnScripts([name]);
  return isTag ? tagSlugOf(name) : slugify(name);
}

interface LinksProps {
  label: string;
  hint: string;
  links: readonly string[];
  path: string;
  most: number;
  wrong: FieldsProps<unknown>["wrong"];
  onLinks: (links: string[]) => void;
}

/** Addresses, one to a field. */
export function LinksField({ label, hint, links, path, most, wrong, onLinks }: LinksProps) {
  const words = say().filing;
  const own = wrong.filter((each) => each.path === path);
  return (
    <fieldset class="links-field">
      <legend>{label}</legend>
      <p class="hint">{hint}</p>
      {links.map((link, index) => (
        // What is typed has no name but its place.
        // eslint-disable-next-line react/no-array-index-key
        <div class="with-button" key={index}>
          <TextField
            label={words.linkNumber(index + 1)}
            hideLabel
            dir="ltr"
            inputMode="url"
            spellcheck={false}
            placeholder="https://"
            value={link}
            error={errorOf(wrong, `${path}.${index}`)}
            onText={(text) => onLinks(links.with(index, text))}
          />
          <Button
            weight="quiet"
            label={words.removeLink(index + 1)}
            onClick={() => onLinks(links.toSpliced(index, 1))}
          >
            ×
          </Button>
        </div>
      ))}
      {own.length > 0 && <p class="fault">{errorOf(own, path)}</p>}
      {links.length < most && (
        <p>
          <Button onClick={() => onLinks([...links, ""])}>{words.addLink}</Button>
        </p>
      )}
    </fieldset>
  );
}
