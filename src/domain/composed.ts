/**
 * A text with its letters and their marks as one character each where there is one: é, not e and an accent (Unicode Normalization
 * Form C, https://unicode.org/reports/tr15/). What has no marks stays as it was typed: the form would also replace the variants
 * of characters in which Japanese and Korean names are written.
 */
export function composed(text: string): string {
  return text.replaceAll(/\p{L}\p{M}+|[\u1100-\u11ff]{2,3}/gu, (letter) => letter.normalize());
}
