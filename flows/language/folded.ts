/** A text as lists look for it: case does not matter, ё is е, composed letters are one letter. */
export const folded = (text: string): string => text.normalize("NFC").toLowerCase().replaceAll("ё", "е");
