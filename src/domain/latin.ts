/** Latin letters that are no other letter with a mark: of Europe, Azerbaijani, Vietnamese, and the languages of West Africa. */
export const SPELLED_OUT: Record<string, string> = Object.fromEntries(
  (
    "ß-ss æ-ae œ-oe ø-o đ-d ð-d ł-l þ-th ħ-h ŋ-ng ŧ-t ĸ-k ı-i ə-e ǝ-e ɛ-e ɔ-o ɓ-b ƀ-b ɗ-d ɖ-d ƒ-f ǥ-g ɣ-g ɠ-g ɨ-i ɩ-i ƙ-k " +
    "ɲ-ny ƞ-n ƭ-t ʈ-t ʉ-u ʊ-u ʋ-v ⱳ-w ƴ-y ƶ-z ȥ-z ʒ-z ʃ-sh ʔ- ꞌ- ꞉-"
  )
    .split(" ")
    .map((pair) => pair.split("-") as [string, string]),
);
