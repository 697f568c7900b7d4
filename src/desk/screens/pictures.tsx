import type { RoomProps } from "../route.ts";
import { Library } from "../pictures/room.tsx";
import { PictureRoom } from "../pictures/picture.tsx";

/** The library of pictures, or one of them. */
export function Pictures({ rest: [hash], query }: RoomProps) {
  return hash === undefined ? <Library query={query} /> : <PictureRoom key={hash} hash={hash} />;
}
