/** A piece of a text: what its author wrote, or what an expression gave. */
export type Piece = { text: string } | { value: string };

/** A noncharacter of Unicode: no text of a person contains it. */
const hole = "\uFDD0";
/** Spaces within a line; bounded, so that no text of spaces makes the patterns slow. */
const sp = "[^\\S\\n]{0,8}";

const brackets = new RegExp(`${sp}[(«“„]${sp}${hole}${sp}[)»”]`, "g");
const neighbours = new RegExp(`${hole}(?:${sp}[,;]?${sp}${hole})+`, "g");
/** «Готово. {пусто}. Дальше» */
const sentence = new RegExp(`([.!?…])${sp}${hole}${sp}[.!?]+`, "g");
/** «{пусто}, здравствуйте» at the start of a text, a line or a sentence. */
const opening = new RegExp(`(^|\\n|[.!?…][^\\S\\n]{1,8}|[(«“„])${sp}${hole}${sp}[,;:]${sp}(\\p{Ll}?)`, "gu");
/** «Здравствуйте, {пусто}!» */
const closing = new RegExp(`(?:${sp}[,;:]|[^\\S\\n]{1,8}[–—-])?${sp}${hole}${sp}(?=[.!?…,;:)»”\\n]|$)`, "g");
const edge = new RegExp(`(^|\\n|[(«“„])${sp}${hole}${sp}`, "g");
const inside = new RegExp(`(${sp})${hole}(${sp})`, "g");

/**
 * Joins the parts of a text so that an expression without a value leaves no trace: no double space, no comma or space before . ! ? ,
 * no comma at the start, no empty brackets. What stands around values is left as its author wrote it, except doubled spaces and stray commas.
 */
export function putTogether(pieces: readonly Piece[]): string {
  const joined = singleSpaces(pieces.map((piece) => ("text" in piece ? piece.text.replaceAll(hole, "") : piece.value || hole)).join(""));
  const text = joined.includes(hole) ? singleSpaces(closeHoles(joined)) : joined;
  return text
    .replace(/[^\S\n]{1,8},/g, ",")
    .replace(/,(?:[^\S\n]*,)+/g, ",")
    .replace(/,[^\S\n]*([!?…]|\.(?!\.))/g, "$1")
    .replace(/^,\s*/, "");
}

/** Doubled spaces within a line; the indentation of a line stays. */
function singleSpaces(text: string): string {
  return text.replace(/(\S)[^\S\n]{2,}(?=\S)/g, "$1 ");
}

function closeHoles(text: string): string {
  let closed = text;
  for (let depth = 0; depth < 4; depth++) closed = closed.replace(brackets, hole);
  return closed
    .replace(neighbours, hole)
    .replace(sentence, "$1")
    .replace(opening, (_all, lead: string, letter: string) => lead + letter.toUpperCase())
    .replace(closing, "")
    .replace(edge, "$1")
    .replace(inside, (_all, left: string, right: string) => (left || right ? " " : ""));
}
