import { withoutCode } from "./markdown-code.ts";

// Addresses of links and pictures that a generator would have filled in.

/** The body with addresses such as `{{ site.baseurl }}/a.png` filled in. */
export function withAddresses(body: string): string {
  let written = "";
  let end = 0;
  for (const { index, 0: found, groups } of withoutCode(body).matchAll(ADDRESS)) {
    written += `${body.slice(end, index)}${groups?.["before"] ?? ""}${groups?.["path"] ?? ""}`;
    end = index + found.length;
  }
  return written + body.slice(end);
}

const ADDRESS =
  /(?<before>\]\(|<(?:img|a)\b[^>]{0,500}?\b(?:src|href)=["'])(?:\{\{\s*site\.(?:baseurl|url)\s*\}\}|\{\{\s*["'](?<path>[^"'{}\n]+)["']\s*\|\s*(?:url|relative_url|absolute_url|relURL|absURL)\s*\}\})/g;
