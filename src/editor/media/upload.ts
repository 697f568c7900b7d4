import { PICTURE_BYTES } from "../../domain/media.ts";
import {
  granted,
  invalid,
  refused,
  type Issue,
  type Outcome,
  type Problem,
} from "../../domain/problem.ts";

/** A picture as it was sent: its bytes, its file's name, and the fields beside it as text. */
export interface Upload {
  bytes: Uint8Array<ArrayBuffer>;
  fields: Record<string, string>;
}

/** Room for the fields and the boundaries of a form around the largest picture, in bytes. */
const FORM_BYTES = 64 * 1024;

/** The largest body of an upload, in bytes. */
export const UPLOAD_LIMIT = PICTURE_BYTES + FORM_BYTES;

/**
 * Takes an upload apart: either a form (RFC 7578) with the picture in `file`, or the picture itself with its fields in
 * the query. What type it says it is does not matter: its bytes tell.
 */
export async function readUpload(
  bytes: Uint8Array<ArrayBuffer>,
  contentType: string,
  query: Record<string, string>,
): Promise<Outcome<Upload>> {
  const upload = /^multipart\/form-data\b/i.test(contentType)
    ? await readForm(bytes, contentType, query)
    : granted({ bytes, fields: query });
  if (!upload.ok) return upload;
  if (upload.value.bytes.length > PICTURE_BYTES) return refused(tooLarge());
  if (upload.value.bytes.length > 0) return upload;
  return invalid([{ path: "file", message: "is missing: send the picture's bytes." }]);
}

/** The refusal of a picture, or of a form around one, that is too long. */
export function tooLarge(): Problem {
  return { kind: "tooLarge", detail: `A picture must be at most ${PICTURE_BYTES} bytes (10 MiB).` };
}

async function readForm(
  bytes: Uint8Array<ArrayBuffer>,
  type: string,
  query: Record<string, string>,
): Promise<Outcome<Upload>> {
  let form: FormData;
  try {
    form = await new Response(bytes, { headers: { "Content-Type": type } }).formData();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return refused({ kind: "malformed", detail: `The body is not a form: ${reason}.` });
  }
  const issues: Issue[] = [];
  const fields = new Map<string, string>();
  let file: File | null = null;
  for (const [name, value] of form.entries()) {
    const isFile = typeof value !== "string";
    if (name === "file" && isFile && file === null) file = value;
    else if (name === "file") issues.push({ path: name, message: "must be one file." });
    else if (isFile) issues.push({ path: name, message: "must be text, not a file." });
    else if (fields.has(name)) issues.push({ path: name, message: "is there twice." });
    else fields.set(name, value);
  }
  for (const name of Object.keys(query))
    issues.push({ path: name, message: "belongs in the form, beside the file." });
  if (issues.length > 0) return invalid(issues);
  if (file?.name && !fields.has("name")) fields.set("name", file.name);
  return granted({
    bytes: file ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array(),
    fields: Object.fromEntries(fields),
  });
}
