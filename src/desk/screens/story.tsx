import type { RoomProps } from "../route.ts";
import { ArticleRoom } from "../story/room.tsx";

/** A story, from its first word to its correction. */
export function Story({ rest }: RoomProps) {
  return <ArticleRoom form="story" id={rest[0] ?? "new"} />;
}
