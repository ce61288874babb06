/** A piece of a text: what its author wrote, or what an expression gave. */
export type Piece = { text: string } | { value: string };

/** A noncharacter of Unicode: no text of a person contains it. */
const hole = "\uFDD0";
const sp = "[^\\S\\n]*";

const brackets = new RegExp(`${sp}[(«“„]${sp}${hole}${sp}[)»”]`, "g");
const neighbours = new RegExp(`${hole}(?:${sp}[,;]?${sp}${hole})+`, "g");
/** «Готово. {пусто}. Дальше» */
const sentence = new RegExp(`([.!?…])${sp}${hole}${sp}[.!?]+`, "g");
/** «{пусто}, здравствуйте» at the start of a text, a line or a sentence. */
const opening = new RegExp(`(^|\\n|[.!?…][^\\S\\n]+|[(«“„])${sp}${hole}${sp}[,;:]${sp}(\\p{Ll}?)`, "gu");
/** «Здравствуйте, {пусто}!» */
const closing = new RegExp(`(?:${sp}[,;:]|[^\\S\\n]+[–—-])?${sp}${hole}${sp}(?=[.!?…,;:)»”\\n]|$)`, "g");
const inside = new RegExp(`(^|\\n|[(«“„])?(${sp})${hole}(${sp})`, "g");

/**
 * Puts a text together so that an expression without a value leaves no trace: no doubled space, no comma or space before . ! ? ,
 * no comma at the start, no empty brackets. What stands around values is left as its author wrote it, except doubled spaces and stray commas.
 */
export function putTogether(pieces: readonly Piece[]): string {
  let text = pieces.map((piece) => ("text" in piece ? piece.text.replaceAll(hole, "") : piece.value || hole)).join("");
  if (text.includes(hole)) text = closeHoles(text);
  return text
    .replace(/(\S)[^\S\n]{2,}(?=\S)/g, "$1 ")
    .replace(/[^\S\n]+,/g, ",")
    .replace(/,(?:[^\S\n]*,)+/g, ",")
    .replace(/,[^\S\n]*([!?…]|\.(?!\.))/g, "$1")
    .replace(/^,\s*/, "");
}

function closeHoles(text: string): string {
  let before: string;
  let closed = text;
  do {
    before = closed;
    closed = closed.replace(brackets, hole);
  } while (closed !== before);
  return closed
    .replace(neighbours, hole)
    .replace(sentence, "$1")
    .replace(opening, (_all, lead: string, letter: string) => lead + letter.toUpperCase())
    .replace(closing, "")
    .replace(inside, (_all, lead: string | undefined, left: string, right: string) => (lead !== undefined ? lead : left || right ? " " : ""))
    .replaceAll(hole, "");
}
