import type { Tag } from "../contract.ts";
import { TagFields } from "../filing/fields.tsx";
import type { Filed } from "../filing/filed.ts";
import { FiledRoom } from "../filing/list.tsx";
import type { RoomProps } from "../route.ts";
import { tags } from "../session.ts";
import { say } from "../words/words.ts";

const TAG: Filed<Tag> = {
  kind: "tag",
  path: "/tags",
  blank: () => ({ slug: "", name: "", description: null, series: false }),
  fields: (props) => <TagFields {...props} />,
};

/** What stories are about, across the sections. */
export function Tags({ rest: [named], query }: RoomProps) {
  return (
    <FiledRoom
      filed={TAG}
      entries={tags.value}
      named={named}
      query={query}
      facts={({ slug, series, description }) => (
        <>
          {series && <span class="mark">{say().filing.tag.isSeries}</span>}
          <code>/tags/{slug}</code>
          {!description && <span>{say().filing.tag.undescribed}</span>}
        </>
      )}
    />
  );
}
