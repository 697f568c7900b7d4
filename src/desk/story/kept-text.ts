import { useEffect, useRef, useState } from "preact/hooks";
import { keep, kept, letGo } from "../keeping.ts";
import { me } from "../session.ts";
import { PATHS, type Form } from "./editing.ts";

/** A text about a story, such as a note: what is typed stays in this browser until it is sent, which empties it. */
export function useKeptText(
  name: string,
  { form, id }: { form: Form; id: string },
): [text: string, type: (text: string) => void] {
  const [place] = useState(() => `${me.peek()?.id}:${name}:${PATHS[form]}/${id}`);
  const [text, setText] = useState("");
  const isTouched = useRef(false);
  useEffect(() => {
    const look = async () => {
      const before = (await kept(place))?.fields["text"];
      if (typeof before === "string" && !isTouched.current) setText(before);
    };
    void look();
  }, [place]);
  const type = (typed: string) => {
    isTouched.current = true;
    setText(typed);
    const at = new Date().toISOString();
    void (typed === ""
      ? letGo(place)
      : keep(place, { fields: { text: typed }, version: null, at }));
  };
  return [text, type];
}
