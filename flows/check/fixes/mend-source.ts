import { scopeNames } from "../../expressions/evaluate.ts";
import type { CheckContext } from "../rule.ts";
import { nearest } from "./nearest.ts";

/** An expression that is wrong, and where in it. */
export type Wrong = { source: string; position: number };

/** Corrections that the author may have meant, most likely first; the caller validates them. */
export type Mender = (context: CheckContext, wrong: Wrong) => string[];

/** An unknown name: the nearest known one, or the same name with its map. */
export const mendName: Mender = ({ flow, nodes }, { source, position }) => {
  const name = /^[\p{L}_]\w*/u.exec(source.slice(position))?.[0];
  if (name === undefined) return [];
  const variables = [...Object.keys(flow.variables), ...nodes.flatMap(({ facts }) => facts.results.map((item) => item.name))];
  const known: Record<string, readonly string[]> = { inputs: Object.keys(flow.inputs), vars: variables, result: variables };
  const root = /(\w+)\.$/.exec(source.slice(0, position))?.[1];
  const put = (other: string) => source.slice(0, position) + other + source.slice(position + name.length);
  const near = (names: readonly string[]): string[] => {
    const found = nearest(name, names);
    return found === null ? [] : [found];
  };
  if (root !== undefined) return near(known[root] ?? []).map(put);
  const homes = ["vars", "inputs"].flatMap((map) => [name, ...near(known[map]!)].filter((each) => known[map]!.includes(each)).map((each) => `${map}.${each}`));
  return [...homes, ...near(scopeNames)].map(put);
};

const outside = /("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/;
/** Rewrites text outside quotes. */
const plainly = (source: string, change: (text: string) => string): string =>
  source
    .split(outside)
    .map((piece, index) => (index % 2 === 0 ? change(piece) : piece))
    .join("");

/** Common spellings from other languages, or from people new to programming. */
const habits: readonly ((text: string) => string)[] = [
  (text) => text.replaceAll(/[«»“”„]/g, '"').replaceAll(/[‘’]/g, "'"),
  (text) => text.replaceAll(/===/g, "==").replaceAll(/!==/g, "!=").replaceAll("<>", "!="),
  (text) => text.replaceAll("=>", ">=").replaceAll("=<", "<="),
  (text) => text.replaceAll(/(?<![=!<>])=(?![=<>])/g, "=="),
  (text) => text.replaceAll(/(?<=\s|\))(and|и)(?=\s|\()/gi, "&&").replaceAll(/(?<=\s|\))(or|или)(?=\s|\()/gi, "||"),
  (text) => text.replaceAll(/(?<=^|\s|\()(not|не)\s+/gi, "!"),
  (text) => text.replaceAll(/(?<=\d),(?=\d)/g, "."),
  (text) => text.replaceAll(/[≥]/g, ">=").replaceAll(/[≤]/g, "<=").replaceAll("≠", "!="),
];

/** Replaces operators of other languages and closes what was left open. */
export const mendSyntax: Mender = (_context, { source }) => {
  const usual = habits.map((habit) => plainly(source, habit));
  const all = habits.reduce((text, habit) => plainly(text, habit), source);
  const closed = [source, all].flatMap((text) => [`${text}"`, `${text}'`, text + missingBrackets(text)]);
  return [...usual, all, ...closed].filter((each) => each !== source);
};

function missingBrackets(source: string): string {
  const pairs: Record<string, string> = { "(": ")", "[": "]", "{": "}" };
  const open: string[] = [];
  plainly(source, (text) => {
    for (const sign of text) {
      if (sign in pairs) open.push(pairs[sign]!);
      else if (sign === open.at(-1)) open.pop();
    }
    return text;
  });
  return open.reverse().join("");
}

const reference = /\b(inputs|vars|result)\.\w+/g;

/** Incompatible types: converts values to text. A condition that gives a text or a number: tests for presence. */
export const mendType: Mender = (context, { source }) => {
  const texts = [...new Set(source.match(reference))].filter((name) => {
    const typed = context.typed(name);
    return "type" in typed && typed.type !== "string" && typed.type !== "dyn";
  });
  const asText = (names: readonly string[]) =>
    plainly(source, (text) => text.replaceAll(reference, (name) => (names.includes(name) ? `string(${name})` : name)));
  const typed = context.typed(source);
  const whole = "type" in typed ? typed.type : "";
  const simple = /^[\w.]+$/.test(source) ? source : `(${source})`;
  const asCondition = whole === "string" ? [`${simple} != ""`] : whole === "double" ? [`${simple} != 0`] : [];
  return [...asCondition, `string(${source})`, ...texts.map((name) => asText([name])), asText(texts)].filter((each) => each !== source);
};
