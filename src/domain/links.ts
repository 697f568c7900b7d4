// Addresses elsewhere that editors write: of the paper's and its authors' own profiles, and of what the paper says of itself.

/** Tells whether a text is an absolute https URL with nothing in it that could end an attribute or a header. */
export function isHttps(value: string): boolean {
  const url = /^https:\/\/[^\s"'<>\\`]+$/i.test(value) ? URL.parse(value) : null;
  return url !== null && url.username === "" && url.password === "";
}

/** Tells whether a text is an e-mail address as one types it, without a name around it. */
export function isMail(value: string): boolean {
  return /^[\w.!#$%&*+/=?^{|}~-]{1,64}@(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z]{2,63}$/i.test(
    value,
  );
}

/** Tells whether a text is a mailto URL with one e-mail address and nothing behind it (RFC 6068). */
export function isMailto(value: string): boolean {
  return value.startsWith("mailto:") && isMail(value.slice("mailto:".length));
}

/** What a link is called by itself: its host without www, or the e-mail address; null for what is no link of ours. */
export function nameOfLink(link: string): string | null {
  if (isMailto(link)) return link.slice("mailto:".length);
  return isHttps(link) ? new URL(link).hostname.replace(/^www\./, "") : null;
}
