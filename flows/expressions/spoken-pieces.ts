import { splitTemplate } from "./template.ts";

/** Texts shorter than this are spoken in one piece: a voice sounds better in whole sentences. */
const longFrom = 60;

/**
 * What a piece without variables inside a sentence has to be, so that cutting it off is worth a joint: about two and a
 * half seconds of speech (65 ms a character), and five words, so that it is a phrase with a melody of its own. Shorter
 * ones take a voice less time to make than the joint is heard.
 */
const phrase = { characters: 40, words: 5 };

/** A word of a text: `{{ … }}` and what is glued to it is one word, whatever spaces are inside. */
type Word = { text: string; varies: boolean };

const kept = 5_000;
const known = new Map<string, readonly string[] | null>();

/**
 * Splits a long text with variables into its sentences, and a sentence with variables into the long phrases between them.
 * Pieces without variables are synthesised once, so that only the short rest is synthesised during a call.
 * Null if the text is better spoken whole. Joined by single spaces, the pieces give the text again, except for double
 * spaces, which rendering removes as well.
 *
 * Signs glued to a variable, and signs that belong to what stands before them (comma, dash), stay with the variable. So
 * do the short words before it: «в», «на», «the», «ул.» are said together with what follows, and a voice reads a
 * lone «в» as the name of a letter.
 */
export function spokenPieces(text: string): readonly string[] | null {
  if (text.length < longFrom || !text.includes("{{")) return null;
  let pieces = known.get(text);
  if (pieces === undefined) {
    if (known.size >= kept) known.clear();
    known.set(text, (pieces = cut(text)));
  }
  return pieces;
}

/** Whether the sentence goes on after the piece at `index`: then hardly a pause follows. */
export const sentenceGoesOn = (pieces: readonly string[], index: number): boolean => index < pieces.length - 1 && !/[.!?…][»”")]?$/.test(pieces[index]!);

function cut(text: string): string[] | null {
  const words = wordsOf(text);
  if (!words) return null;
  const pieces = sentencesOf(words).flatMap((sentence) => phrasesOf(sentence).map(joined));
  return pieces.length > 1 ? pieces : null;
}

const joined = (words: readonly Word[]): string => words.map((word) => word.text).join(" ");

/** The words between single spaces, those at the ends of the text perhaps empty. Null when `{{` is not closed. */
function wordsOf(source: string): Word[] | null {
  const { parts, unclosed } = splitTemplate(source);
  if (unclosed !== null) return null;
  const words: Word[] = [{ text: "", varies: false }];
  for (const part of parts) {
    const last = words.at(-1)!;
    if ("expression" in part) {
      last.text += `{{ ${part.expression} }}`;
      last.varies = true;
      continue;
    }
    const [first = "", ...others] = part.text.split(" ");
    last.text += first;
    for (const text of others) words.push({ text, varies: false });
  }
  return words.filter(({ text }, index) => text !== "" || index === 0 || index === words.length - 1);
}

/** Short forms whose dot does not end a sentence; a single letter with a dot is one, too. */
const shortForm = /^[«("]?(?:\p{L}|ул|пр|просп|пер|пл|наб|кв|корп|стр|им|тел|доб|тыс|млн|st|ave|mr|mrs|ms|dr|no|ext)\.$/iu;

/** A word that belongs to what stands before it. */
const sign = /^[,.;:!?…)»”%–—-]/;

const endsSentence = ({ text }: Word, next: Word): boolean => /[.!?…]$/.test(text) && !shortForm.test(text) && !sign.test(next.text);

function sentencesOf(words: readonly Word[]): Word[][] {
  const sentences: Word[][] = [[]];
  words.forEach((word, index) => {
    sentences.at(-1)!.push(word);
    const next = words[index + 1];
    if (next && endsSentence(word, next)) sentences.push([]);
  });
  return sentences;
}

/** A sentence with variables in its long phrases without and the rest; any other as it is. */
function phrasesOf(sentence: readonly Word[]): Word[][] {
  if (!sentence.some((word) => word.varies)) return [[...sentence]];
  const runs: { live: boolean; words: Word[] }[] = [];
  const live = glued(sentence);
  sentence.forEach((word, index) => {
    const run = runs.at(-1);
    if (run && run.live === live[index]) run.words.push(word);
    else runs.push({ live: live[index]!, words: [word] });
  });
  const pieces: { live: boolean; words: Word[] }[] = [];
  for (const run of runs) {
    const own = !run.live && isPhrase(run.words);
    const before = pieces.at(-1);
    if (own || !before || !before.live) pieces.push({ live: !own, words: [...run.words] });
    else before.words.push(...run.words);
  }
  return pieces.map((piece) => piece.words);
}

const isPhrase = (words: readonly Word[]): boolean => words.length >= phrase.words && joined(words).length >= phrase.characters;

const shortWord = /^[«("№]?\p{L}{0,3}$/u;

/** Which words go with a variable: itself, signs after it, short words before it. */
function glued(words: readonly Word[]): boolean[] {
  const live = words.map((word) => word.varies);
  const belongs = ({ text }: Word): boolean => shortWord.test(text) || shortForm.test(text);
  for (let index = 1; index < words.length; index++) live[index] ||= live[index - 1]! && sign.test(words[index]!.text);
  for (let index = words.length - 2; index >= 0; index--) live[index] ||= live[index + 1]! && belongs(words[index]!);
  return live;
}
