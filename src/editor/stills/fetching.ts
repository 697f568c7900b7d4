// Promises: a still picture that a chart's maker offers, read as any upload is, or nothing; never an error.
// Relies on: the makers' addresses (text/charts.ts) and on the port giving up by itself after some seconds.
// Does not: go to any host but theirs, whatever they answer, and keep anything.

import { PICTURE_BYTES } from "../../domain/media.ts";
import { readPicture, type ReadPicture } from "../../pictures/gate.ts";
import { chartOf, STILL_HOSTS } from "../../text/charts.ts";
import { readBytes } from "../bytes.ts";
import type { CommandContext } from "../context.ts";
import { log } from "../log.ts";

/** How often the makers may lead on to another address of theirs. */
const HOPS = 3;

/** Fetches the still picture of a chart; null when there is none to be had now, of which the log has the reason. */
export async function fetchStill(
  context: Pick<CommandContext, "fetchElsewhere">,
  key: string,
): Promise<ReadPicture | null> {
  const found = await pictureAt(context, chartOf(key)?.still ?? "");
  if (typeof found !== "string") return found;
  log("still not fetched", { chart: key, error: found }, console.warn);
  return null;
}

/** The picture at an address, or why there is none. */
async function pictureAt(
  { fetchElsewhere }: Pick<CommandContext, "fetchElsewhere">,
  address: string,
): Promise<ReadPicture | string> {
  let next = address;
  try {
    for (let hop = 0; hop <= HOPS; hop += 1) {
      // Before each request: an answer must not send the Worker to a host of somebody else's choice (SSRF).
      if (!isMakers(next)) return `It leads to ${next.slice(0, 200)}, which is not its maker's`;
      const response = await fetchElsewhere(next);
      const location = response.headers.get("Location");
      if (response.status >= 300 && response.status < 400 && location !== null) {
        await response.body?.cancel();
        next = URL.parse(location, next)?.href ?? location;
        continue;
      }
      if (response.status !== 200) {
        await response.body?.cancel();
        return `Its maker answered ${response.status}`;
      }
      const bytes = await readBytes(response, PICTURE_BYTES);
      if (bytes === null) return `It has more than ${PICTURE_BYTES} bytes`;
      const read = readPicture(bytes);
      return read.ok ? read.value : read.message;
    }
    return `It leads on more than ${HOPS} times`;
  } catch (error) {
    return String(error);
  }
}

/** Tells whether an address is one of the makers', by its exact host, with nothing before it and no port behind. */
function isMakers(address: string): boolean {
  const url = URL.parse(address);
  return (
    url?.protocol === "https:" &&
    STILL_HOSTS.has(url.host) &&
    url.username === "" &&
    url.password === ""
  );
}
