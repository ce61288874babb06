import { childrenOf, isAst, type Ast } from "../../expressions/ast.ts";
import { baseEnvironment } from "../../expressions/cel.ts";
import { parsedAst } from "../../expressions/numbers.ts";
import { limits } from "../../schema/limits.ts";
import { member } from "../expression-references.ts";
import { rewriteSource } from "../fixes/rewrite-source.ts";
import type { CheckContext, Finding, FlowRule } from "../rule.ts";

/** A contact column used as a number: lists imported before columns had types hold text, and the call would fault. */
export const contactNumber: FlowRule = {
  code: "contact-number",
  severity: "warning",
  needs: ["forms", "names", "plays", "texts", "head"],
  check(context) {
    const found: Finding[] = [];
    for (const { id, facts } of context.nodes)
      for (const { path, source, offset } of facts.pieces) found.push(...findings(context, { node: id, path: `config.${path}`, source, offset }));
    for (const [key, { pieces }] of context.prompts)
      for (const { language, source, offset } of pieces) found.push(...findings(context, { node: null, path: `prompts.${key}.${language}`, source, offset }));
    return found;
  },
};

type Place = { node: string | null; path: string; source: string; offset: number };

function findings(context: CheckContext, place: Place): Finding[] {
  const reads = numbersReadOf(place.source);
  const [first] = reads;
  if (!first) return [];
  const column = `contact.${first.name}`;
  return [
    {
      node: place.node,
      path: place.path,
      position: place.offset + first.start,
      message: {
        ru: `«${column}» может быть текстом: в старых списках все столбцы — текст, и звонок оборвётся. Напишите number(${column})`,
        en: `"${column}" may be text, as every column of an older list is, and the call would fail: write number(${column})`,
      },
      fixes: rewriteSource(context, place, wrapped(place.source, reads)),
    },
  ];
}

type Read = { name: string; start: number; end: number };

function wrapped(source: string, reads: readonly Read[]): string {
  return reads.toReversed().reduce((text, { start, end }) => `${text.slice(0, start)}number(${text.slice(start, end)})${text.slice(end)}`, source);
}

const known = new Map<string, readonly Read[]>();
let environment: ReturnType<typeof baseEnvironment> | null = null;
const none: readonly Read[] = [];

/** Contact columns used where a number is needed. Never throws. */
function numbersReadOf(source: string): readonly Read[] {
  if (!source.includes("contact") || source.length > limits.expressionLength) return none;
  let found = known.get(source);
  if (!found) {
    if (known.size >= 20_000) known.clear();
    try {
      environment ??= baseEnvironment("ru");
      const into: Read[] = [];
      collect(parsedAst(environment, source), into);
      found = into.toSorted((a, b) => a.start - b.start);
    } catch {
      found = none;
    }
    known.set(source, found);
  }
  return found;
}

const ordering = new Set(["<", "<=", ">", ">="]);
const arithmetic = new Set(["-", "*", "/", "%"]);

function collect(node: unknown, into: Read[]): void {
  if (isAst(node) && Array.isArray(node.args) && node.args.length === 2) {
    const [left, right] = node.args as [unknown, unknown];
    for (const [one, other] of [
      [left, right],
      [right, left],
    ]) {
      const own = isAst(one) && needsNumber(node.op, other) ? member(one) : null;
      if (own?.root === "contact" && own.name !== null && isAst(one)) into.push({ name: own.name, start: one.start, end: one.end });
    }
  }
  for (const item of childrenOf(node)) if (isAst(item) || Array.isArray(item)) collect(item, into);
}

/** Whether the other operand must be a number. */
const needsNumber = (op: string, other: unknown): boolean => arithmetic.has(op) || ((ordering.has(op) || op === "+") && isNumber(other));

/** A written number, or arithmetic, which gives one. */
const isNumber = (node: unknown): boolean => isAst(node) && (arithmetic.has(node.op) || isFigure(node));
const isFigure = ({ op, args }: Ast): boolean => op === "value" && (typeof args === "number" || typeof args === "bigint");
