import { api } from "../api.ts";
import type { Front } from "../contract.ts";
import { FrontDesk } from "../front/room.tsx";
import { learnFromFront } from "../front/told.ts";
import { useLoaded } from "../loading.ts";
import { Read } from "../parts/states.tsx";
import type { RoomProps } from "../route.ts";

/** The front page: what is placed on it now, and what is to come. */
export function FrontPage({ rest: [which] }: RoomProps) {
  const { loaded, reload } = useLoaded(readFront, []);
  return (
    <Read loaded={loaded} onRetry={() => void reload()}>
      {(front) => <FrontDesk opened={front} which={which === "scheduled" ? "scheduled" : "up"} />}
    </Read>
  );
}

async function readFront() {
  const answer = await api.get<Front>("/front");
  if (answer.ok) learnFromFront(answer.value);
  return answer;
}
