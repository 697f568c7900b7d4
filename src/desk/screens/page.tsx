import type { RoomProps } from "../route.ts";
import { ArticleRoom } from "../story/room.tsx";

/** A page that is no story: about, contact, imprint. */
export function Page({ rest }: RoomProps) {
  return <ArticleRoom form="page" id={rest[0] ?? "new"} />;
}
