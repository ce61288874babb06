/** Words of a sentence for comparing: small letters, ё as е, no punctuation. */
export function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .replaceAll("ё", "е")
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

/** The same word, or another form of it: «бухгалтерию» is «бухгалтерия»; short words must be equal. */
function sameWord(said: string, expected: string): boolean {
  if (said === expected) return true;
  const stem = Math.max(4, Math.min(said.length, expected.length) - 2);
  return Math.abs(said.length - expected.length) <= 3 && said.slice(0, stem) === expected.slice(0, stem) && Math.min(said.length, expected.length) >= 4;
}

/**
 * The index of the phrase list that a sentence names, or -1. Every word of a phrase has to be said, in order; the longest
 * phrase wins, then the earlier one.
 */
export function matchPhrase(said: string, phrases: readonly (readonly string[])[]): number {
  const words = wordsOf(said);
  let best = -1;
  let length = 0;
  for (const [index, alternatives] of phrases.entries()) {
    for (const phrase of alternatives) {
      const expected = wordsOf(phrase);
      if (expected.length > length && contains(words, expected)) {
        best = index;
        length = expected.length;
      }
    }
  }
  return best;
}

function contains(words: readonly string[], expected: readonly string[]): boolean {
  let at = 0;
  for (const word of words) if (at < expected.length && sameWord(word, expected[at]!)) at++;
  return at === expected.length;
}
