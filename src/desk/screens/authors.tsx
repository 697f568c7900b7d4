import type { Author } from "../contract.ts";
import { AuthorFields } from "../filing/fields.tsx";
import type { Filed } from "../filing/filed.ts";
import { FiledRoom } from "../filing/list.tsx";
import type { RoomProps } from "../route.ts";
import { authors } from "../session.ts";

const AUTHOR: Filed<Author> = {
  kind: "author",
  path: "/authors",
  blank: () => ({ slug: "", name: "", role: null, bio: null, links: [] }),
  fields: (props) => <AuthorFields {...props} />,
};

/** Who writes for the paper, as readers know them. */
export function Authors({ rest: [named], query }: RoomProps) {
  return (
    <FiledRoom
      filed={AUTHOR}
      entries={authors.value}
      named={named}
      query={query}
      facts={({ slug, role }) => (
        <>
          {role && <span>{role}</span>}
          <code>/authors/{slug}</code>
        </>
      )}
    />
  );
}
