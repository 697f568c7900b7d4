import { isMapping } from "../folder/fields.ts";
import { placeIn, REDIRECTS_FILE, type RedirectLine } from "../folder/redirects-file.ts";
import { issuesByPosition } from "./batches.ts";
import type { Manner } from "./manner.ts";
import type { Answer, Newsroom } from "./newsroom-api.ts";

/** The most redirects that one call of the API takes. */
const BATCH = 500;

/** Makes the redirects of a folder, or changes them: the file counts. What is no longer in it stays on the site. */
export async function publishRedirects(
  newsroom: Newsroom,
  lines: RedirectLine[],
  manner: Manner,
): Promise<void> {
  for (let from = 0; from < lines.length; from += BATCH)
    await publishBatch(newsroom, lines.slice(from, from + BATCH), manner);
}

/** Sends a batch, which the API takes whole or not at all: without the lines that it objects to, until it is taken. */
async function publishBatch(
  newsroom: Newsroom,
  batch: RedirectLine[],
  manner: Manner,
): Promise<void> {
  let rest = batch;
  while (rest.length > 0) {
    const items = rest.map(({ fields }) => fields);
    const response = await newsroom.call("POST", "/redirects/bulk", { items, replace: true });
    if (response.ok) return record(response.body, manner);
    const blamed = issuesByPosition(response.issues);
    refuse(response, rest, manner);
    if (blamed.size === 0) return;
    rest = rest.filter((_line, position) => !blamed.has(position));
  }
}

function record(body: unknown, { report, tell }: Manner): void {
  const items = isMapping(body) && Array.isArray(body["items"]) ? body["items"] : [];
  for (const item of items.filter(isMapping)) {
    const { from, to, kind, changed } = item;
    const isChanged = changed === true;
    report.redirects[isChanged ? "made" : "unchanged"]++;
    const name = `${String(from)}${kind === "prefix" ? "/…" : ""}`;
    const made = kind === "gone" ? "gone" : "redirected";
    const what = isChanged ? made : "unchanged";
    tell({ what, name, url: typeof to === "string" ? to : undefined });
  }
}

function refuse(
  { detail, issues }: Answer & { ok: false },
  batch: RedirectLine[],
  { report }: Manner,
): void {
  const told = [...issuesByPosition(issues)].flatMap(([position, own]) =>
    own.map(({ path, message }) => ({
      field: placeIn(batch[position]?.line ?? 0, path),
      reason: message,
    })),
  );
  const all = told.length > 0 ? told : [{ field: "", reason: detail }];
  report.issues.push(...all.map((issue) => ({ file: REDIRECTS_FILE, ...issue })));
}
